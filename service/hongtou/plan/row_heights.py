"""Heights of a table's rows: whole lines of the grid, or on turned pages less than these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hongtou.plan.table_cells import CellDraft, DraftRow
from hongtou.plan.table_groups import Span


class RowDraft(NamedTuple):
    """A row that is measured and not yet kept; ``height`` in lines of the grid.

    A page may end before one that ``begins``; one that ``is_reached`` has cells that begin above.
    """

    cells: DraftRow
    height: float
    begins: bool
    is_reached: bool

    def opens_section(self, columns: int) -> bool:
        """Tell whether it is one cell across the table, over the rows that it is the title of."""
        is_one_cell = columns > 1 and len(self.cells) == 1  # none where all begin above
        return is_one_cell and self.cells[0].cell.colspan == columns


class Heights(NamedTuple):
    """The heights of rows, which of them are reached by cells above, and what each cell takes."""

    rows: list[float]
    reached: list[bool]
    spans: list[Span]


def heights_of(
    drafts: Sequence[DraftRow], lines_of: Callable[[CellDraft], float], least: float
) -> Heights:
    """Return the heights of rows; who takes several makes all of them higher, in whole lines.

    Rows that need not be whole lines, of which ``least`` is none, share what is lacking alike.
    """
    heights, reached = [least] * len(drafts), [False] * len(drafts)
    spans = []
    for number, row in enumerate(drafts):
        for one in row:
            end = number + one.cell.rowspan
            reached[number + 1 : end] = [True] * (end - number - 1)
            spans.append(Span(number, end, lines_of(one)))
    for first, end, lines in sorted(spans, key=lambda span: span.end - span.first):
        lack = max(0.0, lines - sum(heights[first:end]))
        for at in range(first, end):
            more = lack // (end - at) if least == 1 else lack / (end - at)
            heights[at], lack = heights[at] + more, lack - more
    return Heights(heights, reached, spans)


def height_of(rows: Sequence[RowDraft]) -> float:
    """Return how high rows are together, in lines of the grid."""
    return sum(row.height for row in rows)
