"""Tables: cells, or lines in columns → the block of the contract, with caption, unit and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SMALLER, SourceLine, ends_sentence, usual_size
from hongtou.importing.masthead import GAP
from hongtou.importing.merged_cells import Merged, cells, header_rows, parted
from hongtou.importing.paragraphs import Part
from hongtou.importing.spaced_tables import spaced_rows

TABLE_NOTE = re.compile(r"注[：:].+")
TABLE_UNIT = re.compile(r"单位[：:][ \u3000]{0,4}(.{1,16})")
MAX_CAPTION_CHARS = 30
IS_TABLE = "认作表格，第一行作表头：请核对位置、行列与合并的格子"


def read_table(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read a table, or lines in columns; a caption above it and notes below belong to it."""
    end = at
    while end < len(lines) and not lines[end].rows and _is_row(lines[end]):
        end += 1
    if lines[at].rows and lines[at].may_be(Kind.TABLE):
        rows, end = lines[at].rows, at + 1
    elif end - at >= 2:
        rows = tuple(tuple(cell.strip() for cell in _cells(one)) for one in lines[at:end])
    elif spaced := spaced_rows(lines, at):
        rows, end = tuple(map(tuple, spaced)), at + len(spaced)
    else:
        return None
    table = _cells_of(rows, lines[at].merged if lines[at].rows else ())
    above = _captions(parts, table)
    notes = end
    small = usual_size(lines) * SMALLER if lines[at].rows else 0
    while notes < len(lines) and _is_note(lines[notes], small):
        notes += 1
    if notes > end:
        below = [line.text.removeprefix("注：") for line in lines[end:notes]]
        table["notes"] = [*table.get("notes", []), *below]
    taken = [*above, *lines[at:notes]]
    return Part(table, taken, Kind.TABLE, "表格", IS_TABLE)


def _cells_of(rows: Sequence[Sequence[str]], merged: Sequence[Merged]) -> dict[str, Any]:
    """Return a table as the contract has it; a cell over all columns at its head is its caption."""
    width, start = max(map(len, rows)), 0
    table: dict[str, Any] = {"type": "table"}
    if merged[:1] == (Merged(0, 0, 1, width),) and len(rows) > 2:
        start = 1
        if rows[0][0]:
            table["caption"] = rows[0][0].replace("\n", " ")
    last = len(rows) - 1
    ends_in_note = merged[-1:] == (Merged(last, 0, 1, width),) and last > start + 1
    if ends_in_note and TABLE_NOTE.fullmatch(rows[last][0]):
        table["notes"] = [rows[last][0].removeprefix("注：")]
        rows, merged = rows[:last], merged[:-1]
    grid = [[*row, *[""] * (width - len(row))] for row in rows[start:]]
    merged = [replace(one, row=one.row - start) for one in merged if one.row >= start]
    heads = header_rows(merged, len(grid) - 1)
    merged = parted(merged, heads)
    header = cells(grid, merged, 0, heads)
    table["header"] = header[0] if heads == 1 else header
    return table | {"rows": cells(grid, merged, heads, len(grid))}


def _is_row(line: SourceLine) -> bool:
    return line.said is Kind.TABLE or (line.said is None and "\t" in line.text)


def _is_note(line: SourceLine, small: float) -> bool:
    """Tell whether a line below a table is a note on it: by its label, or its type in pt."""
    is_small = 0 < line.size < small and ends_sentence(line.text)
    return line.said is None and (TABLE_NOTE.fullmatch(line.text) is not None or is_small)


def _cells(line: SourceLine) -> list[str]:
    return line.text.split("\t") if "\t" in line.text else GAP.split(line.text)


def _captions(parts: list[Part], table: dict[str, Any]) -> list[SourceLine]:
    """Take caption and unit of a table from what stands above it; return their lines."""
    taken: list[SourceLine] = []
    for field in ("unit", "caption"):
        if field in table:
            continue  # its first row has it
        above = parts[-1] if parts else None
        if above is None or above.kind is not Kind.PARAGRAPH or len(above.lines) > 1:
            break
        line = above.lines[0]
        if line.said:
            break
        found = TABLE_UNIT.fullmatch(line.text)
        if field == "unit" and found:
            table["unit"] = line.text
        elif field == "caption" and _may_be_caption(line):
            table["caption"] = line.text
        else:
            continue
        parts.pop()
        taken.insert(0, line)
    return taken


def _may_be_caption(line: SourceLine) -> bool:
    is_wording = len(line.text) <= MAX_CAPTION_CHARS and not ends_sentence(line.text)
    return is_wording and not level_number(line.text)
