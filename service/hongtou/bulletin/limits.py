"""Limits on the size of an issue, which settings can change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of size: bytes of the document, levels, entries, and characters of a text.

    They keep a hostile document from costing more than a large issue does. The longest real issues
    seen reach less than a tenth of any limit.

    Source: house style.
    """

    body_bytes: int = 2 * 1024 * 1024
    depth: int = 16
    values: int = 50_000  # texts, numbers, lists and objects of the JSON
    total_chars: int = 300_000
    total_paragraphs: int = 10_000  # 200 pages have 4,400 lines; a cell of a table counts as one
    articles: int = 60
    paragraphs: int = 200  # of one article
    paragraph_chars: int = 5_000
    headline_chars: int = 100
    line_chars: int = 200  # of any other single line, e.g. a byline or a name
    closing_chars: int = 2_000  # of one list of recipients
    table_rows: int = 300
    table_columns: int = 12
    cell_chars: int = 500
    tables: int = 200  # of an issue
    total_cells: int = 6_000  # of all tables
    figures: int = 200  # of an issue: places, of which several may show one picture
    total_pixels: int = 200_000_000  # of all pictures: sixteen photos of a telephone
    briefs: int = 100  # of one group
    brief_chars: int = 500
    names: int = 50  # of one list of people or attachments
    pages: int = 200  # of a finished issue
