"""各期: the list, the search, the next issue, missing numbers, the bin, the first publication."""

from __future__ import annotations

import pytest

from tests.support.shelf import NAMEPLATE, Look, Shelf

pytestmark = pytest.mark.slow


def rows(look: Look) -> list[str]:
    return [" ".join(one.split()) for one in look.page.locator(".list tbody tr").all_inner_texts()]


# Whether the browser asks before the page is left.
IS_HELD = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"


def test_the_first_publication_is_set_up_by_a_short_form(look: Look, shelf: Shelf) -> None:
    look.open("/")
    assert look.page.inner_text("h1") == "新刊物"
    assert look.axe() == []
    look.page.fill("[data-pointer='/nameplate']", NAMEPLATE)
    look.page.fill("[data-pointer='/issuing_body']", "毕节市创建办")
    look.page.fill("[data-pointer='/defaults/closing/report_to']", "省文明办")
    look.page.fill("[data-pointer='/defaults/closing/editors']", "陈炜、王龙")
    look.follow("建立刊物")
    assert "还没有一期" in look.words()
    (made,) = shelf.call("GET", "publications")["publications"]
    assert made["issuing_body"] == "毕节市创建办"
    assert made["defaults"]["closing"] == {"report_to": "省文明办", "editors": ["陈炜", "王龙"]}


def test_a_publication_without_a_name_says_so_where_it_is_seen(look: Look) -> None:
    look.open("/publications/new")
    assert look.page.input_value("[data-pointer='/numbering']") == "yearly"
    look.page.keyboard.press("End")
    look.click("建立刊物")
    assert look.page.inner_text("#told") == "请先填写简报名称"
    look.page.wait_for_function("() => told.getBoundingClientRect().top >= 0")
    assert look.page.evaluate("() => document.activeElement.dataset.pointer") == "/nameplate"
    look.page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
    assert look.page.evaluate("() => told.getBoundingClientRect().top") >= 0


def test_an_archive_begins_with_the_number_at_which_the_office_is(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("从第33期起", defaults={"closing": {"report_to": "省文明办"}})
    look.open(f"/?publication={publication}")
    look.click("新建第1期")
    assert look.page.input_value("#source") == "blank"  # there is none to begin from
    look.page.fill("#day", "2017.12.22")
    look.page.press("#day", "Tab")
    look.page.fill("#number", "33")
    look.page.click("#make")
    look.page.wait_for_url("**/issues/*")
    document = shelf.document(int(look.page.url.rsplit("/", 1)[1]))
    assert document["masthead"]["issue_number"] == 33
    assert document["masthead"]["issue_date"] == "2017-12-22"
    assert document["closing"] == {"report_to": "省文明办"}


def test_issues_stand_newest_first_with_missing_numbers_between(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("缺期")
    for number, day in ((30, "2017-12-01"), (32, "2017-12-15"), (33, "2017-12-22")):
        shelf.issue(publication, issue_number=number, issue_date=day)
    look.open(f"/?publication={publication}")
    found = rows(look)
    assert [one.partition("期")[0] for one in found] == ["第33", "第32", "2017年第31", "第30"]
    assert "2017年12月22日" in found[0]
    assert "草稿" in found[0]
    assert "本机" in found[0]
    assert look.axe() == []


def test_a_missing_number_is_said_to_be_skipped(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("跳号")
    for number in (5, 7):
        shelf.issue(publication, issue_number=number, issue_date=f"2017-02-0{number}")
    look.open(f"/?publication={publication}")
    look.click("确认跳号")
    look.page.fill("#reason", "并入第7期")
    assert look.axe() == []
    look.follow("确认")
    assert look.page.locator(".gap-row").count() == 0
    (skipped,) = shelf.call("GET", f"publications/{publication}/skipped")["skipped"]
    assert (skipped["number"], skipped["reason"]) == (6, "并入第7期")


def test_numbers_missing_in_a_row_stand_in_one(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("一串缺期")
    for number, day in ((77, "2017-11-01"), (88, "2017-12-15"), (90, "2017-12-22")):
        shelf.issue(publication, issue_number=number, issue_date=day)
    look.open(f"/?publication={publication}")
    assert [one.partition("期")[0] for one in rows(look)] == [
        "第90", "2017年第89", "第88", "2017年第78—87", "第77",
    ]  # fmt: skip
    assert "共 10 期" in rows(look)[3]
    look.page.click(".gap-row summary")
    assert look.axe() == []
    look.page.locator(".gap-row li", has_text="第80期").get_by_text("确认跳号").click()
    look.follow("确认")
    assert [one.partition("期")[0] for one in rows(look)][3:] == [
        "2017年第81—87", "2017年第78—79", "第77",
    ]  # fmt: skip


def test_numbers_missing_in_a_row_are_skipped_together(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("一串跳号")
    for number in (5, 9):
        shelf.issue(publication, issue_number=number, issue_date=f"2017-02-0{number}")
    look.open(f"/?publication={publication}")
    look.click("全部确认跳号")
    assert look.page.inner_text("#asking-title") == "确认第6—8期都是跳号，没有出过"
    look.page.fill("#reason", "改版")
    look.follow("确认")
    assert look.page.locator(".gap-row").count() == 0
    skipped = shelf.call("GET", f"publications/{publication}/skipped")["skipped"]
    assert sorted(one["number"] for one in skipped) == [6, 7, 8]


def test_numbers_that_somebody_has_skipped_meanwhile_are_no_hindrance(
    look: Look, shelf: Shelf
) -> None:
    publication = shelf.publication("同时跳号")
    for number in (5, 9):
        shelf.issue(publication, issue_number=number, issue_date=f"2017-02-0{number}")
    look.open(f"/?publication={publication}")
    given = {"year": 2017, "number": 7, "reason": "改版"}
    shelf.call("POST", f"publications/{publication}/skipped", given)
    look.click("全部确认跳号")
    look.page.fill("#reason", "改版")
    look.follow("确认")
    assert look.page.locator(".gap-row").count() == 0


def test_a_missing_number_is_made_up_for(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("补录")
    for number in (5, 7):
        shelf.issue(publication, issue_number=number, issue_date=f"2017-02-0{number}")
    look.open(f"/?publication={publication}")
    look.click("补录")
    look.page.wait_for_url("**/issues/*")
    made = shelf.record(int(look.page.url.rsplit("/", 1)[1]))
    assert (made["year"], made["number"]) == (2017, 6)


def test_the_next_issue_is_made_from_the_last(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("下一期")
    last = shelf.issue(publication, issue_number=32, issue_date="2017-12-15")
    look.open(f"/?publication={publication}")
    look.page.click("#begin")
    assert look.axe() == []
    look.page.fill("#day", "2017年12月22日")
    look.page.press("#day", "Tab")
    look.page.wait_for_function("() => document.querySelector('#number').value === '33'")
    look.page.click("#make")
    look.page.wait_for_url("**/issues/*")
    document = shelf.document(int(look.page.url.rsplit("/", 1)[1]))
    before = shelf.document(last)
    assert document["masthead"]["issue_number"] == 33
    assert document["closing"]["report_to"] == before["closing"]["report_to"]
    assert document["articles"] == [{"headline": "", "body": [""]}]


def test_two_characters_and_one_are_found_in_titles_and_texts(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("搜索")
    shelf.issue(publication)
    look.open(f"/?publication={publication}")
    for words in ("园", "环境", "市容"):
        look.page.fill("[name=q]", words)
        look.follow_at(".search button")
        assert f"含“{words}”的 1 期" in look.words()
        assert words in rows(look)[0]
        assert "*" not in rows(look)[0]
    look.page.fill("[name=q]", "没有这几个字")
    look.follow_at(".search button")
    assert "没有找到" in look.words()


def test_an_issue_goes_to_the_bin_and_comes_back(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("回收")
    issue = shelf.issue(publication)
    look.open(f"/?publication={publication}")
    look.click("删除")
    look.follow("确认")
    assert look.page.is_visible(".nothing")
    look.follow("回收站")
    assert look.axe() == []
    look.follow("取回")
    assert look.page.is_visible(f"[href='/issues/{issue}']")


def test_the_bin_is_cleared_for_good(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("清空")
    issue = shelf.issue(publication)
    shelf.call("DELETE", f"issues/{issue}", version=1)
    look.open(f"/?publication={publication}&bin=1")
    look.click("清空回收站")
    assert "不能再取回" in look.page.inner_text("#asking-title")
    look.click("确认")
    look.page.wait_for_selector(".nothing")
    assert not look.page.locator("#clear").count()
    assert shelf.call("GET", f"issues?publication={publication}&bin=true")["issues"] == []


def test_what_the_service_refuses_is_told(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("重号")
    shelf.issue(publication, issue_number=3, issue_date="2017-01-20")
    look.open(f"/?publication={publication}")
    look.page.click("#begin")
    look.page.fill("#day", "2017-01-27")
    look.page.press("#day", "Tab")
    look.page.wait_for_function("() => document.querySelector('#number').value === '4'")
    look.page.fill("#number", "3")
    look.page.click("#make")
    look.page.wait_for_selector("#warned:has-text('第3期')")


def test_what_is_typed_into_a_new_issue_is_never_another_number(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("全角")
    look.open(f"/?publication={publication}")
    look.page.click("#begin")
    look.page.wait_for_function("() => document.querySelector('#number').value === '1'")
    look.page.fill("#number", "三十")
    look.page.click("#make")
    look.page.wait_for_selector("#warned:has-text('期号应为整数')")
    look.page.fill("#number", "３０")
    look.page.fill("#day", "明天")
    look.page.click("#make")
    look.page.wait_for_selector("#warned:has-text('日期写的是“明天”，请写成')")
    look.page.fill("#day", "二〇一七年十二月二十二日")
    look.page.click("#make")
    look.page.wait_for_url("**/issues/*")
    [issue] = shelf.call("GET", f"issues?publication={publication}")["issues"]
    assert (issue["number"], issue["date"]) == (30, "2017-12-22")


def test_an_issue_whose_number_is_taken_meanwhile_says_how_to_take_it_back(
    look: Look, shelf: Shelf
) -> None:
    publication = shelf.publication("取回")
    plan = {"from": "blank", "date": "2017-12-22"}
    made = shelf.call("POST", f"publications/{publication}/issues", plan)
    shelf.call("DELETE", f"issues/{made['id']}", None, made["version"])
    shelf.call("POST", f"publications/{publication}/issues", plan)
    look.open(f"/?publication={publication}&bin=1")
    look.click("取回")
    look.page.wait_for_selector("#told:has-text('请先把现有的那一期改成别的期号')")
    look.open(f"/issues/{made['id']}")
    assert "它在回收站里，可以取回" in look.words()
    assert look.axe() == []
    look.follow("回到各期")


def test_a_first_total_is_taken_out_of_the_settings(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("总期", first_total=612)
    look.open(f"/publications/{publication}")
    look.page.fill("[data-pointer='/first_total']", "")
    look.click("保存")
    look.page.wait_for_function("() => document.querySelector('#told').textContent === '已保存'")
    assert shelf.call("GET", f"publications/{publication}")["first_total"] is None


def test_settings_of_a_publication_are_changed(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("旧名", defaults={"closing": {"report_to": "省文明办"}})
    look.open(f"/publications/{publication}")
    assert look.axe() == []
    assert look.page.input_value("[data-pointer='/defaults/closing/report_to']") == "省文明办"
    look.page.fill("[data-pointer='/nameplate']", "新名")
    look.page.fill("[data-pointer='/defaults/closing/report_to']", "")
    look.page.select_option("[data-pointer='/numbering']", "continuous")
    assert look.page.evaluate(IS_HELD), "what was written is not lost where one leaves"
    look.click("保存")
    look.page.wait_for_function("() => document.querySelector('#told').textContent === '已保存'")
    assert not look.page.evaluate(IS_HELD)
    changed = shelf.call("GET", f"publications/{publication}")
    assert (changed["nameplate"], changed["numbering"]) == ("新名", "continuous")
    assert "report_to" not in changed["defaults"].get("closing", {})


def test_taking_json_stays_as_the_advanced_page(look: Look) -> None:
    look.open("/")
    look.page.click("text=高级")
    look.page.wait_for_url("**/advanced")
    look.page.wait_for_selector("textarea#issue")


def test_a_new_issue_opens_with_the_caret_in_its_headline(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("开头")
    plan = {"from": "blank", "date": "2017-12-22"}
    made = shelf.call("POST", f"publications/{publication}/issues", plan)
    look.open(f"/issues/{made['id']}")
    desk = look.desk_here()
    look.page.keyboard.insert_text("标题在此")
    assert desk.words("headline") == "标题在此"
