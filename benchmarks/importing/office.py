"""A manuscript as a Word file, as a clerk would have it: styles nowhere, bold by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from benchmarks.importing.manuscripts import BOLD, Paragraph

CENTRED = ("nameplate", "section", "headline", "byline", "caption")


def as_docx(paragraphs: Sequence[Paragraph], pictures: Mapping[str, bytes]) -> bytes:
    """Return a manuscript as a Word file."""
    document = docx.Document()
    for one in paragraphs:
        if one.rows:
            _table(document, one.rows)
        elif one.role == "picture":
            document.add_picture(io.BytesIO(pictures[one.text]), width=Mm(80))
        else:
            _paragraph(document, one)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _paragraph(document: Document, one: Paragraph) -> None:
    added = document.add_paragraph()
    if one.role in CENTRED:
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for at, piece in enumerate(one.text.split(BOLD)):
        added.add_run(piece).bold = at % 2 == 1 or None


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
