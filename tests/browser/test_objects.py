"""Keys beside tables and pictures: none is lost or takes words in, and behind each one can write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import DeskPage, sparse_file
from tests.support.ways import choose

FIGURE = {"type": "figure", "image": "a.png", "caption": "图题"}
ROW = {
    "type": "figures",
    "items": [{"image": "a.png", "caption": "左"}, {"image": "b.png", "caption": "右"}],
}
TABLE = {"type": "table", "header": ["甲", "乙"], "rows": [["1", "2"]], "notes": ["注"]}
PLAIN_TABLE = {"type": "table", "header": ["甲", "乙"], "rows": [["1", "2"]]}


def begin(desk: DeskPage, real: Any, *body: Any) -> None:
    desk.begin_with({**real, "articles": [{"headline": "标题", "body": list(body)}]})


def body(desk: DeskPage) -> Any:
    return desk.issue()["articles"][0]["body"]


# what stands in the middle, a kind of text, its number, whether the caret is at its end, and the key
EDGES = {
    "before a picture": (FIGURE, "paragraph", 0, True, "Delete"),
    "behind a picture": (FIGURE, "paragraph", 1, False, "Backspace"),
    "before its caption": (FIGURE, "figure_caption", 0, False, "Backspace"),
    "behind its caption": (FIGURE, "figure_caption", 0, True, "Delete"),
    "before a row of pictures": (ROW, "paragraph", 0, True, "Delete"),
    "behind a row of pictures": (ROW, "paragraph", 1, False, "Backspace"),
    "behind the notes of a table": (TABLE, "paragraph", 1, False, "Backspace"),
    "at the end of the notes": (TABLE, "table_note", 0, True, "Delete"),
}


@pytest.mark.parametrize(("middle", "kind", "number", "at_end", "key"), EDGES.values(), ids=EDGES)
def test_no_picture_is_lost_and_no_text_joins_a_caption_or_a_note(
    desk: DeskPage, real: Any, middle: Any, kind: str, number: int, at_end: bool, key: str
) -> None:
    begin(desk, real, "前文。", middle, "后文。")
    before = body(desk)
    desk.put_caret(kind, number, desk.find(kind, number)["size"] if at_end else 0)
    desk.press(key)
    assert body(desk) == before


def test_a_second_key_takes_the_picture_out_and_undo_brings_it_back(
    desk: DeskPage, real: Any
) -> None:
    begin(desk, real, "前文。", FIGURE, "后文。")
    desk.put_caret("figure_caption")
    desk.press("Backspace")
    desk.press("Backspace")
    assert body(desk) == ["前文。", "后文。"]
    desk.undo()
    assert body(desk) == ["前文。", FIGURE, "后文。"]


def test_an_empty_paragraph_behind_a_picture_goes_first(desk: DeskPage, real: Any) -> None:
    begin(desk, real, "前文。", FIGURE, "后文。")
    desk.put_caret("paragraph", 1)
    desk.press("Enter")
    desk.put_caret("paragraph", 1)
    desk.press("Backspace")
    assert desk.words("paragraph", 1) == "后文。"
    assert body(desk) == ["前文。", FIGURE, "后文。"]


# what ends an article, the text from which a key leads on
LAST = {
    "a picture": (FIGURE, "figure_caption", 0, "Enter"),
    "a picture, by the arrow": (FIGURE, "figure_caption", 0, "ArrowDown"),
    "a row of pictures": (ROW, "figure_caption", 2, "Enter"),
    "a table": (PLAIN_TABLE, "cell_text", 2, "ArrowDown"),
    "a table with notes": (TABLE, "table_note", 0, "ArrowDown"),
}


@pytest.mark.parametrize(("last", "kind", "number", "key"), LAST.values(), ids=LAST)
def test_one_can_write_on_behind_what_ends_an_article(
    desk: DeskPage, real: Any, last: Any, kind: str, number: int, key: str
) -> None:
    begin(desk, real, "前文。", last)
    desk.put_caret(kind, number)
    desk.press(key)
    desk.type("接着写。")
    assert body(desk)[2:] == ["接着写。"]


@pytest.mark.parametrize("name", ["table", "page_break"])
def test_one_can_write_on_behind_what_was_put_at_the_end(
    desk: DeskPage, real: Any, name: str
) -> None:
    begin(desk, real, "前文。")
    desk.put_caret("paragraph", 0, 3)
    choose(desk, *({"table": ("表格",), "page_break": ("分页", "插入")}[name]))
    desk.put_caret("paragraph", 1)
    desk.type("接着写。")
    assert [one if isinstance(one, str) else one["type"] for one in body(desk)] == [
        "前文。",
        name,
        "接着写。",
    ]


def items(desk: DeskPage) -> Any:
    return desk.issue()["briefs"]["items"]


@pytest.mark.parametrize("offset", [0, 2], ids=["in front", "behind"])
def test_enter_at_the_headline_of_an_item_leaves_it_with_its_text(
    desk: DeskPage, real: Any, offset: int
) -> None:
    item = {"headline": "小题", "text": "文字。"}
    desk.begin_with({**real, "briefs": {"heading": "简讯", "items": [item]}})
    desk.put_caret("brief_headline", 0, offset)
    desk.press("Enter")
    assert items(desk) == [item]
    desk.page.evaluate("() => desk.view.state.doc.check()")
    desk.type("〇")
    assert items(desk) == [
        {"headline": "〇小题", "text": "文字。"} if not offset else {**item, "text": "〇文字。"}
    ]


def test_tab_leads_from_the_caption_of_a_table_into_it(desk: DeskPage, real: Any) -> None:
    begin(desk, real, "前文。", PLAIN_TABLE)
    desk.put_caret("table_caption")
    desk.press("Tab")
    desk.press("Tab")
    desk.press("Tab")
    desk.type("〇")
    assert desk.words("cell_text", 1) == "〇"


def cells(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def test_cells_pasted_into_a_table_fill_its_cells(desk: DeskPage, real: Any) -> None:
    begin(desk, real, PLAIN_TABLE)
    desk.put_caret("cell_text", 1)
    desk.paste(
        cells("<td>丙</td>", "<td>3</td>", "<td>4</td>"),
        "丙\n3\n4",
    )
    assert body(desk) == [
        {"type": "table", "header": ["甲", "丙"], "rows": [["1", "3"], ["", "4"]]}
    ]
    desk.undo()
    assert body(desk) == [PLAIN_TABLE]


def test_a_header_is_as_deep_as_its_first_row_spans(desk: DeskPage, real: Any) -> None:
    begin(desk, real, "文字。")
    desk.put_caret("paragraph")
    desk.paste(
        cells(
            "<td rowspan=3>地区</td><td colspan=2>投资</td>",
            "<td colspan=2>本年</td>",
            "<td>计划</td><td>完成</td>",
            "<td>甲县</td><td>1</td><td>2</td>",
        )
    )
    assert body(desk)[0]["header"] == [
        [{"text": "地区", "rowspan": 3}, {"text": "投资", "colspan": 2}],
        [{"text": "本年", "colspan": 2}],
        ["计划", "完成"],
    ]
    assert body(desk)[0]["rows"] == [["甲县", "1", "2"]]


def test_a_picture_that_cannot_be_pasted_is_told(desk: DeskPage) -> None:
    desk.put_caret("paragraph")
    desk.paste('<p><img src="https://example.org/a.png"></p>')
    assert "没有可粘贴的文字，有 1 张图片没有带入" in desk.told()


# a file that is chosen, its size, and what is told
FILES = {
    "IMG_1.HEIC": (
        9,
        "“IMG_1.HEIC”印不了，没有放进来。请在手机的“设置 › 相机 › 格式”里选“兼容性最佳”",
    ),
    "稿.pdf": (9, "“稿.pdf”不是图片，没有放进来。旧稿请回到各期，点“导入 Word 或旧稿”"),
    "大.jpg": (30 * 2**20, "“大.jpg”有 30 MB，超过 10 MB，没有放进来。请用看图软件缩小"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_cannot_be_printed_does_not_come_in(desk: DeskPage, tmp_path: Path, name: str) -> None:
    size, words = FILES[name]
    before = desk.issue()
    desk.put_caret("paragraph")
    desk.page.set_input_files("#pictures", sparse_file(tmp_path / name, size))
    desk.page.wait_for_function("words => told.textContent.startsWith(words)", arg=words)
    assert desk.issue() == before


@pytest.mark.parametrize("pasted", [False, True], ids=["typed", "pasted"])
def test_where_all_is_deleted_words_begin_an_article(desk: DeskPage, pasted: bool) -> None:
    desk.put_caret("paragraph")
    desk.press("Control+a")
    desk.press("Delete")
    if pasted:
        desk.paste(text="标题")
    else:
        desk.page.keyboard.type("标题")
    assert [one["headline"] for one in desk.issue()["articles"]] == ["标题"]


def below(desk: DeskPage, selector: str, across: int = 60) -> None:
    """Click a little below what a selector finds; where one has just clicked it would be a double click."""
    box = desk.page.locator(selector).last.bounding_box()
    assert box
    desk.page.mouse.click(box["x"] + across, box["y"] + box["height"] + 6)


# what ends an article or an annex, and its element
ENDING: dict[str, tuple[list[Any], str]] = {
    "a table": ([PLAIN_TABLE], "#manuscript .table-block"),
    "a picture": ([FIGURE], "#manuscript figure"),
    "a row of pictures": ([ROW], "#manuscript .figures"),
    "an annex": ([{"type": "annex", "title": "清单", "body": [TABLE]}], "#manuscript .table-block"),
}


@pytest.mark.parametrize("others", [True, False], ids=["and others follow", "at the end"])
@pytest.mark.parametrize(("last", "selector"), ENDING.values(), ids=ENDING)
def test_a_click_below_what_ends_an_article_begins_a_paragraph(
    desk: DeskPage, real: Any, last: list[Any], selector: str, others: bool
) -> None:
    desk.begin_with({**real, "articles": [{"headline": "标题", "body": ["前文。", *last]}]})
    if not others:
        desk.begin_with({**desk.issue(), "briefs": []})
    desk.page.locator(selector).last.scroll_into_view_if_needed()
    below(desk, selector, 60 if others else 160)
    desk.type("后文。")
    (end,) = last
    inside = {**end, "body": [TABLE, "后文。"]} if end["type"] == "annex" else end
    assert body(desk) == ["前文。", inside, *([] if end["type"] == "annex" else ["后文。"])]


def test_a_click_between_two_tables_begins_a_paragraph(desk: DeskPage, real: Any) -> None:
    begin(desk, real, "前文。", PLAIN_TABLE, PLAIN_TABLE, "后文。")
    box = desk.page.locator("#manuscript .table-block").first.bounding_box()
    assert box
    desk.page.mouse.click(box["x"] + 60, box["y"] + box["height"] + 3)
    desk.type("中间。")
    assert body(desk) == ["前文。", PLAIN_TABLE, "中间。", PLAIN_TABLE, "后文。"]


def test_a_click_below_a_text_begins_nothing(desk: DeskPage, real: Any) -> None:
    begin(desk, real, PLAIN_TABLE, "后文。")
    before = body(desk)
    below(desk, "#manuscript .article > p")
    desk.be_quiet()
    assert body(desk) == before


# Files dropped on the pages, beside the manuscript; tells whether the browser would open them.
DROP_BESIDE = """([name, type]) => {
    const data = new DataTransfer();
    data.items.add(new File(["字"], name, { type }));
    const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    return document.querySelector("#pages").dispatchEvent(event);
}"""


def test_a_picture_dropped_beside_the_manuscript_stands_at_the_caret(
    desk: DeskPage, real: Any
) -> None:
    desk.begin_with(real)
    desk.put_caret("paragraph", 1, 2)
    assert not desk.page.evaluate(DROP_BESIDE, ["村貌.png", "image/png"])
    assert desk.issue()["articles"][0]["body"][2] == {"type": "figure", "image": "村貌.png"}
    assert not desk.page.evaluate(DROP_BESIDE, ["旧稿.docx", "application/msword"])
    assert "不是图片" in desk.page.inner_text("#told")


def test_where_nothing_may_change_a_dropped_picture_changes_nothing(
    desk: DeskPage, real: Any
) -> None:
    desk.begin_with(real)
    desk.page.click("summary:text-is('显示')")
    desk.page.get_by_label("朴素模式").check()
    assert not desk.page.evaluate(DROP_BESIDE, ["村貌.png", "image/png"])
    assert "先取消朴素模式" in desk.page.inner_text("#told")
    desk.page.get_by_label("朴素模式").uncheck()
    desk.page.evaluate("() => desk.view.setProps({ editable: () => false })")
    assert not desk.page.evaluate(DROP_BESIDE, ["村貌.png", "image/png"])
    assert "村貌.png" not in str(desk.issue())
