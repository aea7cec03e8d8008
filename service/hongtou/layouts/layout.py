"""A layout: all numbers of a page, with their strengths and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hongtou.bulletin.finding import Strength
from hongtou.bulletin.measure import PT_PER_MM

SHARED = "_shared"
FILE = "layout.toml"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a layout with its unit, strength and source."""

    unit: str
    amount: Any
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """The style of a kind of text: font role, size, pitch in grid lines, alignment, colour.

    ``indent`` is the indent of the first line and ``hanging`` that of the others, in characters of
    this size. ``colour`` is a name of the layout's colours. A style for a part of a text, such as a
    lead-in, has only a role.
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
        """Return the value of the key ``table.name``.

        Raises:
            KeyError: it is not in this unit.
        """
        value = self.values[key]
        if value.unit != unit:
            raise KeyError(f"{key} is given in {value.unit}, not in {unit}")
        return value.amount

    def pt(self, key: str) -> float:
        """Return a length in points.

        Raises:
            KeyError: the value is not a length.
        """
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
        """Return a length in millimetres."""
        return self.pt(key) / PT_PER_MM

    def lines(self, key: str) -> float:
        """Return a length in lines of the grid."""
        value = self.values[key]
        if value.unit == "lines":
            return float(value.amount)
        return self.pt(key) / self.pt("page.line_pitch")

    def em(self, key: str) -> float:
        """Return a length in em, the size of the type at its place."""
        return float(self.amount(key, "em"))

    def share(self, key: str) -> float:
        """Return a share of a whole, from 0 to 1."""
        return float(self.amount(key, "share"))

    def count(self, key: str) -> int:
        """Return a count."""
        return int(self.amount(key, "count"))

    def text(self, key: str) -> str:
        """Return a text that the layout prints, or the name of a choice."""
        return str(self.amount(key, "text"))

    @property
    def colours(self) -> dict[str, tuple[int, int, int]]:
        """Return red, green and blue, 0 to 255, of all colours by the names that pages use."""
        named = {
            key.removeprefix("colour."): str(value.amount)
            for key, value in self.values.items()
            if value.unit == "colour"
        }
        return {name: _levels(written) for name, written in named.items()}

    @property
    def character_pt(self) -> float:
        """Return the width of a character on the grid, in points.

        Source: GB/T 9704-2012 §5.2.3, 28 characters across the type area.
        """
        return self.pt("page.type_area_width") / self.count("page.characters")


def _levels(written: str) -> tuple[int, int, int]:
    """Return the levels of a colour that is written #rrggbb."""
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue
