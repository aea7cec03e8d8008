"""Issues for tests, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hongtou.bulletin.closing_block import ClosingBlock
from hongtou.bulletin.issue import (
    Article,
    Block,
    Brief,
    Briefs,
    Issue,
    Masthead,
    Paragraph,
    Run,
)
from hongtou.bulletin.table import Cell, Table

DAY = date(2026, 11, 23)
SENTENCE = "各单位要进一步提高政治站位，压实工作责任，细化工作举措，推动各项任务落地见效。"


def paragraph(text: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph((Run(text),))


def paragraphs(count: int) -> tuple[Block, ...]:
    """Return this many paragraphs of five lines each."""
    return tuple(paragraph(SENTENCE * 3) for _ in range(count))


def lines_of_text(count: int) -> tuple[Block, ...]:
    """Return paragraphs that fill exactly this many lines of 28 characters."""
    return tuple(paragraph("各单位要压实工作责任。") for _ in range(count))


def masthead(**fields: object) -> Masthead:
    """Return a masthead with these fields changed."""
    defaults: dict[str, object] = {
        "nameplate": ("城乡环境工作动态",),
        "issue_number": 33,
        "issuing_bodies": ("某某市创建办",),
        "issue_date": DAY,
    }
    return Masthead(**{**defaults, **fields})  # type: ignore[arg-type]


def closing(**fields: object) -> ClosingBlock:
    """Return a closing block with these fields changed."""
    defaults: dict[str, object] = {
        "report_to": "省文明办，市委、市政府",
        "issue_to": "各县（自治县、区），市直各单位",
        "imprint_body": "某某市创建办",
        "imprint_date": DAY,
        "reviewers": ("杨明",),
        "editors": ("陈炜", "王龙"),
    }
    return ClosingBlock(**{**defaults, **fields})  # type: ignore[arg-type]


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    align: Sequence[str] = (),
    **fields: object,
) -> Table:
    """Return a table of plain cells."""
    parts: dict[str, object] = {
        "header": (row(header),) if header else (),
        "rows": tuple(row(cells) for cells in rows),
        "align": tuple(align),
    }
    return Table(**{**parts, **fields})  # type: ignore[arg-type]


def row(cells: Iterable[str]) -> tuple[Cell, ...]:
    """Return a row of plain cells."""
    return tuple(Cell(text) for text in cells)


def issue(*blocks: Block, **fields: object) -> Issue:
    """Return an issue of one article with this body."""
    defaults: dict[str, object] = {
        "masthead": masthead(),
        "closing": closing(),
        "articles": (Article(headline="某某市扎实推进城乡环境整治", body=blocks),),
    }
    return Issue(**{**defaults, **fields})  # type: ignore[arg-type]


def briefs(*texts: str) -> tuple[Briefs, ...]:
    """Return short news of these texts, in one group."""
    return (Briefs("工作简讯", tuple(Brief((paragraph(text),)) for text in texts)),)
