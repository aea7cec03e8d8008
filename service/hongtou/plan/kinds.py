"""The type style of each kind of passage, and so the face that must have its characters."""

from __future__ import annotations

from hongtou.bulletin.passage import Kind
from hongtou.layouts import Layout

KIND_STYLES = {
    Kind.NAMEPLATE: "nameplate",
    Kind.MASTHEAD: "issuing_line",
    Kind.NOTICE: "masthead_mark",
    Kind.CONTENTS: "contents_entry",
    Kind.SECTION: "section",
    Kind.HEADLINE: "headline",
    Kind.KICKER: "kicker",
    Kind.SUBHEAD: "subhead",
    Kind.BYLINE: "byline",
    Kind.EDITORS_NOTE: "editors_note",
    Kind.EDITORS_NOTE_BY: "editors_note_by",
    Kind.LABEL: "label",
    Kind.PARAGRAPH: "paragraph",
    Kind.HEADING_1: "heading_1",
    Kind.HEADING_2: "heading_2",
    Kind.HEADING_3: "heading_3",
    Kind.HEADING_4: "heading_4",
    Kind.LEAD_IN: "lead_in",
    Kind.TABLE: "table_cell",
    Kind.CAPTION: "caption",
    Kind.FIGURE_CAPTION: "figure_caption",
    Kind.NOTE: "note",
    Kind.ATTACHMENT: "attachment",
    Kind.SALUTATION: "salutation",
    Kind.SIGNOFF: "signoff",
    Kind.ANNEX_LABEL: "annex_label",
    Kind.ANNEX_TITLE: "annex_title",
    Kind.BRIEFS_HEADING: "briefs_heading",
    Kind.BRIEF_HEADLINE: "brief_headline",
    Kind.BRIEF: "brief",
    Kind.CLOSING: "closing",
    Kind.RECIPIENT: "recipient",
}


def roles_of_kinds(layout: Layout) -> dict[Kind, str]:
    """Return the font role that each kind of passage is set in."""
    return {kind: layout.styles[style].role for kind, style in KIND_STYLES.items()}
