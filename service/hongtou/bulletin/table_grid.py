"""Where the cells of a table stand when some of them take several columns or rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Spanning(Protocol):
    """What takes some columns and rows of a table."""

    @property
    def colspan(self) -> int:
        """Return how many columns it takes."""

    @property
    def rowspan(self) -> int:
        """Return how many rows it takes."""


class SpanFault(Exception):
    """A row, counted from 0, that its cells and those reaching into it do not fill exactly."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def first_columns(rows: Sequence[Sequence[Spanning]], columns: int) -> list[list[int]]:
    """Return the first column of every cell, row by row; each takes the first that is free.

    Raises:
        SpanFault: cells lie over one another, leave a hole, or reach below the last row.
    """
    free_from = [0] * columns  # the first row in which nothing from above takes the column
    placed: list[list[int]] = []
    for number, row in enumerate(rows):
        placed.append(_place_row(row, number, free_from))
        if min(free_from) <= number:
            raise SpanFault(number)
    if max(free_from) > len(rows):
        raise SpanFault(len(rows) - 1)
    return placed


def _place_row(row: Sequence[Spanning], number: int, free_from: list[int]) -> list[int]:
    at, firsts = 0, []
    for cell in row:
        while at < len(free_from) and free_from[at] > number:
            at += 1
        end = at + cell.colspan
        if end > len(free_from) or max(free_from[at:end]) > number:
            raise SpanFault(number)
        free_from[at:end] = [number + cell.rowspan] * cell.colspan
        firsts.append(at)
        at = end
    return firsts
