"""Frames on small pages, each with its number on a patch of its colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from hongtou.outputs.overview.grid import Shown
from hongtou.pages.page import Furnishing, PlacedLine, Rectangle, Rule
from hongtou.pages.proof.frames import FIGURE_HEIGHT, Frame, Numbered, frames_of, meet, sides

if TYPE_CHECKING:
    from hongtou.plan import Plan

WEIGHT = 1
ROUND = 2  # around a frame's characters, and around a number on its patch
LEAST = 8  # a frame's width and height
NUMBER_SIZE = 8
PAPER = "proof.paper"


class Marks(NamedTuple):
    """What is drawn over small pages: rules, and numbers on them."""

    rules: tuple[Rule, ...]
    numbers: tuple[Furnishing, ...]


def marks(
    plan: Plan, shown: Iterable[Shown], found: Sequence[Numbered], listed: Sequence[Numbered]
) -> Marks:
    """Return the frames of what was found; only what is listed has a number too.

    What is on a page as a whole has a frame around the page.
    """
    numbers = {one.number for one in listed}
    by_page: dict[int, list[Numbered]] = {}
    for one in found:
        for page in {area.page for area in one.areas} or {one.page or 0}:
            by_page.setdefault(page, []).append(one)
    rules: list[Rule] = []
    texts: list[Furnishing] = []
    for small in shown:
        frames = frames_of(_areas(small, by_page.get(small.page.number, ())))
        rules += (side for frame in frames for side in sides(frame.area, WEIGHT, frame.colour))
        told = (frame.only(numbers) for frame in frames)
        patches, figures = _numbers(plan, [frame for frame in told if frame.of])
        rules += patches
        texts += figures
    return Marks(tuple(rules), tuple(texts))


def _numbers(plan: Plan, frames: Iterable[Frame]) -> tuple[list[Rule], list[Furnishing]]:
    """Return the numbers of the frames of a page, each where no other stands."""
    role = plan.layout.styles["folio"].role
    patches: list[Rule] = []
    texts: list[Furnishing] = []
    for frame in frames:
        line = plan.compositor.single(frame.span, role, NUMBER_SIZE)
        taken = [patch.area for patch in patches]
        patch = next(box for box in _patches(frame, line.width) if not _taken(box, taken))
        patches.append(Rule(patch, frame.colour))
        place = PlacedLine(line, patch.x + ROUND, patch.y + patch.height - ROUND)
        texts.append(Furnishing(place, PAPER))
    return patches, texts


def _areas(shown: Shown, found: Iterable[Numbered]) -> Iterator[tuple[Rectangle, Numbered]]:
    """Yield where on the sheet that is which was found on a page."""
    for one in found:
        areas = [area for number, area in one.areas if number == shown.page.number]
        yield from ((_around(shown.within(area)), one) for area in areas)
        if not one.areas and one.page == shown.page.number:
            yield shown.area, one


def _around(area: Rectangle) -> Rectangle:
    """Return the outer edge of a frame, which shows around a single character too."""
    x, y, width, height = area
    across, down = max(ROUND, (LEAST - width) / 2), max(ROUND, (LEAST - height) / 2)
    return Rectangle(x - across, y - down, width + 2 * across, height + 2 * down)


def _patches(frame: Frame, width: float) -> Iterator[Rectangle]:
    """Yield where a number may stand: at a corner of its frame, else beside it, further down."""
    x, y = frame.area.x, frame.area.y
    right, foot = x + frame.area.width, y + frame.area.height
    width, height = width + 2 * ROUND, FIGURE_HEIGHT * NUMBER_SIZE + 2 * ROUND
    for top in (y - height, foot):
        for left in (right, x - width):
            yield Rectangle(left, top, width, height)
    for row in count():
        yield Rectangle(right, y + row * height, width, height)


def _taken(box: Rectangle, others: Iterable[Rectangle]) -> bool:
    return any(meet(box, other) for other in others)
