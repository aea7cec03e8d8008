"""Rows a little higher where a page ends between two of them: no next row fits what is left.

The blank goes into all rows of the page alike, and every cell stays in the middle of its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from hongtou.bulletin.measure import mm_from_pt
from hongtou.plan.drafts import PageDraft
from hongtou.plan.fitting import Fitting, Step
from hongtou.plan.makeup import Makeup
from hongtou.plan.table_parts import in_the_middle
from hongtou.plan.table_rows import RowPlan
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING


def with_higher_rows(fitting: Fitting, setter: TextSetter) -> Fitting:
    """Return pages that end with the grid where rows can be so much higher; the texts are kept."""
    makeup, steps = fitting.makeup.copied(), list[Step]()
    pages = list(fitting.pages)
    most = setter.layout.pt("copyfit.most_row_space")
    for number, (page, following) in enumerate(pairwise(fitting.pages)):
        rows = _rows_at_foot(makeup, page, following)
        left = int(makeup.room / makeup.pitch + ROUNDING) * makeup.pitch - page.height
        if rows and makeup.pitch <= left <= most * len(rows) + ROUNDING:
            more = left / len(rows)
            _make_higher(makeup, rows, more, setter)
            pages[number] = makeup.draft(page.units, page.start, page.ahead, page.behind)
            steps.append(Step(number, f"表格{len(rows)}行各增高{mm_from_pt(more):.1f}毫米"))
    return replace(fitting, makeup=makeup, pages=pages, steps=(*fitting.steps, *steps))


def _rows_at_foot(makeup: Makeup, page: PageDraft, following: PageDraft) -> list[int]:
    """Return the rows with which a page ends, where the next begins with one of their table."""
    if not page.units or not following.units or page.behind:
        return []
    table = makeup.units[following.units[0]].block
    if not isinstance(table, TablePlan):
        return []
    return [
        *takewhile(lambda number: makeup.units[number].block is table, reversed(page.units)),
    ][::-1]


def _make_higher(makeup: Makeup, numbers: Sequence[int], more: float, setter: TextSetter) -> None:
    """Put rows that are so many points higher in the place of those with these numbers."""
    table = makeup.units[numbers[0]].block
    assert isinstance(table, TablePlan)
    first = makeup.units[numbers[0]].number
    end = first + len(numbers)
    higher = [replace(row, lines=row.lines + more / setter.pitch) for row in table.rows[first:end]]
    rows = [_in_the_middle(higher, at, setter) for at in range(len(higher))]
    block = replace(table, rows=(*table.rows[:first], *rows, *table.rows[end:]))
    for number in numbers:
        unit = makeup.units[number]
        makeup.units[number] = unit._replace(block=block, height=unit.height + more)


def _in_the_middle(rows: Sequence[RowPlan], at: int, setter: TextSetter) -> RowPlan:
    """Return one of these rows with its cells in the middle of those that each takes.

    One that goes on over the page is set anew where the page is known (`table_parts.py`).
    """
    cells = []
    for cell in rows[at].cells:
        if at + cell.rowspan <= len(rows):
            height = sum(row.lines for row in rows[at : at + cell.rowspan]) * setter.pitch
            cell = cell._replace(text=setter.replaced(in_the_middle(cell.text, height)))
        cells.append(cell)
    return replace(rows[at], cells=tuple(cells))
