"""What a table is: cells that may span, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "decimal"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and how many columns and rows it takes; ``align`` None is its column's."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; the cells of the header, and those of the rows, fill their columns without a hole.

    ``unit`` stands right over the table, ``notes`` under it. The last ``total_rows`` are totals.
    ``pointer`` is the JSON Pointer of its block.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[tuple[Cell, ...], ...] = ()
    align: tuple[Align, ...] = ()
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    total_rows: int = 0
    landscape: bool = False
    pointer: str = ""

    @property
    def columns(self) -> int:
        """Return how many columns the table has."""
        return sum(cell.colspan for cell in (self.header or self.rows)[0])
