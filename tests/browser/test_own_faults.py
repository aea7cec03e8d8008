"""A fault of our own, or of the browser's store, is told as what it is: never as a network that is away."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()
OURS = "() => { desk.keeper.issue.sendPictures = async () => { throw new TypeError('x of undefined'); }; }"
UNREADABLE = "() => { desk.current = () => { throw new RangeError('no such place'); }; }"
STORE_BREAKS = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("gone", "UnknownError"); }; }"""
STORE_CANNOT_BE_READ = """
    IDBObjectStore.prototype.getAllKeys = () => { throw new DOMException("gone", "UnknownError"); };"""
LOG_IN_PAGE = {"status": 200, "content_type": "text/html", "body": "<h1>统一登录</h1>"}


@pytest.fixture
def issue(shelf: Shelf) -> int:
    return shelf.issue(shelf.publication(f"自己的错{next(names)}"))


def write(look: Look, issue: int, *broken: str) -> None:
    """Break something of an open desk, then write."""
    desk = look.desk(issue)
    for one in broken:
        look.page.evaluate(one)
    desk.put_caret("paragraph", 0, 0)
    desk.type("写了字，")


def wait_for_words(look: Look, *words: str) -> None:
    for one in words:
        look.page.wait_for_selector(f"#kept:has-text('{one}')")


def test_a_fault_of_ours_is_told_the_words_stay_and_are_saved_when_it_passes(
    look: Look, shelf: Shelf, issue: int
) -> None:
    write(look, issue, OURS)
    wait_for_words(
        look, "这一页出了错（TypeError：x of undefined）", "已留在本机", "请重新打开这一页"
    )
    assert "连上" not in look.page.inner_text("#kept")
    look.page.evaluate("() => delete desk.keeper.issue.sendPictures")
    look.wait_until_kept()
    assert "写了字，" in str(shelf.document(issue))


def test_words_that_cannot_be_read_are_never_said_to_be_kept(look: Look, issue: int) -> None:
    write(look, issue, UNREADABLE)
    wait_for_words(look, "这一页出了错（RangeError", "没有留在本机", "全选复制到别处")
    look.faults.clear()


def test_a_store_that_breaks_is_told_with_the_network_away(look: Look, issue: int) -> None:
    look.page.route(re.compile(rf"/v1/issues/{issue}$"), lambda route: route.abort())
    write(look, issue, STORE_BREAKS)
    look.wait_until_kept("unkept")
    wait_for_words(look, "浏览器的存储出了错（UnknownError）", "先别关这个窗口", "连上后自动保存")


def test_a_store_that_cannot_be_read_is_told(look: Look, shelf: Shelf, issue: int) -> None:
    look.page.add_init_script(STORE_CANNOT_BE_READ)
    write(look, issue)
    look.page.wait_for_selector("#told:has-text('没能查看上次留在本机的内容')")
    look.wait_until_kept()
    assert "写了字，" in str(shelf.document(issue))


def test_an_answer_of_something_in_between_is_none_of_the_service(
    look: Look, shelf: Shelf, issue: int
) -> None:
    """A log-in page of a proxy comes with 200, and keeps nothing."""
    path = re.compile(rf"/v1/issues/{issue}$")
    look.page.route(path, lambda route: route.fulfill(**LOG_IN_PAGE))
    write(look, issue)
    look.wait_until_kept("local")
    look.page.unroute(path)
    look.wait_until_kept()
    assert "写了字，" in str(shelf.document(issue))


def test_an_issue_that_is_gone_is_no_network_that_is_away(look: Look, issue: int) -> None:
    path, gone = re.compile(rf"/v1/issues/{issue}$"), '{"detail": "没有这一期"}'

    def answer(route: Any) -> None:
        stale = route.request.method == "PUT"
        route.fulfill(status=412 if stale else 404, content_type="application/json", body=gone)

    look.page.route(path, answer)
    write(look, issue)
    look.wait_until_kept("refused")
    wait_for_words(look, "没有保存：没有这一期")
    look.page.unroute(path)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (
            "URL.createObjectURL = () => { throw new Error('意外'); };",
            "这一页出了错（Error：意外）",
        ),
        (
            "window.fetch = async () => { throw new TypeError('Failed'); };",
            "连不上服务，请稍后再试",
        ),
        ("window.fetch = async () => new Response('<h1>登录</h1>');", "连不上服务，请稍后再试"),
    ],
    ids=["ours", "away", "of something in between"],
)
def test_the_advanced_page_tells_them_apart_too(look: Look, broken: str, told: str) -> None:
    look.open("/advanced")
    look.page.click("[data-example]")
    look.page.wait_for_function("() => document.getElementById('issue').value")
    look.page.evaluate(f"() => {{ {broken} }}")
    look.page.click("#check" if "登录" in broken else "#render")
    look.page.wait_for_selector(f"#status:has-text('{told}')")


def test_the_advanced_page_tells_of_a_file_that_does_not_pass(look: Look) -> None:
    look.open("/advanced")
    look.page.click("[data-example]")
    look.page.wait_for_function("() => document.getElementById('issue').value")
    answer = {"findings": [], "pages": 2, "layout": [], "preflight": {"passed": False, "rules": []}}
    look.page.route(re.compile("/v1/check"), lambda route: route.fulfill(json=answer))
    look.page.click("#check")
    look.page.wait_for_selector("#status:has-text('没有通过出厂检查')")


def test_what_is_found_after_a_render_is_of_what_was_rendered(look: Look) -> None:
    """Its file is not made a second time for that, and words written meanwhile are of no account."""
    issue = {
        "masthead": {"nameplate": "简报", "issue_number": 3, "issuing_body": "某办", "issue_date": "2026-11-20"},
        "articles": [{"headline": "标题:半角", "body": ["一段。"]}],
        "closing": {},
    }  # fmt: skip
    asked: list[tuple[str, str]] = []
    look.page.on("request", lambda one: asked.append((one.url, one.post_data or "")))
    look.open("/advanced")
    look.page.fill("#issue", json.dumps(issue))
    look.page.route(
        re.compile("/v1/render"),
        lambda route: (look.page.fill("#issue", "{}"), route.continue_()),
    )
    look.page.click("#render")
    look.page.wait_for_selector("#findings li")
    (render,) = (body for url, body in asked if "/v1/render" in url)
    (check,) = ((url, body) for url, body in asked if "/v1/check" in url)
    assert "output=" not in check[0], "or a file is made again, to be looked at"
    assert check[1] == render == json.dumps(issue)
