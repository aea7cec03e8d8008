"""Limits on the size of an issue, which settings can change."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
MAX_SOURCE_BYTES = 20 * MIB  # of a file to import; an issue in Word with its pictures has 5 MiB
MAX_IMPORTED_PICTURES = 200  # that come along with one


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of size: bytes of the document, levels, entries, and characters of a text.

    They keep a hostile document from costing more than a large issue does. The longest real issues
    seen reach less than a tenth of any limit.

    Source: house style.
    """

    body_bytes: int = 2 * MIB
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
    table_columns: int = 16  # twelve months, what they are of, its unit and the total
    cell_chars: int = 500
    tables: int = 200  # of an issue
    total_cells: int = 6_000  # of all tables
    figures: int = 200  # of an issue: places, of which several may show one picture
    total_pixels: int = 200_000_000  # of all pictures: sixteen photos of a telephone
    briefs: int = 100  # of one group
    brief_chars: int = 500
    names: int = 50  # of one list of people or attachments
    pages: int = 200  # of a finished issue


# What each limits, for operators and callers.
LIMIT_TITLES = {
    "body_bytes": "稿件 JSON 的字节数",
    "depth": "JSON 嵌套层数",
    "values": "JSON 里值（文字、数字、列表等）的个数",
    "total_chars": "全期字数",
    "total_paragraphs": "全期段落数，附件、表格各格也各算一段",
    "articles": "文章篇数",
    "paragraphs": "每篇文章的段落数",
    "paragraph_chars": "每段字数",
    "headline_chars": "标题字数",
    "line_chars": "署名等单行文字的字数",
    "closing_chars": "报尾每项发送范围的字数",
    "table_rows": "表格行数",
    "table_columns": "表格列数",
    "cell_chars": "表格每格字数",
    "tables": "全期表格个数",
    "total_cells": "全期表格的格数",
    "figures": "全期用图的处数",
    "total_pixels": "全期图片的像素数",
    "briefs": "简讯条数",
    "brief_chars": "每条简讯字数",
    "names": "每份名单的人数、附件数",
    "pages": "排成的页数",
}
