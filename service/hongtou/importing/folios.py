"""Page numbers (页码) and rules (分隔线), which a source may have between any two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import MARKS, SourceLine

DASHED = re.compile(r"[-—－–―]{1,2}\s{0,4}[0-9０-９]{1,3}\s{0,4}[-—－–―]{1,2}")
NAMED = re.compile(
    r"第?\s{0,4}[0-9]{1,3}\s{0,4}页(?:\s{0,4}[，,/]?\s{0,4}共\s{0,4}[0-9]{1,3}\s{0,4}页)?"
)
GOES_ON = re.compile("续附?表")  # above a table on its next page
NUMBER = re.compile("[0-9]{1,2}")
# A rule, of characters: a line of them, or one sign three times.
DRAWN = re.compile(rf"[-—－–―━─═_＿﹏=~～*＊★☆]{{4,}}|([*＊※{MARKS}])\1{{2,}}")


def without_folios(lines: Sequence[SourceLine], account: Account) -> list[SourceLine]:
    """Return the lines that are no page numbers and no rules; the numbers are told together.

    What a person does not want is dropped too.
    """
    rest, dropped = [], []
    for line in lines:
        if line.said is Kind.UNPLACED:
            account.take(line, Kind.UNPLACED)
            continue
        if line.said is None and DRAWN.fullmatch("".join(line.text.split())):
            account.take(line, Kind.FOLIO, why="字符画的线，由排版另画")
            continue
        is_said = line.said is Kind.FOLIO
        if not is_said and (line.said or line.rows or not is_folio(line.text)):
            rest.append(line)
            continue
        account.take(line, Kind.FOLIO, why="页码或续表，由排版另加")
        dropped.append(line)
        if NUMBER.fullmatch(line.text) and not is_said:
            account.doubt(line, "只有一个数，按页码去掉了")
    if dropped:
        shown = "、".join(line.text for line in dropped[:5]) + ("等" if len(dropped) > 5 else "")
        account.wonder(f"去掉了 {len(dropped)} 处页码或续表：{shown}")
    return rest


def is_folio(text: str) -> bool:
    """Tell whether a line is a page number."""
    return any(shape.fullmatch(text) for shape in (DASHED, NAMED, NUMBER, GOES_ON))
