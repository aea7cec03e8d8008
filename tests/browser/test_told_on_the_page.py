"""Faults that nobody foresaw are told on the page; a file that cannot be opened replaces nothing."""

from __future__ import annotations

from itertools import count

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()


@pytest.fixture
def publication(shelf: Shelf) -> int:
    return shelf.publication(f"出错{next(names)}")


def test_an_issue_that_the_desk_cannot_read_says_so(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    document = shelf.document(issue)
    document["articles"] = 5
    shelf.call("PUT", f"issues/{issue}", document, shelf.record(issue)["version"])
    look.open(f"/issues/{issue}")
    words = look.page.wait_for_selector(".away:not([hidden])")
    assert words is not None
    assert "打不开这一期" in words.inner_text()
    assert look.faults.pop()
    assert shelf.document(issue) == document


def test_a_fault_while_writing_is_told(look: Look, shelf: Shelf, publication: int) -> None:
    look.desk(shelf.issue(publication))
    look.page.evaluate("() => void setTimeout(() => { throw new Error('意外'); })")
    look.page.wait_for_selector("text=写的内容没有丢")
    look.page.evaluate(
        "() => { document.body.dataset.kept = 'unkept'; setTimeout(() => { throw new Error('意外'); }); }"
    )
    look.page.wait_for_selector("text=没有存的先复制出来")
    look.faults.clear()


@pytest.mark.parametrize(
    "content",
    [
        '{"articles": 5}',
        "[]",
        "null",
        "还不是",
    ],
)
def test_a_file_that_is_no_issue_replaces_nothing(
    look: Look, shelf: Shelf, publication: int, content: str
) -> None:
    desk = look.desk(shelf.issue(publication))
    before = desk.issue()
    file = {"name": "坏.json", "mimeType": "application/json", "buffer": content.encode()}
    look.page.set_input_files("#open-json", files=[file])
    look.page.wait_for_function(
        "() => document.querySelector('#told').textContent.includes('坏.json')"
    )
    assert "打不开" in desk.told()
    assert desk.issue() == before
    desk.put_caret("paragraph", 0, 0)
    desk.type("还能写，")
    assert desk.words("paragraph", 0).startswith("还能写，")


def test_a_page_that_is_opened_again_is_no_other_window(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    look.desk(issue)
    look.page.evaluate("() => desk.ping()")
    look.desk(issue)
    look.page.evaluate("() => desk.ping()")
    assert look.page.inner_text("#company") == ""
