"""Lines of a source → issue: the rules in the order in which a person reads an old issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hongtou.importing.articles import read_members, read_opening
from hongtou.importing.closing import read_closing
from hongtou.importing.contents import read_contents
from hongtou.importing.folios import without_folios
from hongtou.importing.imported import Account, Imported
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine
from hongtou.importing.masthead import read_masthead
from hongtou.importing.outline import outlined
from hongtou.importing.signs import with_signs
from hongtou.importing.staff import with_duties


def read_lines(
    lines: Sequence[SourceLine],
    remarks: Sequence[str] = (),
    said: Mapping[int, Kind] | None = None,
) -> Imported:
    """Return what lines of a source make; ``remarks`` are doubts of their reader.

    ``said`` is what a person says that lines are, by their numbers: it goes before the rules.
    """
    account = Account()
    if said:
        lines = [_with_said(line, said.get(line.number)) for line in lines]
    for remark in remarks:
        account.wonder(remark)
    lines = with_signs(lines)
    text = without_folios(lines, account)
    text, closing = read_closing(text, account)
    year = int(closing.get("imprint_date", "0")[:4])
    text, masthead, duties = read_masthead(text, account, year)
    closing = with_duties(closing, duties, account)
    text, contents = read_contents(text, account)
    opening, members = outlined(text, contents.entries, account)
    note, untitled = read_opening(opening, account)
    issue: dict[str, Any] = {"layout": "dongtai", "masthead": masthead}
    if contents.fields:
        issue["contents"] = contents.fields
    if note:
        issue["editors_note"] = note
    issue |= read_members([*([untitled] if untitled else []), *members], account)
    if not issue.keys() & {"articles", "briefs"}:
        account.wonder("没有找到文章，也没有找到简讯")
    issue["closing"] = closing
    for line in lines:
        if line.number not in account.lines:
            account.take(line, Kind.UNPLACED, doubt="不知归属，没有取")
    return account.imported(issue)


def _with_said(line: SourceLine, kind: Kind | None) -> SourceLine:
    """Return a line with what a person says of it; a picture is one, or not wanted."""
    is_no_text = bool(line.pictures) and kind not in (Kind.FIGURE, Kind.UNPLACED)
    return line if is_no_text else replace(line, said=kind)
