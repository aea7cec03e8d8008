"""Pages as make-up drafts them: which units stand on each, and where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.plan.unit import Unit


class Stand(NamedTuple):
    """Where a page begins: the next unit, the floats that wait, and those that came before it."""

    at: int
    waiting: tuple[int, ...] = ()
    early: frozenset[int] = frozenset()

    def moved(self, by: int) -> Stand:
        """Return where it begins with so many units more before it."""
        if not self.waiting and not self.early:
            return Stand(self.at + by)
        waiting = tuple(number + by for number in self.waiting)
        return Stand(self.at + by, waiting, frozenset(number + by for number in self.early))


@dataclass(frozen=True, slots=True)
class PageDraft:
    """Units by their numbers as they stand on a page, how high they are, and how it began.

    ``ahead`` and ``behind`` are tables on their side that have the pages before it and after it.
    """

    units: Sequence[int]
    height: float
    start: Stand
    ahead: Sequence[int] = ()
    behind: Sequence[int] = ()

    def moved(self, by: int) -> PageDraft:
        """Return the page with so many units more before it."""
        if not by:
            return self
        units, ahead, behind = (
            _moved(numbers, by) for numbers in (self.units, self.ahead, self.behind)
        )
        return PageDraft(units, self.height, self.start.moved(by), ahead, behind)


class Swap(NamedTuple):
    """``length`` units from the ``first`` on that took the place of ``old`` ones."""

    first: int
    length: int
    old: list[Unit]


def _moved(numbers: Sequence[int], by: int) -> Sequence[int]:
    if isinstance(numbers, range):  # as on most pages
        return range(numbers.start + by, numbers.stop + by)
    return tuple(number + by for number in numbers)
