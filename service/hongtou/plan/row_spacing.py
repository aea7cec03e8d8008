"""Rows a little higher, so that a page is full which ends between two of them or has a whole table.

The blank goes into all rows at the foot alike, or of a whole table with its header, which takes
whole lines of the grid; every cell stays in the middle of its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from hongtou.bulletin.measure import mm_from_pt
from hongtou.plan.drafts import PageDraft
from hongtou.plan.fitting import FEW, Fitting, Step
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
            steps.append(_told(number, len(rows), more))
        else:
            for table, lines in _lines_in_tables(makeup, page, following, most):
                steps.append(_told(number, *_make_whole_higher(makeup, table, lines, setter)))
        if steps and steps[-1].page == number:
            pages[number] = makeup.draft(page.units, page.start, page.ahead, page.behind)
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


def _lines_in_tables(
    makeup: Makeup, page: PageDraft, following: PageDraft, most: float
) -> list[tuple[int, int]]:
    """Return whole tables of a page that ends short, with the lines that each can take.

    There are none where they do not fill it, nor bring it to a few lines.
    """
    left = int((makeup.room - page.height) / makeup.pitch + ROUNDING)  # whole ones alone have room
    rest, found = left, list[tuple[int, int]]()
    if left <= 0 or page.behind or not following.units:
        return []
    if makeup.units[following.units[0]].begins_page:  # that it ends here was asked for
        return []
    for number in reversed(page.units):
        block = makeup.units[number].block
        if isinstance(block, TablePlan) and makeup.units[number].floats:
            rows = len(block.header) + len(block.rows)
            lines = min(rest, int(most * rows / makeup.pitch + ROUNDING))
            rest -= lines
            found += [(number, lines)] if lines else []
    return found if not rest or left > FEW >= rest else []


def _make_whole_higher(
    makeup: Makeup, number: int, lines: int, setter: TextSetter
) -> tuple[int, float]:
    """Make a whole table so many lines higher; return its rows, and the points that each won."""
    unit = makeup.units[number]
    table = unit.block
    assert isinstance(table, TablePlan)
    count = len(table.header) + len(table.rows)
    more = lines * makeup.pitch / count
    header, rows = (_higher(rows, more, setter) for rows in (table.header, table.rows))
    head_lines = table.head_lines + len(header) * more / setter.pitch
    block = replace(table, header=header, rows=rows, head_lines=head_lines)
    height = unit.height + lines * makeup.pitch
    makeup.units[number] = unit._replace(block=block, height=height)
    return count, more


def _told(page: int, rows: int, more: float) -> Step:
    return Step(page, f"表格{rows}行各增高{mm_from_pt(more):.1f}毫米")


def _make_higher(makeup: Makeup, numbers: Sequence[int], more: float, setter: TextSetter) -> None:
    """Put rows that are so many points higher in the place of those with these numbers."""
    table = makeup.units[numbers[0]].block
    assert isinstance(table, TablePlan)
    first = makeup.units[numbers[0]].number
    end = first + len(numbers)
    rows = _higher(table.rows[first:end], more, setter)
    block = replace(table, rows=(*table.rows[:first], *rows, *table.rows[end:]))
    for number in numbers:
        unit = makeup.units[number]
        makeup.units[number] = unit._replace(block=block, height=unit.height + more)


def _higher(rows: Sequence[RowPlan], more: float, setter: TextSetter) -> tuple[RowPlan, ...]:
    """Return rows that are so many points higher."""
    higher = [replace(row, lines=row.lines + more / setter.pitch) for row in rows]
    return tuple(_in_the_middle(higher, at, setter) for at in range(len(higher)))


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
