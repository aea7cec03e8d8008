"""Dialogs as people use them: Enter does it, Escape leaves, and a double click is one click."""

from __future__ import annotations

from itertools import count

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()


@pytest.fixture
def publication(shelf: Shelf) -> int:
    return shelf.publication(f"对话{next(names)}")


def numbers(shelf: Shelf, publication: int) -> list[int]:
    found = shelf.call("GET", f"issues?publication={publication}")["issues"]
    return [one["number"] for one in found]


def begin(look: Look, publication: int) -> None:
    look.open(f"/?publication={publication}")
    look.page.click("#begin")
    look.page.wait_for_function("() => document.querySelector('#number').value")


def test_a_double_click_makes_one_issue(look: Look, shelf: Shelf, publication: int) -> None:
    begin(look, publication)
    look.page.dblclick("#make")
    look.page.wait_for_url("**/issues/*")
    assert numbers(shelf, publication) == [1]


def test_enter_makes_the_issue(look: Look, shelf: Shelf, publication: int) -> None:
    begin(look, publication)
    look.page.fill("#number", "8")
    look.page.press("#number", "Enter")
    look.page.wait_for_url("**/issues/*")
    assert numbers(shelf, publication) == [8]


def test_enter_behind_a_reason_confirms(look: Look, shelf: Shelf, publication: int) -> None:
    for number in (5, 7):
        shelf.issue(publication, issue_number=number, issue_date=f"2017-02-0{number}")
    look.open(f"/?publication={publication}")
    look.click("确认跳号")
    look.page.fill("#reason", "并入第7期")
    look.page.press("#reason", "Enter")
    look.page.wait_for_selector(".gap-row", state="detached")
    (skipped,) = shelf.call("GET", f"publications/{publication}/skipped")["skipped"]
    assert skipped["reason"] == "并入第7期"


def test_escape_leaves_a_dialog_of_the_desk_and_keys_stay_in_it(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    shelf.move(issue, "submit")
    look.desk(issue)
    look.click("退回")
    look.page.wait_for_selector("#asking-return[open]")
    before = look.page.evaluate("() => desk.findings.at")
    look.page.keyboard.press("F8")
    assert look.page.evaluate("() => desk.findings.at") == before
    look.page.keyboard.press("Escape")
    assert look.page.locator("dialog[open]").count() == 0
    assert shelf.record(issue)["state"] == "review"


def test_a_double_click_submits_once(look: Look, shelf: Shelf, publication: int) -> None:
    issue = shelf.issue(publication)
    look.desk(issue)
    asked: list[str] = []
    look.page.on("request", lambda request: asked.append(request.url))
    look.page.dblclick("[data-step='submit']")
    look.page.wait_for_selector(".state:text-is('送审')")
    assert len([one for one in asked if one.endswith("/transitions")]) == 1


def test_what_was_told_last_time_is_not_told_again(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    shelf.move(issue, "submit")
    look.desk(issue)
    look.click("退回")
    look.page.click("#asking-return [data-sure]")
    look.page.wait_for_function(
        "() => document.querySelector('#asking-return .warned').textContent"
    )
    look.page.keyboard.press("Escape")
    look.click("退回")
    look.page.wait_for_selector("#asking-return[open]")
    assert look.page.inner_text("#asking-return .warned") == ""
