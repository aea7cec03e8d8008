"""The rules of a table, by the edges of the boxes that WeasyPrint laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from hongtou.bulletin.measure import PX_PER_PT
from hongtou.pages.page import Rectangle

UNFRAMED = "data-unframed"  # of a row that stands over or under the framed ones


def table_rules(table: Any, frame: float, inner: float) -> Iterator[Rectangle]:
    """Yield one rectangle for each rule of the part of a table that stands on a page.

    The frame lies within the table, so that it stays within the type area; inner rules lie in
    the middle between two cells, and none goes through a cell that spans. Weights and what is
    returned are in points.
    """
    rows = [row for group in table.children for row in group.children if _is_framed(row)]
    if not rows:
        return
    left, width = table.border_box_x() / PX_PER_PT, table.border_width() / PX_PER_PT
    top = rows[0].position_y / PX_PER_PT
    height = (rows[-1].position_y + rows[-1].height) / PX_PER_PT - top
    yield from _inner_rules(rows, Rectangle(left, top, width, height), inner)
    yield Rectangle(left, top, width, frame)
    yield Rectangle(left, top + height - frame, width, frame)
    yield Rectangle(left, top, frame, height)
    yield Rectangle(left + width - frame, top, frame, height)


def _is_framed(row: Any) -> bool:
    return row.element is None or UNFRAMED not in row.element.attrib


def _inner_rules(rows: Sequence[Any], area: Rectangle, inner: float) -> Iterator[Rectangle]:
    owners, edges = _grid(rows)
    edges = [area.x, *edges[1:], area.x + area.width]
    tops = [*(row.position_y / PX_PER_PT for row in rows), area.y + area.height]
    for below in range(1, len(rows)):
        parted = [a != b for a, b in zip(owners[below - 1], owners[below], strict=True)]
        for first, end in _stretches(parted):
            y = tops[below] - inner / 2
            yield Rectangle(edges[first], y, edges[end] - edges[first], inner)
    columns = list(zip(*owners, strict=True))
    for right in range(1, len(columns)):
        parted = [a != b for a, b in zip(columns[right - 1], columns[right], strict=True)]
        for first, end in _stretches(parted):
            x = edges[right] - inner / 2
            yield Rectangle(x, tops[first], inner, tops[end] - tops[first])


def _grid(rows: Sequence[Any]) -> tuple[list[list[int]], list[float]]:
    """Return which cell takes each place of the grid, and the left edge of each column."""
    count = max(cell.grid_x + cell.colspan for row in rows for cell in row.children)
    owners = [[-1] * count for _ in rows]
    edges = [0.0] * count
    number = 0
    for at, row in enumerate(rows):
        for cell in row.children:
            number += 1
            edges[cell.grid_x] = cell.position_x / PX_PER_PT
            for reached in owners[at : at + cell.rowspan]:
                reached[cell.grid_x : cell.grid_x + cell.colspan] = [number] * cell.colspan
    return owners, edges


def _stretches(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of each stretch of what is wanted."""
    for is_wanted, members in groupby(range(len(wanted)), key=wanted.__getitem__):
        if is_wanted:
            numbers = list(members)
            yield numbers[0], numbers[-1] + 1
