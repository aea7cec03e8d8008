"""How much an issue holds in all: counted before anything in it is built, set or decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.limits import Limits
from hongtou.intake.document import JsonValue
from hongtou.intake.pointers import Path, pointer

LINE = re.compile(r"[^\r\n]+")

Block = dict[str, JsonValue]


@dataclass(slots=True)
class Extent:
    """What the strings of a document hold in all; a blank line is no paragraph."""

    chars: int = 0
    paragraphs: int = 0

    def add(self, text: str) -> None:
        """Count one string."""
        self.chars += len(text)
        self.paragraphs += len(LINE.findall(text)) if "\n" in text or "\r" in text else 1


def extent_findings(document: JsonValue, extent: Extent, limits: Limits) -> list[Finding]:
    """Return an error for each total that is over its limit.

    Findings: document/too-long, table/too-many, table/too-many-cells, picture/too-many.
    """
    tables = list(_blocks(document, "table"))
    figures = [where for where, _ in _blocks(document, "figure")] + [
        where for where, row in _blocks(document, "figures") for _ in _list(row.get("items"))
    ]
    cells = {where: _cells(table) for where, table in tables}
    largest = max(cells, key=lambda where: cells[where], default="")
    counted = (
        # Code, place, how many, how many may be, what is counted, what to do.
        ("document/too-long", "", extent.chars, limits.total_chars, "字", "请拆成几期"),
        ("document/too-long", "", extent.paragraphs, limits.total_paragraphs,
         "段（附件、表格各格也各算一段）", "请拆成几期"),
        ("table/too-many", _last(list(cells)), len(tables), limits.tables,
         "个表格", "请合并或删减表格"),
        ("table/too-many-cells", largest, sum(cells.values()), limits.total_cells,
         "个表格格子", "请删减表格的行或列，或改作附件另行印发"),
        ("picture/too-many", _last(figures), len(figures), limits.figures,
         "处图片", "请删减图片，或拆成几期"),
    )  # fmt: skip
    return [
        Finding(
            code=code,
            severity=Severity.ERROR,
            pointer=where,
            hint=hint,
            message=f"全期共 {count} {what}，超过上限 {most} {what}",
        )
        for code, where, count, most, what, hint in counted
        if count > most
    ]


def _blocks(document: JsonValue, kind: str) -> Iterator[tuple[str, Block]]:
    """Yield the blocks of one type in all articles with their pointers, whatever else is wrong."""
    articles = document.get("articles") if isinstance(document, dict) else None
    for at, article in enumerate(_list(articles)):
        yield from _blocks_of(article, ("articles", at), kind)


def _blocks_of(part: JsonValue, path: Path, kind: str) -> Iterator[tuple[str, Block]]:
    """Yield the blocks of an article or an annex, then those in its own annexes."""
    body = part.get("body") if isinstance(part, dict) else None
    for number, block in enumerate(_list(body)):
        if not isinstance(block, dict):
            continue
        where: Path = (*path, "body", number)
        if block.get("type") == kind:
            yield pointer(where), block
        if block.get("type") == "annex":
            yield from _blocks_of(block, where, kind)


def _cells(table: Block) -> int:
    header = _list(table.get("header"))
    rows = [header, *header, *_list(table.get("rows"))]
    return sum(len(_list(row)) for row in rows)


def _last(places: list[str]) -> str:
    return places[-1] if places else ""


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
