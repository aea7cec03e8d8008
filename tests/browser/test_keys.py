"""The keys of the desk: what each does, that none fires while an input method composes, a week without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import DeskPage
from tests.support.shelf import REAL, Look, Shelf

pytestmark = pytest.mark.slow

# Key → what a script would have to do for it: code and modifiers of the event.
KEYS: dict[str, dict[str, Any]] = {
    "Control+s": {"key": "s", "ctrlKey": True},
    "Control+p": {"key": "p", "ctrlKey": True},
    "Control+b": {"key": "b", "ctrlKey": True},
    "Control+z": {"key": "z", "ctrlKey": True},
    "Control+y": {"key": "y", "ctrlKey": True},
    "Control+Enter": {"key": "Enter", "ctrlKey": True},
    "Control+.": {"key": ".", "ctrlKey": True},
    "Alt+Enter": {"key": "Enter", "altKey": True},
    "Alt+ArrowUp": {"key": "ArrowUp", "altKey": True},
    "Alt+ArrowDown": {"key": "ArrowDown", "altKey": True},
    "F8": {"key": "F8"},
    "Shift+F8": {"key": "F8", "shiftKey": True},
    "F6": {"key": "F6"},
    "Shift+F6": {"key": "F6", "shiftKey": True},
    "Escape": {"key": "Escape"},
    "Tab": {"key": "Tab"},
    "Enter": {"key": "Enter"},
}
DISPATCH = """(event) => desk.view.dom.dispatchEvent(
    new KeyboardEvent("keydown", { ...event, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
FOCUSED = "() => document.activeElement.id || document.activeElement.className"


def headlines(desk: DeskPage) -> list[str]:
    return [one["headline"] for one in desk.issue()["articles"]]


@pytest.mark.parametrize("name", KEYS)
def test_no_key_fires_while_composing(desk: DeskPage, name: str) -> None:
    desk.put_caret("paragraph", 1, 3)
    desk.page.evaluate("() => desk.findings.step(1)")
    desk.put_caret("paragraph", 1, 3)
    before = desk.issue(), desk.page.evaluate(FOCUSED), desk.told()
    at = desk.page.evaluate("() => desk.findings.at")
    desk.asked.clear()
    let_through = desk.page.evaluate(DISPATCH, KEYS[name])
    assert let_through, "the browser and its input method get the key"
    assert (desk.issue(), desk.page.evaluate(FOCUSED), desk.told()) == before
    assert desk.page.evaluate("() => desk.findings.at") == at
    assert not any("/v1/render" in address for address in desk.asked)


def test_ctrl_s_is_always_answered(look: Look, shelf: Shelf) -> None:
    desk = look.desk(shelf.issue(shelf.publication("保存")))
    desk.press("Control+s")
    look.wait_until_kept()
    assert "已保存" in look.page.inner_text("#kept")
    desk.put_caret("paragraph", 0, 0)
    desk.type("刚写的。")
    desk.press("Control+s")
    look.wait_until_kept()


def test_ctrl_s_without_a_database_keeps_in_the_browser(desk: DeskPage) -> None:
    desk.page.evaluate("() => (document.getElementById('kept').textContent = '')")
    desk.press("Control+s")
    desk.page.wait_for_function(
        "() => document.querySelector('#kept').textContent.includes('已留在本机')"
    )


def test_ctrl_p_makes_a_proof(desk: DeskPage) -> None:
    with desk.page.expect_download() as download:
        desk.press("Control+p")
    assert "校样" in download.value.suggested_filename


def test_alt_and_arrows_move_the_article(desk: DeskPage) -> None:
    first, second, third = headlines(desk)
    desk.put_caret("headline", 0, 0)
    desk.press("Alt+ArrowDown")
    assert headlines(desk) == [second, first, third]
    desk.press("Alt+ArrowUp")
    assert headlines(desk) == [first, second, third]


def test_alt_and_arrows_move_the_brief(desk: DeskPage) -> None:
    before = desk.issue()["briefs"]["items"]
    desk.put_caret("brief", 0, 0)
    desk.press("Alt+ArrowDown")
    assert desk.issue()["briefs"]["items"][:2] == before[1::-1]


def test_ctrl_enter_begins_an_article_behind_this_one(desk: DeskPage) -> None:
    first = headlines(desk)[0]
    desk.put_caret("paragraph", 1, 2)
    desk.press("Control+Enter")
    desk.type("新的一篇")
    assert headlines(desk)[:2] == [first, "新的一篇"]


def test_ctrl_enter_begins_a_brief_behind_this_one(desk: DeskPage) -> None:
    desk.put_caret("brief", 0, 2)
    desk.press("Control+Enter")
    desk.type("新的一条。")
    assert desk.issue()["briefs"]["items"][1] == "新的一条。"


def test_f8_goes_to_the_next_finding_and_shift_f8_back(desk: DeskPage) -> None:
    desk.page.evaluate("() => (desk.findings.at = -1)")
    at: Callable[[], Any] = lambda: desk.page.evaluate("() => desk.findings.at")  # noqa: E731
    desk.press("F8")
    desk.press("F8")
    assert at() == 1
    desk.press("Shift+F8")
    assert at() == 0


def test_f6_leads_round_and_shift_f6_back(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 0, 0)
    desk.press("F6")
    assert desk.page.evaluate(FOCUSED) == "findings-region"
    desk.press("Shift+F6")
    assert "ProseMirror" in desk.page.evaluate(FOCUSED)


def test_escape_closes_menus_and_leads_back(desk: DeskPage) -> None:
    desk.page.click("summary:text-is('文件')")
    desk.press("Escape")
    assert not desk.page.locator("details.menu[open]").count()
    assert "ProseMirror" in desk.page.evaluate(FOCUSED)


def test_tab_leads_through_a_table_and_adds_a_row(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 1, 0)
    desk.page.evaluate("() => desk.do('table')")
    desk.put_caret("table_cell", 0, 0) if desk.find("table_cell") else None
    rows = "() => desk.view.dom.querySelectorAll('table tr').length"
    count = desk.page.evaluate(rows)
    desk.page.evaluate("() => desk.view.focus()")
    for _ in range(3 * count):
        desk.press("Tab")
    assert desk.page.evaluate(rows) > count


def tab_to(look: Look, name: str) -> None:
    """Go on with Tab until the control of this name has the keyboard."""
    named = """() => { const { activeElement: one } = document;
        return (one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent ?? "").trim(); }"""
    for _ in range(80):
        look.page.keyboard.press("Tab")
        if look.page.evaluate(named).startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_week_by_the_keyboard_alone(look: Look, shelf: Shelf) -> None:
    publication = shelf.publication("只用键盘")
    shelf.issue(publication, issue_number=32, issue_date="2017-12-15")
    look.open(f"/?publication={publication}")
    keyboard = look.page.keyboard
    tab_to(look, "新建第")
    keyboard.press("Enter")
    look.page.wait_for_selector("#beginning[open]")
    keyboard.press("Control+a")
    keyboard.insert_text("2017年12月22日")
    tab_to(look, "新建")
    look.page.wait_for_function("() => document.querySelector('#number').value === '33'")
    keyboard.press("Enter")
    look.page.wait_for_url("**/issues/*")
    desk = look.desk_here()
    desk.press("Escape")
    for number, article in enumerate(REAL["articles"]):
        if number:
            desk.press("Control+Enter")
        desk.type(article["headline"])
        desk.press("Enter")
        body = article["body"]
        desk.type((body if isinstance(body, str) else body[0]).replace("**", ""))
    desk.press("Alt+ArrowUp")
    desk.wait_for_pages()
    wanted = [one["headline"] for one in REAL["articles"]]
    assert headlines(desk) == [wanted[0], wanted[2], wanted[1]]
    mend(desk)
    with look.page.expect_download():
        desk.press("Control+p")
    desk.press("Control+s")
    look.wait_until_kept()
    look.page.evaluate("() => document.querySelector('.home').focus()")
    tab_to(look, "送审")
    keyboard.press("Enter")
    look.page.wait_for_selector(".state:text-is('送审')")
    look.page.wait_for_selector("#pages img[src]")
    tab_to(look, "定稿")
    keyboard.press("Enter")
    look.page.wait_for_selector("#asking-finalize[open]")
    tab_to(look, "定稿")
    keyboard.press("Enter")
    look.page.wait_for_selector(".state:text-is('定稿')")
    tab_to(look, "下载 PDF")
    with look.page.expect_download() as edition:
        keyboard.press("Enter")
    assert Path(edition.value.path()).read_bytes().startswith(b"%PDF")


def mend(desk: DeskPage) -> None:
    """Accept the suggestion of the first finding that has one."""
    has_one = "() => Boolean(desk.findings.findings[desk.findings.at]?.suggestion)"
    written = desk.issue()
    for _ in range(desk.page.evaluate("() => desk.findings.findings.length")):
        desk.press("F8")
        if desk.page.evaluate(has_one):
            break
    desk.press("Control+.")
    desk.wait_for_pages()
    assert desk.issue() != written
