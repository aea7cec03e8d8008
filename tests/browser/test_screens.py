"""Screens that everybody can use: axe, the windows of old office PCs, the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.desk import DeskPage

WINDOWS = {"1366×625": (1366, 625), "1366×768": (1366, 768), "1920×1080": (1920, 1080)}
ZOOMED = (683, 384)  # 1366×768 at 200 %
NARROW = (320, 640)  # 1280 at 400 %, as WCAG 1.4.10 asks


def faults(desk: DeskPage) -> list[str]:
    """Return what axe finds, by all its rules."""
    found = Axe().run(desk.page).response["violations"]
    return [f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def overflow(desk: DeskPage) -> Any:
    return desk.page.evaluate(
        "() => [document.documentElement.scrollWidth - innerWidth, document.body.scrollWidth - innerWidth]"
    )


@pytest.mark.parametrize(
    "size", [*WINDOWS.values(), ZOOMED, NARROW], ids=[*WINDOWS, "200 %", "400 %"]
)
def test_everything_is_within_the_window(desk: DeskPage, size: tuple[int, int]) -> None:
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        desk.wait_for_pages()
        assert max(overflow(desk)) <= 0
        for name in ("校样", "下载 PDF"):
            box = desk.page.get_by_role("button", name=name).bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= size[0]
    finally:
        desk.page.set_viewport_size({"width": 1366, "height": 768})


def test_axe_finds_nothing(desk: DeskPage) -> None:
    assert faults(desk) == []


def test_axe_finds_nothing_with_everything_open(desk: DeskPage) -> None:
    desk.page.evaluate(
        "() => document.querySelectorAll('#issue details').forEach((one) => (one.open = true))"
    )
    assert faults(desk) == []
    desk.page.evaluate(
        "() => document.querySelectorAll('#issue details').forEach((one) => (one.open = false))"
    )


def test_buttons_can_be_hit(desk: DeskPage) -> None:
    """Targets of 24 px or more: WCAG 2.2 §2.5.8."""
    small = desk.page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .file")].filter((one) => one.offsetWidth > 1
            && (one.offsetHeight < 24 || one.offsetWidth < 24)).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_the_keyboard_alone_reaches_everything(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 0, 0)
    found = []
    for _ in range(4):
        desk.press("F6")
        found.append(
            desk.page.evaluate(
                "() => document.activeElement.id || document.activeElement.className"
            )
        )
    assert found[0] == "findings-region"
    assert found[1] == "pages"
    assert found[2] == "outline-region"
    assert "ProseMirror" in found[3]


def test_f8_leads_to_the_next_finding_and_a_key_accepts_it(desk: DeskPage) -> None:
    before = desk.issue()
    for _ in range(20):
        desk.press("F8")
        if desk.page.evaluate("() => Boolean(desk.findings.findings[desk.findings.at].suggestion)"):
            break
    desk.press("Control+.")
    assert desk.issue() != before
    desk.undo()
    assert desk.issue() == before


def test_pages_are_as_wide_as_their_pane_or_as_large_as_printed(desk: DeskPage) -> None:
    width = "() => document.querySelector('#pages figure').clientWidth"
    pixels = "() => document.querySelector('#pages img[src]').naturalWidth"
    fit = desk.page.evaluate(width)
    assert abs(desk.page.evaluate(pixels) - fit) <= 8
    desk.page.click("text='100%'")
    desk.wait_for_pages()
    full = desk.page.evaluate(width)
    assert full == round(210 / 25.4 * 96)
    assert abs(desk.page.evaluate(pixels) - full) <= 8, "drawn in the pixels that it is shown in"
    desk.page.click("text='整宽'")
    assert desk.page.evaluate(width) == fit


def test_a_wide_window_has_wide_pages(desk: DeskPage) -> None:
    desk.page.set_viewport_size({"width": 1920, "height": 1080})
    try:
        width = desk.page.evaluate("() => document.querySelector('#pages figure').clientWidth")
        assert width > 700
        desk.page.wait_for_function(
            "width => Math.abs(document.querySelector('#pages img[src]').naturalWidth - width) <= 8",
            arg=width,
        )
        assert desk.page.evaluate("() => document.querySelector('#manuscript').clientWidth") > 600
    finally:
        desk.page.set_viewport_size({"width": 1366, "height": 768})


def test_at_200_percent_all_parts_are_one_under_another(desk: DeskPage) -> None:
    desk.page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    try:
        tops = [
            desk.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)
            for id in ("outline", "manuscript", "pages")
        ]
        assert tops == sorted(tops)
        assert tops[2] - tops[1] > 300
    finally:
        desk.page.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("size", [NARROW, ZOOMED], ids=["narrow", "200 %"])
@pytest.mark.parametrize("name", ["文件", "插入", "文章", "表格"])
def test_a_menu_is_within_a_narrow_window_and_goes_with_a_click_beside_it(
    desk: DeskPage, name: str, size: tuple[int, int]
) -> None:
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        desk.page.locator("summary", has_text=name).first.click()
        box = desk.page.locator("details.menu[open] > div").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        desk.page.locator("#page-count").click()
        assert desk.page.locator("details.menu[open]").count() == 0
    finally:
        desk.page.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("size", [*WINDOWS.values(), ZOOMED], ids=[*WINDOWS, "200 %"])
def test_what_is_told_is_read_whole(desk: DeskPage, size: tuple[int, int]) -> None:
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        desk.page.set_input_files(
            "#pictures", {"name": "IMG_20261127_0812.HEIC", "mimeType": "", "buffer": b"0"}
        )
        desk.page.wait_for_function("() => told.textContent.includes('另存为 JPEG')")
        hidden = desk.page.evaluate("""() => {
            const words = document.createRange();
            words.selectNodeContents(told);
            const { bottom, right } = words.getBoundingClientRect();
            const bar = told.closest(".bar").getBoundingClientRect();
            return [told.scrollWidth > told.clientWidth, bottom > bar.bottom, right > innerWidth,
                document.documentElement.scrollWidth > innerWidth];
        }""")
        assert hidden == [False] * 4
    finally:
        desk.page.set_viewport_size({"width": 1366, "height": 768})
