"""Whatever a call is refused with, a person is told in Chinese what to do: nothing is told the console alone."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest

from tests.support.pictures import village
from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()
PROBLEM = '{"detail": "这份稿件不行", "hint": "请改过再来"}'
PAGE = "<html><h1>502 Bad Gateway</h1></html>"  # of a proxy in between
ANSWERS = {
    "413 of a proxy": (413, "text/html", PAGE),
    "422": (422, "application/problem+json", PROBLEM),
    "502 of a proxy": (502, "text/html", PAGE),
    "503 of a proxy": (503, "text/html", PAGE),
    "200 that is none": (200, "text/html", PAGE),
}
PICTURE: Any = {"name": "现场.png", "mimeType": "image/png", "buffer": village()}


@pytest.fixture(params=ANSWERS.values(), ids=ANSWERS)
def answer(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def publication(shelf: Shelf) -> int:
    return shelf.publication(f"拒收{next(names)}")


def refuse(look: Look, answer: Any, path: str, method: str) -> None:
    status, kind, body = answer

    def handle(route: Any) -> None:
        if route.request.method == method:
            route.fulfill(status=status, content_type=kind, body=body)
        else:
            route.continue_()

    look.page.route(re.compile(path), handle)


def expect_advice(look: Look, selector: str) -> str:
    look.page.wait_for_function(
        "selector => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes('请'))",
        arg=selector,
    )
    words = " ".join(look.page.locator(selector).all_inner_texts())
    assert "502" not in words
    return words


def test_on_the_list_and_in_its_dialogs(
    look: Look, shelf: Shelf, publication: int, answer: Any
) -> None:
    issue = shelf.issue(publication)
    look.open(f"/?publication={publication}")
    refuse(look, answer, r"/v1/publications/\d+/issues$", "POST")
    look.page.click("#begin")
    look.page.wait_for_function("() => document.querySelector('#number').value")
    look.page.click("#make")
    if answer[0] >= 400:
        expect_advice(look, "#warned")
    look.click("取消")
    refuse(look, answer, rf"/v1/issues/{issue}$", "DELETE")
    look.click("删除")
    look.click("确认")
    if answer[0] >= 400:
        expect_advice(look, "#told")


def test_in_the_settings_of_a_publication(look: Look, publication: int, answer: Any) -> None:
    look.open(f"/publications/{publication}")
    refuse(look, answer, r"/v1/publications/\d+$", "PATCH")
    look.click("保存")
    expect_advice(look, "#told")


def test_on_the_desk(look: Look, shelf: Shelf, publication: int, answer: Any) -> None:
    issue = shelf.issue(publication)
    desk = look.desk(issue)
    refuse(look, answer, r"/v1/preview$", "POST")
    desk.put_caret("paragraph", 0, 0)
    desk.type("字")
    look.page.wait_for_selector("#away:not([hidden])")
    assert re.search("请|版面暂不更新", look.page.inner_text("#away"))
    if answer[0] == 200:
        return
    refuse(look, answer, rf"/v1/issues/{issue}$", "PUT")
    desk.type("字")
    look.page.wait_for_function("() => ['local', 'refused'].includes(document.body.dataset.kept)")
    assert re.search("请|连上后", look.page.inner_text("#kept"))


def test_without_room_the_words_stay_here_and_are_saved_when_there_is(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    desk = look.desk(issue)
    full = '{"detail": "没有保存：这种刊物已占 10 GB。请清空回收站"}'
    refuse(look, (507, "application/problem+json", full), rf"/v1/issues/{issue}$", "PUT")
    desk.put_caret("paragraph", 0, 0)
    desk.type("写不下的字")
    look.wait_until_kept("refused")
    look.page.wait_for_function(
        "() => /^没有保存：.*请清空回收站。已留在本机 .*有地方了自动保存/.test(document.querySelector('#kept').innerText)"
    )
    look.page.reload()
    # This browser kept it.
    look.page.wait_for_function(
        "() => window.desk?.view.state.doc.textContent.includes('写不下的字')"
    )
    look.page.unroute(re.compile(rf"/v1/issues/{issue}$"))
    look.wait_until_kept()
    assert "写不下的字" in str(shelf.document(issue))


def test_a_picture_that_is_refused_is_never_shown_as_saved(
    look: Look, shelf: Shelf, publication: int
) -> None:
    issue = shelf.issue(publication)
    desk = look.desk(issue)
    refuse(look, ANSWERS["413 of a proxy"], r"/assets/", "PUT")
    desk.put_caret("paragraph", 0, 0)
    look.page.set_input_files("#pictures", files=[PICTURE])
    look.wait_until_kept("refused")
    look.page.wait_for_timeout(1500)
    assert look.page.get_attribute("body", "data-kept") == "refused"
    assert "图片“现场" in look.page.inner_text("#kept")
    desk.press("Control+s")
    look.page.wait_for_selector("#kept:has-text('请删去几张图片')")
    desk.undo()
    look.wait_until_kept()


def test_in_the_history(look: Look, shelf: Shelf, publication: int, answer: Any) -> None:
    issue = shelf.issue(publication)
    look.open(f"/issues/{issue}/history")
    refuse(look, answer, r"/revisions$", "POST")
    look.page.fill("#label", "送审前")
    look.click("留存现在的版本")
    if answer[0] >= 400:
        expect_advice(look, "#told")


@pytest.mark.parametrize(
    ("is_there", "told"), [(True, "还在排"), (False, "连不上服务")], ids=["slow", "away"]
)
def test_a_preview_that_takes_long_is_told_from_a_service_that_is_away(
    look: Look, shelf: Shelf, publication: int, is_there: bool, told: str
) -> None:
    desk = look.desk(shelf.issue(publication))
    held: list[Any] = []
    look.page.route(re.compile(r"/v1/preview$"), lambda route: held.append(route))
    if not is_there:
        look.page.route("**/healthz", lambda route: route.abort())
    look.page.clock.install()
    desk.put_caret("paragraph", 0, 0)
    desk.type("字")
    look.page.clock.run_for(8100)
    look.page.wait_for_selector(f"#away:has-text('{told}')")
    held_back = "document.querySelectorAll('[aria-disabled=true]').length"
    assert bool(look.page.evaluate(held_back)) is not is_there
    for route in held if is_there else []:
        route.continue_()
    if is_there:
        look.page.wait_for_selector("#away", state="hidden")
