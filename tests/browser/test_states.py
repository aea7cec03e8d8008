"""草稿 → 送审 → 定稿 → 已印发, and back: what each step asks, refuses and leaves behind."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.support.shelf import REAL, Look, Shelf

pytestmark = pytest.mark.slow

H1_SAYS = "words => document.querySelector('h1').textContent.endsWith(words)"
BROKEN = {**REAL, "articles": [{"headline": "", "body": ["没有标题的一篇。"]}]}
names = count()


@pytest.fixture
def issue(shelf: Shelf) -> int:
    return shelf.issue(shelf.publication(f"状态{next(names)}"))


def state(look: Look, shown: str) -> None:
    look.page.wait_for_selector(f".state:text-is('{shown}')")


def test_an_issue_goes_the_whole_way_and_its_pdf_is_kept(
    look: Look, shelf: Shelf, issue: int
) -> None:
    look.desk(issue)
    look.click("送审")
    state(look, "送审")
    look.page.wait_for_selector("#pages img[src]")
    look.page.wait_for_function("() => document.querySelector('#findings li')")
    look.click("定稿")
    look.page.wait_for_selector("#asking-finalize[open]")
    checks = look.page.inner_text("#asking-finalize")
    assert "错 0" in checks
    assert "共 9 页" in checks
    assert "第33期" in checks
    assert look.axe() == []
    look.page.click("#asking-finalize [data-sure]")
    state(look, "定稿")
    (edition,) = shelf.call("GET", f"issues/{issue}/editions")["editions"]
    with look.page.expect_download() as download:
        look.page.click("#edition")
    kept = shelf.service.ask("GET", f"/v1/issues/{issue}/editions/{edition['sha256']}").body
    assert download.value.path().read_bytes() == kept
    look.click("印发")
    look.page.fill("[data-given=print_run]", "120")
    look.page.fill("[data-given=date]", "2017.12.22")
    look.page.click("#asking-print [data-sure]")
    state(look, "已印发")
    look.click("解锁")
    look.page.click("#asking-unlock [data-sure]")
    look.page.wait_for_function(
        "() => document.querySelector('#asking-unlock .warned').textContent.includes('理由')"
    )
    look.page.fill("#asking-unlock [data-given=note]", "更正一处人名")
    look.page.click("#asking-unlock [data-sure]")
    state(look, "草稿")


def test_an_issue_with_errors_is_not_sent_and_each_error_leads_to_its_place(
    look: Look, shelf: Shelf
) -> None:
    issue = shelf.issue(shelf.publication("有错"), BROKEN)
    look.open(f"/issues/{issue}")
    look.page.wait_for_selector("#findings li")
    look.click("送审")
    look.page.wait_for_selector("#refused[open]")
    assert "不能送审" in look.page.inner_text("#refused-title")
    assert look.page.locator("#refused-list li").count() > 0
    assert look.axe() == []
    look.page.locator("#refused-list button").first.click()
    assert look.page.evaluate("() => desk.caret().pointer") == "/articles/0/headline"
    assert shelf.record(issue)["state"] == "draft"


def test_what_is_returned_says_why(look: Look, shelf: Shelf, issue: int) -> None:
    shelf.move(issue, "submit")
    look.desk(issue)
    look.click("退回")
    look.page.fill("#asking-return [data-given=note]", "第二篇数字请再核对")
    look.page.click("#asking-return [data-sure]")
    state(look, "草稿")
    assert "第二篇数字请再核对" in look.page.inner_text(".returned")
    assert look.axe() == []


def test_what_is_sent_may_be_withdrawn(look: Look, shelf: Shelf, issue: int) -> None:
    shelf.move(issue, "submit")
    look.desk(issue)
    look.click("撤回")
    state(look, "草稿")


def test_a_step_takes_what_was_typed_just_before(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    desk.put_caret("paragraph", 0, 0)
    desk.type("刚刚写的。")
    look.click("送审")
    state(look, "送审")
    assert shelf.document(issue)["articles"][0]["body"][0].startswith("刚刚写的。")


def test_a_step_joins_what_somebody_has_just_saved_first(
    look: Look, shelf: Shelf, issue: int
) -> None:
    look.desk(issue)
    document = shelf.document(issue)
    document["articles"][0]["headline"] = "别人刚改的标题"
    with look.unaware():
        assert shelf.put(issue, document, shelf.record(issue)["version"]) == 204
        look.click("送审")
        look.page.wait_for_selector("#told:has-text('已并入稿面，请看过再办')")
    assert look.page.evaluate("() => desk.current().articles[0].headline") == "别人刚改的标题"
    look.click("送审")
    state(look, "送审")


def test_what_is_final_cannot_be_changed(look: Look, shelf: Shelf, issue: int) -> None:
    shelf.move(issue, "submit")
    shelf.move(issue, "finalize")
    desk = look.desk(issue)
    before = desk.issue()
    desk.put_caret("paragraph", 0, 0)
    desk.type("改不了")
    desk.press("Backspace")
    desk.press("Alt+ArrowDown")
    assert desk.issue() == before
    assert look.page.is_disabled("[data-pointer='/masthead/issue_number']")
    assert "内容不能改" in look.page.inner_text("#kept")
    assert look.axe() == []


def test_what_is_final_cannot_be_changed_in_plain_mode(
    look: Look, shelf: Shelf, issue: int
) -> None:
    shelf.move(issue, "submit")
    shelf.move(issue, "finalize")
    desk = look.desk(issue)
    before = desk.issue()
    look.page.evaluate("() => desk.plain.turn(true)")
    field = look.page.locator("#plain textarea:visible").first
    said = field.input_value()
    field.focus()
    desk.type("改不了")
    expect(field).to_have_value(said)
    assert desk.issue() == before


def test_who_has_it_open_when_it_becomes_final_is_told(
    look: Look, shelf: Shelf, issue: int
) -> None:
    desk = look.desk(issue)
    shelf.move(issue, "submit")
    shelf.move(issue, "finalize")
    before = desk.issue()
    look.page.evaluate("() => desk.ping()")
    look.page.wait_for_function("() => document.body.dataset.kept === 'locked'")
    assert "已定稿" in look.page.inner_text("#kept")
    desk.put_caret("paragraph", 0, 0)
    desk.type("改不了")
    assert desk.issue() == before
    mendable = (
        "() => { desk.findings.at = desk.findings.findings.findIndex((one) => one.suggestion); }"
    )
    look.page.evaluate(mendable)
    desk.press("Control+.")
    assert desk.issue() == before
    assert "已定稿，不能改" in desk.told()
    look.page.hover("#outline li:nth-child(1)")
    for name in ("删去", "上移", "改正", "全部改正"):
        shown = look.page.locator(f"button:visible:is([title='{name}'], :text-is('{name}'))")
        assert not shown.count()


def test_another_number_names_the_issue_anew(look: Look, shelf: Shelf, issue: int) -> None:
    shelf.call("POST", f"issues/{issue}/transitions", {"step": "submit"}, 1)
    desk = look.desk(issue)
    look.page.fill("[data-pointer='/masthead/issue_number']", "３５")
    look.page.wait_for_function(H1_SAYS, arg="第35期")
    assert "第35期" in look.page.title()
    desk.wait_for_pages()
    look.click("定稿")
    look.page.wait_for_selector("#asking-finalize[open]")
    assert "第35期" in look.page.inner_text("#asking-finalize-title")


def test_a_print_run_that_is_no_number_is_told(look: Look, shelf: Shelf, issue: int) -> None:
    for version, step in enumerate(("submit", "finalize"), 1):
        shelf.call("POST", f"issues/{issue}/transitions", {"step": step}, version)
    look.desk(issue)
    look.click("印发")
    look.page.fill("[data-given=print_run]", "一百")
    look.page.click("#asking-print [data-sure]")
    look.page.wait_for_selector("#asking-print .warned:has-text('印数应为整数')")
    look.page.fill("[data-given=print_run]", "１２０")
    look.page.click("#asking-print [data-sure]")
    state(look, "已印发")


def test_numbers_missing_in_a_row_are_one_before_an_issue_is_final(
    look: Look, shelf: Shelf
) -> None:
    publication = shelf.publication(f"缺号{next(names)}")
    for number in (1, 3, 6, 40):
        last = shelf.issue(publication, issue_number=number)
    shelf.move(last, "submit")
    look.desk(last)
    look.click("定稿")
    look.page.wait_for_function(
        "() => document.getElementById('check-number').textContent.includes('缺')"
    )
    assert look.page.inner_text("#check-number") == "第40期，之前还缺第2、4、5、7—39期"


def test_who_has_it_open_when_it_is_sent_back_is_told_and_may_open_it_again(
    look: Look, shelf: Shelf, issue: int
) -> None:
    shelf.move(issue, "submit")
    desk = look.desk(issue)
    shelf.move(issue, "return", note="标题太长")
    look.page.evaluate("() => desk.ping()")
    look.page.wait_for_selector("#told:has-text('已把这一期改为“草稿”')")
    assert look.page.inner_text(".bar .state") == "草稿"
    assert not look.page.locator("[data-step]:visible").count(), "none of them can be taken now"
    desk.put_caret("paragraph", 0, 0)
    desk.type("接着写，")
    look.follow("重新打开")
    assert "标题太长" in look.page.inner_text(".returned")
    assert "接着写，" in str(shelf.document(issue))


def test_what_a_colleague_left_as_it_was_is_no_news(look: Look, shelf: Shelf, issue: int) -> None:
    desk = look.desk(issue)
    shelf.move(issue, "submit")
    shelf.move(issue, "withdraw")
    look.page.evaluate("() => desk.ping()")
    look.page.wait_for_function("version => desk.keeper.version === version", arg=3)
    assert desk.told() == ""
