"""What is cut, copied and dragged at a desk stays what it is, and nothing of it is lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.desk import SELECT, DeskPage
from tests.support.pictures import village
from tests.support.shelf import REAL, Look, Shelf

FIGURE = {"type": "figure", "image": "a.png", "caption": "图题", "width_mm": 80}
TABLE = {"type": "table", "caption": "表题", "header": ["甲", "乙"], "rows": [["一", "二"]]}
PARTS: list[Any] = [
    {"type": "heading", "level": 1, "text": "小标题"},
    TABLE,
    FIGURE,
    {"type": "note", "text": "附注文"},
    {"type": "attachments", "items": ["一", "二"]},
    {"type": "salutation", "text": "各县："},
    {"type": "signoff", "bodies": ["市创建办"], "date": "2017-12-22"},
]
PICTURE = """async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 120 });
    const blob = await new Promise((done) => canvas.toBlob(done));
    desk.pictures.put("a.png", new File([blob], "a.png", { type: "image/png" }));
}"""
# Where a character stands on the screen.
PLACE = """([kind, k, offset]) => {
    let at = null, seen = -1;
    desk.view.state.doc.descendants((node, before) => {
        if (node.type.name === kind && ++seen === k) at = before + 1 + offset;
    });
    const { left, top, bottom } = desk.view.coordsAtPos(at);
    return [left, (top + bottom) / 2];
}"""
DROP = """([html, text, kind, k]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", text);
    const block = [...desk.view.dom.querySelectorAll(kind)][k], box = block.getBoundingClientRect();
    const where = { clientX: box.left + 40, clientY: box.top + 14, bubbles: true, cancelable: true };
    block.dispatchEvent(new DragEvent("drop", { ...where, dataTransfer: data }));
}"""
# What a page of anybody's, or another window of a desk, may have put on the clipboard.
PASTE_COPY = """([copy, html]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("application/x-hongtou-manuscript", copy);
    data.setData("text/plain", "字");
    desk.view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def copied(node: Any, issue: str = "") -> list[str]:
    return [json.dumps({"slice": {"content": [node]}, "page": "", "issue": issue}), ""]


def begin(desk: DeskPage, *body: Any) -> None:
    articles = [{"headline": "一", "body": [*body]}, {"headline": "二", "body": ["另一篇。"]}]
    desk.page.evaluate("() => desk.tell('')")
    desk.begin_with({**REAL, "articles": articles})


def bodies(desk: DeskPage) -> list[Any]:
    return [one["body"] for one in desk.issue()["articles"]]


def select(desk: DeskPage, first: tuple[str, int], last: tuple[str, int]) -> None:
    """Select from the start of one text to the end of another."""
    start, end = desk.find(*first), desk.find(*last)
    desk.page.evaluate(SELECT, [start["at"], end["at"] + end["size"]])


def place(desk: DeskPage, kind: str, number: int, offset: int) -> tuple[float, float]:
    x, y = desk.page.evaluate(PLACE, [kind, number, offset])
    return x + 1, y


def drag(desk: DeskPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    desk.page.mouse.move(*start)
    desk.page.mouse.down()
    desk.page.mouse.move(start[0] + 20, start[1] + 10, steps=3)
    desk.page.mouse.move(*end, steps=5)
    desk.page.mouse.up()


def test_parts_that_are_copied_stay_what_they_are(desk: DeskPage) -> None:
    begin(desk, "前文。", *PARTS, "末段。")
    before = bodies(desk)
    select(desk, ("paragraph", 0), ("paragraph", 1))
    desk.press("Control+c")
    desk.put_caret("paragraph", 2, 4)
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('照原样')")
    assert bodies(desk) == [before[0], ["另一篇。前文。", *PARTS, "末段。"]]
    desk.undo()
    assert bodies(desk) == before


def test_a_picture_that_is_cut_can_be_put_elsewhere(desk: DeskPage) -> None:
    begin(desk, "前文。", FIGURE, "末段。")
    desk.put_caret("figure_caption")
    desk.press("Backspace")
    desk.press("Control+x")
    assert bodies(desk)[0] == ["前文。", "末段。"]
    desk.put_caret("paragraph", 2, 4)
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('照原样')")
    assert bodies(desk) == [["前文。", "末段。"], ["另一篇。", FIGURE]]


def test_a_whole_article_takes_its_picture_to_an_empty_one(desk: DeskPage) -> None:
    begin(desk, "前文。", FIGURE, "末段。")
    select(desk, ("headline", 0), ("paragraph", 1))
    desk.press("Control+c")
    desk.begin_with({**REAL, "articles": [{"headline": "", "body": [""]}]})
    desk.put_caret("headline")
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('照原样')")
    assert desk.issue()["articles"] == [{"headline": "一", "body": ["前文。", FIGURE, "末段。"]}]


def test_a_whole_manuscript_goes_into_an_empty_one(desk: DeskPage) -> None:
    heads = {
        "section": "栏目",
        "kicker": "引题",
        "headline": "一",
        "subhead": "副题",
        "byline": "局",
    }
    articles = [
        {**heads, "body": ["前文。", *PARTS, "末段。"]},
        {"headline": "二", "body": ["文。"]},
    ]
    desk.begin_with({**REAL, "articles": articles})
    whole = desk.issue()
    desk.put_caret("headline")
    desk.press("Control+a")
    desk.press("Control+c")
    desk.begin_with({**REAL, "articles": [{"headline": "", "body": [""]}], "briefs": []})
    for kind in ("headline", "paragraph"):
        desk.put_caret(kind)
        desk.press("Control+v")
        desk.page.wait_for_function("() => told.textContent.includes('照原样')")
        assert [desk.issue()[part] for part in ("articles", "briefs")] == [
            whole[part] for part in ("articles", "briefs")
        ]
        desk.undo()
        assert desk.issue()["articles"] == [{"headline": "", "body": []}]


@pytest.mark.parametrize("keys", [("Control+x", "Control+v"), ("Control+c", "Control+v")])
def test_a_whole_manuscript_cut_or_copied_and_pasted_at_once_is_as_it_was(
    desk: DeskPage, keys: tuple[str, str]
) -> None:
    before = desk.issue()
    desk.put_caret("paragraph", 1, 3)
    for key in ("Control+a", *keys):
        desk.press(key)
    desk.page.wait_for_function("() => told.textContent.includes('照原样')")
    assert desk.issue() == before


def test_cells_that_are_copied_are_a_table_again(desk: DeskPage) -> None:
    begin(desk, "前文。")
    desk.put_caret("paragraph", 1, 4)
    rows = [["一", "二"], ["三", "四"]]
    cells = [
        [{"type": "cell_text", "content": [{"type": "text", "text": one}]} for one in row]
        for row in rows
    ]
    slice_of_rows = [
        {
            "type": "table_row",
            "content": [{"type": "table_cell", "content": [cell]} for cell in row],
        }
        for row in cells
    ]
    html = "".join(f"<tr>{''.join(f'<td><p>{one}</p></td>' for one in row)}</tr>" for row in rows)
    copy = {
        "slice": {"content": slice_of_rows, "openStart": 1, "openEnd": 1},
        "page": "",
        "issue": "",
    }
    desk.page.evaluate(PASTE_COPY, [json.dumps(copy), f"<table>{html}</table>"])
    table = {"type": "table", "header": rows[0], "rows": rows[1:]}
    assert bodies(desk)[1] == ["另一篇。", table]


def test_part_of_a_picture_is_the_whole_and_takes_no_words_in(desk: DeskPage) -> None:
    begin(desk, FIGURE, "末段。")
    select(desk, ("figure_caption", 0), ("paragraph", 0))
    desk.press("Control+c")
    desk.put_caret("paragraph", 1, 2)
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('照原样')")
    assert bodies(desk)[1] == ["另一", FIGURE, "末段。篇。"]


def test_short_news_among_paragraphs_are_paragraphs(desk: DeskPage) -> None:
    begin(desk, "前文。")
    select(desk, ("brief", 0), ("brief", 1))
    items = desk.issue()["briefs"]["items"]
    desk.press("Control+c")
    desk.put_caret("paragraph", 1, 4)
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('2 段')")
    assert bodies(desk)[1] == [f"另一篇。{items[0]}", items[1]]
    assert desk.issue()["briefs"]["items"] == items


def test_where_only_words_fit_a_lost_picture_is_told(desk: DeskPage) -> None:
    begin(desk, "前文。", FIGURE, "末段。")
    select(desk, ("paragraph", 0), ("paragraph", 1))
    desk.press("Control+c")
    desk.put_caret("brief")
    desk.press("Control+v")
    desk.page.wait_for_function("() => told.textContent.includes('1 张图片没有带入')")


FORGED: dict[str, Any] = {
    "a cell over all columns": {
        "type": "table_row",
        "content": [
            {
                "type": "table_cell",
                "attrs": {"colspan": 10**9},
                "content": [{"type": "cell_text"}],
            }
        ],
    },
    "a level that is markup": {"type": "heading", "attrs": {"level": "1 onload=x"}},
    "a picture that is an object": {
        "type": "figure",
        "attrs": {"image": {"src": "javascript:hit=1"}},
        "content": [{"type": "figure_caption"}],
    },
    "a date that is a list": {
        "type": "signoff",
        "attrs": {"date": ["2026"]},
        "content": [{"type": "signoff_body"}],
    },
    "a node that is none": {"type": "script", "content": [{"type": "text", "text": "hit=1"}]},
    "an article in an article": {"type": "article", "content": [{"type": "article"}]},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_copy_is_read_as_words(desk: DeskPage, name: str) -> None:
    begin(desk, "前文。")
    desk.put_caret("paragraph", 0)
    desk.page.evaluate(PASTE_COPY, copied(FORGED[name], issue="../1"))
    assert bodies(desk)[0] == ["字前文。"]


def test_a_forged_copy_loads_nothing_from_elsewhere(desk: DeskPage) -> None:
    begin(desk, "前文。")
    desk.put_caret("paragraph", 0)
    desk.asked.clear()
    image = "http://127.0.0.1:9/x.png"
    figure = {
        "type": "figure",
        "attrs": {"image": image, "alt": '"><script>hit=1</script>', "onload": "hit=1"},
        "content": [{"type": "figure_caption"}],
    }
    desk.page.evaluate(PASTE_COPY, copied(figure, issue="1/../../../x"))
    desk.page.wait_for_function("() => told.textContent.includes('1 张图片没有带来')")
    desk.settle()
    assert not [one for one in desk.asked if ":9/" in one or "assets" in one or "/x" in one]
    assert desk.page.evaluate("() => 'hit' in window") is False
    assert desk.page.locator("#manuscript figure.missing, #manuscript figure .missing").count() == 1


def test_a_picture_of_another_window_is_not_taken_for_one_of_the_same_name(desk: DeskPage) -> None:
    desk.page.evaluate(PICTURE)
    begin(desk, "前文。", FIGURE, "末段。")
    desk.put_caret("paragraph", 2, 4)
    figure = {
        "type": "figure",
        "attrs": {"image": "a.png"},
        "content": [{"type": "figure_caption"}],
    }
    desk.page.evaluate(PASTE_COPY, copied(figure))
    desk.page.wait_for_function("() => told.textContent.includes('1 张图片没有带来')")
    (_, pasted) = bodies(desk)[1]
    assert pasted["image"] != "a.png"
    assert not desk.page.evaluate("name => desk.pictures.blobs.has(name)", pasted["image"])


def test_a_picture_is_dragged_to_another_paragraph(desk: DeskPage) -> None:
    desk.page.evaluate(PICTURE)
    begin(desk, "前文。", "中间。", FIGURE, "末段。")
    desk.settle()
    box = desk.page.locator("#manuscript figure img").bounding_box()
    assert box
    drag(desk, (box["x"] + 90, box["y"] + 60), place(desk, "paragraph", 0, 3))
    desk.page.wait_for_function(
        "() => document.querySelector('#manuscript .article p + figure + p')?.textContent === '中间。'"
    )
    assert bodies(desk)[0] == ["前文。", FIGURE, "中间。", "末段。"]
    desk.undo()
    assert bodies(desk)[0] == ["前文。", "中间。", FIGURE, "末段。"]


def test_a_click_on_a_picture_selects_it(desk: DeskPage) -> None:
    desk.page.evaluate(PICTURE)
    begin(desk, "前文。", FIGURE, "末段。")
    desk.settle()
    desk.page.locator("#manuscript figure img").click()
    desk.press("Delete")
    assert bodies(desk)[0] == ["前文。", "末段。"]


@pytest.mark.parametrize("where", ["cell_text", "headline", "brief"])
def test_paragraphs_dragged_tear_no_table_and_no_line_apart(desk: DeskPage, where: str) -> None:
    begin(desk, "前文前文。", "中间中间。", TABLE, "末段。")
    before = desk.issue()
    select(desk, ("paragraph", 0), ("paragraph", 1))
    desk.be_quiet()
    drag(desk, place(desk, "paragraph", 0, 2), place(desk, where, 0, 1))
    desk.page.wait_for_function("() => told.textContent.includes('没有移过来')")
    assert desk.issue() == before


def test_words_dragged_in_from_elsewhere_are_cleaned_as_if_pasted(desk: DeskPage) -> None:
    begin(desk, "前文。", "中间。")
    html = "<p style='color:red'>外来<script>window.hit = 1</script></p><img src='http://127.0.0.1:9/x'>"
    desk.page.evaluate(DROP, [html, "外来", ".article p", 0])
    assert "外来" in "".join(bodies(desk)[0])
    assert "未带入原格式" in desk.told()
    assert "1 张图片没有带入" in desk.told()


def test_pictures_come_along_from_another_issue(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("两期")
    document = {**REAL, "articles": [{"headline": "一", "body": ["前文。", FIGURE, "末段。"]}]}
    first = shelf.issue(publication, document, issue_number=1)
    shelf.service.ask("PUT", f"/v1/issues/{first}/assets/a.png", village())
    second = shelf.issue(
        publication,
        {**REAL, "articles": [{"headline": "二", "body": ["另一篇。"]}]},
        issue_number=2,
    )
    desk = look.desk(first)
    select(desk, ("paragraph", 0), ("paragraph", 1))
    desk.press("Control+c")
    desk = look.desk(second)
    desk.put_caret("paragraph", 0, 4)
    desk.press("Control+v")
    look.page.wait_for_function("() => told.textContent.includes('照原样')")
    look.wait_until_kept()
    made = shelf.document(second)["articles"][0]["body"]
    assert made[0] == "另一篇。前文。"
    assert {**made[1], "image": "a.png"} == FIGURE
    assert shelf.asset(second, made[1]["image"]) == village()
