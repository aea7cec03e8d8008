"""Backspace and Delete at the edge of a text: they join it with its neighbour, and write over nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.desk import DeskPage

# What Windows sends before a composition begins; the protocol of the browser does not.
KEY_OF_INPUT_METHOD = """() => desk.view.dom.dispatchEvent(new KeyboardEvent("keydown",
    { key: "Process", keyCode: 229, bubbles: true, cancelable: true }))"""
NEW = "〇"  # which stands nowhere else
TABLE = {
    "type": "table",
    "caption": "表题",
    "unit": "单位：万元",
    "header": ["甲", "乙"],
    "rows": [["1", "2"]],
}
# a kind of text, its number, whether the caret is at its end, and the key
EDGES = {
    "before a headline": ("headline", 1, False, "Backspace"),
    "before the first headline": ("headline", 0, False, "Backspace"),
    "before a heading of short news": ("briefs_heading", 0, False, "Backspace"),
    "before the caption of a table": ("table_caption", 0, False, "Backspace"),
    "behind the unit of a table": ("table_unit", 0, True, "Delete"),
    "behind the last cell": ("cell_text", 3, True, "Delete"),
    "before the first cell": ("cell_text", 0, False, "Backspace"),
}


@pytest.fixture
def desk(desk: DeskPage, real: Any) -> DeskPage:
    body = real["articles"][0]["body"].split("\n")
    real["articles"][0]["body"] = [body[0], TABLE, *body[1:]]
    desk.begin_with(real)
    return desk


@pytest.mark.parametrize(("kind", "number", "at_end", "key"), EDGES.values(), ids=EDGES)
def test_the_next_word_replaces_nothing(
    desk: DeskPage, kind: str, number: int, at_end: bool, key: str
) -> None:
    before = json.dumps(desk.issue(), ensure_ascii=False)
    desk.put_caret(kind, number, desk.find(kind, number)["size"] if at_end else 0)
    desk.press(key)
    desk.type(NEW)
    after = json.dumps(desk.issue(), ensure_ascii=False)
    assert after.replace(NEW, "") == before


@pytest.mark.parametrize("composed", [False, True], ids=["typed", "composed"])
def test_a_table_is_selected_first_and_no_word_replaces_it(desk: DeskPage, composed: bool) -> None:
    before = desk.issue()["articles"][0]["body"]
    desk.put_caret("paragraph", 1, 0)
    desk.press("Backspace")
    if composed:
        desk.page.evaluate(KEY_OF_INPUT_METHOD)
        desk.compose(("l", "ling"), NEW)
    else:
        desk.type(NEW)
    after = desk.issue()["articles"][0]["body"]
    assert after[1] == TABLE
    assert [one for one in after if one != TABLE][1].replace("*", "") == NEW + before[2].replace(
        "*", ""
    )


def test_a_selected_table_is_taken_out_and_comes_back(desk: DeskPage) -> None:
    before = desk.issue()
    desk.put_caret("paragraph", 1, 0)
    desk.press("Backspace")
    desk.press("Backspace")
    assert TABLE not in desk.issue()["articles"][0]["body"]
    desk.undo()
    assert desk.issue() == before


def test_paragraphs_are_joined_as_ever(desk: DeskPage) -> None:
    first, second = desk.words("paragraph", 2), desk.words("paragraph", 3)
    desk.put_caret("paragraph", 3, 0)
    desk.press("Backspace")
    assert desk.words("paragraph", 2) == first + second
    desk.press("Delete")
    assert desk.words("paragraph", 2) == first + second[1:]
