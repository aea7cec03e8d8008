"""HTML of a document → lines: paragraphs, headings and tables; what else it has is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from hongtou.importing.closing import CONTACT_LINE, DUTY, RECIPIENT
from hongtou.importing.lines import SourceLine, Standing, cleaned

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {"p", "li", "td", "th", "hr", "br", *HEADINGS}
LARGEST = 10.0  # stands for the type of a heading: one less for each level
SPANS = ("colspan", "rowspan")
MERGED = "有合并的格子，拆开了"
PICTURE = "这里有图片，没有取：请另存后添进稿件"


@dataclass(slots=True)
class Table:
    """A table that is being read."""

    rows: list[list[str]] = field(default_factory=list)
    is_merged: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph or a table as it was read."""

    text: str = ""
    bold: int = 0
    level: int = 0
    table: Table | None = None
    doubt: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.block = Block()
        self.strong = 0
        self.only_strong = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and not self.tables:
            self.finish()
            self.block.level = HEADINGS.get(tag, 0)
        elif tag in BLOCKS and self.tables[-1].rows and self.tables[-1].rows[-1]:
            self._cell_break(tag)
        if tag == "strong":
            self.strong += 1
        elif tag == "img":
            self.block.doubt = PICTURE
        elif tag == "table":
            self.finish()
            self.tables.append(Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append("")
            self.tables[-1].is_merged |= any(
                name in SPANS and value != "1" for name, value in attrs
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self.strong -= 1
        elif tag == "table" and self.tables:
            self._end_table(self.tables.pop())
        elif tag in BLOCKS and not self.tables:
            self.finish()

    def handle_data(self, data: str) -> None:
        if self.tables:
            if self.tables[-1].rows and self.tables[-1].rows[-1]:
                self.tables[-1].rows[-1][-1] += data
            return
        self.only_strong = self.only_strong and (self.strong > 0 or not data.strip())
        self.block.text += data
        if self.strong and self.only_strong:
            self.block.bold = len(self.block.text)

    def finish(self) -> None:
        """End a paragraph."""
        if self.block.text.strip() or self.block.doubt:
            self.blocks.append(self.block)
        self.block, self.only_strong = Block(), True

    def _cell_break(self, tag: str) -> None:
        cell = self.tables[-1].rows[-1][-1]
        if cell.strip() and tag not in ("td", "th"):
            self.tables[-1].rows[-1][-1] = f"{cell.rstrip()}\n"

    def _end_table(self, table: Table) -> None:
        if self.tables:  # a table in a cell: its cells are lines there
            rows = self.tables[-1].rows
            if rows and rows[-1]:
                inner = "\n".join(" ".join(row) for row in table.rows)
                rows[-1][-1] = f"{rows[-1][-1]}\n{inner}".strip()
            return
        doubt = self.block.doubt
        self.block = Block(table=table, doubt=doubt)
        self.blocks.append(self.block)
        self.block = Block()


def lines_of_html(html: str) -> list[SourceLine]:
    """Return the lines of a document, counted by its paragraphs; a table is one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    lines = enumerate(_lines(reader.blocks), 1)
    return [replace(line, number=number) for number, line in lines]


def _lines(blocks: Sequence[Block]) -> Iterator[SourceLine]:
    for block in blocks:
        if block.table is not None:
            yield from _of_table(block.table, block.doubt)
            continue
        text = cleaned(block.text)
        lead = len(block.text) - len(block.text.lstrip())
        bold = max(0, min(block.bold - lead, len(text)))
        standing = Standing.TITLE if block.level else Standing.PARAGRAPH
        size = LARGEST - block.level if block.level else 0
        yield SourceLine(0, text, standing, bold, size, doubt=block.doubt)


def _of_table(table: Table, doubt: str) -> Iterator[SourceLine]:
    """Yield a table; what only arranges lines (a frame, the closing block) is lines."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(row)]
    cells = [cell for row in rows for cell in row if cell]
    if not cells:
        return
    arranges = len(rows) == 1 or any(_is_of_closing(cell) for cell in cells)
    if arranges or max(map(len, rows)) == 1:
        for row in rows:
            if len(row) == 1:
                yield from (SourceLine(0, one, Standing.PARAGRAPH) for one in row[0].split("\n"))
            else:
                yield SourceLine(
                    0, "\t".join(filter(None, row)).replace("\n", " "), Standing.PARAGRAPH
                )
        return
    told = "；".join(filter(None, (doubt, MERGED if table.is_merged else "")))
    text = "\t".join(cell.replace("\n", " ") for cell in cells)
    yield SourceLine(0, text, Standing.PARAGRAPH, rows=tuple(map(tuple, rows)), doubt=told)


def _cell(text: str) -> str:
    return "\n".join(filter(None, (cleaned(line) for line in text.split("\n"))))


def _is_of_closing(cell: str) -> bool:
    return any(shape.match(cell) for shape in (RECIPIENT, DUTY, CONTACT_LINE))
