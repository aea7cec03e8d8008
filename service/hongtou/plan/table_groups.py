"""Rows that cells which span them hold together, and where a page may end among them.

A short group stays whole. A tall one is parted where a row ends: the cell that holds it together
says on the next page again what the rows there belong to (`table_parts.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

FEWEST = 2  # rows of a group on either side: one alone is not seen as one of it


class Span(NamedTuple):
    """The rows that a cell takes, from ``first`` to before ``end``, and the lines of its text.

    Lines are those of the grid.
    """

    first: int
    end: int
    lines: float


@dataclass(frozen=True, slots=True)
class Groups:
    """What makes groups of rows: their heights in lines of the grid, and cells of several rows.

    Groups of up to ``whole`` lines are not parted, nor are others, down to single rows, but where
    they are higher than ``room``.
    """

    heights: Sequence[float]
    spans: Sequence[Span]
    whole: float
    room: float

    def beginnings(self) -> list[bool]:
        """Tell before which rows a page may end."""
        begins = self._open(self.whole, FEWEST)
        heights = list(accumulate(self.heights, initial=0))
        for first, end in runs(begins):
            if heights[end] - heights[first] > self.room:
                begins[first + 1 : end] = self._open(0, 1)[first + 1 : end]
        return begins

    def _open(self, whole: float, fewest: int) -> list[bool]:
        """Tell before which rows a page may end if groups are parted that are higher than this.

        Both parts of a cell have room for its text.
        """
        heights = list(accumulate(self.heights, initial=0))
        begins = [True] * len(self.heights)
        for first, end, lines in self.spans:
            is_tall = heights[end] - heights[first] > whole
            for row in range(first + 1, end):
                is_open = (
                    is_tall
                    and min(row - first, end - row) >= fewest
                    and min(heights[row] - heights[first], heights[end] - heights[row]) >= lines
                )
                begins[row] = begins[row] and is_open
        return begins


def runs(begins: Sequence[bool]) -> list[tuple[int, int]]:
    """Return (first, end) of each run that begins where it is told to; the first always does."""
    starts = [number for number, is_start in enumerate(begins) if is_start or number == 0]
    return list(pairwise([*starts, len(begins)]))
