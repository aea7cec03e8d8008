"""Pages as make-up drafts them: which units stand on each, and where the next one begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hongtou.plan.unit import Unit


class Stand(NamedTuple):
    """Where a page begins: the next unit, the floats that wait, and those that came before it."""

    at: int
    waiting: tuple[int, ...] = ()
    early: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PageDraft:
    """Units by their numbers as they stand on a page, how high they are, and how it began.

    ``ahead`` and ``behind`` are tables on their side that have the pages before it and after it.
    """

    units: tuple[int, ...]
    height: float
    start: Stand
    ahead: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()


class Swap(NamedTuple):
    """``count`` units from the ``first`` on that took the place of ``old`` ones."""

    first: int
    count: int
    old: list[Unit]
