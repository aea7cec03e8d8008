"""`layout.toml` → Layout: read, merged over the shared file, and checked."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.finding import Strength
from hongtou.bulletin.measure import TYPE_SIZES_PT
from hongtou.bulletin.system_errors import reason_of
from hongtou.layouts.check import file_faults, missing
from hongtou.layouts.fitting import misfits
from hongtou.layouts.keys import ABOUT, LAYOUT, STYLE
from hongtou.layouts.layout import FILE, SHARED, Layout, TypeStyle, Value
from hongtou.layouts.refusal import refuse
from hongtou.layouts.units import UNITS
from hongtou.resources import reinstall

Tables = dict[str, dict[str, Any]]
Checked = tuple[Tables, list[tuple[str, str]]]  # faults, with their file


def open_layouts(folder: Path) -> dict[str, Layout]:
    """Return all layouts of a folder by name, sorted; a hidden folder is none (.git).

    Raises:
        SetupError: there is none, or one is incomplete or faulty.
    """
    found = (path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    names = sorted(name for name in found if name != SHARED)
    if not names:
        hint = f"请放入 {SHARED} 与各版式的目录，或运行 {reinstall()}"
        raise SetupError(f"{folder} 里没有版式", hint=hint)
    shared = _checked(folder, names[0], SHARED)
    return {name: read_layout(folder, name, shared) for name in names}


def read_layout(folder: Path, name: str, read: Checked | None = None) -> Layout:
    """Read a layout over the shared values, which may have been ``read`` already.

    Raises:
        SetupError: it is incomplete or faulty; the message names the faults.
    """
    shared, shared_faults = read or _checked(folder, name, SHARED)
    own, own_faults = _checked(folder, name, name)
    faults = [*shared_faults, *own_faults]
    if faults:
        refuse(folder, name, faults)
    tables = _merged(shared, own, source=f"{name}/{FILE}")
    lacking = [
        (_file(SHARED if of_shared else name), fault) for of_shared, fault in missing(tables)
    ]
    if lacking:
        refuse(folder, name, lacking)
    layout = _layout(folder, name, tables)
    at_fault = _file(name if own.keys() - {LAYOUT} else SHARED)
    misfitting = [(at_fault, f"[{table}] {key} {fault}") for table, key, fault in misfits(layout)]
    if misfitting:
        refuse(folder, name, misfitting)
    return layout


def file_with(layout: Layout, table: str, key: str) -> str:
    """Return the file that gives a layout this value, as ``<folder>/layout.toml``."""
    own = _tables(layout.folder.parent, layout.name, layout.name)
    return _file(layout.name if key in own.get(table, {}) else SHARED)


def _file(part: str) -> str:
    return f"{part}/{FILE}"


def _checked(folder: Path, name: str, part: str) -> Checked:
    """Return the tables of a file and its faults."""
    tables = _tables(folder, name, part)
    return tables, [(_file(part), fault) for fault in file_faults(tables, shared=part == SHARED)]


def _tables(folder: Path, name: str, part: str) -> Tables:
    try:
        return tomllib.loads((folder / part / FILE).read_text(encoding="utf-8"))
    except OSError as cause:
        refuse(folder, name, [(_file(part), f"读不了：{reason_of(cause)}")], cause)
    except ValueError as cause:  # not UTF-8, or not TOML
        refuse(folder, name, [(_file(part), f"不是 UTF-8 的 TOML：{cause}")], cause)


def _merged(shared: Tables, own: Tables, source: str) -> Tables:
    """Return the tables of both files; values are replaced as a whole, styles key by key.

    If a layout changes a style without a source, the layout itself becomes the source.
    """
    merged = {table: dict(entries) for table, entries in shared.items()}
    for table, entries in own.items():
        target = merged.setdefault(table, {})
        for key, entry in entries.items():
            if table == STYLE:
                said = {"strength": Strength.PRACTICE.value, "source": source}
                entry = {**target.get(key, {}), **said, **entry}
            target[key] = entry
    return merged


def _layout(folder: Path, name: str, tables: Tables) -> Layout:
    about = {key: tables[LAYOUT].pop(key) for key in ABOUT}
    styles = tables.pop(STYLE)
    return Layout(
        name=name,
        folder=folder / name,
        values={
            f"{table}.{key}": _value(entry)
            for table, entries in tables.items()
            for key, entry in entries.items()
        },
        styles={key: _type_style(key, table) for key, table in styles.items()},
        digest=_digest(folder, name),
        **about,
    )


def _value(entry: dict[str, Any]) -> Value:
    unit = next(name for name in entry if name in UNITS)
    return Value(unit, entry[unit], Strength(entry["strength"]), entry["source"])


def _type_style(name: str, table: dict[str, Any]) -> TypeStyle:
    fields = {key: value for key, value in table.items() if key != "size"}
    fields["strength"] = Strength(fields["strength"])
    style = TypeStyle(name=name, **fields)
    return replace(style, size_pt=TYPE_SIZES_PT[table["size"]]) if "size" in table else style


def _digest(folder: Path, name: str) -> str:
    digest = hashlib.sha256()
    for part in (SHARED, name):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                digest.update(f"{part}/{path.relative_to(folder / part)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
