"""The texts of an issue as they were sent, with their places, for the review."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a passage, which decides its type style."""

    NAMEPLATE = "nameplate"
    MASTHEAD = "masthead"
    NOTICE = "notice"
    CONTENTS = "contents"
    SECTION = "section"
    HEADLINE = "headline"
    KICKER = "kicker"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    EDITORS_NOTE = "editors_note"
    EDITORS_NOTE_BY = "editors_note_by"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    LEAD_IN = "lead_in"
    TABLE = "table"
    CAPTION = "caption"
    FIGURE_CAPTION = "figure_caption"
    NOTE = "note"
    ATTACHMENT = "attachment"
    SALUTATION = "salutation"
    SIGNOFF = "signoff"
    ANNEX_LABEL = "annex_label"
    ANNEX_TITLE = "annex_title"
    BRIEFS_HEADING = "briefs_heading"
    BRIEF_HEADLINE = "brief_headline"
    BRIEF = "brief"
    CLOSING = "closing"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, the JSON Pointer of its string, and its offset in that string.

    ``place`` names it for people, such as 第2篇第3段. ``text`` is a line or paragraph without
    surrounding spaces and ``**`` marks. A paragraph with a lead-in or a run-in heading is several
    passages; ``opens`` and ``closes`` mark the first and the last.
    """

    pointer: str
    start: int
    text: str
    kind: Kind
    place: str
    opens: bool = True
    closes: bool = True
