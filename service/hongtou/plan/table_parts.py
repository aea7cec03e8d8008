"""The rows of a table that stand on one page, where a page ends among rows that a cell holds.

The cell ends with the page and is set again over its other rows on the next. That repetition is
in no tag, as the header is that is printed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hongtou.bulletin.table_grid import first_columns
from hongtou.plan.set_text import SetText
from hongtou.plan.table_rows import CellPlan, RowPlan
from hongtou.plan.texts import TextSetter


def part_of(
    rows: Sequence[RowPlan], first: int, end: int, columns: int, setter: TextSetter
) -> tuple[RowPlan, ...]:
    """Return rows from ``first`` to before ``end``, with the cells that reach into them."""
    if not any(row.is_reached for row in (*rows[first : first + 1], *rows[end : end + 1])):
        return tuple(rows[first:end])
    start, stop = first, end
    while rows[start].is_reached:
        start -= 1
    while stop < len(rows) and rows[stop].is_reached:
        stop += 1
    placed: list[list[tuple[int, CellPlan]]] = [[] for _ in range(first, end)]
    places = first_columns([row.cells for row in rows[start:stop]], columns)
    for number, at_columns in enumerate(places, start=start):
        for column, cell in zip(at_columns, rows[number].cells, strict=True):
            top, foot = max(number, first), min(number + cell.rowspan, end)
            if top < foot:
                lines = sum(row.lines for row in rows[top:foot])
                shown = _shown(cell, foot - top, lines * setter.pitch, setter, again=top > number)
                placed[top - first].append((column, shown))
    ordered = [sorted(cells, key=lambda one: one[0]) for cells in placed]
    return tuple(
        replace(row, cells=tuple(cell for _, cell in cells))
        for row, cells in zip(rows[first:end], ordered, strict=True)
    )


def _shown(
    cell: CellPlan, rowspan: int, height: float, setter: TextSetter, *, again: bool
) -> CellPlan:
    """Return a cell as it stands over so many rows; nothing is repeated that has no room there."""
    if rowspan == cell.rowspan:
        return cell
    if not again:
        text = setter.replaced(in_the_middle(cell.text, height))
        return cell._replace(text=text, rowspan=rowspan)
    fits = cell.text.lines and _content(cell.text) <= height
    text = setter.kept(in_the_middle(cell.text, height)) if fits else setter.blank(height)
    return cell._replace(text=text, rowspan=rowspan, all_rows=0)


def in_the_middle(text: SetText, height: float) -> SetText:
    """Return the text of a cell in the middle of another height (points)."""
    if not text.lines:
        return text._replace(heights=(height,))
    space = (height - _content(text)) / 2
    down = space - text.above
    heights = list(text.heights)
    heights[0] += down
    heights[-1] += space - text.below
    baselines = (text.baselines[0] + down, *text.baselines[1:])
    return text._replace(heights=tuple(heights), baselines=baselines, above=space, below=space)


def _content(text: SetText) -> float:
    """Return how high the lines of a cell are without the blank over and under them."""
    return text.height - text.above - text.below
