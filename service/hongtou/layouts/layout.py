"""A layout as it is used: every number of a page, with its strength and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hongtou.bulletin.finding import Strength
from hongtou.bulletin.measure import PT_PER_MM

SHARED = "_shared"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a layout in its unit, with how binding it is and where it comes from."""

    unit: str
    amount: Any
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How one kind of text is set: font role, size, pitch in grid lines, alignment, colour.

    ``indent`` and ``hanging`` are in characters of the style's own size: the first line's
    indent, and that of the lines after it. ``colour`` is a name of the layout's colours. A style
    that gives a part of a text another face has a role alone.
    """

    name: str
    role: str
    strength: Strength
    source: str
    size_pt: float = 0.0
    align: str = "justified"
    pitch: float = 1.0
    indent: float = 0.0
    hanging: float = 0.0
    colour: str = "text"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout folder, read and merged over the shared one."""

    name: str
    title: str
    summary: str
    folder: Path
    values: Mapping[str, Value]
    styles: Mapping[str, TypeStyle]
    digest: str

    def amount(self, key: str, unit: str) -> Any:
        """Return the value named ``table.name``, which must be given in this unit."""
        value = self.values[key]
        if value.unit != unit:
            raise KeyError(f"{key} is given in {value.unit}, not in {unit}")
        return value.amount

    def pt(self, key: str) -> float:
        """Return a length in points, whatever unit of length it is given in."""
        value = self.values[key]
        match value.unit:
            case "pt":
                return float(value.amount)
            case "mm":
                return float(value.amount) * PT_PER_MM
            case "lines":
                return float(value.amount) * self.pt("page.line_pitch")
            case "chars":
                return float(value.amount) * self.character_pt
        raise KeyError(f"{key} is not a length")

    def mm(self, key: str) -> float:
        """Return a length in millimetres, whatever unit of length it is given in."""
        return self.pt(key) / PT_PER_MM

    def lines(self, key: str) -> float:
        """Return a length in lines of the grid, whatever unit of length it is given in."""
        value = self.values[key]
        if value.unit == "lines":
            return float(value.amount)
        return self.pt(key) / self.pt("page.line_pitch")

    def em(self, key: str) -> float:
        """Return what is measured by the size of the type beside it."""
        return float(self.amount(key, "em"))

    def share(self, key: str) -> float:
        """Return a share of a whole, from 0 to 1."""
        return float(self.amount(key, "share"))

    def count(self, key: str) -> int:
        """Return a number of things."""
        return int(self.amount(key, "count"))

    def text(self, key: str) -> str:
        """Return a text that the layout prints, or the name of a choice."""
        return str(self.amount(key, "text"))

    @property
    def character_pt(self) -> float:
        """Return the width of one place of the character grid.

        Source: GB/T 9704-2012 §5.2.3, 28 characters across the type area.
        """
        return self.pt("page.type_area_width") / self.count("page.characters")
