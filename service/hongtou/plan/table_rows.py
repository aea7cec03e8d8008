"""Rows of a table as they are planned: what stands on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hongtou.plan.set_text import SetText


class CellPlan(NamedTuple):
    """A cell: its text, as high as the rows that it takes on its page.

    ``align`` is left, centre, balanced, right or decimal (figures stand by their points).
    ``all_rows`` is how many it takes on all pages together: none, where it only repeats at the
    head of a page what it says before.
    """

    text: SetText
    colspan: int
    rowspan: int
    align: str
    all_rows: int


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: the cells that begin in it, and how many grid lines it takes.

    No page ends before one that ``stays``. One that ``is_reached`` has cells that begin above it.
    """

    cells: tuple[CellPlan, ...]
    lines: float
    stays: bool = False
    is_reached: bool = False
