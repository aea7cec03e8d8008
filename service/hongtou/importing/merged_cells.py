"""Merged cells (合并单元格): rows as a file has them → a grid → cells as the contract has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

MAX_SPAN = 60  # columns or rows; more is a fault of the file


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one: the place of the first in the grid, and how many rows and columns."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Cell:
    """A cell as a file has it, with how many columns and rows it takes, and pictures in it."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    pictures: list[str] = field(default_factory=list)


def spanned(written: str | None) -> int:
    """Return how many columns or rows an attribute says; 1 where it says nothing sensible."""
    count = int(written) if written and written.isdecimal() and len(written) < 4 else 1
    return count if 1 <= count <= MAX_SPAN else 1


def opened(
    rows: Sequence[Sequence[Cell]],
) -> tuple[list[list[str]], tuple[Merged, ...]]:
    """Return the grid, in which a merged cell's text stands in its first, and what is merged."""
    texts: dict[tuple[int, int], str] = {}
    merged = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in texts:
                column += 1
            depth, columns = min(cell.rows, len(rows) - at), 1
            while columns < cell.columns and (at, column + columns) not in texts:
                columns += 1  # as far as nothing reaches down there
            texts |= dict.fromkeys(_places(at, column, depth, columns), "")
            texts[at, column] = cell.text
            if depth * columns > 1:
                merged.append(Merged(at, column, depth, columns))
            column += columns
    width = max((column + 1 for _, column in texts), default=0)
    grid = [[texts.get((at, column), "") for column in range(width)] for at in range(len(rows))]
    return grid, tuple(merged)


def header_rows(merged: Sequence[Merged], most: int) -> int:
    """Return how many rows of a table are its header, ``most`` at the most.

    They are those that cells of its first row reach into, and cells of these. Columns under one
    head have heads of their own in the row below.
    """
    first = [one for one in merged if one.row == 0]
    heads = max((max(one.rows, 2 if one.columns > 1 else 1) for one in first), default=1)
    for one in merged:  # in the order of their rows
        if one.row < heads:
            heads = max(heads, one.row + one.rows)
    return heads if heads <= most else 1


def parted(merged: Sequence[Merged], at: int) -> list[Merged]:
    """Return what is merged in two where it reaches from the header into the rows below."""
    reaches = [one for one in merged if one.row < at < one.row + one.rows]
    return [
        *(one for one in merged if one not in reaches),
        *(replace(one, rows=at - one.row) for one in reaches),
        *(replace(one, row=at, rows=one.row + one.rows - at) for one in reaches),
    ]


def cells(
    grid: Sequence[Sequence[str]], merged: Sequence[Merged], start: int, end: int
) -> list[list[Any]]:
    """Return rows of a grid as the contract has them: what is merged is one cell with its spans."""
    by_place = {(one.row, one.column): one for one in merged}
    covered = {
        place
        for one in merged
        for place in _places(one.row, one.column, one.rows, one.columns)
        if place != (one.row, one.column)
    }
    return [
        [
            _cell(text, by_place.get((at, column)))
            for column, text in enumerate(grid[at])
            if (at, column) not in covered
        ]
        for at in range(start, end)
    ]


def _cell(text: str, merged: Merged | None) -> str | dict[str, Any]:
    if merged is None or merged.rows == merged.columns == 1:
        return text
    spans = {"colspan": merged.columns, "rowspan": merged.rows}
    return {"text": text, **{key: count for key, count in spans.items() if count > 1}}


def _places(row: int, column: int, rows: int, columns: int) -> list[tuple[int, int]]:
    return [(row + down, column + right) for down in range(rows) for right in range(columns)]
