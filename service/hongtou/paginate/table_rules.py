"""The rules of a table, by the edges of the boxes that WeasyPrint laid out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hongtou.bulletin.measure import PX_PER_PT
from hongtou.pages.page import Rectangle


def table_rules(table: Any, frame: float, inner: float) -> Iterator[Rectangle]:
    """Yield one rectangle for each rule of the part of a table that stands on a page.

    The frame lies within the table, so that it stays within the type area; inner rules lie in
    the middle between two cells. Weights and what is returned are in points.
    """
    left, top = table.border_box_x() / PX_PER_PT, table.border_box_y() / PX_PER_PT
    width, height = table.border_width() / PX_PER_PT, table.border_height() / PX_PER_PT
    rows = [row for group in table.children for row in group.children]
    for row in rows[1:]:
        yield Rectangle(left, row.position_y / PX_PER_PT - inner / 2, width, inner)
    for cell in rows[0].children[1:]:
        yield Rectangle(cell.position_x / PX_PER_PT - inner / 2, top, inner, height)
    yield Rectangle(left, top, width, frame)
    yield Rectangle(left, top + height - frame, width, frame)
    yield Rectangle(left, top, frame, height)
    yield Rectangle(left + width - frame, top, frame, height)
