"""Notes of the editors and remarks of leaders (按语、批示): on an issue or above an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine
from hongtou.importing.paragraphs import Part, goes_on, join

NOTE = re.compile("【?(编者按|编者的话|按语|按|领导批示|批示|本刊按)[】：:]{1,2}(.*)")
# Who made a note, and when: 张某某　5月10日.
NOTED_BY = re.compile(r"[\w·]{2,8}[ \u3000]{1,4}(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日")
MIN_TITLE_CHARS = 5  # fewer are the name of who made it
USUAL_NOTE = "编者按"


def note_end(lines: Sequence[SourceLine]) -> int:
    """Return how many of the lines above the first title are a note on the whole issue."""
    if not opens_note(lines):
        return 0
    others = (
        at
        for at, line in enumerate(lines)
        if line.rows
        or line.pictures
        or not line.may_be(Kind.EDITORS_NOTE)
        or (at and _may_be_title(line))
    )
    return next(others, len(lines))


def _may_be_title(line: SourceLine) -> bool:
    """Tell whether a line is short and no sentence, nor who made the note."""
    is_said = line.said is not None or NOTED_BY.fullmatch(line.text) is not None
    return line.is_short and not is_said and len(line.text) >= MIN_TITLE_CHARS


def opens_note(lines: Sequence[SourceLine]) -> bool:
    """Tell whether a note begins here: a label with text behind it or on the next line."""
    if lines[0].said:
        return lines[0].said is Kind.EDITORS_NOTE
    found = NOTE.match(lines[0].text)
    return found is not None and (bool(found[2].strip()) or _is_text(lines[1:2]))


def _is_text(lines: Sequence[SourceLine]) -> bool:
    return any(line.text and not line.rows and line.may_be(Kind.EDITORS_NOTE) for line in lines)


def notes_in(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Return the lines of an article that are its note: as a person says, or the first."""
    said = [line for line in lines if line.said is Kind.EDITORS_NOTE]
    if said or not lines or not opens_note(lines):
        return said
    found = NOTE.match(lines[0].text)
    return list(lines[: 1 if found and found[2].strip() else 2])


def note_on(lines: Sequence[SourceLine], pointer: str, account: Account) -> Any:
    """Return the note that lines make, as the contract has it."""
    found = NOTE.match(lines[0].text)
    label = found[1] if found else USUAL_NOTE  # a person says that it is one
    first = found[2].strip() if found else lines[0].text
    parts = [Part(first, [lines[0]])]
    account.take(lines[0], Kind.EDITORS_NOTE, pointer, why=f"以“{label}：”开头")
    by = lines[-1].text if len(lines) > 2 and NOTED_BY.fullmatch(lines[-1].text) else ""
    for line in lines[1:]:
        account.take(line, Kind.EDITORS_NOTE, pointer, why="在按语之后、标题之前")
        if by and line is lines[-1]:
            continue
        if goes_on(parts[-1], line):
            join(parts[-1], line)
            account.doubt(line, parts[-1].joins[-1])
        else:
            parts.append(Part(line.text, [line]))
    text = "\n".join(str(part.value) for part in parts if part.value)
    if label == USUAL_NOTE and not by:
        return text
    return {"label": label, "text": text} | ({"by": by} if by else {})
