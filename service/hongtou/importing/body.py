"""The body of an article: lines → paragraphs and blocks of the contract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.dates import DATE, iso_date
from hongtou.importing.imported import Account
from hongtou.importing.kinds import TITLES, Kind
from hongtou.importing.lines import (
    BODY_NAME,
    SourceLine,
    Standing,
    ends_sentence,
    joined,
    usual_size,
)
from hongtou.importing.masthead import GAP
from hongtou.importing.merged_cells import Merged, cells, header_rows
from hongtou.importing.outline import ANNEX_LABEL
from hongtou.importing.paragraphs import MARKED, Part, goes_on, join, with_lead_ins

ATTACHMENTS = re.compile(r"附件[：:][ \u3000]{0,4}(?:1[.．、][ \u3000]{0,4})?(.+)")
NEXT_ATTACHMENT = re.compile(r"([0-9]{1,2})[.．、][ \u3000]{0,4}(.+)")
TABLE_NOTE = re.compile(r"注[：:].+")
TABLE_UNIT = re.compile(r"单位[：:][ \u3000]{0,4}(.{1,16})")
MAX_CAPTION_CHARS = 30
MAX_SIGNERS = 3
SMALLER = 0.95  # of type beside that of the text
IS_TABLE = "认作表格，第一行作表头：请核对位置、行列与合并的格子"
SMALL_TYPE = "字号小于正文：可能是表注、图题"
NO_STOP = "没有句末标点：可能是小标题、图题或署名"

Members = list[str | dict[str, Any]]


def read_body(lines: Sequence[SourceLine], pointer: str, account: Account) -> str | Members:
    """Return the body of an article, and note what its lines were taken for.

    A body without blocks is one string, a paragraph a line.
    """
    parts = parts_of(lines)
    _doubt_odd_ones(parts)
    with_lead_ins(parts)
    values = [part.value for part in parts]
    is_text = all(isinstance(value, str) for value in values)
    for number, part in enumerate(parts):
        _note(part, pointer if is_text else f"{pointer}/{number}", account)
    return "\n".join(map(str, values)) if is_text else values


def parts_of(lines: Sequence[SourceLine]) -> list[Part]:
    """Return the members of a body with the lines of each."""
    parts: list[Part] = []
    at = 0
    while at < len(lines):
        for reader in READERS:
            if part := reader(lines, at, parts):
                parts.append(part)
                at += len(part.all_lines) - _taken_before(part, lines, at)
                break
        else:
            _paragraph(lines[at], parts)
            at += 1
    return _with_signoff(parts)


def _taken_before(part: Part, lines: Sequence[SourceLine], at: int) -> int:
    """Return how many lines of a part stand above the one at which it was found."""
    return sum(line.number < lines[at].number for line in part.lines)


def _doubt_odd_ones(parts: Sequence[Part]) -> None:
    """Doubt paragraphs that do not end as one, and those in smaller type than the others."""
    texts = [part for part in parts if part.kind is Kind.PARAGRAPH]
    sizes = Counter(part.lines[0].size for part in texts)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    for part in texts:
        text = str(part.value)
        if part.lines[0].said:
            continue
        if not ends_sentence(text) and level_number(text) is None:
            part.doubt = NO_STOP
        elif part.lines[0].size < usual * SMALLER:
            part.doubt = SMALL_TYPE


def _note(part: Part, pointer: str, account: Account) -> None:
    account.take(part.lines[0], part.kind, pointer, why=part.why, doubt=part.doubt)
    for at, line in enumerate(part.lines[1:]):
        if at < len(part.joins):
            account.take(line, Kind.CONTINUED, pointer, doubt=part.joins[at])
        else:
            account.take(line, part.kind, pointer, why=part.why)
    for number, one in enumerate(part.inner):
        _note(one, f"{pointer}/body/{number}", account)
    if isinstance(part.value, str) and MARKED in joined(part.lines):
        account.doubt(part.lines[0], "原文有 **，排版时会当作段首提示语的记号")


def _paragraph(line: SourceLine, parts: list[Part]) -> None:
    before = parts[-1] if parts else None
    is_text = before is not None and before.kind is Kind.PARAGRAPH
    if before and (goes_on(before, line) or (is_text and line.said is Kind.CONTINUED)):
        join(before, line)
        return
    fits = line.may_be(Kind.PARAGRAPH)
    doubt = "" if fits or not line.said else f"成不了{TITLES[line.said]}，认作正文"
    parts.append(Part(line.text, [line], doubt=doubt))


def _table(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read a table, or lines with tabs; a caption above it and notes below belong to it."""
    end = at
    while end < len(lines) and not lines[end].rows and _is_row(lines[end]):
        end += 1
    if lines[at].rows and lines[at].may_be(Kind.TABLE):
        rows, end = lines[at].rows, at + 1
    elif end - at >= 2:
        rows = tuple(tuple(cell.strip() for cell in _cells(one)) for one in lines[at:end])
    else:
        return None
    table = _cells_of(rows, lines[at].merged if lines[at].rows else ())
    above = _captions(parts, table)
    notes = end
    small = usual_size(lines) * SMALLER if lines[at].rows else 0
    while notes < len(lines) and _is_note(lines[notes], small):
        notes += 1
    if notes > end:
        table["notes"] = [line.text.removeprefix("注：") for line in lines[end:notes]]
    taken = [*above, *lines[at:notes]]
    return Part(table, taken, Kind.TABLE, "表格", IS_TABLE)


def _cells_of(rows: Sequence[Sequence[str]], merged: Sequence[Merged]) -> dict[str, Any]:
    """Return a table as the contract has it; a cell over all columns at its head is its caption."""
    width, start = max(map(len, rows)), 0
    table: dict[str, Any] = {"type": "table"}
    if merged[:1] == (Merged(0, 0, 1, width),) and len(rows) > 2:
        table["caption"], start = rows[0][0], 1
    grid = [[*row, *[""] * (width - len(row))] for row in rows[start:]]
    merged = [replace(one, row=one.row - start) for one in merged if one.row >= start]
    heads = min(header_rows(merged), len(grid) - 1)
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


def _attachments(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    found = ATTACHMENTS.fullmatch(lines[at].text)
    is_said = lines[at].said is Kind.ATTACHMENTS
    if not is_said and (lines[at].said or not found):
        return None
    items, taken = [found[1] if found else lines[at].text], [lines[at]]
    for line in lines[at + 1 :]:
        named = NEXT_ATTACHMENT.fullmatch(line.text)
        follows = named is not None and int(named[1]) == len(items) + 1
        if not follows and line.said is None and _hangs(line):
            items[-1] += line.text
            taken.append(line)
            continue
        if line.said is not Kind.ATTACHMENTS and (line.said or not follows):
            break
        items.append(named[2] if named else line.text)
        taken.append(line)
    block: dict[str, Any] = {"type": "attachments", "items": items}
    return Part(block, taken, Kind.ATTACHMENTS, "以“附件：”开头")


def _hangs(line: SourceLine) -> bool:
    """Tell whether a row of a PDF goes on with the name of an attachment, below its beginning."""
    others = (ANNEX_LABEL, DATE, BODY_NAME)
    is_free = line.size and line.standing is Standing.LINE and "\t" not in line.text
    is_other = any(one.fullmatch(line.text) for one in others) or ends_sentence(line.text)
    return bool(is_free) and not is_other and not line.rows


def _annex(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read an annex: its label, its title, and all that follows in the article."""
    is_label = ANNEX_LABEL.fullmatch(lines[at].text) is not None and lines[at].may_be(Kind.ANNEX)
    if not is_label or at + 2 >= len(lines) or lines[at + 1].rows or not _is_free(lines[at + 1]):
        return None
    titles = [lines[at + 1]]
    for line in lines[at + 2 : at + 4]:
        is_free = _is_free(line)
        if (
            is_free
            and line.standing is Standing.TITLE
            and line.size == titles[0].size > usual_size(lines)
            and not line.rows
        ):
            titles.append(line)
    label = "".join(lines[at].text.split()).rstrip("：:")
    rest = lines[at + 1 + len(titles) :]
    inner = parts_of(rest) if rest else []
    with_lead_ins(inner)
    body = [part.value for part in inner]
    block: dict[str, Any] = {"type": "annex", "label": label, "title": joined(titles), "body": body}
    doubt = "附件的题目和内容，请核对"
    own = [lines[at], *titles]
    return Part(block, own, Kind.ANNEX, "“附件”独占一行", doubt, inner=inner)


def _is_free(line: SourceLine) -> bool:
    return line.may_be(Kind.ANNEX)


def _said_signoff(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read the lines that a person says sign: bodies and a date."""
    taken = list(takewhile(lambda line: line.said is Kind.SIGNOFF, lines[at:]))
    days = [day for line in taken if (day := DATE.fullmatch(line.text)) and iso_date(day)]
    bodies = [line.text for line in taken if not DATE.fullmatch(line.text)]
    if not days or len(days) + len(bodies) < len(taken) or len(days) > 1:
        return None  # without its one date it is none: its lines stay text
    block: dict[str, Any] = {"type": "signoff", "date": iso_date(days[0])}
    if bodies:
        block["bodies"] = bodies
    return Part(block, taken, Kind.SIGNOFF)


def _with_signoff(parts: list[Part]) -> list[Part]:
    """Make a sign-off of the last lines, where they are bodies and a date."""
    last = parts[-1] if parts else None
    day = DATE.fullmatch(last.lines[0].text) if last and isinstance(last.value, str) else None
    if last is None or day is None or not iso_date(day) or last.lines[0].said:
        return parts
    start = len(parts) - 1
    while start and len(parts) - start <= MAX_SIGNERS and _is_body(parts[start - 1]):
        start -= 1
    signed = parts[start:]
    block: dict[str, Any] = {"type": "signoff", "date": iso_date(day)}
    if bodies := [part.value for part in signed[:-1]]:
        block["bodies"] = bodies
    lines = [line for part in signed for line in part.lines]
    return [*parts[:start], Part(block, lines, Kind.SIGNOFF, "文末的单位和日期")]


def _is_body(part: Part) -> bool:
    if part.lines[0].said:
        return False
    return isinstance(part.value, str) and BODY_NAME.fullmatch(part.value) is not None


Reader = Callable[[Sequence[SourceLine], int, list[Part]], Part | None]
READERS: tuple[Reader, ...] = (_table, _attachments, _annex, _said_signoff)
