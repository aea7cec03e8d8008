"""The page: one row an input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.docs.cases.expected import Case, Expectation
from scripts.docs.cases.trial import Outcome
from scripts.docs.cases.verdict import Verdict

HEAD = """# 试过的稿件

由 `make cases CASES=文件夹` 写出，不要手改。文件夹里的稿件曾排坏，或为排坏而写：`users` 照各单位的
简报写成，`engines` 由别的排版引擎的缺陷而来，`typography` 由校对看过。每份都重新排过，逐条对照
`scripts/docs/cases/*.toml` 里写明的期望；有一条不符，结论就是 ✗，命令失败。

- **排对**：印出来没有毛病。**有提示**：照原样印出，毛病都报出了，代码见
  [findings.md](findings.md)。
- **拒收并说明**：不排，逐处说明改法。**未做**：还不是应有的样子，写明缘故。
- 页末空出三行以上而没有提示的，都不算对；标题不与下文分开而空出的（至多六行）除外。
- “改写”之后是同一件事现在的写法（稿件 1.1 的字段，或 `normalize`），也排过、查过。

只看文字、行、页数与检查结果；线的粗细、居中、颜色、书签由测试查（`tests/test_tables.py`、
`test_geometry.py`、`test_colour.py`、`test_tags.py`）。

"""
COLUMNS = ("稿件", "当时", "现在", "查过", "结论")


@dataclass(frozen=True, slots=True)
class Row:
    """An input with its case, its outcome and the verdict."""

    name: str
    case: Case
    outcome: Outcome
    faults: Sequence[str]
    verdict: Verdict


def page(tables: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """Return the page of all tables, each with its name."""
    told = list(tables)
    every = [row for _, rows in told for row in rows]
    return f"{HEAD}共 {_counted(every)}\n" + "".join(
        f"\n## {name}\n\n{_counted(rows)}\n\n{_table(rows)}" for name, rows in told
    )


def _counted(rows: Sequence[Row]) -> str:
    counts = Counter(row.verdict for row in rows)
    parts = [f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict]]
    return f"{len(rows)} 份：{'，'.join(parts)}。"


def _table(rows: Sequence[Row]) -> str:
    lines = [COLUMNS, ("---",) * len(COLUMNS), *map(_cells, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    case = row.case
    now = [_outcome(row), _plain(case.now)]
    if case.undone:
        now.append(f"未做：{_plain(case.undone)}")
    if case.retold is not None:
        now.append(f"改写：{_plain(case.retold.how)}")
    checked = [_checks(case.expected)]
    if case.retold is not None:
        checked.append(f"改写：{_checks(case.retold.expected)}")
    if row.faults:
        checked = [f"**不符：{_plain('；'.join(row.faults))}**"]
    return (
        f"`{row.name}`",
        _plain(case.then),
        "<br>".join(filter(None, now)),
        "<br>".join(filter(None, checked)),
        row.verdict,
    )


def _outcome(row: Row) -> str:
    outcome, expected = row.outcome, row.case.expected
    if outcome.pages is None:
        return f"不排：{_codes(outcome.errors)}"
    first = [code for code in expected.finds if code in outcome.remarks]
    others = len(set(outcome.remarks) - set(first))
    return "；".join(
        filter(None, (f"{outcome.pages} 页", _codes(first), f"另有 {others} 种提示" * bool(others)))
    )


def _checks(expected: Expectation) -> str:
    said = (
        ("报出", _codes(expected.finds)),
        ("不报", _codes(expected.silent)),
        ("别无提示", "" if expected.only is None else _codes(expected.only) or "一条也没有"),
        ("说出", _quoted(expected.says)),
        ("整行", _quoted(expected.lines)),
        ("不印", _quoted(expected.absent)),
        ("不断开", _quoted(expected.whole)),
        ("不在行首", _quoted(expected.starts_none)),
        ("不在行末", _quoted(expected.ends_none)),
        ("样式", "、".join(f"“{_plain(t)}”{style}" for t, style in expected.styles.items())),
        ("字体", "、".join(f"“{_plain(t)}”{face}" for t, face in expected.faces.items())),
        ("不小于", "、".join(f"“{_plain(t)}”{pt} 点" for t, pt in expected.least_pt.items())),
        ("页数", str(expected.pages or "")),
        ("错误", _codes(expected.refused)),
        ("页末空着", "、".join(f"第 {page} 页" for page in expected.short)),
        ("收下", "是" if expected.accepted else ""),
    )
    return "；".join(f"{what} {value}" for what, value in said if value)


def _codes(codes: Iterable[str]) -> str:
    return "、".join(f"`{code}`" for code in codes)


def _quoted(texts: Iterable[str]) -> str:
    return "、".join(f"“{_plain(text)}”" for text in texts)


def _plain(text: str) -> str:
    """Return text in which Markdown sees no mark of its own, and no end of a cell."""
    return re.sub(r"([\\*_<>\[\]|])", r"\\\1", text.replace("\n", "⏎"))
