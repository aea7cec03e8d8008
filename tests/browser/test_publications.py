"""刊物设置: a publication that was made by mistake goes; one that has issues stays."""

from __future__ import annotations

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow


def test_one_that_was_made_by_mistake_is_deleted(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("建错的刊物")
    look.open(f"/publications/{publication}")
    look.page.fill("[data-pointer='/issuing_body']", "改了一半")
    look.click("删除这个刊物…")
    assert look.axe() == []
    look.page.click("#sure")
    look.page.wait_for_url(lambda url: not url.endswith(f"/publications/{publication}"))
    kept = shelf.call("GET", "publications")["publications"]
    assert publication not in {one["id"] for one in kept}
    look.open("/events")
    assert "删除刊物：建错的刊物" in look.page.inner_text("main")


def test_one_that_has_issues_is_not(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("有各期的刊物")
    shelf.issue(publication)
    look.open(f"/publications/{publication}")
    look.click("删除这个刊物…")
    look.page.click("#sure")
    look.page.wait_for_selector("#told:has-text('还有 1 期，不能删除。请先删除各期')")
    assert not look.page.is_visible("#removing")
    assert shelf.call("GET", f"publications/{publication}")["nameplate"] == "有各期的刊物"
