"""The pages around the desk fit the windows of old office PCs, and can be hit and read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_screens import NARROW, WINDOWS, ZOOMED
from tests.support.desk import WINDOW
from tests.support.shelf import Look, Shelf, looking

pytestmark = pytest.mark.slow

SCREENS = ("list", "publication", "new publication", "desk", "history", "events")
SMALL = """() => [...document.querySelectorAll("button, summary, .button, .file, .list a, .tabs a, .foot a")]
    .filter((one) => one.offsetWidth > 1 && (one.offsetHeight < 24 || one.offsetWidth < 24)).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def look(chromium: Browser, shelf: Shelf) -> Iterator[Look]:
    """One window for all: what a page keeps in it is of no account here, and each costs a process."""
    with looking(chromium, shelf.address) as found:
        yield found


@pytest.fixture(scope="module")
def places(shelf: Shelf) -> dict[str, str]:
    publication = shelf.publication("毕节市创建全国文明城市工作动态专报")
    for number in (30, 32):
        issue = shelf.issue(publication, issue_number=number, issue_date=f"2017-11-{number - 5}")
    shelf.move(issue, "submit")
    return {
        "list": f"/?publication={publication}",
        "publication": f"/publications/{publication}",
        "new publication": "/publications/new",
        "desk": f"/issues/{issue}",
        "history": f"/issues/{issue}/history",
        "events": "/events",
        "import": f"/publications/{publication}/import",
        "advanced": "/advanced",
    }


@pytest.mark.parametrize(
    "size", [*WINDOWS.values(), ZOOMED, NARROW], ids=[*WINDOWS, "200 %", "400 %"]
)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_fits_its_window(
    look: Look, places: dict[str, str], screen: str, size: tuple[int, int]
) -> None:
    look.page.set_viewport_size({"width": size[0], "height": size[1]})
    look.open(places[screen])
    assert look.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    for box in look.page.locator("button:visible, a.button:visible").all():
        found = box.bounding_box()
        assert found is not None
        assert found["x"] + found["width"] <= size[0] + 1
    assert look.page.evaluate(SMALL) == []
    assert look.axe() == []


@pytest.mark.parametrize("screen", [*SCREENS, "import", "advanced"])
def test_no_button_is_in_use_before_its_script(
    look: Look, places: dict[str, str], screen: str
) -> None:
    """What was pressed would be lost, or the browser would send a form itself."""
    assert look.in_use_without_scripts(places[screen]) == []
    look.open(places[screen])
    assert look.page.locator("[data-scripted]:disabled").count() == 0


CUT = """() => [...document.querySelectorAll("input[placeholder]")].filter((one) => {
    if (!one.placeholder || !one.offsetWidth) return false;
    const style = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    return pen.measureText(one.placeholder).width > one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}).map((one) => one.placeholder)"""


@pytest.mark.parametrize("screen", ["list", "publication", "desk"])
def test_no_example_in_a_field_is_cut_off(look: Look, places: dict[str, str], screen: str) -> None:
    look.page.set_viewport_size(WINDOW)
    look.open(places[screen])
    look.page.evaluate(
        "() => document.querySelectorAll('details').forEach((one) => (one.open = true))"
    )
    assert look.page.evaluate(CUT) == []


def test_the_cells_of_a_row_stand_on_one_line(look: Look, places: dict[str, str]) -> None:
    look.page.set_viewport_size(WINDOW)
    look.open(places["list"])
    tops = look.page.evaluate(
        """() => [...document.querySelectorAll(".list tbody tr:first-child td")].map((cell) => {
            const range = document.createRange(); range.selectNodeContents(cell);
            const box = range.getBoundingClientRect(); return (box.top + box.bottom) / 2; })"""
    )
    assert max(tops) - min(tops) <= 2
