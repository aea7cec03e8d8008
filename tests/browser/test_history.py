"""历史: versions that are kept, what changed between two, going back to one."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()


@pytest.fixture
def issue(shelf: Shelf) -> int:
    """An issue of which a version is kept under a name, and one paragraph changed since."""
    issue = shelf.issue(shelf.publication(f"历史{next(names)}"))
    version = shelf.record(issue)["version"]
    shelf.call("POST", f"issues/{issue}/revisions", {"label": "初稿"}, version)
    document: Any = shelf.document(issue)
    document["articles"][0]["body"] = "新开头。" + document["articles"][0]["body"][4:]
    shelf.call("PUT", f"issues/{issue}", document, version)
    return issue


def test_what_changed_is_shown_and_the_rest_is_folded(look: Look, issue: int) -> None:
    look.open(f"/issues/{issue}/history")
    assert look.page.inner_text(".differences ins") == "新开头。"
    assert look.page.locator(".differences del").count() == 1
    folded = look.page.locator(".differences .same").all_inner_texts()
    assert any("段没有改动" in one for one in folded)
    assert "初稿" in look.page.inner_text(".versions nav")
    assert look.axe() == []


def test_an_older_version_is_restored_and_that_can_be_taken_back(
    look: Look, shelf: Shelf, issue: int
) -> None:
    changed = shelf.document(issue)
    look.open(f"/issues/{issue}/history")
    look.page.select_option("[name=from]", label=_label(look, "初稿"))
    look.follow("比较")
    look.page.click("#restore")
    look.page.wait_for_url(f"**/issues/{issue}")
    assert not shelf.document(issue)["articles"][0]["body"].startswith("新开头。")
    look.open(f"/issues/{issue}/history")
    look.page.select_option("[name=from]", label=_label(look, "恢复"))
    look.follow("比较")
    look.page.click("#restore")
    look.page.wait_for_url(f"**/issues/{issue}")
    assert shelf.document(issue) == changed


def test_a_page_that_is_old_says_so_and_restores_nothing(
    look: Look, shelf: Shelf, issue: int
) -> None:
    look.open(f"/issues/{issue}/history")
    document = shelf.document(issue)
    document["articles"][0]["headline"] = "别处刚改的标题"
    shelf.call("PUT", f"issues/{issue}", document, shelf.record(issue)["version"])
    look.page.click("#restore")
    look.page.wait_for_selector("#told:has-text('请重新打开这一页再办')")
    assert shelf.document(issue) == document


def test_two_older_versions_are_compared(look: Look, shelf: Shelf, issue: int) -> None:
    version = shelf.record(issue)["version"]
    shelf.call("POST", f"issues/{issue}/revisions", {"label": "二稿"}, version)
    look.open(f"/issues/{issue}/history")
    look.page.select_option("[name=from]", label=_label(look, "二稿"))
    look.page.select_option("[name=to]", label=_label(look, "初稿"))
    look.follow("比较")
    assert look.page.inner_text(".differences del") == "新开头。"


def test_the_present_version_is_kept_under_a_name(look: Look, shelf: Shelf, issue: int) -> None:
    look.open(f"/issues/{issue}/history")
    look.page.fill("#label", "领导改后")
    look.follow("留存现在的版本")
    assert look.page.is_visible("a.one:has-text('领导改后')")
    labels = [one["label"] for one in shelf.call("GET", f"issues/{issue}/revisions")["revisions"]]
    assert labels[0] == "领导改后"


def test_who_did_what_is_told(look: Look, shelf: Shelf, issue: int) -> None:
    shelf.move(issue, "submit")
    shelf.move(issue, "return", note="请再核对数字")
    look.open(f"/issues/{issue}/history")
    look.page.click("summary")
    told = look.page.locator(".events li").all_inner_texts()
    assert "退回：请再核对数字" in told[0]
    assert "送审" in told[1]
    assert look.axe() == []


def _label(look: Look, name: str) -> str:
    options = look.page.locator("[name=from] option").all_inner_texts()
    return next(one for one in options if name in one)
