"""Plain mode: the same manuscript in the browser's own fields; nothing is lost there or back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.browser.test_manuscript import ISSUES, ROOT
from tests.browser.test_screens import faults
from tests.support.any_issue import issues
from tests.support.desk import DeskPage

# Adds a character to every field and takes it out again; returns how many fields there were.
EVERY_FIELD = """() => {
    const said = (field) => field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    let count = 0;
    for (let at = 0; at < desk.plain.fields().length; at += 1) {
        const field = desk.plain.fields()[at], before = field.value;
        if (!before) continue;
        for (const place of [0, before.length >> 1, before.length]) {
            field.value = before.slice(0, place) + "字" + before.slice(place);
            said(field);
            field.value = before;
            said(field);
        }
        count += 1;
    }
    return count;
}"""
THERE_AND_BACK = f"""(issue) => {{
    desk.replace(issue);
    const words = () => JSON.stringify([desk.view.state.doc.toJSON(), desk.current()]);
    const before = words();
    desk.plain.turn(true);
    const fields = ({EVERY_FIELD})();
    desk.plain.turn(false);
    return [before, words(), fields];
}}"""
BODY = "#plain label.wide textarea"


def switch(desk: DeskPage) -> None:
    desk.page.click("summary:has-text('显示')")
    desk.page.click("#plain-mode")
    desk.page.click("summary:has-text('显示')")


def test_a_table_behind_a_page_break_is_the_one_that_is_set(open_desk: DeskPage, real: Any) -> None:
    """A page break has a line of its own, and nothing to be set."""
    tables = [
        {"type": "table", "caption": f"表{number}", "header": ["甲"], "rows": [["1"]]}
        for number in (1, 2)
    ]
    body = [tables[0], {"type": "page_break"}, tables[1], "末段。"]
    open_desk.begin_with({**real, "articles": [{"headline": "题", "body": body}]})
    switch(open_desk)
    try:
        open_desk.page.get_by_role("button", name="表2").click()
        open_desk.page.select_option("#properties [name='orientation']", "landscape")
        written = open_desk.issue()["articles"][0]["body"]
        assert written[2] == {**tables[1], "orientation": "landscape"}
        open_desk.page.evaluate("() => desk.goTo('/articles/0/body/0/caption', 0)")
        assert "表1" in open_desk.page.evaluate("() => document.activeElement.textContent")
    finally:
        switch(open_desk)


@pytest.fixture
def plain(desk: DeskPage) -> Iterator[DeskPage]:
    switch(desk)
    yield desk
    switch(desk)


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_nothing_is_lost_there_and_back(open_desk: DeskPage, path: Path) -> None:
    open_desk.begin_with(json.loads(path.read_bytes()))
    before = open_desk.page.evaluate("() => desk.view.state.doc.toJSON()")
    switch(open_desk)
    assert open_desk.page.evaluate(EVERY_FIELD) > 3
    switch(open_desk)
    assert open_desk.page.evaluate("() => desk.view.state.doc.toJSON()") == before


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(issue=issues())
@pytest.mark.long
def test_nothing_is_lost_of_any_issue(open_desk: DeskPage, issue: Any) -> None:
    """There and back, with a character put into every field and taken out again."""
    before, after, fields = open_desk.page.evaluate(THERE_AND_BACK, issue)
    assert fields > 0
    assert after == before


def test_what_it_cannot_hold_is_told_and_stays_to_be_set(open_desk: DeskPage) -> None:
    issue = json.loads((ROOT / "tests" / "issues" / "every-field.json").read_bytes())
    open_desk.begin_with(issue)
    switch(open_desk)
    try:
        told = open_desk.page.inner_text("#plain .hint")
        assert "表格 2 处、图片 1 处、并排的图片 1 处、另起一页 1 处原样留着" in told
        open_desk.page.get_by_role("button", name="〔图片〕").click()
        assert open_desk.page.evaluate("() => document.activeElement.name") == "width_mm"
        open_desk.page.keyboard.press("Control+a")
        open_desk.type("75")
        figure = next(
            one
            for one in open_desk.issue()["articles"][0]["body"]
            if isinstance(one, dict) and one["type"] == "figure"
        )
        assert figure["width_mm"] == 75
        assert faults(open_desk) == []
    finally:
        switch(open_desk)


def test_what_is_written_is_on_the_page_and_in_the_manuscript(plain: DeskPage) -> None:
    plain.page.locator(BODY).nth(0).press("Control+End")
    plain.type("\n会议要求，**抓好落实。**各地照办。")
    plain.wait_for_pages()
    body = plain.issue()["articles"][0]["body"]
    assert body[-1] == "会议要求，**抓好落实。**各地照办。"
    found = plain.page.evaluate("() => desk.caret()")
    assert found == {"pointer": f"/articles/0/body/{len(body) - 1}", "offset": len(body[-1])}
    assert plain.page.evaluate("() => Boolean(desk.pane.placeOf(desk.caret().pointer, 3))")


def test_an_input_method_composes_in_peace(plain: DeskPage) -> None:
    plain.page.locator(BODY).nth(0).press("Control+Home")
    plain.settle()
    plain.asked.clear()
    plain.compose(("z", "zh", "中"))
    plain.page.wait_for_timeout(800)
    assert plain.asked == []
    plain.compose((), "中国")
    plain.wait_for_pages()
    assert plain.issue()["articles"][0]["body"][0].startswith("中国")


def test_a_line_at_the_head_comes_and_goes(plain: DeskPage) -> None:
    before = plain.issue()
    kicker = plain.page.get_by_label("引题").first
    kicker.fill("调研报告")
    assert plain.issue()["articles"][0]["kicker"] == "调研报告"
    kicker.fill("")
    assert plain.issue() == before


def test_a_click_on_a_page_leads_to_the_field(plain: DeskPage) -> None:
    plain.page.evaluate("() => desk.goTo('/articles/0/body/1', 5)")
    line = plain.issue()["articles"][0]["body"][1]
    field = plain.page.evaluate(
        "() => { const { value, selectionStart } = document.activeElement; return [value, selectionStart]; }"
    )
    assert field[0][field[1] :].startswith(line[5:])


def test_undo_takes_back_what_was_typed_and_what_was_mended(plain: DeskPage) -> None:
    before = plain.issue()
    plain.page.get_by_role("button", name="全部改正").click()
    assert plain.issue() != before
    plain.press("Control+z")
    assert plain.issue() == before
    plain.page.locator(BODY).nth(0).press("Control+Home")
    plain.type("好")
    assert plain.page.locator(BODY).nth(0).input_value().startswith("好")
    plain.press("Control+z")
    assert plain.issue() == before
    assert not plain.page.locator(BODY).nth(0).input_value().startswith("好")


def test_axe_finds_nothing(plain: DeskPage) -> None:
    assert faults(plain) == []


def test_this_browser_remembers_it(plain: DeskPage) -> None:
    plain.page.reload()
    plain.wait_until_open()
    assert plain.page.is_checked("#plain-mode")
    assert plain.page.is_visible("#plain") and not plain.page.is_visible(".ProseMirror")
