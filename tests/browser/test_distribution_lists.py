"""常用名单: written with the publication, chosen on the desk with a click."""

from __future__ import annotations

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

WRITTEN = "县区：各县（市、区）创建办，\n市直各单位，各县区创建办。"
SETTINGS = "textarea[data-pointer='/lists/issue_to']"
ROW = "[data-pointer='/closing/issue_to']"


def test_a_list_is_written_once_and_chosen_with_a_click(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("名单")
    look.open(f"/publications/{publication}")
    look.page.fill(SETTINGS, WRITTEN)
    look.page.click("#plan .chief")
    look.page.wait_for_selector("#told:text-is('已保存')")
    kept = shelf.call("GET", f"publications/{publication}")["lists"]
    assert kept == {
        "issue_to": [
            {"name": "县区", "text": "各县（市、区）创建办，"},
            {"name": "市直各单位，各县", "text": "市直各单位，各县区创建办。"},
        ]
    }
    look.open(f"/publications/{publication}")
    assert look.page.input_value(SETTINGS) == WRITTEN
    assert look.axe() == []

    issue = shelf.issue(publication)
    desk = look.desk(issue)
    before = desk.issue()["closing"].get("issue_to")
    look.click("县区")
    assert desk.issue()["closing"]["issue_to"] == "各县（市、区）创建办，"
    look.wait_until_kept()
    assert shelf.document(issue)["closing"]["issue_to"] == "各县（市、区）创建办，"
    look.page.locator(ROW).press("Control+z")
    assert desk.issue()["closing"].get("issue_to") == before
    assert look.axe() == []


def test_a_publication_whose_lists_are_emptied_has_none(look: Look, shelf: Shelf) -> None:
    lists = {"send_to": [{"name": "市直", "text": "市委办。"}]}
    publication = shelf.publication("空名单", lists=lists)
    look.open(f"/publications/{publication}")
    look.page.fill("textarea[data-pointer='/lists/send_to']", "")
    look.page.click("#plan .chief")
    look.page.wait_for_selector("#told:text-is('已保存')")
    assert shelf.call("GET", f"publications/{publication}")["lists"] == {}
