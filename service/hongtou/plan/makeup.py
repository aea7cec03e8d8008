"""Make-up (拼版): which lines, rows and pictures stand on which page, and in which order.

All heights are known before anything is laid out, so a page is filled line by line. What floats
and does not fit waits for the head of the next page, and the text behind it comes forward
(图随文走). Paragraphs alone do so, headings too past a titled table on its side: it stands before
its part ends, and where that has no text left, among the text above. A table on its side waits for
a page of its own, which comes behind the page that it is on or, where that has nothing but text of
its part, ahead of it. A page ends where the joint is free, or else at the last that is reluctant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from copy import copy
from itertools import takewhile

from hongtou.layouts import Layout
from hongtou.plan.drafts import PageDraft, Stand, Swap
from hongtou.plan.galleys import Galley, Joint, Joints
from hongtou.plan.plain_page import end_of_plain_page
from hongtou.plan.set_text import SetText
from hongtou.plan.unit import ROUNDING, Unit, joint_between, lines_of_text

NOWHERE: Mapping[int, float] = {}
Mend = Callable[["Makeup", list[PageDraft], Stand], Stand]


class Makeup:
    """Fills pages with units.

    ``recast`` are texts that took the place of others, by key, and ``resized`` such floats.
    """

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = list(units)
        self.recast: dict[int, SetText] = {}
        self.resized: dict[tuple[str, int], Unit] = {}
        self.room, self.pitch = layout.pt("page.type_area_height"), layout.pt("page.line_pitch")
        self._slack = layout.pt("composition.most_left")
        self._joints = Joints(layout)
        self._lines: dict[int, tuple[SetText, Unit, list[Unit]]] = {}  # by identity of the text

    def copied(self) -> Makeup:
        """Return the same with units of its own."""
        other = copy(self)
        other.units, other.recast, other.resized = [*self.units], {**self.recast}, {**self.resized}
        return other

    def replace(self, text: SetText, start: int = 0) -> Swap:
        """Put a text in the place of that with its key, behind unit ``start``."""
        first = start
        while (there := self.units[first].text) is None or there.key != text.key:
            first += 1
        self.recast[text.key] = text
        return self._swapped(first, len(there.heights), self._lines_of(text, self.units[first]))

    def _lines_of(self, text: SetText, unit: Unit) -> list[Unit]:
        """Return the lines of a text that is to stand where this unit is now: tried often."""
        known = self._lines.get(id(text))
        if known and known[0] is text and known[1] is unit:
            return known[2]
        assert isinstance(unit.block, Galley)
        joints = self._joints.of(text, unit.joint, is_headed=unit.joint is Joint.NEVER)
        lines = lines_of_text(unit.block, text, joints, unit.part, unit.stretch)
        if unit.begins_page:
            lines[0] = lines[0]._replace(begins_page=True)
        self._lines[id(text)] = text, unit, lines
        return lines

    def resize(self, number: int, unit: Unit) -> Swap:
        """Put a picture or a table in the place of itself in other lines."""
        self.resized[unit.float_name] = unit
        return self._swapped(number, 1, [unit])

    def _swapped(self, first: int, count: int, units: Sequence[Unit]) -> Swap:
        old = self.units[first : first + count]
        self.units[first : first + count] = units
        return Swap(first, len(units), old)

    def take_back(self, swaps: Sequence[Swap]) -> None:
        """Put back what stood there as it was set, before these swaps one after another."""
        for first, count, old in reversed(swaps):
            self.units[first : first + count] = old
            if old[0].text:
                self.recast.pop(old[0].text.key, None)
            else:
                self.resized.pop(old[0].float_name, None)

    def is_resized(self, unit: Unit) -> bool:
        """Tell whether a picture or a table took the place of itself in other lines."""
        return unit.float_name in self.resized

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
        return sum([unit.height for unit in units[1:]]) + units[0].at_head if units else 0.0

    def draft(
        self,
        numbers: Sequence[int],
        start: Stand,
        ahead: Sequence[int] = (),
        behind: Sequence[int] = (),
    ) -> PageDraft:
        """Return the page on which these stand."""
        return PageDraft(numbers, self.height(numbers), start, ahead, behind)

    def lines_left(self, page: PageDraft) -> int:
        """Return how many lines of the grid a page leaves free."""
        return round((self.room - page.height) / self.pitch)

    def page(self, start: Stand, room: float) -> tuple[PageDraft, Stand]:
        """Return the next page, and where the one after it begins."""
        if not start.waiting and not start.early:
            end = end_of_plain_page(self.units, start.at, room)
            if end:
                return self.draft(range(start.at, end), start), Stand(end)
        standing = self._waited(start.waiting, room)
        waited, late = len(standing), list(start.waiting[len(standing) :])
        early, at, ahead = start.early, start.at, list[int]()
        while not standing and at < len(self.units) and self.units[at].is_turned:
            ahead.append(at)
            at += 1
        while True:
            at, height = self._run(standing, late, early, at, room)
            if self._goes_ahead(standing, late, at, room - height):
                ahead.append(late.pop(0))
                continue
            place = self._place_above(standing, late, at, room - height)
            if place is None:
                break
            moved = late[: self._together(late)]
            at, early = standing[place], early.union(moved, ahead)
            late = [number for number in late[len(moved) :] if number < at]
            standing[place:] = moved
        kept = self._cut(standing, late, early, at, max(1, waited))
        if kept < len(standing):
            at = min(standing[kept:])
        done = {number for number in (*start.early, *standing[:kept], *ahead) if number >= at}
        late = [number for number in late if number < at]
        behind = [*takewhile(lambda number: self.units[number].is_turned, late)]
        following = Stand(at, tuple(late[len(behind) :]), frozenset(done))
        return self.draft(standing[:kept], start, ahead, behind), following

    def _waited(self, waiting: Sequence[int], room: float) -> list[int]:
        """Return the floats that have waited and fit on a page: at least one."""
        units, standing = self.units, list[int]()
        for number in waiting:
            if units[number].is_turned:
                break
            if standing and self.height([*standing, number]) > room:
                while len(standing) > 1 and not _may_part(units[standing[-1]], units[number]):
                    number = standing.pop()
                break
            standing.append(number)
        return standing

    def _together(self, late: Sequence[int]) -> int:
        """Return how many of these are the first float and its notes."""
        notes = takewhile(lambda number: self.units[number].trails, late[1:])
        return 1 + sum(1 for _ in notes)

    def _run(
        self, standing: list[int], late: list[int], early: Set[int], at: int, room: float
    ) -> tuple[int, float]:
        """Put units on a page while they fit; return the next one and the page's height."""
        units, height = self.units, self.height(standing)
        if late and units[late[0]].trails:  # the notes of what stands here go on
            return at, height
        for number in range(at, len(units)):
            unit = units[number]
            if early and number in early:
                continue
            if standing and (unit.begins_page or not unit.comes_past(late, units)):
                return number, height
            needed = unit.height if standing else unit.at_head
            fits = height + needed - unit.below <= room + ROUNDING or not standing
            if (unit.floats and (late or not fits or unit.is_turned)) or (unit.trails and late):
                late.append(number)
            elif fits:
                standing.append(number)
                height += needed
            else:
                return number, height
        return len(units), height

    def _has_text_left(self, late: Sequence[int], at: int) -> bool:
        """Tell whether text may still come forward past these."""
        units = self.units
        if at == len(units) or units[at].begins_page:
            return False
        return units[at].comes_past(late, units)

    def _goes_ahead(
        self, standing: Sequence[int], late: Sequence[int], at: int, left: float
    ) -> bool:
        """Tell whether the first float is on its side, and stands best before this page.

        All that stands here is text of its part, to which no text is left that would fill the page.
        """
        units = self.units
        if not late or not units[late[0]].is_turned or self._together(late) > 1:
            return False
        float_ = units[late[0]]
        if self._has_text_left(late, at) or (at < len(units) and left <= self._slack):
            return False
        return all(units[one].is_plain and units[one].part == float_.part for one in standing)

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
        if not float_.floats or float_.is_turned or self._has_text_left(late, at):
            return None
        height = sum(units[number].height for number in late[: self._together(late)])
        for place in range(len(standing) - 1, 0, -1):
            unit, above = units[standing[place]], units[standing[place - 1]]
            left += unit.height
            if not unit.is_plain or above.part != float_.part:
                return None
            if unit.joint is Joint.FREE and left >= height and not above.leads:
                return place
        return None

    def _cut(
        self, standing: Sequence[int], late: Sequence[int], early: Set[int], at: int, least: int
    ) -> int:
        """Return how many of these stay on a page that cannot hold the next unit."""
        units = self.units
        while at in early:
            at += 1
        joint = self._joint_at_foot(standing, late, at)
        reluctant = 0
        for kept in range(len(standing), least - 1, -1):
            if kept < len(standing):
                joint = joint_between(units[standing[kept - 1]], units[standing[kept]])
            if joint is Joint.FREE:
                return kept
            if joint is Joint.RELUCTANT:
                reluctant = reluctant or kept
        return reluctant or len(standing)

    def _joint_at_foot(self, standing: Sequence[int], late: Sequence[int], at: int) -> Joint:
        """Return how readily a page ends before the unit ``at``, or the floats that wait."""
        units = self.units
        if late and not self._has_text_left(late, at):
            return self._joint_before(late[0], standing, at)
        if at == len(units) or units[at].begins_page:
            return Joint.FREE
        return joint_between(units[standing[-1]], units[at]) if standing else units[at].joint

    def _joint_before(self, late: int, standing: Sequence[int], at: int) -> Joint:
        """Return how readily a page ends before a float that waits, with no text to come forward.

        A heading goes with it to the next page, if there is room for both. A signature under one
        on its side takes lines along.
        """
        units, float_ = self.units, self.units[late]
        if float_.is_turned:
            is_signed = at < len(units) and not units[at].begins_page
            return min(units[at].joint, Joint.RELUCTANT) if is_signed else Joint.FREE
        if not standing or standing[-1] + 1 != late or not units[late - 1].leads:
            return Joint.FREE
        first = late - 1
        while first > standing[0] and units[first].joint is not Joint.FREE:
            first -= 1
        fits = self.height(range(first, late + 1)) <= self.room + ROUNDING
        return Joint.NEVER if fits else Joint.FREE


def _may_part(above: Unit, below: Unit) -> bool:
    """Tell whether a page may end between two that have waited: notes leave no line alone."""
    return not (above.trails and below.trails and below.joint is not Joint.FREE)
