"""Numbers of lines in the margin of a proof, by which readers tell each other where to look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hongtou.bulletin.order import LINE_NUMBERS
from hongtou.pages.page import Furnishing, Page, PlacedLine

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.plan import Plan

STEPS = {"five": 5, "all": 1}  # lines from one number to the next, by the value of the option
COLOUR = "proof.practice"


def step_of(accepted: Accepted) -> int:
    """Return how many lines there are from one number to the next, 0 where none are printed."""
    return STEPS.get(str(dict(accepted.order.options).get(LINE_NUMBERS, "")), 0)


def numbered_lines(page: Page, plan: Plan, step: int) -> Page:
    """Return a page with every ``step``-th line numbered, counted from its head.

    What lies on its side has none.
    """
    return replace(page, furniture=(*page.furniture, *_numbers(page, plan, step)))


def _numbers(page: Page, plan: Plan, step: int) -> Iterator[Furnishing]:
    layout = plan.layout
    size, role = layout.pt("proof.number_size"), layout.styles["folio"].role
    edge = layout.pt("page.binding_margin")
    if plan.paging.mirrored and page.number % 2 == 0:
        edge = page.width - edge - layout.pt("page.type_area_width")
    for number, baseline in enumerate(_baselines(page, size), start=1):
        if number % step == 0:
            line = plan.compositor.single(str(number), role, size)
            x = edge - 2 * size - line.width
            yield Furnishing(PlacedLine(line, x, baseline), COLOUR)


def _baselines(page: Page, apart: float) -> list[float]:
    """Return the baselines of a page from its head, each once, ``apart`` in points.

    Cells of a row, one over several rows among them, have baselines that are closer than numbers
    could be read.
    """
    found: list[float] = []
    lines = (line for text in page.texts if text.turn is None for line in text.lines)
    for baseline in sorted(line.baseline for line in lines):
        if not found or baseline - found[-1] >= apart:
            found.append(baseline)
    return found
