"""Tables set on the grid: columns take whole characters, rows take whole lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from hongtou.bulletin.issue import Align, Table
from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

# What must not be parted in a cell: a number with its sign, its points and its per cent.
ALIGNED: dict[Align, str] = {"left": "left", "center": "centre", "right": "right"}
NUMBER = re.compile(r"[-+±−]?[0-9][0-9.,:/～~–−-]*[%％‰℃]?")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: its cells and how many grid lines it takes."""

    cells: tuple[SetText, ...]
    lines: int


class RowDraft(NamedTuple):
    """A row whose lines are set and not yet kept; ``height`` in lines of the grid."""

    style: str
    cells: Sequence[str]
    lines: Sequence[Sequence[SetLine]]
    height: int


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table or, of a landscape one, the part that stands on one page.

    ``widths`` are the columns' widths in characters of the grid. A part that ``continues`` the
    one before repeats its header.
    """

    caption: SetText | None
    header: RowPlan | None
    rows: tuple[RowPlan, ...]
    widths: tuple[int, ...]
    landscape: bool
    continues: bool = False


def plan_table(table: Table, setter: TextSetter) -> list[TablePlan]:
    """Set a table; a landscape one is cut into pages, each with the header again."""
    layout = setter.layout
    measure = layout.pt("page.type_area_height") if table.landscape else setter.measure
    characters = int(measure / layout.character_pt + 1e-6)
    widths = column_widths(table, characters, setter)
    if not table.landscape:
        part = _part(table, *_drafts(table, table.rows, widths, setter), widths, setter, first=True)
        return [_checked(part, table, layout.count("page.lines"), setter)]
    header, rows = _drafts(table, table.rows, widths, setter)
    parts: list[TablePlan] = []
    while rows:
        room = _room_on_its_side(table, widths, setter, first=not parts)
        taken = _rows_on_a_page(header, rows, room)
        part = _part(table, header, rows[:taken], widths, setter, first=not parts)
        parts.append(_checked(part, table, room, setter))
        rows = rows[taken:]
    return parts


def _checked(part: TablePlan, table: Table, room: int, setter: TextSetter) -> TablePlan:
    """Note an error where a row and the header over it take more lines than a page has."""
    header = part.header.lines if part.header else 0
    tallest = max(part.rows, key=lambda row: row.lines)
    if header + tallest.lines > room:
        opening = tallest.cells[0].text[:10] or "（空）"
        setter.refuse(
            "table/row-too-tall",
            table.pointer,
            f"表格中“{opening}”一行连同表头在一面里排不下",
            "请减少列数、精简单元格文字，或拆成几行",
        )
    return part


def column_widths(table: Table, characters: int, setter: TextSetter) -> tuple[int, ...]:
    """Share the measure out in whole characters, by what each column's longest cell wants.

    No column is narrower than its longest number, if the measure has room for all of them.
    """
    columns = max(len(row) for row in (table.header, *table.rows))
    narrowest = setter.layout.count("table.narrowest_column")
    wants, least = [0.0] * columns, [float(narrowest)] * columns
    for row in (table.header, *table.rows):
        for column, cell in enumerate(row):
            wants[column] = max(wants[column], _widest(cell.split("\n"), setter))
            least[column] = max(least[column], _widest(NUMBER.findall(cell), setter))
    if sum(map(ceil, least)) > characters:
        turned = "" if table.landscape else "，或改为横排（orientation: landscape）"
        setter.remark(
            "table/too-narrow",
            table.pointer,
            "表格列太多或太宽，格内的数字要断开转行",
            f"请减少列数、换大的计量单位{turned}",
        )
        least = [min(narrowest, characters // columns) or 1] * columns
    return shared_out(wants, [ceil(width) for width in least], characters, narrowest)


def _widest(pieces: Sequence[str], setter: TextSetter) -> float:
    """Return how wide a column for the widest of these is, in characters."""
    style = setter.style("table_cell")
    natural_width = setter.compositor.natural_width
    widths = [natural_width(piece, style.role, style.size_pt) for piece in pieces]
    padding = 2 * setter.layout.pt("table.cell_padding")
    return (max(widths, default=0.0) + padding) / setter.layout.character_pt


def shared_out(
    wants: Sequence[float], least: Sequence[int], characters: int, narrowest: int
) -> tuple[int, ...]:
    """Give each column a whole number of characters; together they fill the measure.

    What is over goes to the columns by what they want beyond the ``narrowest``. Where the measure
    does not hold what all want, who wants little gets it, and the others share alike: a name is
    not parted for the sake of a remark that takes several lines whatever it gets.
    """
    given = [max(want, low) for want, low in zip(wants, least, strict=True)]
    over = characters - sum(given)
    if over < 0:
        level = _level(given, least, characters)
        given = [max(low, min(want, level)) for want, low in zip(given, least, strict=True)]
    else:
        beyond = [max(1e-6, want - narrowest) for want in given]
        given = [
            want + over * share / sum(beyond) for want, share in zip(given, beyond, strict=True)
        ]
    return _rounded(given, characters)


def _level(wants: Sequence[float], least: Sequence[int], characters: int) -> float:
    """Return the width at which columns that want more must stop."""
    low, high = 0.0, float(characters)
    for _ in range(30):
        level = (low + high) / 2
        taken = sum(max(few, min(want, level)) for want, few in zip(wants, least, strict=True))
        low, high = (level, high) if taken <= characters else (low, level)
    return low


def _rounded(given: Sequence[float], characters: int) -> tuple[int, ...]:
    """Return whole numbers near these, which together are the measure."""
    widths = [int(width + 1e-6) for width in given]
    by_rest = sorted(range(len(widths)), key=lambda at: (widths[at] - given[at], at))
    for at in by_rest[: characters - sum(widths)]:
        widths[at] += 1
    return tuple(widths)


def _drafts(
    table: Table, rows: Sequence[tuple[str, ...]], widths: tuple[int, ...], setter: TextSetter
) -> tuple[RowDraft | None, list[RowDraft]]:
    """Return the lines of the header, if there is one, and of the rows: each is set once."""
    header = None
    if table.header:
        header = _draft("table_header", table.header, widths, (), setter)
    return header, [_draft("table_cell", row, widths, table.align, setter) for row in rows]


def _part(
    table: Table,
    header: RowDraft | None,
    rows: Sequence[RowDraft],
    widths: tuple[int, ...],
    setter: TextSetter,
    *,
    first: bool,
) -> TablePlan:
    caption = None
    if table.caption and first:
        measure = sum(widths) * setter.layout.character_pt
        caption = setter.text("caption", table.caption, measure=measure)
    head = _placed(header, setter) if header else None
    planned = tuple(_placed(row, setter) for row in rows)
    return TablePlan(caption, head, planned, widths, table.landscape, continues=not first)


def _draft(
    style: str,
    cells: Sequence[str],
    widths: Sequence[int],
    align: Sequence[Align],
    setter: TextSetter,
) -> RowDraft:
    layout = setter.layout
    padding = 2 * layout.pt("table.cell_padding")
    texts, drafts = [], []
    for column, width in enumerate(widths):
        cell = cells[column] if column < len(cells) else ""
        asked = align[column] if column < len(align) else None
        how = ALIGNED[asked] if asked else setter.style(style).align
        measure = width * layout.character_pt - padding
        texts.append(cell)
        drafts.append(setter.lines(style, cell, measure, how))
    most = max(len(lines) for lines in drafts)
    pitch = layout.pt("table.line_pitch")
    return RowDraft(style, texts, drafts, max(1, ceil(most * pitch / setter.pitch - 1e-6)))


def _placed(row: RowDraft, setter: TextSetter) -> RowPlan:
    """Keep the cells of a row, each in the middle of its height."""
    pitch = setter.layout.pt("table.line_pitch")
    style = setter.style(row.style)
    height = row.height * setter.pitch
    kept = []
    for cell, lines in zip(row.cells, row.lines, strict=True):
        if not lines:
            kept.append(setter.blank(height))
            continue
        space = height - len(lines) * pitch
        kept.append(
            setter.placed(
                row.style,
                cell.replace("\n", " "),
                lines,
                pitch,
                style.size_pt,
                space / 2,
                space / 2,
                runs=[TypeRun(cell, style.role)],
            )
        )
    return RowPlan(tuple(kept), row.height)


def _room_on_its_side(
    table: Table, widths: tuple[int, ...], setter: TextSetter, *, first: bool
) -> int:
    """Return how many lines of the grid a part of a landscape table may take."""
    lines = int(setter.layout.pt("page.type_area_width") / setter.pitch + 1e-6)
    if not (table.caption and first):
        return lines
    draft = TextSetter(setter.layout, setter.compositor)
    measure = sum(widths) * setter.layout.character_pt
    caption = draft.text("caption", table.caption, measure=measure)
    return lines - ceil(caption.height / setter.pitch - 1e-6)


def _rows_on_a_page(header: RowDraft | None, rows: Sequence[RowDraft], room: int) -> int:
    """Return how many rows of a landscape table fit under the header, at least one."""
    room -= header.height if header else 0
    taken = 0
    for row in rows:
        room -= row.height
        if room < 0:
            break
        taken += 1
    return max(1, taken)
