"""Checks that the values of a layout fit together: bounds of lengths, and the grid on its page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.measure import mm_from_pt
from hongtou.layouts.keys import TABLES
from hongtou.layouts.layout import Layout
from hongtou.layouts.units import OF_PAPER

PLATE_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
RESERVED = {"All", "None", "Cyan", "Magenta", "Yellow", "Black"}  # ISO 32000-1 §8.6.6.4
ROUNDING = 1e-6  # mm, points, and lines of the grid

Misfit = tuple[str, str, str]  # table, key, message


def misfits(layout: Layout) -> list[Misfit]:
    """Return the misfits; lengths in lines and characters are checked only on a sound grid."""
    return (
        list(_out_of_bounds(layout, OF_PAPER))
        or list(_grid(layout))
        or [*_out_of_bounds(layout), *_masthead(layout), *_press(layout)]
    )


def _out_of_bounds(layout: Layout, units: tuple[str, ...] = ()) -> Iterator[Misfit]:
    """Yield all lengths out of bounds, or only those in these units."""
    for name, table in TABLES.items():
        for key, declared in table.keys.items():
            unit = layout.values[f"{name}.{key}"].unit
            if len(declared.units) < 2 or (units and unit not in units):
                continue
            length = layout.mm(f"{name}.{key}")
            if not declared.low - ROUNDING <= length <= declared.high + ROUNDING:
                bounds = f"{declared.low:g} 与 {declared.high:g} 毫米之间"
                yield name, key, f"应在 {bounds}，不是 {length:g} 毫米"


def _grid(layout: Layout) -> Iterator[Misfit]:
    """Yield misfits of the type area with the page, and of the grid with the type area."""
    pt = layout.pt
    if pt("page.binding_margin") + pt("page.type_area_width") > pt("page.width") + ROUNDING:
        yield "page", "type_area_width", "连同订口比纸宽"
    if pt("page.head_margin") + pt("page.type_area_height") > pt("page.height") + ROUNDING:
        yield "page", "type_area_height", "连同天头比纸高"
    folio = pt("folio.offset") + layout.styles["folio"].size_pt
    if pt("page.head_margin") + pt("page.type_area_height") + folio > pt("page.height") + ROUNDING:
        yield "folio", "offset", "太大：页码落到纸外"
    fitting = int(pt("page.type_area_height") / pt("page.line_pitch") + ROUNDING)
    if fitting != layout.count("page.lines"):
        yield "page", "lines", f"应是 {fitting}：版心高 ÷ 行距，取整"
    size = layout.styles["paragraph"].size_pt
    if size > layout.character_pt + ROUNDING:
        room = f"{mm_from_pt(size * layout.count('page.characters')):.1f} 毫米"
        yield "page", "characters", f"个正文字号（{size:g} 点）的字要 {room}，比版心宽"


def _masthead(layout: Layout) -> Iterator[Misfit]:
    """Yield misfits of the masthead: lines that overlap or are wider than the type area."""
    line, pt = layout.pt("page.line_pitch"), layout.pt
    if pt("masthead.nameplate_width") > pt("page.type_area_width") + ROUNDING:
        yield "masthead", "nameplate_width", "比版心宽"
    if pt("masthead.issuing_line_top") < pt("masthead.issue_line_top") + line - ROUNDING:
        yield "masthead", "issuing_line_top", "应比 issue_line_top 低一行以上"
    if pt("masthead.rule_top") < pt("masthead.issuing_line_top") + line - ROUNDING:
        yield "masthead", "rule_top", "应比 issuing_line_top 低一行以上"
    if pt("masthead.rule_top") + pt("masthead.rule_weight") > pt("masthead.height") + ROUNDING:
        yield "masthead", "rule_top", "连同线的粗细，超出 masthead.height"


def _press(layout: Layout) -> Iterator[Misfit]:
    """Yield misfits of what stands around a page for the press, and a wrong name of a plate."""
    pt = layout.pt
    if pt("press.mark_gap") < pt("press.bleed") - ROUNDING:
        yield "press", "mark_gap", "应不小于 bleed，裁切线才不印进出血里"
    if pt("press.edge") < pt("press.mark_gap") + pt("press.mark_length") - ROUNDING:
        yield "press", "edge", "放不下裁切线：应不小于 mark_gap 与 mark_length 之和"
    name = layout.text("ink.red_name")
    if not PLATE_NAME.fullmatch(name) or name in RESERVED:
        yield "ink", "red_name", "应由英文字母、数字与空格组成，且不是 Cyan、Black 等已有的版"
