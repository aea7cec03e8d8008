"""A Chinese input method in the manuscript: what is composed arrives once, whole, and undoes as one.

The composition is a real one of the browser; the text services of Windows cannot be tried here.
"""

from __future__ import annotations

import pytest

from tests.support.desk import DeskPage

PINYIN = ("z", "zh", "zho", "zhong", "中", "中国")
PLACES = {
    "in the middle": (0, 5),
    "at the start": (0, 0),
    "before a lead-in": (1, 0),
    "in a lead-in": (1, 4),
    "at the end of a lead-in": (1, 8),
    "after text": (2, 20),
}


@pytest.mark.parametrize(("number", "offset"), PLACES.values(), ids=PLACES)
def test_a_phrase_arrives_once_and_undoes_as_one(desk: DeskPage, number: int, offset: int) -> None:
    before = desk.words("paragraph", number)
    desk.put_caret("paragraph", number, offset)
    desk.compose(PINYIN, "中国")
    assert desk.words("paragraph", number) == before[:offset] + "中国" + before[offset:]
    desk.undo()
    assert desk.words("paragraph", number) == before, "one undo takes the phrase, not its pinyin"


def test_nothing_is_sent_while_composing(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 0, 5)
    desk.settle()
    desk.asked.clear()
    desk.compose(PINYIN)
    desk.page.wait_for_timeout(1500)
    assert desk.page.evaluate("desk.view.composing")
    assert desk.asked == []
    desk.compose((), "中国")
    desk.wait_for_pages()
    assert any("/v1/preview" in address for address in desk.asked)


def test_a_selection_over_paragraphs_is_replaced(desk: DeskPage) -> None:
    first, second = desk.find("paragraph", 3), desk.find("paragraph", 4)
    desk.page.evaluate(
        """([from, to]) => { const { view } = desk, { constructor } = view.state.selection;
            view.focus(); view.dispatch(view.state.tr.setSelection(constructor.create(view.state.doc, from, to))); }""",
        [first["at"] + first["size"] - 2, second["at"] + 3],
    )
    desk.compose(("z", "zhe", "zhe'li"), "这里")
    assert desk.words("paragraph", 3) == first["text"][:-2] + "这里" + second["text"][3:]
    desk.undo()
    assert desk.words("paragraph", 3) == first["text"]


@pytest.mark.parametrize("mark", ["，", "。", "“", "、", "？"])
def test_a_full_width_mark_arrives_once(desk: DeskPage, mark: str) -> None:
    before = desk.words("paragraph", 0)
    desk.put_caret("paragraph", 0, 0)
    desk.compose((mark,), mark)
    assert desk.words("paragraph", 0) == mark + before


def test_in_an_empty_paragraph_a_mark_arrives_once(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 0, desk.find("paragraph", 0)["size"])
    desk.press("Enter")
    desk.compose(("，",), "，")
    assert desk.words("paragraph", 1) == "，"


def test_the_enter_that_accepts_a_phrase_parts_nothing(desk: DeskPage) -> None:
    before = desk.issue()
    desk.put_caret("paragraph", 0, 5)
    desk.compose(("zhong",))
    desk.page.evaluate(
        """() => desk.view.dom.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    desk.compose((), "中")
    assert len(desk.issue()["articles"][0]["body"]) == len(before["articles"][0]["body"])


def test_findings_that_arrive_while_composing_do_not_disturb(desk: DeskPage) -> None:
    """The answer of an earlier preview comes in the middle of a composition."""
    before = desk.words("paragraph", 10)
    desk.put_caret("paragraph", 10, 6)
    desk.type("测")
    desk.compose(("s",))
    desk.page.wait_for_timeout(800)
    desk.compose(("sh", "shi", "shi'yan"), "试验")
    assert desk.words("paragraph", 10) == before[:6] + "测试验" + before[6:]


def test_in_cells_of_a_table(desk: DeskPage) -> None:
    desk.select("paragraph", 1)
    desk.paste(html="<table><tr><th>县区</th><th></th></tr><tr><td>赫章</td><td></td></tr></table>")
    for number, words in ((1, "数"), (3, "市"), (0, "名")):
        desk.put_caret("cell_text", number, desk.find("cell_text", number)["size"])
        desk.compose(("s", "sh", "shi"), words)
    table = desk.issue()["articles"][0]["body"][1]
    assert table == {"type": "table", "header": ["县区名", "数"], "rows": [["赫章", "市"]]}
    desk.put_caret("cell_text", 1, 1)
    desk.press("Tab")
    desk.type("甲")
    assert desk.words("cell_text", 2) == "甲"
