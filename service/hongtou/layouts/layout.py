"""The layouts of `layouts/`: every number of a page, with its strength and its source."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.finding import Strength
from hongtou.bulletin.measure import PT_PER_MM, TYPE_SIZES_PT
from hongtou.resources import restore

SHARED = "_shared"
ALIGNMENTS = ("justified", "left", "centre", "right", "balanced", "spaced", "spread")
UNITS = ("mm", "pt", "em", "lines", "chars", "count", "text", "colour", "flag")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a layout in its unit, with how binding it is and where it comes from."""

    unit: str
    amount: Any
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How one kind of text is set: font role, size, pitch in grid lines, alignment.

    ``indent`` and ``hanging`` are in characters of the style's own size: the first line's
    indent, and that of the lines after it.
    """

    name: str
    role: str
    size_pt: float
    align: str
    strength: Strength
    source: str
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

    @property
    def character_pt(self) -> float:
        """Return the width of one place of the character grid.

        Source: GB/T 9704-2012 §5.2.3, 28 characters across the type area.
        """
        return self.pt("page.type_area_width") / int(self.amount("page.characters", "count"))


def open_layouts(folder: Path) -> dict[str, Layout]:
    """Return every layout of the folder by name, in name order; SetupError if one is not whole."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != SHARED)
    return {name: read_layout(folder, name) for name in names}


def read_layout(folder: Path, name: str) -> Layout:
    """Read one layout over the shared values and check that it is whole."""
    try:
        shared = tomllib.loads((folder / SHARED / "layout.toml").read_text(encoding="utf-8"))
        own = tomllib.loads((folder / name / "layout.toml").read_text(encoding="utf-8"))
        about = own["layout"]
        tables = _merged(shared, own)
        styles = {key: _type_style(key, table) for key, table in tables.pop("style").items()}
        values = {
            f"{table}.{key}": _value(entry)
            for table, entries in tables.items()
            for key, entry in entries.items()
            if isinstance(entry, dict)
        }
        return Layout(
            name=name,
            title=about["title"],
            summary=about["summary"],
            folder=folder / name,
            values=values,
            styles=styles,
            digest=_digest(folder, name),
        )
    except (OSError, KeyError, ValueError, TypeError) as cause:
        raise SetupError(
            f"版式 {name} 不完整：{cause}",
            hint=f"请对照 {folder / SHARED / 'layout.toml'} 修改 {folder / name / 'layout.toml'}；"
            f"随附的版式可以恢复：{restore('layouts', folder, f'{name}/layout.toml')}",
        ) from cause


def _merged(shared: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = {table: dict(entries) for table, entries in shared.items()}
    for table, entries in own.items():
        target = merged.setdefault(table, {})
        for key, entry in entries.items():
            if table == "style" and key in target:
                entry = {**target[key], **entry}
            target[key] = entry
    return merged


def _value(entry: dict[str, Any]) -> Value:
    units = [key for key in entry if key in UNITS]
    if len(units) != 1 or set(entry) != {units[0], "strength", "source"}:
        raise ValueError(f"a value needs one unit, strength and source: {entry}")
    return Value(units[0], entry[units[0]], Strength(entry["strength"]), entry["source"])


def _type_style(name: str, table: dict[str, Any]) -> TypeStyle:
    fields = dict(table)
    size = fields.pop("size", None)
    style = TypeStyle(
        name=name,
        size_pt=TYPE_SIZES_PT[size] if size else 0.0,
        strength=Strength(fields.pop("strength")),
        **fields,
    )
    if style.align not in ALIGNMENTS:
        raise ValueError(f"style {name}: align {style.align} is none of {ALIGNMENTS}")
    return style


def _digest(folder: Path, name: str) -> str:
    digest = hashlib.sha256()
    for part in (SHARED, name):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                digest.update(f"{part}/{path.relative_to(folder / part)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
