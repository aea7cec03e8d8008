"""Write ``docs/closing-block.md``: every field of the closing block, as the code declares it."""

from __future__ import annotations

from pathlib import Path

from hongtou.bulletin.closing_block import FIELDS
from hongtou.bulletin.closing_places import RULES, Place, Printed

PAGE = Path(__file__).parents[2] / "docs" / "closing-block.md"
HEAD = """# 报尾字段

由 `make docs` 从代码写出，不要手改。要添一个字段，在 `service/hongtou/bulletin/closing_block.py`
的 `ClosingBlock` 里加一行，再运行 `make docs`：收稿、校验、JSON Schema、审读、排版都从这一行得来。

`labels` 给各项换标签，如 `"labels": {"report_to": "报送"}`，至多 6 字，不带冒号；
凡印作“名称：……”的都可以换。各字段按印出的次序：

| 字段 | 名称 | 可填 | 印作 | 印在 | 出处 |
|---|---|---|---|---|---|
"""
HOLDS = {
    Place.RECIPIENTS: "一行文字",
    Place.IMPRINT_BODY: "一行文字",
    Place.IMPRINT_DATE: "日期，如 2017-12-22，或只写月份 2017-12",
    Place.PRINT_RUN: "整数",
    Place.PEOPLE: "姓名的列表",
    Place.CONTACT: "一行文字，或几行的列表",
    Place.COPIES: '列表，每项是单位，或 `{"name": "市委办公室", "copies": 3}`',
}
STANDS = {
    Place.RECIPIENTS: "上栏，自成一行",
    Place.IMPRINT_BODY: "中栏左端",
    Place.IMPRINT_DATE: "中栏右端",
    Place.PRINT_RUN: "下栏首行右端",
    Place.PEOPLE: "下栏，几项连排一行",
    Place.CONTACT: "下栏，各占一行",
    Place.COPIES: "编号的各份（`output=copies`）第一页，份号左边",
}
PLACES = """
## 位置

一行的类型、默认值和 `pattern`（`{}` 代表所填的值）须是它的位置印得出的；不是，程序一载入就报
`TypeError`，说出哪一行、该怎么写。

| `Place` | 印在 | 类型 | 默认值 | `pattern` | 几行 |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    rows = "".join(_row(key, field) for key, field in FIELDS.items())
    return HEAD + rows + PLACES + "".join(map(_place, Place))


def _row(key: str, field: Printed) -> str:
    printed = (field.pattern or f"{field.label}{{}}").replace("{}", "……")
    holds = HOLDS[field.place] + (f"；{field.description}" if field.description else "")
    cells = (f"`{key}`", field.title, holds, printed, STANDS[field.place], field.source)
    return f"| {' | '.join(cells)} |\n"


def _place(place: Place) -> str:
    rule = RULES[place]
    kind = rule.type.replace("|", "\\|")
    count = f"只有 `{rule.only}`" if rule.only else "不限"
    wording = rule.wording.value
    cells = (f"`{place.name}`", STANDS[place], f"`{kind}`", f"`{rule.default!r}`", wording, count)
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
