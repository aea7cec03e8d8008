"""Coloured frames around what was found, each with its number where nothing else stands."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import Finding, Strength
from hongtou.pages.page import (
    Furnishing,
    Note,
    Page,
    PlacedLine,
    PlacedPicture,
    Rectangle,
    Rule,
)
from hongtou.pages.places import turned
from hongtou.pages.proof.places import Area, FindingPlaces

if TYPE_CHECKING:
    from hongtou.plan import Plan

COLOURS = {
    Strength.REQUIRED: "proof.required",
    Strength.GENERAL: "proof.general",
    Strength.RECOMMENDED: "proof.recommended",
    Strength.PRACTICE: "proof.practice",
}
BINDING = {strength: rank for rank, strength in enumerate(Strength)}  # the most binding first
FIGURE_HEIGHT = 0.72  # em, roughly, of the figures of our faces
NOWHERE = "全文"  # for the page of what is on none
CLEAR = 1.0  # points between a number and its frame


class Numbered(NamedTuple):
    """A finding with its number on the proof and its areas, of which it may have none."""

    number: int
    finding: Finding
    areas: Sequence[Area]

    @property
    def colour(self) -> str:
        """Return the name of its colour."""
        return COLOURS[self.finding.strength]

    @property
    def page(self) -> int | None:
        """Return the page that it is on, if it is on one."""
        return self.areas[0].page if self.areas else self.finding.page

    @property
    def where(self) -> str:
        """Return which page that is, in words."""
        return f"第 {self.page} 页" if self.page else NOWHERE

    @property
    def message(self) -> str:
        """Return what a list says behind ``where``: a message that names the page names it once."""
        return re.sub(rf"^第 ?{self.page} ?页(?:的 ?)?", "", self.finding.message)


class Frame(NamedTuple):
    """A frame with all findings of the same area."""

    area: Rectangle
    of: list[Numbered]

    @property
    def colour(self) -> str:
        """Return the name of the colour of the most binding of them."""
        return min(self.of, key=lambda one: BINDING[one.finding.strength]).colour

    @property
    def span(self) -> str:
        """Return their numbers: 3, 3–5 or 3、7."""
        return _span(self.of)

    def only(self, numbers: Container[int]) -> Frame:
        """Return the frame with those of its findings that have one of these numbers."""
        return self._replace(of=[one for one in self.of if one.number in numbers])


def numbered(findings: Iterable[Finding], places: FindingPlaces) -> list[Numbered]:
    """Return findings numbered as they follow one another on the pages; others come last."""
    placed = [(finding, places.areas(finding)) for finding in findings]
    placed.sort(key=lambda pair: _order(*pair))
    return [Numbered(number, *pair) for number, pair in zip(count(1), placed, strict=False)]


def _order(finding: Finding, areas: Sequence[Area]) -> tuple[float, float, float]:
    if not areas:
        return inf if finding.page is None else finding.page, inf, inf
    page, area = areas[0]
    return page, round(area.y, 2), round(area.x, 2)


class Framing:
    """Draws frames on pages."""

    def __init__(self, plan: Plan, found: Iterable[Numbered]) -> None:
        self._layout, self._single = plan.layout, plan.compositor.single
        self._role = plan.layout.styles["folio"].role
        self._size = plan.layout.pt("proof.number_size")
        self._weight = plan.layout.pt("proof.frame_weight")
        self._by_page: dict[int, list[tuple[Rectangle, Numbered]]] = {}
        for one in found:
            for page, area in one.areas:
                self._by_page.setdefault(page, []).append((self._around(area), one))

    def framed(self, page: Page) -> Page:
        """Return a page with the frames, numbers and notes of its findings."""
        frames = frames_of(self._by_page.get(page.number, ()))
        if not frames:
            return page
        rules = (rule for one in frames for rule in sides(one.area, self._weight, one.colour))
        return replace(
            page,
            rules=(*page.rules, *rules),
            furniture=(*page.furniture, *self._numbers(page, frames)),
            notes=tuple(
                Note(_told(one), frame.area, one.colour) for frame in frames for one in frame.of
            ),
        )

    def _around(self, area: Rectangle) -> Rectangle:
        """Return the outer edge of the frame around some characters."""
        by = self._layout.pt("proof.frame_gap") + self._weight
        return Rectangle(area.x - by, area.y - by, area.width + 2 * by, area.height + 2 * by)

    def _numbers(self, page: Page, frames: Iterable[Frame]) -> Iterator[Furnishing]:
        """Yield the numbers of frames, each in the first place where it meets nothing."""
        taken = [*_occupied(page, self._layout.em("composition.baseline"))]
        for frame in frames:
            line = self._single(frame.span, self._role, self._size)
            box = next(
                box
                for box in self._boxes(frame.area, line.width)
                if not any(meet(box, other) for other in taken)
            )
            taken.append(box)
            yield Furnishing(PlacedLine(line, box.x, box.y + box.height), frame.colour)

    def _boxes(self, frame: Rectangle, width: float) -> Iterator[Rectangle]:
        """Yield where a number may stand: above or below its frame, beside it, in the margin."""
        height = FIGURE_HEIGHT * self._size
        right = frame.x + frame.width
        above, below = frame.y - CLEAR - height, frame.y + frame.height + CLEAR
        beside = frame.y + CLEAR
        for x, y in (
            (frame.x, above),
            (right - width, above),
            (frame.x, below),
            (right + CLEAR, beside),
            (frame.x - CLEAR - width, beside),
        ):
            yield Rectangle(x, y, width, height)
        edge = self._layout.pt("page.binding_margin") - CLEAR - self._size
        for row in count():  # below one another, as there may be any number of them
            yield Rectangle(edge - width, beside + row * self._size, width, height)


def sides(area: Rectangle, weight: float, colour: str) -> Iterator[Rule]:
    """Yield the four sides of a frame, whose outer edge is that of an area."""
    x, y, width, height = area
    yield Rule(Rectangle(x, y, width, weight), colour)
    yield Rule(Rectangle(x, y + height - weight, width, weight), colour)
    yield Rule(Rectangle(x, y, weight, height), colour)
    yield Rule(Rectangle(x + width - weight, y, weight, height), colour)


def frames_of(areas: Iterable[tuple[Rectangle, Numbered]]) -> list[Frame]:
    """Return the frames around areas, one where several findings have the same."""
    frames: dict[tuple[float, ...], Frame] = {}
    for area, one in areas:
        key = tuple(round(side, 1) for side in area)
        frames.setdefault(key, Frame(area, [])).of.append(one)
    return [*frames.values()]


def _span(found: Sequence[Numbered]) -> str:
    """Return the numbers of a frame: 3, 3–5 or 3、7."""
    runs = groupby(enumerate(one.number for one in found), lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in ends)


def _told(one: Numbered) -> str:
    hint = f"。{one.finding.hint}" if one.finding.hint else ""
    return f"{one.number}　{one.finding.message}{hint}"


def _occupied(page: Page, above: float) -> Iterator[Rectangle]:
    """Yield the squares of all lines and pictures of a page."""
    for placed in page.contents:
        if isinstance(placed, PlacedPicture):
            yield turned(placed.area, placed.turn)
            continue
        lines = [*placed.lines, placed.ending] if placed.ending else placed.lines
        yield from (turned(_square(line, above), placed.turn) for line in lines)
    yield from (_square(placed, above) for placed in map(attrgetter("placed"), page.furniture))


def _square(placed: PlacedLine, above: float) -> Rectangle:
    line = placed.line
    top = placed.baseline - above * line.size
    return Rectangle(placed.x + line.x, top, line.width, line.size)


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Tell whether two areas have something in common."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
