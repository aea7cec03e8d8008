"""HTML of a document → lines: paragraphs, headings and tables; what else it has is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import chain
from pathlib import PurePosixPath

from hongtou.importing.closing_labels import opens_closing
from hongtou.importing.contents import HEADING as CONTENTS
from hongtou.importing.docx.looks import Look, look_named
from hongtou.importing.docx.picture_rows import pictures_in, side_by_side
from hongtou.importing.issue_numbers import read_number
from hongtou.importing.lines import Picture, SourceLine, Standing, bare, cleaned
from hongtou.importing.merged_cells import Cell, opened, spanned

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {"p", "li", "td", "th", "hr", "br", *HEADINGS}
LARGEST = 100.0  # stands for the type of a heading, whatever it is: one less for each level
MASTHEAD_ROWS = 4  # of one that stands in a table
NO_PICTURE = "这里有图片，没有取：请另存后添进稿件"


@dataclass(slots=True)
class Table:
    """A table that is being read."""

    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A paragraph or a table as it was read."""

    text: str = ""
    bold: int = 0
    level: int = 0
    look: Look | None = None
    is_broken: bool = False  # by hand within its paragraph, before it or behind
    table: Table | None = None
    pictures: tuple[Picture, ...] = ()
    doubt: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.block = Block()
        self.pictures: list[str] = []  # of the paragraph, which go below it
        self.strong = 0
        self.only_strong = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and not self.tables:
            self._begin(tag, dict(attrs).get("class") or "")
        elif tag in BLOCKS and self.tables[-1].rows and self.tables[-1].rows[-1]:
            self._cell_break(tag)
        if tag == "strong":
            self.strong += 1
        elif tag == "img":
            self._picture(dict(attrs).get("src") or "")
        elif tag == "table":
            self.finish()
            self.tables.append(Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1].rows:
            spans = dict(attrs)
            cell = Cell("", spanned(spans.get("colspan")), spanned(spans.get("rowspan")))
            self.tables[-1].rows[-1].append(cell)

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self.strong -= 1
        elif tag == "table" and self.tables:
            self._end_table(self.tables.pop())
        elif tag in BLOCKS and tag != "br" and not self.tables:
            self.finish()

    def handle_data(self, data: str) -> None:
        if self.tables:
            if self.tables[-1].rows and self.tables[-1].rows[-1]:
                self.tables[-1].rows[-1][-1].text += data
            return
        self.only_strong = self.only_strong and (self.strong > 0 or not data.strip())
        self.block.text += data
        if self.strong and self.only_strong:
            self.block.bold = len(self.block.text)

    def _begin(self, tag: str, name: str) -> None:
        before = self.block
        before.is_broken |= tag == "br"
        self.finish()
        if tag == "br":
            self.block = Block(level=before.level, look=before.look, is_broken=True)
        else:
            self.block.level, self.block.look = HEADINGS.get(tag, 0), look_named(name)

    def _picture(self, name: str) -> None:
        cells = self.tables[-1].rows[-1:] if self.tables else []
        if not name or (self.tables and not (cells and cells[0])):
            self.block.doubt = NO_PICTURE
        else:
            own = cells[0][-1].pictures if cells else self.pictures
            own.append(PurePosixPath(name).name)

    def finish(self) -> None:
        """End a paragraph."""
        if self.block.text.strip() or self.block.doubt:
            self.blocks.append(self.block)
        self.blocks += [Block(pictures=row) for row in side_by_side(map(Picture, self.pictures))]
        self.pictures = []
        self.block, self.only_strong = Block(), True

    def _cell_break(self, tag: str) -> None:
        cell = self.tables[-1].rows[-1][-1]
        if cell.text.strip() and tag not in ("td", "th"):
            cell.text = f"{cell.text.rstrip()}\n"

    def _end_table(self, table: Table) -> None:
        if self.tables:  # a table in a cell: its cells are lines there
            rows = self.tables[-1].rows
            if rows and rows[-1]:
                inner = "\n".join(" ".join(cell.text for cell in row) for row in table.rows)
                outer = rows[-1][-1]
                outer.text = f"{outer.text}\n{inner}".strip()
                for cell in chain.from_iterable(table.rows):
                    outer.pictures += cell.pictures
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
    lines = [*_lines(reader.blocks)]
    sizes = {line.size for line in lines if line.text and not line.rows}
    tells_sizes = len(sizes) > 1  # one for all tells none
    return [
        replace(line, number=number, size=line.size if tells_sizes else 0)
        for number, line in enumerate(lines, 1)
    ]


def _lines(blocks: Sequence[Block]) -> Iterator[SourceLine]:
    above = ""
    for block in blocks:
        if block.table is not None:
            yield from _of_table(block.table, block.doubt, above)
            continue
        above = block.text
        text = cleaned(block.text)
        lead = len(block.text) - len(block.text.lstrip())
        bold = max(0, min(block.bold - lead, len(text)))
        doubt = block.doubt
        yield SourceLine(
            0, text, _standing(block), bold, _size(block), doubt=doubt, pictures=block.pictures
        )


def _standing(block: Block) -> Standing:
    if block.level or (block.look and block.look.is_centred):
        return Standing.TITLE
    return Standing.LINE if block.is_broken else Standing.PARAGRAPH


def _size(block: Block) -> float:
    """Return the size of its type in pt."""
    if block.level:
        return LARGEST - block.level
    return block.look.half_points / 2 if block.look else 0


def _of_table(table: Table, doubt: str, above: str) -> Iterator[SourceLine]:
    """Yield a table; what only arranges lines is lines: a frame, a masthead, a closing block.

    ``above`` is the text of the paragraph above it.
    """
    if any(cell.pictures for row in table.rows for cell in row):
        if arranged := pictures_in(table.rows):
            yield from (SourceLine(0, "", Standing.PARAGRAPH, pictures=row) for row in arranged)
            return
        doubt = NO_PICTURE
    grid, merged = opened(
        [[replace(one, text=_cell(one.text)) for one in row] for row in table.rows]
    )
    rows = grid if merged else [row for row in grid if any(row)]
    cells = [cell for row in rows for cell in row if cell]
    if not cells:
        return
    if _arranges(rows, cells, above) or max(map(len, rows)) == 1:
        for row in rows:
            full = [cell for cell in row if cell]
            lines = full[0].split("\n") if len(full) == 1 else ["\t".join(full).replace("\n", " ")]
            yield from (SourceLine(0, one, Standing.PARAGRAPH) for one in lines if one)
        return
    text = "\t".join(cell.replace("\n", " ") for cell in cells)
    found = tuple(map(tuple, rows))
    yield SourceLine(0, text, Standing.PARAGRAPH, rows=found, merged=merged, doubt=doubt)


def _arranges(rows: Sequence[Sequence[str]], cells: Sequence[str], above: str) -> bool:
    is_masthead = len(rows) <= MASTHEAD_ROWS and any(read_number(bare(cell)) for cell in cells)
    is_contents = CONTENTS.fullmatch(bare(above)) is not None
    return len(rows) == 1 or is_masthead or is_contents or any(map(opens_closing, cells))


def _cell(text: str) -> str:
    return "\n".join(filter(None, (cleaned(line) for line in text.split("\n"))))
