"""The page of the closing block, where it does not fit below the text: what it takes along."""

from __future__ import annotations

import pytest

from hongtou.plan.articles import PageEnd
from hongtou.plan.galleys import galley
from hongtou.plan.last_page import closed
from hongtou.plan.makeup import Makeup
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import Unit
from hongtou.plan.units import Run
from tests.support.shop import compositor, layouts

LAYOUT = layouts()["dongtai"]
LINES = 22  # of a page


def page_of(paragraphs: int, lines: int) -> Makeup:
    """Return a page's worth of paragraphs of so many lines each."""
    own = TextSetter(LAYOUT, compositor())
    words = "城" * (28 * lines - 4) + "。"
    run = Run(own)
    run.add_part([galley([own.text("paragraph", words) for _ in range(paragraphs)])])
    return Makeup(run.units, LAYOUT)


def taken_along(makeup: Makeup, fewest: int) -> tuple[int, bool]:
    """Return how many lines a closing block of half a page takes along, and whether it parts a text."""
    assert len(makeup.units) == LINES
    pages = makeup.fill()
    assert len(pages) == 1
    _, last = closed(makeup, pages, LINES / 2 * makeup.pitch, fewest)
    return len(last.units), makeup.units[last.units[0]].number > 0


@pytest.mark.parametrize(("lines", "taken"), [(1, 5), (2, 6), (11, 5)])
def test_above_blank_lines_no_text_is_parted_that_can_go_on_whole(lines: int, taken: int) -> None:
    assert taken_along(page_of(LINES // lines, lines), 5) == (taken, lines == 11)


def test_a_page_that_is_full_but_for_two_lines_may_part_a_text() -> None:
    assert taken_along(page_of(2, 11), 2) == (2, True)


@pytest.mark.parametrize(("names", "taken"), [(4, 4), (9, 3)])
def test_above_blank_lines_the_names_of_a_few_attachments_stay_together(
    names: int, taken: int
) -> None:
    own = TextSetter(LAYOUT, compositor())
    texts = [own.text("paragraph", "城。") for _ in range(LINES - names)]
    run = Run(own)
    run.add_part([galley([*texts, *(own.text("attachment", "甲") for _ in range(names))])])
    assert taken_along(Makeup(run.units, LAYOUT), 3) == (taken, False)


def test_the_first_page_keeps_a_line_of_the_body_and_no_other_has_to() -> None:
    own = TextSetter(LAYOUT, compositor())
    run = Run(own)
    run.add_part([galley([own.text("paragraph", "城。") for _ in range(4)])])
    makeup = Makeup([Unit(None, 3 * own.pitch), *run.units], LAYOUT)
    pages, closing = makeup.fill(), (LINES - 5) * makeup.pitch
    *_, first, _ = closed(makeup, pages, closing, 5)
    *_, other, _ = closed(makeup, [*pages, *pages], closing, 5)
    assert len(first.units) > 1  # more than the masthead
    assert len(other.units) == 1


def test_a_text_that_is_set_anew_still_begins_its_page() -> None:
    own = TextSetter(LAYOUT, compositor())
    first, second = (galley([own.text("paragraph", "城。")]) for _ in range(2))
    run = Run(own)
    run.add_part([first, PageEnd(), second])
    makeup = Makeup(run.units, LAYOUT)
    assert [len(page.units) for page in makeup.fill()] == [1, 1]
    makeup.replace(second.texts[0])
    assert [len(page.units) for page in makeup.fill()] == [1, 1]
