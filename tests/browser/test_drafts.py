"""What this browser keeps: a draft for each window, honest words where it can keep nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser

from tests.support.desk import WINDOW, DeskPage
from tests.support.mortal import Mortal
from tests.support.shelf import Look, window

pytestmark = pytest.mark.slow

NO_DATABASE = """indexedDB.constructor.prototype.open = () => { throw new DOMException("private", "SecurityError"); };"""
FULL_DISK = """IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };"""
names = count()


@pytest.fixture
def issue(mortal: Mortal) -> int:
    if mortal.running is None:
        mortal.start()
    return mortal.shelf.issue(mortal.shelf.publication(f"草稿{next(names)}"))


@pytest.fixture
def looks(chromium: Browser, mortal: Mortal) -> Iterator[list[Look]]:
    """Two windows of one browser."""
    context = chromium.new_context(viewport=WINDOW, locale="zh-CN")
    found = [window(context, f"http://127.0.0.1:{mortal.port}") for _ in range(2)]
    try:
        yield found
    finally:
        context.close()
    assert [fault for one in found for fault in one.faults] == []


def type_in(desk: DeskPage, kind: str, words: str) -> None:
    desk.put_caret(kind, 0, 0)
    desk.type(words)


@pytest.mark.parametrize("broken", [NO_DATABASE, FULL_DISK], ids=["no database", "full disk"])
def test_a_browser_that_keeps_nothing_says_so_and_loses_nothing(
    looks: list[Look], mortal: Mortal, issue: int, broken: str
) -> None:
    look = looks[0]
    look.page.add_init_script(broken)
    desk = look.desk(issue)
    type_in(desk, "paragraph", "无痕窗口，")
    look.wait_until_kept()
    mortal.kill()
    type_in(desk, "paragraph", "断线之后，")
    look.wait_until_kept("unkept")
    assert "先别关这个窗口" in look.page.inner_text("#kept")
    mortal.start()
    look.wait_until_kept()
    assert "断线之后，无痕窗口，" in json.dumps(mortal.shelf.document(issue), ensure_ascii=False)


def test_two_windows_of_one_browser_both_give_their_text_back(
    looks: list[Look], mortal: Mortal, issue: int
) -> None:
    desks = [look.desk(issue) for look in looks]
    mortal.kill()
    for number, (look, desk) in enumerate(zip(looks, desks, strict=True)):
        type_in(desk, ("paragraph", "brief")[number], f"第{number}个窗口，")
        look.wait_until_kept("local")
    context = looks[0].page.context
    looks[0].page.close()
    looks[1].page.close()
    mortal.start()
    again = window(context, mortal.shelf.address)
    again.desk(issue)
    again.wait_until_kept()
    words = json.dumps(mortal.shelf.document(issue), ensure_ascii=False)
    assert words.count("第0个窗口，") == 1
    assert words.count("第1个窗口，") == 1
    assert again.faults == []


def test_a_window_that_is_open_keeps_its_text_to_itself(
    looks: list[Look], mortal: Mortal, issue: int
) -> None:
    """A second window does not take in what the first is about to save itself."""
    first = looks[0].desk(issue)
    looks[0].page.route("**/v1/issues/*", lambda route: route.abort())
    type_in(first, "paragraph", "还没保存，")
    looks[0].wait_until_kept("local")
    second = looks[1].desk(issue)
    assert "还没保存，" not in json.dumps(second.issue(), ensure_ascii=False)
    looks[0].page.unroute("**/v1/issues/*")
    looks[0].wait_until_kept()
    assert "还没保存，" in json.dumps(mortal.shelf.document(issue), ensure_ascii=False)


@pytest.mark.parametrize("way", ["text=历史", "a.home"])
def test_who_goes_on_at_once_is_not_asked_and_has_everything_saved(
    looks: list[Look], mortal: Mortal, issue: int, way: str
) -> None:
    look = looks[0]
    asked: list[str] = []
    look.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_in(look.desk(issue), "paragraph", "话音未落，")
    look.page.click(way)
    look.page.wait_for_url(lambda url: not url.endswith(f"/issues/{issue}"))
    assert asked == []
    assert "话音未落，" in json.dumps(mortal.shelf.document(issue), ensure_ascii=False)


# A page that goes takes along what its database has not put yet.
GONE = "() => { IDBObjectStore.prototype.put = function () { this.transaction.abort(); }; }"


@pytest.mark.parametrize("is_put", [True, False], ids=["put", "not put"])
def test_words_typed_just_before_the_page_is_left_come_back(
    looks: list[Look], mortal: Mortal, issue: int, is_put: bool
) -> None:
    look = looks[0]
    look.page.on("dialog", lambda dialog: dialog.accept())
    desk = look.desk(issue)
    look.page.route("**/v1/issues/*", lambda route: route.abort())
    desk.put_caret("paragraph", 0, 0)
    if not is_put:
        desk.page.evaluate(GONE)
    desk.page.evaluate(
        "address => { document.execCommand('insertText', false, '刚写就走，'); location.assign(address); }",
        f"{look.address}/help",
    )
    look.page.wait_for_url("**/help")
    look.page.unroute("**/v1/issues/*")
    look.desk(issue)
    look.wait_until_kept()
    assert "刚写就走，" in json.dumps(mortal.shelf.document(issue), ensure_ascii=False)
    assert look.page.evaluate("() => Object.keys(localStorage)") == []  # it is kept elsewhere now


def test_so_do_those_of_the_desk_that_no_issue_is_kept_of(looks: list[Look]) -> None:
    look = looks[0]
    look.open("/desk")
    desk = look.desk_here()
    desk.put_caret("headline", 0, 0)
    desk.page.evaluate(GONE)
    desk.page.evaluate(
        "address => { document.execCommand('insertText', false, '刚写就走'); location.assign(address); }",
        f"{look.address}/help",
    )
    look.page.wait_for_url("**/help")
    look.open("/desk")
    look.desk_here()
    look.page.wait_for_function("() => desk.view.state.doc.textContent.includes('刚写就走')")


def test_two_windows_of_the_desk_that_no_issue_is_kept_of_both_give_their_text_back(
    looks: list[Look], mortal: Mortal
) -> None:
    for number, look in enumerate(looks):
        look.open("/desk")
        type_in(look.desk_here(), "headline", f"第{number}个窗口")
        look.wait_until_kept("local")
    context = looks[0].page.context
    for look in looks:
        look.page.close()
    found = []
    for _ in looks:
        again = window(context, mortal.shelf.address)
        again.open("/desk")
        desk = again.desk_here()
        again.page.wait_for_function("() => desk.view.state.doc.textContent.includes('个窗口')")
        type_in(desk, "headline", "接着写，")
        again.wait_until_kept("local")
        found.append(again.page.evaluate("() => desk.view.state.doc.textContent"))
    assert [words.partition("个窗口")[0][-1] for words in found] == ["1", "0"]


def test_what_is_kept_late_does_not_take_back_what_was_left_after_it(
    looks: list[Look], issue: int
) -> None:
    looks[0].desk(issue)
    left = looks[0].page.evaluate("""async () => {
        const drafts = await import("/static/desk/drafts.js");
        const draft = (at) => ({ id: "1 window", version: 1, base: null, document: at, pictures: new Map(), at });
        drafts.leaveDraft(draft(2));
        await drafts.keepDraft(draft(1));
        const after = [Object.keys(localStorage).length];
        await drafts.keepDraft(draft(2));
        return [...after, Object.keys(localStorage).length];
    }""")
    assert left == [1, 0]


def test_words_given_back_that_are_written_on_and_left_again_do_not_clash_with_themselves(
    looks: list[Look], mortal: Mortal, issue: int
) -> None:
    look = looks[0]
    look.page.on("dialog", lambda dialog: dialog.accept())
    look.page.route("**/v1/issues/*", lambda route: route.abort())
    for words in ("先写的，", "后写的，"):
        type_in(look.desk(issue), "paragraph", words)
        look.open("/help")
    look.page.unroute("**/v1/issues/*")
    look.desk(issue)
    look.wait_until_kept()
    told = json.dumps(mortal.shelf.document(issue), ensure_ascii=False)
    assert (told.count("先写的，"), told.count("后写的，先写的，")) == (1, 1)
    assert look.page.is_hidden("#clashes")


def test_a_draft_has_the_pictures_of_those_it_holds(looks: list[Look], issue: int) -> None:
    looks[0].desk(issue)
    left = looks[0].page.evaluate("""async () => {
        const { unheld } = await import("/static/desk/drafts.js");
        const draft = (id, holds, ...names) => ({ id, holds, pictures: new Map(names.map((name) => [name, id])) });
        return unheld([draft("3", ["2"]), draft("2", ["1"], "b"), draft("1", [], "a", "b"), draft("other", [], "c")])
            .map(({ id, pictures }) => [id, [...pictures.keys()].sort()]);
    }""")
    assert left == [["3", ["a", "b"]], ["other", ["c"]]]


# What is left of one window of an issue, before another opens it.
LEAVE = """([id, document]) => localStorage.setItem(`hongtou.left ${id} 0000`, JSON.stringify({
    id: `${id} 0000`, version: 1, base: desk.keeper.base, document: { ...desk.current(), ...document }, at: Date.now(),
}))"""


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        ([{"headline": "后来的", "body": ["一段。", {"type": "chart"}, "末段。"]}], "已找回"),
        ({"headline": "不是列表"}, "读不出来，还留着"),
    ],
    ids=["a block of a newer release", "no articles at all"],
)
def test_a_draft_that_this_release_cannot_read_keeps_no_issue_from_opening(
    looks: list[Look], mortal: Mortal, issue: int, articles: object, told: str
) -> None:
    looks[0].desk(issue)
    looks[0].page.evaluate(LEAVE, [str(issue), {"articles": articles}])
    looks[0].open(f"/issues/{issue}")
    looks[0].desk_here()
    looks[0].page.wait_for_function(
        "told => document.getElementById('told').textContent.includes(told)", arg=told
    )
    if "已找回" in told:
        looks[0].wait_until_kept()
        assert mortal.shelf.document(issue)["articles"][0]["body"][1] == {"type": "chart"}
    else:
        assert len(looks[0].page.evaluate("() => Object.keys(localStorage)")) == 1


@pytest.mark.parametrize("block", [{"type": "chart", "data": [1]}, {"type": "constructor"}, 7, {"type": "heading", "level": "a", "text": 5}])  # fmt: skip
def test_what_is_no_block_of_this_release_stays_as_it_came(
    looks: list[Look], mortal: Mortal, block: object
) -> None:
    look = looks[0]
    article = {"headline": "一篇", "body": ["一段。", block, "末段。"]}
    document = {
        "masthead": {"nameplate": "草稿", "issue_number": 9000 + next(names)},
        "articles": [article],
        "closing": {},
    }
    owner = mortal.shelf.publication(f"草稿{next(names)}")
    look.open(f"/issues/{mortal.shelf.issue(owner, document)}")
    desk = look.desk_here()
    assert desk.issue()["articles"] == [article]
    assert "认不得" in look.page.inner_text("#manuscript .unknown-block")
    desk.page.evaluate("() => desk.plain.turn(true)")
    assert "认不得" in look.page.inner_text("#plain")
