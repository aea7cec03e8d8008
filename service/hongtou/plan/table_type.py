"""The type of a table: its size, and what its lines take of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class TableType:
    """The type of a table: how large it is, and how many lines of the grid a cell's lines take."""

    shrunk: float  # share of the size that the layout's styles have
    size: float
    line_pitch: float
    row_padding: float
    grid_pitch: float
    padding: float  # beside the text of a cell, on both its sides together
    is_close: bool  # whether that is the least

    @classmethod
    def of(cls, setter: TextSetter, shrunk: float, *, is_close: bool = False) -> TableType:
        """Return the type of a layout's tables, or that made smaller, or nearer to the rules."""
        layout = setter.layout
        size = layout.styles["table_cell"].size_pt
        return cls(
            shrunk,
            size * shrunk,
            layout.pt("table.line_pitch") * shrunk,
            layout.em("table.row_padding") * size * shrunk,
            setter.pitch,
            padding_of(setter, is_close=is_close),
            is_close,
        )

    def rows(self, lines: int) -> int:
        """Return how many lines of the grid a cell of this many lines takes, at least one."""
        return max(1, ceil(self._needed(lines) - 1e-6))

    def close_rows(self, lines: int, closeness: float) -> float:
        """Return the same, by this share nearer to what the cell needs."""
        whole = self.rows(lines)
        return whole - closeness * (whole - self._needed(lines)) if closeness else whole

    def _needed(self, lines: int) -> float:
        height = self.size + (lines - 1) * self.line_pitch + 2 * self.row_padding
        return height / self.grid_pitch


def padding_of(setter: TextSetter, *, is_close: bool = False) -> float:
    """Return what stands beside the text of a cell, on both its sides together, in points."""
    return 2 * setter.layout.pt("table.least_cell_padding" if is_close else "table.cell_padding")
