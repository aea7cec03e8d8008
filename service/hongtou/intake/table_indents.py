"""Rows that hang under others by an indent, as spreadsheets have them: 　　其中：种植业."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hongtou.bulletin.finding import Finding, Severity
from hongtou.intake.pointers import Path, pointer

BLANK = " \u3000\u00a0\t"
FULL_WIDTH = "\u3000"
HINT = "要看得出从属，请在这些行的项目前都写明，如“其中：种植业”，或编上序号"


def indent_findings(rows: Sequence[Sequence[Any]], path: Path, place: str) -> Iterator[Finding]:
    """Yield a finding for a table some of whose rows are indented, as blanks there are dropped.

    ``path`` is that of the table. Where all rows are indented alike, none hangs under another.

    Findings: table/indent-dropped.
    """
    firsts = {at: row[0] for at, row in enumerate(rows) if row and _text(row[0]).strip()}
    indents = {at: _characters(_text(cell)) for at, cell in firsts.items()}
    hanging = [at for at, indent in indents.items() if indent > min(indents.values())]
    if not hanging:
        return
    inner = () if isinstance(firsts[hanging[0]], str) else ("text",)
    yield Finding(
        code="table/indent-dropped",
        severity=Severity.NOTE,
        pointer=pointer((*path, "rows", hanging[0], 0, *inner)),
        message=f"{place}表格有{len(hanging)}行的项目前有空格，印出来与上一级对齐，看不出从属",
        hint=HINT,
    )


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else str(cell.text)


def _characters(text: str) -> int:
    """Return how many characters a text is indented; a single space is a slip, and none."""
    blanks = text[: len(text) - len(text.lstrip(BLANK))]
    return (len(blanks) + blanks.count(FULL_WIDTH)) // 2
