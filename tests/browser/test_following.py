"""Manuscript and pages lead to one another; findings are mended; articles move."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import DeskPage

CARET = (
    """() => { const caret = desk.caret(); return caret ? [caret.pointer, caret.offset] : null }"""
)
MARKED = """() => [...document.querySelectorAll("#pages .caret")].filter((mark) => !mark.hidden)
    .map((mark) => Number(mark.parentElement.dataset.page))"""


def test_a_click_on_a_line_of_a_page_leads_to_its_words(desk: DeskPage) -> None:
    desk.page.evaluate("() => desk.goToPage(5)")
    desk.page.wait_for_selector('[data-page="5"] img[src]')
    desk.wait_for_pages()
    places = [
        place
        for place in desk.page.evaluate("() => desk.pane.places")
        if place[0] == 5 and place[3] > 30
    ]
    assert len(places) > 15
    for _, x, y, width, height, pointer, start, end in places[2:14]:
        box = desk.page.locator('[data-page="5"]').bounding_box()
        assert box is not None
        across = box["x"] + (x + width / 2) / 210 * box["width"]
        down = box["y"] + (y + height / 2) / 297 * box["height"]
        desk.page.mouse.click(across, down)
        found = desk.page.evaluate(CARET)
        assert found[0] == pointer
        assert abs(found[1] - (start + end) / 2) <= 2


def test_the_page_of_the_caret_is_drawn_and_marked(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 0, 20)
    for number in (8, 13):
        desk.put_caret("paragraph", number, 20)
        desk.page.wait_for_function(f"() => ({MARKED})().length === 1")
        [page] = desk.page.evaluate(MARKED)
        assert desk.page.evaluate(
            "page => Boolean(desk.pane.sheet(page).querySelector('img').src)", page
        )
        assert page in desk.page.evaluate("() => desk.pane.inView()")


def test_only_what_changed_is_sent(desk: DeskPage) -> None:
    desk.put_caret("brief", 0, 3)
    desk.wait_for_pages()
    known = set(desk.page.evaluate("() => [...desk.previews.pictures.keys()]"))
    desk.type("又")
    desk.wait_for_pages()
    sent = set(desk.page.evaluate("() => [...desk.previews.pictures.keys()]")) - known
    assert 1 <= len(sent) <= 2, "the page of the short news, and the one on which it goes on"


def test_findings_of_a_kind_are_mended_at_once_and_come_back_with_undo(desk: DeskPage) -> None:
    before = desk.issue()
    count = int(desk.page.inner_text("#findings-count"))
    assert count > 5
    desk.page.get_by_role("button", name="全部改正").first.click()
    desk.page.wait_for_function(
        f"() => Number(document.getElementById('findings-count').textContent) < {count - 2}"
    )
    assert desk.issue() != before
    desk.undo()
    desk.page.wait_for_function(
        f"() => document.getElementById('findings-count').textContent === '{count}'"
    )
    assert desk.issue() == before


def test_an_article_moves_by_keyboard_and_the_caret_goes_along(desk: DeskPage) -> None:
    before = desk.issue()
    desk.put_caret("paragraph", 0, 3)
    desk.press("Alt+ArrowDown")
    titles = [article["headline"] for article in before["articles"]]
    assert [article["headline"] for article in desk.issue()["articles"]] == [
        titles[1],
        titles[0],
        *titles[2:],
    ]
    assert desk.page.evaluate(CARET)[0] == "/articles/1/body/0"
    assert desk.page.inner_text("#outline li:nth-child(2)").startswith(titles[0][:4])
    desk.undo()
    assert desk.issue() == before


def test_an_article_is_moved_and_deleted_by_buttons(desk: DeskPage) -> None:
    before = desk.issue()
    titles = [article["headline"] for article in before["articles"]]
    row = desk.page.locator("#outline li")
    row.nth(0).hover()
    desk.page.get_by_role("button", name=f"下移“{titles[0]}”").click()
    assert [article["headline"] for article in desk.issue()["articles"]][:2] == [
        titles[1],
        titles[0],
    ]
    row.nth(1).hover()
    desk.page.get_by_role("button", name=f"删去“{titles[0]}”").click()
    assert desk.page.evaluate("() => desk.view.hasFocus()")
    assert titles[0] not in [article["headline"] for article in desk.issue()["articles"]]
    desk.undo()
    desk.undo()
    assert desk.issue() == before


def test_a_field_and_its_page(desk: DeskPage) -> None:
    field = desk.page.locator('[data-pointer="/masthead/issue_number"]')
    field.fill("45")
    assert desk.issue()["masthead"]["issue_number"] == 45
    field.fill("四十五")
    assert desk.issue()["masthead"]["issue_number"] == "四十五", (
        "nothing is lost that cannot be read"
    )
    desk.page.wait_for_function(
        "() => document.getElementById('page-count').textContent === '未排版'"
    )
    desk.page.locator("#findings li.error button").first.click()
    assert (
        desk.page.evaluate("() => document.activeElement.dataset.pointer")
        == "/masthead/issue_number"
    )


def test_dates_are_taken_as_clerks_write_them(desk: DeskPage) -> None:
    field = desk.page.locator('[data-pointer="/masthead/issue_date"]')
    for written in (
        "2017年12月22日", "2017.12.22", "20171222", "２０１７/12/22", "2017-12-22",
        "二〇一七年十二月二十二日", "二○一七年十二月二十二日", "2017年12月22日（星期五）", "2017.12.22 周五",
    ):  # fmt: skip
        field.fill(written)
        assert desk.issue()["masthead"]["issue_date"] == "2017-12-22", written
    field.fill("二〇二〇年十月")
    assert desk.issue()["masthead"]["issue_date"] == "2020-10"


def test_all_lines_of_a_nameplate_are_seen(desk: DeskPage) -> None:
    field = desk.page.locator('[data-pointer="/masthead/nameplate"]')
    field.fill("某某市人民政府办公室\n城乡环境工作动态")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 2")
    field.fill("工作动态")
    assert field.get_attribute("rows") == "1"


@pytest.mark.parametrize("kind", ["/masthead/issuing_body", "/closing/send_to"])
def test_a_line_that_turns_over_in_its_field_is_seen(desk: DeskPage, kind: str) -> None:
    body = "河口县推进新型城镇化工作领导小组办公室"
    field = desk.page.locator(f'[data-pointer="{kind}"]')
    field.fill(body * (1 if kind.startswith("/masthead") else 9))
    seen = "field => field.scrollHeight <= field.clientHeight + 2"
    assert field.evaluate(seen)
    issue = desk.issue()
    field.fill("省办")
    desk.begin_with(issue)
    assert field.evaluate(seen)


def test_typing_in_a_field_at_the_end_moves_nothing(desk: DeskPage) -> None:
    field = desk.page.locator('[data-pointer="/closing/contact"]')
    field.fill("联系电话" * 60)
    top = "field => { const box = field.getBoundingClientRect(); return [box.top, box.height]; }"
    scroll = "field => { for (let one = field; one; one = one.parentElement) one.scrollTop = one === field ? 0 : 99999; }"
    field.evaluate(scroll)
    before = field.evaluate(top)
    desk.type("号")
    assert field.evaluate(top) == before


def test_figures_are_taken_as_an_input_method_writes_them(desk: DeskPage) -> None:
    desk.page.locator('[data-pointer="/masthead/issue_number"]').fill("３４")
    assert desk.issue()["masthead"]["issue_number"] == 34


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("120份", 120),
        ("共印 １２０ 份", 120),
        ("共印120份", 120),
        ("120 本", "120 本"),
        ("1.5万份", "1.5万份"),
    ],
)
def test_a_number_is_read_with_what_stands_around_it_on_paper(
    desk: DeskPage, typed: str, read: int | str
) -> None:
    desk.page.locator('[data-pointer="/closing/print_run"]').fill(typed)
    assert desk.issue()["closing"]["print_run"] == read


@pytest.mark.parametrize(
    ("typed", "read", "seen"),
    [
        ("陈炜 王龙", ["陈炜", "王龙"], "陈炜、王龙"),
        ("陈 炜、王 龙", ["陈 炜", "王 龙"], "陈 炜、王 龙"),
    ],
)
def test_names_are_parted_by_a_space(desk: DeskPage, typed: str, read: Any, seen: str) -> None:
    field = desk.page.locator('[data-pointer="/closing/editors"]')
    field.fill(typed)
    field.press("Tab")
    assert desk.issue()["closing"]["editors"] == read
    assert field.input_value() == seen


def test_an_issue_that_cannot_be_set_keeps_its_old_pages(desk: DeskPage) -> None:
    desk.select("headline", 0)
    desk.press("Delete")
    desk.page.wait_for_selector("#last-page:has-text('错误')")
    assert desk.page.locator("#pages.stale").count() == 1
    assert desk.page.evaluate("() => desk.pane.sheets().length") > 5


def test_a_change_is_told_of_once(desk: DeskPage) -> None:
    """Or the issue as it was would be asked for first, and every page came late."""
    desk.put_caret("paragraph", 3, 20)
    desk.page.evaluate(
        "() => { const { changed } = desk; window.told = 0;"
        " desk.changed = () => { told += 1; changed.call(desk); }; }"
    )
    desk.type("好")
    assert desk.page.evaluate("() => told") == 1
    desk.page.fill("[data-pointer='/masthead/issue_number']", "43")
    assert desk.page.evaluate("() => told") == 2
    desk.page.evaluate("() => { delete desk.changed; }")


def test_a_long_session_holds_no_more_pictures_than_it_may(desk: DeskPage) -> None:
    """Every address that is made for a picture is given back, but for those that are kept."""
    desk.page.evaluate(
        """() => {
            const { createObjectURL, revokeObjectURL } = URL;
            window.restore = () => Object.assign(URL, { createObjectURL, revokeObjectURL });
            window.held = desk.previews.pictures.size;
            URL.createObjectURL = (blob) => { held += 1; return createObjectURL.call(URL, blob); };
            URL.revokeObjectURL = (address) => { held -= 1; revokeObjectURL.call(URL, address); };
        }"""
    )
    answer = """async (number) => {
        const parts = new FormData(), picture = new Blob([String(number)], { type: "image/png" });
        parts.set("preview", JSON.stringify({ pages: null, drawn: [[1, `p${number}`, 1, 1]], places: [], findings: [] }));
        parts.set(`p${number}`, picture, "p.png");
        await desk.previews.take(parts);
    }"""
    for number in [*range(70), *range(60, 70)]:
        desk.page.evaluate(answer, number)
    held, kept = desk.page.evaluate("() => [held, desk.previews.pictures.size]")
    assert held == kept == 60
    desk.page.evaluate("() => restore()")
