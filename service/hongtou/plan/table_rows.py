"""Rows of a table: as they are measured, and as they are planned and stand on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.plan.set_text import SetText
from hongtou.plan.table_cells import DraftRow


class RowDraft(NamedTuple):
    """A row that is measured and not yet kept; ``height`` in lines of the grid.

    A page may end before one that ``begins``; one that ``is_reached`` has cells that begin above.
    """

    cells: DraftRow
    height: int
    begins: bool
    is_reached: bool

    def opens_section(self, columns: int) -> bool:
        """Tell whether it is one cell across the table, over the rows that it is the title of."""
        is_one_cell = columns > 1 and len(self.cells) == 1  # none where all begin above
        return is_one_cell and self.cells[0].cell.colspan == columns


def height_of(rows: Sequence[RowDraft]) -> int:
    """Return how many lines of the grid rows take."""
    return sum(row.height for row in rows)


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
