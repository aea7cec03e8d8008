"""Make-up (拼版): which lines, rows and pictures stand on which page, and in which order.

All heights are known before anything is laid out, so a page is filled line by line. What floats
and does not fit waits for the head of the next page, and the text behind it comes forward
(图随文走). It stands before its part of the issue ends: where that has no text left, it stands
among the text above. A page ends where the joint is free; where none is, at the last that is
reluctant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.layouts import Layout
from hongtou.plan.galleys import Galley, Joint, Joints
from hongtou.plan.pictures import FigurePlan
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan

ROUNDING = 1e-7  # points that heights may be off when they add up
NOWHERE: Mapping[int, float] = {}

Block = Galley | TablePlan | FigurePlan | SetText


class Unit(NamedTuple):
    """What no page ends within: a line, a row, a picture, the masthead. Lengths are in points.

    ``block`` is what it belongs to, ``number`` which line of ``text`` or which row it is. ``joint``
    tells how readily a page ends before it. ``above`` and ``below`` are blanks within its height
    that fall away at the head and the foot of a page; ``again`` is what its table repeats over it
    there. What floats may wait, within its ``part`` of the issue.
    """

    block: Block | None
    height: float
    number: int = 0
    text: SetText | None = None
    joint: Joint = Joint.FREE
    above: float = 0.0
    below: float = 0.0
    again: float = 0.0
    floats: bool = False
    begins_page: bool = False
    part: int = 0

    @property
    def at_head(self) -> float:
        """Return how high it is where a page begins with it."""
        return self.height - self.above + self.again


class Stand(NamedTuple):
    """Where a page begins: the next unit, the floats that wait, and those that came before it."""

    at: int
    waiting: tuple[int, ...] = ()
    early: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PageDraft:
    """Units by their numbers as they stand on a page, how high they are, and how it began."""

    units: tuple[int, ...]
    height: float
    start: Stand


Mend = Callable[["Makeup", list[PageDraft], Stand], Stand]


def lines_of_text(
    galley: Galley, text: SetText, joints: Sequence[Joint], part: int
) -> Iterator[Unit]:
    """Yield the lines of a text as units."""
    last = len(joints) - 1
    for number, joint in enumerate(joints):
        above = 0.0 if number else text.above
        below = text.below if number == last else 0.0
        yield Unit(galley, text.heights[number], number, text, joint, above, below, part=part)


class Makeup:
    """Fills pages with units. ``recast`` are texts that took the place of others, by key."""

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = list(units)
        self.recast: dict[int, SetText] = {}
        self.room = layout.pt("page.type_area_height")
        self._layout = layout
        self.pitch = layout.pt("page.line_pitch")
        self._slack = layout.pt("composition.most_left")
        self._joints = Joints(layout)

    def with_texts(self, texts: Iterable[SetText]) -> Makeup:
        """Return the same with these texts in place of those with their keys."""
        other = Makeup(self.units, self._layout)
        other.recast = dict(self.recast)
        for text in texts:
            other.replace(text)
        return other

    def replace(self, text: SetText, start: int = 0) -> SetText:
        """Put a text in the place of that with its key, behind unit ``start``; return the old."""
        first = start
        while (there := self.units[first].text) is None or there.key != text.key:
            first += 1
        unit = self.units[first]
        galley, old = unit.block, unit.text
        assert isinstance(galley, Galley) and old is not None
        joints = self._joints.of(text, unit.joint, is_headed=unit.joint is Joint.NEVER)
        lines = lines_of_text(galley, text, joints, unit.part)
        self.units[first : first + len(old.heights)] = lines
        self.units[first] = self.units[first]._replace(begins_page=unit.begins_page)
        self.recast[text.key] = text
        return old

    def fill(
        self,
        filled: Sequence[PageDraft] = (),
        shorter: Mapping[int, float] = NOWHERE,
        mend: Mend | None = None,
    ) -> list[PageDraft]:
        """Return all pages, those that are ``filled`` first but for the last, which is made anew.

        ``shorter`` takes points from pages by their number, which counts from 0. ``mend`` fills a
        page that ends short.
        """
        pages = list(filled[:-1])
        stand = filled[-1].start if filled else Stand(0)
        while stand.at < len(self.units) or stand.waiting:
            page, stand = self.page(stand, self.room - shorter.get(len(pages), 0.0))
            pages.append(page)
            if mend and stand.at < len(self.units) and self.lines_left(page):
                stand = mend(self, pages, stand)
        return pages

    def height(self, numbers: Sequence[int]) -> float:
        """Return how high these are together as a page."""
        units = [self.units[number] for number in numbers]
        return sum(unit.height for unit in units[1:]) + units[0].at_head if units else 0.0

    def draft(self, numbers: Sequence[int], start: Stand) -> PageDraft:
        """Return the page on which these stand."""
        return PageDraft(tuple(numbers), self.height(numbers), start)

    def lines_left(self, page: PageDraft) -> int:
        """Return how many lines of the grid a page leaves free."""
        return round((self.room - page.height) / self.pitch)

    def page(self, start: Stand, room: float) -> tuple[PageDraft, Stand]:
        """Return the next page, and where the one after it begins."""
        standing = self._waited(start.waiting, room)
        waited, late = len(standing), list(start.waiting[len(standing) :])
        early, at = start.early, start.at
        while True:
            at, height = self._run(standing, late, early, at, room)
            place = self._place_above(standing, late, at, room - height)
            if place is None:
                break
            at, early = standing[place], early | {late[0]}
            standing[place:] = [late.pop(0)]
        kept = self._cut(standing, late, early, at, max(1, waited))
        if kept < len(standing):
            at = min(standing[kept:])
        ahead = {number for number in (*start.early, *standing[:kept]) if number >= at}
        late = [number for number in late if number < at]
        return self.draft(standing[:kept], start), Stand(at, tuple(late), frozenset(ahead))

    def _waited(self, waiting: Sequence[int], room: float) -> list[int]:
        """Return the floats that have waited and fit on a page: at least one."""
        standing: list[int] = []
        for number in waiting:
            if standing and self.height([*standing, number]) > room:
                break
            standing.append(number)
        return standing

    def _run(
        self, standing: list[int], late: list[int], early: Set[int], at: int, room: float
    ) -> tuple[int, float]:
        """Put units on a page while they fit; return the next one and the page's height."""
        units, height = self.units, self.height(standing)
        for number in range(at, len(units)):
            unit = units[number]
            if early and number in early:
                continue
            if standing and (unit.begins_page or (late and unit.part != units[late[0]].part)):
                return number, height
            needed = unit.height if standing else unit.at_head
            fits = height + needed - unit.below <= room + ROUNDING or not standing
            if unit.floats and (late or not fits):
                late.append(number)
            elif fits:
                standing.append(number)
                height += needed
            else:
                return number, height
        return len(units), height

    def _place_above(
        self, standing: Sequence[int], late: Sequence[int], at: int, left: float
    ) -> int | None:
        """Return before which unit of a page the first float goes whose part has no text left.

        The text below that place goes on, on the next page.
        """
        units = self.units
        if not late or left <= self._slack:
            return None
        float_ = units[late[0]]
        if at < len(units) and units[at].part == float_.part and not units[at].begins_page:
            return None
        for place in range(len(standing) - 1, 0, -1):
            unit, above = units[standing[place]], units[standing[place - 1]]
            left += unit.height
            if unit.floats or above.part != float_.part:
                return None
            if unit.joint is Joint.FREE and left >= float_.height:
                return place
        return None

    def _cut(
        self, standing: Sequence[int], late: Sequence[int], early: Set[int], at: int, least: int
    ) -> int:
        """Return how many of these stay on a page that cannot hold the next unit."""
        units = self.units
        while at in early:
            at += 1
        following = [units[number].joint for number in standing[1:]]
        is_free = at == len(units) or units[at].begins_page
        if late and not is_free:
            is_free = units[at].part != units[late[0]].part
        following.append(Joint.FREE if is_free else units[at].joint)
        for worst in (Joint.FREE, Joint.RELUCTANT):
            for kept in range(len(standing), least - 1, -1):
                if following[kept - 1] <= worst:
                    return kept
        return len(standing)
