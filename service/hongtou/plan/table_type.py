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

    @classmethod
    def of(cls, setter: TextSetter, shrunk: float) -> TableType:
        """Return the type of a layout's tables, or that type made smaller."""
        layout = setter.layout
        size = layout.styles["table_cell"].size_pt
        return cls(
            shrunk,
            size * shrunk,
            layout.pt("table.line_pitch") * shrunk,
            layout.em("table.row_padding") * size * shrunk,
            setter.pitch,
        )

    def rows(self, lines: int) -> int:
        """Return how many lines of the grid a cell of this many lines takes, at least one."""
        height = self.size + (lines - 1) * self.line_pitch + 2 * self.row_padding
        return max(1, ceil(height / self.grid_pitch - 1e-6))
