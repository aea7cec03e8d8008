"""What a colleague has saved is taken in where it differs: the caret, undo and fields being filled in stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.support.desk import DeskPage
from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()
EDITORS = "[data-pointer='/closing/editors']"


@pytest.fixture
def issue(shelf: Shelf) -> int:
    return shelf.issue(shelf.publication(f"并入{next(names)}"))


def lines(body: Any) -> list[Any]:
    return body.split("\n") if isinstance(body, str) else list(body)


def colleague(shelf: Shelf, issue: int, change: Callable[[Any], None]) -> None:
    """Save a change as another editor does, through the API; the desk may save at the same time."""
    saved = 412
    while saved == 412:
        version, document = shelf.record(issue)["version"], shelf.document(issue)
        change(document)
        saved = shelf.put(issue, document, version)
    assert saved == 204


def first_and_last(document: Any) -> None:
    body = lines(document["articles"][0]["body"])
    document["articles"][0]["body"] = [f"王龙改头，{body[0]}", "王龙加段。", *body[1:]]
    document["articles"].append({"headline": "王龙加篇", "body": ["新文字。"]})
    items = document["briefs"]["items"]
    document["briefs"]["items"] = ["王龙加条。", *items]


def catch_up(look: Look) -> None:
    look.page.evaluate("() => desk.ping()")
    look.page.wait_for_function("() => JSON.stringify(desk.current()).includes('王龙')")


def test_the_caret_stays_at_its_word(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    desk.put_caret("paragraph", 8, 12)
    colleague(shelf, issue, first_and_last)
    catch_up(look)
    at = "() => { const { $from } = desk.view.state.selection; return [$from.parent.textContent, $from.parentOffset]; }"
    assert look.page.evaluate(at) == [desk.words("paragraph", 9), 12]


def test_undo_takes_back_mine_and_leaves_theirs(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    desk.put_caret("paragraph", 8, 12)
    desk.type("我写的，")
    look.wait_until_kept()
    colleague(shelf, issue, first_and_last)
    catch_up(look)
    desk.undo()
    words = json.dumps(desk.issue(), ensure_ascii=False)
    assert "我写的" not in words
    assert all(one in words for one in ("王龙改头", "王龙加段", "王龙加篇", "王龙加条"))
    look.wait_until_kept()
    assert desk.issue() == shelf.document(issue)


def test_a_name_half_written_stays_as_it_is_typed(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    look.page.fill(EDITORS, "陈炜、")
    colleague(shelf, issue, first_and_last)
    catch_up(look)
    assert look.page.input_value(EDITORS) == "陈炜、"
    look.page.focus(EDITORS)
    look.page.keyboard.press("End")
    look.page.keyboard.insert_text("王龙")
    assert desk.issue()["closing"]["editors"] == ["陈炜", "王龙"]


def test_nothing_comes_into_a_field_while_composing(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    look.page.fill(EDITORS, "")
    look.page.focus(EDITORS)
    desk.compose(("c", "chen"))
    colleague(shelf, issue, first_and_last)
    look.page.evaluate("() => desk.ping()")
    look.page.wait_for_timeout(300)
    assert "王龙加" not in json.dumps(desk.issue(), ensure_ascii=False)
    desk.compose((), "陈炜")
    catch_up(look)
    assert look.page.input_value(EDITORS) == "陈炜"


def test_a_choice_between_two_texts_can_be_undone(look: Look, shelf: Shelf, issue: int) -> None:
    def same_place(document: Any) -> None:
        body = lines(document["articles"][0]["body"])
        document["articles"][0]["body"] = [f"王龙写的，{body[0]}", *body[1:]]

    desk: DeskPage = look.desk(issue)
    desk.put_caret("paragraph", 0, 0)
    with look.unaware():
        colleague(shelf, issue, same_place)
        desk.type("我写的，")
        look.page.wait_for_selector("#clashes li")
    look.wait_until_kept()
    both = desk.issue()
    look.click("用我的")
    assert desk.issue() != both
    desk.undo()
    assert desk.issue() == both


@pytest.mark.parametrize("choice", ["用我的", "用另一处的"])
def test_a_paragraph_that_one_took_out_and_the_other_changed_stays_or_goes_as_chosen(
    look: Look, shelf: Shelf, issue: int, choice: str
) -> None:
    def taken_out(document: Any) -> None:
        document["articles"][0]["body"] = lines(document["articles"][0]["body"])[1:]

    desk: DeskPage = look.desk(issue)
    rest = lines(desk.issue()["articles"][0]["body"])[1:]
    desk.put_caret("paragraph", 0, 0)
    with look.unaware():
        colleague(shelf, issue, taken_out)
        desk.type("我写的，")
        look.page.wait_for_selector("#clashes li")
    assert "另一处：（删去）" in look.page.inner_text("#clashes")
    assert "都留" not in look.page.inner_text("#clashes")
    mine = desk.words("paragraph", 0)
    look.click(choice)
    expected = [mine, *rest] if choice == "用我的" else rest
    assert desk.issue()["articles"][0]["body"] == expected


def test_an_article_that_one_took_out_and_the_other_writes_in_stays_whole(
    look: Look, shelf: Shelf, issue: int
) -> None:
    desk: DeskPage = look.desk(issue)
    desk.put_caret("paragraph", 0, 0)
    with look.unaware():
        colleague(shelf, issue, lambda document: document["articles"].pop(0))
        desk.type("王龙不知道，")
        look.wait_until_kept()
    written = desk.issue()["articles"]
    assert written[0]["headline"] == shelf.document(issue)["articles"][0]["headline"] != ""
    assert desk.words("paragraph", 0).startswith("王龙不知道，")
    assert look.page.is_hidden("#clashes")


def test_the_caret_stays_in_a_headline_that_both_wrote(
    look: Look, shelf: Shelf, issue: int
) -> None:
    def theirs(document: Any) -> None:
        document["articles"][1]["headline"] = "王龙写的另一个标题"

    desk = look.desk(issue)
    desk.put_caret("headline", 1, 0)
    with look.unaware():
        colleague(shelf, issue, theirs)
        desk.type("我写的")
        look.page.wait_for_function("() => JSON.stringify(desk.current()).includes('另一个标题')")
    at = "() => desk.view.state.selection.$from.parent.textContent"
    assert look.page.evaluate(at)[:3] in ("我写的", "王龙写")
    assert sorted(desk.words("headline", number)[:3] for number in (1, 2)) == ["我写的", "王龙写"]


def test_who_took_out_what_a_colleague_wrote_in_is_told_that_it_stays(
    look: Look, shelf: Shelf, issue: int
) -> None:
    def theirs(document: Any) -> None:
        document["articles"][0]["body"] = [*lines(document["articles"][0]["body"]), "王龙加段。"]

    desk = look.desk(issue)
    title = desk.words("headline", 0)
    with look.unaware():
        colleague(shelf, issue, theirs)
        look.page.hover("#outline li >> nth=0")
        look.page.locator("#outline li").first.get_by_role("button", name="删去").click()
        look.wait_until_kept()
    assert f"删去的“{title}”别人正在改，留着" in desk.told()
    assert desk.words("headline", 0) == title
