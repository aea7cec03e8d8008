"""Ways to everything that an issue may hold, by what anybody finds at the desk: buttons, fields, words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.desk import DeskPage
from tests.support.pictures import village

Step = Callable[[DeskPage], object]
FIRST = "今年以来，工作有序推进。"
ISSUE = {
    "layout": "dongtai",
    "masthead": {
        "nameplate": "城乡环境工作动态",
        "issue_number": 3,
        "issuing_body": "某某市创建办",
        "issue_date": "2026-11-20",
    },
    "articles": [{"headline": "健全长效管护机制", "body": [FIRST]}],
    "briefs": {"heading": "工作简讯", "items": ["近日，某某区开展专项行动。"]},
    "closing": {},
}
ARTICLE, BODY, ITEMS = "/articles/0", "/articles/0/body/1", "/briefs/items/0"


@dataclass(frozen=True)
class Way:
    """What is done at the desk, and what the issue says then."""

    pointer: str
    value: Any
    steps: tuple[Step, ...]

    def go(self, desk: DeskPage) -> None:
        for step in self.steps:
            step(desk)


def choose(desk: DeskPage, title: str, menu: str = "") -> None:
    """Press a button over the manuscript, in a menu or not."""
    if menu:
        desk.page.locator(".tools summary").get_by_text(menu, exact=True).click()
    desk.page.locator(".tools").get_by_role("button", name=title, exact=True).click()


def say(desk: DeskPage, title: str, words: str) -> None:
    """Fill a field in, or choose in it, beside the part at the caret."""
    field = desk.page.locator("#properties").get_by_label(title, exact=True)
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=words)
    else:
        field.fill(words)


def menu(title: str, name: str = "", at: str = "paragraph") -> Step:
    """Put something in by its button, from a text; the caret is in it then."""

    def do(desk: DeskPage) -> None:
        desk.put_caret(at, 0, desk.find(at)["size"])
        choose(desk, title, name)

    return do


def way(pointer: str, value: Any, *steps: Step) -> Way:
    return Way(pointer, value, steps)


def typed(pointer: str, *steps: Step) -> Way:
    return Way(pointer, "几个字", (*steps, lambda desk: desk.type("几个字")))


def said(pointer: str, value: Any, title: str, words: str, *steps: Step) -> Way:
    return Way(pointer, value, (*steps, lambda desk: say(desk, title, words)))


def at(kind: str, number: int = 0) -> Step:
    return lambda desk: desk.put_caret(kind, number, 0)


def whole(kind: str) -> Step:
    return lambda desk: desk.select(kind)


def saying(title: str, words: str) -> Step:
    return lambda desk: say(desk, title, words)


def chosen(title: str, menu: str) -> Step:
    return lambda desk: choose(desk, title, menu)


def type_words(words: str) -> Step:
    return lambda desk: desk.type(words)


def recipients(desk: DeskPage) -> None:
    """Say who gets numbered copies in the form, a line each, as in the guide."""
    desk.page.locator("[data-pointer='/closing/recipients']").fill("市委办公室 3")


def press(key: str) -> Step:
    return lambda desk: desk.press(key)


def pictures(count: int) -> Step:
    def do(desk: DeskPage) -> None:
        desk.put_caret("paragraph", 0, 3)
        files = [
            {"name": f"村貌{number}.png", "mimeType": "image/png", "buffer": village()}
            for number in range(count)
        ]
        desk.page.set_input_files("#pictures", files=files)  # type: ignore[arg-type]

    return do


def beside(title: str) -> Step:
    return lambda desk: desk.page.locator("#properties").get_by_role("button", name=title).click()


def two_cells(desk: DeskPage) -> None:
    """Select the first two cells of the first row below the header."""
    desk.put_caret("cell_text", 3)
    desk.press("Shift+ArrowRight")


def three_rows(desk: DeskPage) -> None:
    desk.put_caret("cell_text", 3)
    desk.press("Shift+ArrowDown")


TABLE = menu("表格")
MERGE = chosen("合并所选各格", "表格")
ROW = (pictures(2), at("figure_caption", 0), beside("与下图并排"))
WAYS = {
    "issue.layout": way("/layout", "jianbao", lambda desk: desk.page.select_option("#layout", "jianbao")),
    "Article.section": typed(f"{ARTICLE}/section", menu("栏目", "文章")),
    "Article.kicker": typed(f"{ARTICLE}/kicker", menu("引题", "文章")),
    "Article.headline": typed(f"{ARTICLE}/headline", whole("headline")),
    "Article.subhead": typed(f"{ARTICLE}/subhead", menu("副题", "文章")),
    "Article.byline": typed(f"{ARTICLE}/byline", menu("供稿单位", "文章")),
    "Article.contents_title": said(f"{ARTICLE}/contents_title", "短题", "目录题", "短题", at("headline")),
    "Article.editors_note": typed(f"{ARTICLE}/editors_note", menu("按语", "文章")),
    "EditorsNote.text": typed(
        f"{ARTICLE}/editors_note/text", menu("按语", "文章"),
        saying("标签", "领导批示"), press("Enter"),
    ),
    "EditorsNote.label": said(f"{ARTICLE}/editors_note/label", "领导批示", "标签", "领导批示", menu("按语", "文章")),
    "EditorsNote.by": said(f"{ARTICLE}/editors_note/by", "李明", "署名", "李明", menu("按语", "文章")),
    "ParagraphBlock.text": said(
        "/articles/0/body/0/text", FIRST, "排作", "正文", at("paragraph")
    ),
    "HeadingBlock.text": way("/articles/0/body/0/text", FIRST, menu("小标题")),
    "HeadingBlock.level": said("/articles/0/body/0/level", 3, "排作", "三级标题", at("paragraph")),
    "NoteBlock.text": way("/articles/0/body/0/text", FIRST, menu("附注", "插入")),
    "SalutationBlock.text": way("/articles/0/body/0/text", FIRST, menu("称呼", "插入")),
    "AttachmentsBlock.items": typed(f"{BODY}/items/0", menu("附件说明", "插入")),
    "SignoffBlock.bodies": typed(f"{BODY}/bodies/0", menu("落款", "插入")),
    "SignoffBlock.date": said(f"{BODY}/date", "2026-11-20", "日期", "2026年11月20日", menu("落款", "插入")),
    "AnnexBlock.title": typed(f"{BODY}/title", menu("附件（另起一页）", "插入")),
    "AnnexBlock.label": said(f"{BODY}/label", "附件1", "标签", "附件1", menu("附件（另起一页）", "插入")),
    "AnnexBlock.body": typed(f"{BODY}/body/0", menu("附件（另起一页）", "插入"), type_words("方案"), press("Enter")),
    "PageBreakBlock.type": way(f"{BODY}/type", "page_break", menu("分页", "插入")),
    "TableBlock.caption": typed(f"{BODY}/caption", TABLE, at("table_caption")),
    "TableBlock.unit": typed(f"{BODY}/unit", TABLE, at("table_unit")),
    "TableBlock.header": typed(f"{BODY}/header/0", TABLE, at("cell_text")),
    "TableBlock.rows": typed(f"{BODY}/rows/0/1", TABLE, at("cell_text", 4)),
    "TableBlock.notes": typed(f"{BODY}/notes/0", TABLE, at("cell_text", 4), chosen("表注", "表格")),
    "TableBlock.total_rows": said(f"{BODY}/total_rows", 1, "合计", "1", TABLE, at("cell_text", 4)),
    "TableBlock.orientation": said(f"{BODY}/orientation", "landscape", "方向", "横排", TABLE, at("cell_text", 4)),
    "TableBlock.align": said(f"{BODY}/align", ["left", "decimal"], "本列对齐", "按小数点", TABLE, at("cell_text", 4)),
    "CellBlock.align": said(f"{BODY}/rows/0/1/align", "center", "本格对齐", "居中", TABLE, at("cell_text", 4)),
    "CellBlock.text": typed(f"{BODY}/rows/0/1/text", TABLE, at("cell_text", 4), saying("本格对齐", "居中"), press("Escape")),
    "CellBlock.colspan": way(f"{BODY}/rows/0/0/colspan", 2, TABLE, two_cells, MERGE),
    "CellBlock.rowspan": way(f"{BODY}/rows/0/0/rowspan", 2, TABLE, three_rows, MERGE),
    "FigureBlock.image": way(f"{BODY}/image", "村貌0.png", pictures(1)),
    "FigureBlock.caption": typed(f"{BODY}/caption", pictures(1)),
    "FigureBlock.alt": said(f"{BODY}/alt", "村道", "替代文字", "村道", pictures(1)),
    "FigureBlock.width_mm": said(f"{BODY}/width_mm", 82.5, "宽", "82.5", pictures(1)),
    "FiguresBlock.items": way(f"{BODY}/type", "figures", *ROW),
    "FiguresBlock.caption": typed(f"{BODY}/caption", *ROW, at("figure_caption", 2)),
    "RowFigure.image": way(f"{BODY}/items/1/image", "村貌1.png", *ROW),
    "RowFigure.caption": typed(f"{BODY}/items/1/caption", *ROW, at("figure_caption", 1)),
    "RowFigure.alt": said(f"{BODY}/items/1/alt", "村道", "替代文字", "村道", *ROW, at("figure_caption", 1)),
    "Briefs.section": typed("/briefs/section", menu("栏目", "文章", at="brief")),
    "Briefs.heading": typed("/briefs/heading", whole("briefs_heading")),
    "Briefs.mark": said("/briefs/mark", "■", "条目记号", "■", at("brief")),
    "Briefs.items": typed("/briefs/items/0", whole("brief")),
    "Brief.headline": typed(f"{ITEMS}/headline", menu("小标题", at="brief")),
    "Brief.text": typed(f"{ITEMS}/text", at("brief"), saying("供稿单位", "融媒体中心"), whole("brief")),
    "Brief.byline": said(f"{ITEMS}/byline", "融媒体中心", "供稿单位", "融媒体中心", at("brief")),
    "Recipient.name": way("/closing/recipients/0/name", "市委办公室", recipients),
    "Recipient.copies": way("/closing/recipients/0/copies", 3, recipients),
}  # fmt: skip


def table_with_a_header(desk: DeskPage) -> None:
    TABLE(desk)
    for column in range(3):
        desk.put_caret("cell_text", column)
        desk.type("一列")


def annex_with_a_title(desk: DeskPage) -> None:
    menu("附件（另起一页）", "插入")(desk)
    desk.type("实施方案")


# Where the line of properties shows something else each time.
PARTS = (
    at("headline"),
    at("paragraph"),
    at("brief"),
    menu("按语", "文章"),
    table_with_a_header,
    at("cell_text", 4),
    pictures(2),
    menu("落款", "插入"),
    annex_with_a_title,
)
