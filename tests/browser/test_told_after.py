"""A page that is opened anew says what was done, to those who see and to those who hear, and has the keyboard."""

from __future__ import annotations

from itertools import count

import pytest

from tests.support.shelf import Look, Shelf

pytestmark = pytest.mark.slow

names = count()
FOCUSED = "() => document.activeElement.id || document.activeElement.getAttribute('aria-label')"
MANUSCRIPT = "稿面：文章与简讯"


def expect_told(look: Look, words: str, focused: str) -> None:
    look.page.wait_for_selector(f"#told[role=status]:text-is('{words}')")
    assert look.page.evaluate(FOCUSED) == focused
    look.page.reload()
    look.page.wait_for_load_state()
    assert look.page.inner_text("#told") == "", "it is told once"


@pytest.fixture
def issue(shelf: Shelf) -> int:
    return shelf.issue(shelf.publication(f"说一声{next(names)}"))


def test_the_desk_says_which_step_was_taken(look: Look, shelf: Shelf, issue: int) -> None:
    look.desk(issue)
    look.follow("送审")
    expect_told(look, "已送审", MANUSCRIPT)
    look.desk_here()
    look.click("定稿")
    look.page.wait_for_selector("#asking-finalize[open]")
    look.follow_at("#asking-finalize [data-sure]")
    expect_told(look, "已定稿", "issue")


def test_so_do_the_list_and_the_history(look: Look, shelf: Shelf, issue: int) -> None:
    owner = shelf.record(issue)["publication"]
    look.open(f"/issues/{issue}/history")
    look.page.fill("#label", "头一版")
    look.follow("留存现在的版本")
    expect_told(look, "已留存“头一版”", "label")
    look.open(f"/?publication={owner}")
    look.click("删除")
    look.follow("确认")
    expect_told(look, "第33期已放进回收站，30 天内可以取回", "main")
    look.open(f"/?publication={owner}&bin=1")
    look.follow("取回")
    expect_told(look, "已取回第33期", "main")


def test_the_version_that_is_chosen_comes_back_compared_or_not(
    look: Look, shelf: Shelf, issue: int
) -> None:
    for words in ("甲", "乙"):
        document = shelf.document(issue)
        document["articles"][0]["headline"] = words
        shelf.put(issue, document, shelf.record(issue)["version"])
        version = shelf.record(issue)["version"]
        shelf.call("POST", f"issues/{issue}/revisions", {"label": f"{words}版"}, version)
    look.open(f"/issues/{issue}/history")
    look.page.locator("[name=from]").select_option(label=_option(look, "甲版"))
    look.follow_at("#restore")
    look.page.wait_for_selector("#told:has-text('已恢复到“甲版')")
    assert shelf.document(issue)["articles"][0]["headline"] == "甲"


def _option(look: Look, name: str) -> str:
    every = look.page.locator("[name=from] option").all_inner_texts()
    return next(one for one in every if one.startswith(name))


def test_a_day_that_is_none_is_told_as_it_was_typed(look: Look, shelf: Shelf) -> None:
    look.open(f"/?publication={shelf.publication(f'日子{next(names)}')}")
    look.page.click("#begin")
    for typed in ("2017年13月45日", "2026.2.30", "明天"):
        look.page.fill("#day", typed)
        look.page.press("#day", "Enter")
        look.page.wait_for_selector(f"#warned:has-text('“{typed}”')")
        assert look.page.evaluate(FOCUSED) == "day"
    look.page.fill("#day", "2026年2月28日")
    look.page.fill("#number", "0")
    look.click("新建")
    look.page.wait_for_selector("#warned:has-text('期号应为整数，1 至 9999')")


def test_a_number_of_a_publication_is_one(look: Look, shelf: Shelf) -> None:
    look.open(f"/publications/{shelf.publication(f'数{next(names)}')}")
    copies = "[data-pointer='/defaults/closing/print_run']"
    look.page.fill(copies, "一百二")
    look.click("保存")
    look.page.wait_for_selector("#told.fault:text-is('印数写的是“一百二”，请写数字，如 120')")
    assert look.page.evaluate("() => document.activeElement.dataset.kind") == "number"
    look.page.fill(copies, "120份")
    look.click("保存")
    look.page.wait_for_selector("#told:not(.fault):text-is('已保存')")


def test_a_name_that_no_issue_can_bear_is_told_before_there_are_any(look: Look) -> None:
    look.open("/publications/new")
    look.page.fill("[data-pointer='/nameplate']", "简" * 31)
    look.click("建立刊物")
    look.page.wait_for_selector("#told.fault:text-is('简报名称有 31 字，最多 30 字，请用简称')")
    look.page.fill("[data-pointer='/nameplate']", "简" * 30)
    look.follow("建立刊物")
    look.page.wait_for_selector(".paper-name")
