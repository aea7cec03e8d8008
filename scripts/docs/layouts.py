"""Write the tables of ``docs/layouts.md``: every key of a layout, as the code declares it.

What stands above `MARK` is written by hand and stays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hongtou.bulletin.finding import Strength
from hongtou.bulletin.measure import TYPE_SIZES_PT
from hongtou.layouts.keys import ABOUT, LAYOUT, TABLES, Key
from hongtou.layouts.styles import ALIGNMENTS, ROLES, STYLE_KEYS, STYLES, keys_of
from hongtou.layouts.units import UNITS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "layouts.md"
SHARED = ROOT / "layouts" / "_shared" / "layout.toml"
MARK = "<!-- 以下由 make docs 从代码写出，不要手改 -->\n"
NONE = "—"
STRENGTHS = {
    Strength.REQUIRED: "标准说必须如此",
    Strength.GENERAL: "标准说一般如此",
    Strength.RECOMMENDED: "标准推荐",
    Strength.PRACTICE: "标准没有说，是自己或同行的做法",
}


def page() -> str:
    """Return the page: what was written by hand, and the tables."""
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    return f"{written}{MARK}\n" + "\n".join(_sections())


def _sections() -> Iterator[str]:
    shared = tomllib.loads(SHARED.read_text(encoding="utf-8"))
    sizes = ((name, f"{size:g} 点") for name, size in TYPE_SIZES_PT.items())
    strengths = ((strength.value, meaning) for strength, meaning in STRENGTHS.items())
    yield "## 单位\n\n" + _table(("单位", "意思"), _coded(UNITS.items()))
    yield "## 约束力\n\n" + _table(("`strength`", "意思"), strengths)
    yield "## 每一个键\n"
    yield from (_values(name, shared.get(name, {})) for name in TABLES)
    yield "## 样式\n"
    yield "### 样式的键\n\n" + _table(("键", "意思", "值", "省略时"), _style_keys())
    yield "### 字体角色\n\n" + _table(("`role`", "现有字体"), _coded(ROLES.items()))
    yield "### 字号\n\n" + _table(("`size`", "大小"), sizes)
    yield "### 对齐\n\n" + _table(("`align`", "意思"), _coded(ALIGNMENTS.items()))
    yield "### 每一个样式\n\n" + _table(
        ("样式", "排什么", "见于", *(f"`{key}`" for key in STYLE_KEYS)), _styles(shared["style"])
    )


def _values(name: str, shared: Mapping[str, Any]) -> str:
    table = TABLES[name]
    rows = [_row(key, declared, shared.get(key)) for key, declared in table.keys.items()]
    if name == LAYOUT:
        plain = (
            (f"`{key}`", meaning, "文字", "各版式必写", f"至多 {most} 字", NONE, NONE)
            for key, (meaning, most) in ABOUT.items()
        )
        rows = [*plain, *rows]
    head = ("键", "意思", "单位", "默认", "范围", "约束力", "出处")
    return f"### `[{name}]` {table.title}\n\n见于：{table.place}。\n\n" + _table(head, rows)


def _row(name: str, key: Key, entry: Mapping[str, Any] | None) -> tuple[str, ...]:
    units = "、".join(f"`{unit}`" for unit in key.units)
    if entry is None:
        return f"`{name}`", key.meaning, units, "各版式必写", _bounds(key), NONE, NONE
    unit = next(unit for unit in key.units if unit in entry)
    default = f"`{_toml(entry[unit])}` {unit if len(key.units) > 1 else ''}".rstrip()
    return (
        f"`{name}`",
        key.meaning,
        units,
        default,
        _bounds(key),
        entry["strength"],
        entry["source"],
    )


def _bounds(key: Key) -> str:
    if key.choices:
        return "、".join(f"`{choice}`" for choice in key.choices)
    if key.units == ("text",):
        return f"至多 {key.high:g} 字"
    if not key.high:
        return NONE
    return f"{key.low:g} 至 {key.high:g}{' 毫米' if len(key.units) > 1 else ''}"


def _style_keys() -> Iterator[tuple[str, ...]]:
    for name, key in STYLE_KEYS.items():
        bounds = f"，{key.low:g} 至 {key.high:g}" if key.high else ""
        default = f"`{key.default}`" if key.default else "不能省"
        yield f"`{name}`", key.meaning, key.unit + bounds, default


def _styles(shared: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for name, style in STYLES.items():
        known, written = keys_of(style), shared[name]
        values = (
            str(written.get(key, STYLE_KEYS[key].default)) if key in known else NONE
            for key in STYLE_KEYS
        )
        yield f"`{name}`", style.meaning, style.place, *values


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _coded(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((f"`{name}`", meaning) for name, meaning in rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
