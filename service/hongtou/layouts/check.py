"""The faults of a layout.toml, all at once, with what to write for every misspelt name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import category

from hongtou.bulletin.finding import Strength, printable
from hongtou.bulletin.likeness import nearest
from hongtou.bulletin.measure import TYPE_SIZES_PT
from hongtou.layouts.keys import ABOUT, LAYOUT, STYLE, TABLES, Key
from hongtou.layouts.styles import ALIGNMENTS, ROLES, STYLE_KEYS, STYLES, keys_of
from hongtou.layouts.units import UNITS

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SAID = ("strength", "source")  # entries of every value and every style
SOURCE_CHARS = 200
PLATES = 4  # cyan, magenta, yellow, black
BEYOND = 1e9  # larger than any number of a page; it excludes infinity and NaN too
INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
CHOICES: Mapping[str, Iterable[str]] = {
    "role": ROLES,
    "size": TYPE_SIZES_PT,
    "align": ALIGNMENTS,
    "colour": TABLES["colour"].keys,
}
STRENGTHS = tuple(strength.value for strength in Strength)

Tables = Mapping[str, Any]


def file_faults(tables: Tables, *, shared: bool) -> list[str]:
    """Return the faults of a single file: names, units, types and bounds."""
    faults: list[str] = []
    for name, table in tables.items():
        if name != STYLE and name not in TABLES:
            faults.append(f"[{printable(name)}] 没有这个表{_instead(name, (*TABLES, STYLE))}")
        elif not isinstance(table, dict):
            faults.append(f"[{name}] 应是一个表")
        elif name == LAYOUT and shared:
            faults.append(f"[{name}] 只能写在各版式自己的文件里")
        elif name == STYLE:
            faults += _styles_faults(table, shared=shared)
        else:
            faults += _table_faults(name, table)
    return faults


def missing(tables: Tables) -> Iterator[tuple[bool, str]]:
    """Yield what the merged tables lack: whether it belongs to the shared file, and a message."""
    for name, table in TABLES.items():
        wanted = (*ABOUT, *table.keys) if name == LAYOUT else table.keys
        for key in wanted:
            if key not in tables.get(name, {}):
                yield name != LAYOUT, f"[{name}] 缺 {key}"
    styles = tables.get(STYLE, {})
    for name, style in STYLES.items():
        for key in keys_of(style):
            if not STYLE_KEYS[key].default and key not in styles.get(name, {}):
                yield True, f"[{STYLE}.{name}] 缺 {key}"


def _table_faults(name: str, table: Tables) -> Iterator[str]:
    known = TABLES[name].keys
    about = ABOUT if name == LAYOUT else {}
    for key, entry in table.items():
        place = f"[{name}] {printable(key)}"
        if key in about:
            yield from _placed(place, _text_fault(entry, about[key][1]))
        elif key in known:
            yield from (f"{place} {fault}" for fault in _entry_faults(entry, known[key]))
        else:
            yield f"{place} 没有这个键{_instead(key, (*about, *known))}"


def _entry_faults(entry: Any, key: Key) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f'要写成 {{ {key.units[0]} = 值, strength = "实务", source = "出处" }}'
        return
    units = [name for name in entry if name in UNITS]
    strange = [name for name in entry if name not in UNITS and name not in SAID]
    for name in strange:
        yield f"里没有 {printable(name)} 这一项{_instead(name, (*key.units, *SAID))}"
    if len(units) > 1 or not (units or strange):
        yield f"要有且只有一个单位，可用 {'、'.join(key.units)}"
    elif units and units[0] not in key.units:
        yield f"不能用单位 {units[0]}，可用 {'、'.join(key.units)}{_near(units[0], key.units)}"
    elif units:
        yield from _placed(units[0], _amount_fault(entry[units[0]], units[0], key))
    yield from (f"缺 {name}" for name in SAID if name not in entry)
    yield from _said_faults(entry)


def _amount_fault(amount: Any, unit: str, key: Key) -> str:
    match unit:
        case "flag":
            return "" if isinstance(amount, bool) else "应是 true 或 false"
        case "colour":
            return _colour_fault(amount)
        case "cmyk":
            return _ink_fault(amount, key)
        case "text" if key.choices:
            return _choice_fault(amount, key.choices)
        case "text":
            return _text_fault(amount, int(key.high))
    fault = _number_fault(amount)
    if not fault and key.whole and not isinstance(amount, int):
        fault = f"应是整数，不是 {amount}"
    if fault or len(key.units) > 1:  # `fitting.py` checks the bounds of lengths
        return fault
    return _bounds_fault(amount, key.low, key.high)


def _styles_faults(styles: Tables, *, shared: bool) -> Iterator[str]:
    for name, table in styles.items():
        place = f"[{STYLE}.{printable(name)}]"
        if name not in STYLES:
            yield f"{place} 没有这个样式{_instead(name, STYLES)}"
        elif not isinstance(table, dict):
            yield f"{place} 应是一个表"
        else:
            yield from (f"{place} {fault}" for fault in _style_faults(name, table))
            if not shared and len(table.keys() & set(SAID)) == 1:
                yield f"{place} strength 与 source 要一起写"


def _style_faults(name: str, table: Tables) -> Iterator[str]:
    known = keys_of(STYLES[name])
    for key, value in table.items():
        if key not in STYLE_KEYS:
            yield f"{printable(key)} 没有这个键{_instead(key, known)}"
        elif key not in known:
            yield f"{key} 不用于这个样式，可用 {'、'.join(known)}"
        elif key in CHOICES:
            yield from _placed(key, _choice_fault(value, CHOICES[key]))
        elif key not in SAID:
            rule = STYLE_KEYS[key]
            fault = _number_fault(value) or _bounds_fault(value, rule.low, rule.high)
            yield from _placed(key, fault)
    yield from _said_faults(table)


def _said_faults(table: Tables) -> Iterator[str]:
    if "strength" in table:
        yield from _placed("strength", _choice_fault(table["strength"], STRENGTHS))
    if "source" in table:
        yield from _placed("source", _text_fault(table["source"], SOURCE_CHARS))


def _number_fault(amount: Any) -> str:
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        return f"应是数，不是 {_shown(amount)}"
    return "" if -BEYOND < amount < BEYOND else f"不能是 {_shown(amount)}"


def _bounds_fault(amount: float, low: float, high: float) -> str:
    return "" if low <= amount <= high else f"应在 {low:g} 与 {high:g} 之间，不是 {amount:g}"


def _colour_fault(value: Any) -> str:
    is_colour = isinstance(value, str) and COLOUR.fullmatch(value)
    return "" if is_colour else f"应写作 #rrggbb，不是 {_shown(value)}"


def _ink_fault(value: Any, key: Key) -> str:
    if not isinstance(value, list) or len(value) != PLATES:
        return f"应写作 [青, 品红, 黄, 黑]，不是 {_shown(value)}"
    faults = (_number_fault(share) or _bounds_fault(share, key.low, key.high) for share in value)
    return next(filter(None, faults), "")


def _choice_fault(value: Any, choices: Iterable[str]) -> str:
    known = tuple(choices)
    if isinstance(value, str) and value in known:
        return ""
    return f"没有 {_shown(value)}，可用 {'、'.join(known)}{_near(str(value), known)}"


def _text_fault(value: Any, max_chars: int) -> str:
    if not isinstance(value, str):
        return f"应是文字，不是 {_shown(value)}"
    if not value.strip():
        return "不能空着"
    if len(value) > max_chars or _has_invisible(value):
        return f"应是至多 {max_chars} 字的一行文字"
    return ""


def _has_invisible(text: str) -> bool:
    return not text.isprintable() and any(category(char) in INVISIBLE for char in text)


def _placed(place: str, fault: str) -> Iterator[str]:
    if fault:
        yield f"{place} {fault}"


def _instead(name: str, known: Iterable[str]) -> str:
    """Return what may be meant, or else all known names, as the end of a sentence."""
    names = tuple(known)
    return _near(name, names) or f"，可用 {'、'.join(names)}"


def _near(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"，最接近的是 {near}" if near else ""


def _shown(value: Any) -> str:
    return f"“{printable(str(value))}”"
