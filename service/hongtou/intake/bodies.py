"""The body of an article (正文): lines and blocks as sent → the domain's blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hongtou.bulletin.issue import (
    Annex,
    AttachmentList,
    Block,
    Figure,
    FigureRow,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Salutation,
    Signoff,
)
from hongtou.bulletin.level_numbers import level_number
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.table import Cell, Table
from hongtou.intake import blocks as sent
from hongtou.intake.fields import StrictModel
from hongtou.intake.headings import TEXT, Judgement, doubt, judge, judged
from hongtou.intake.paragraphs import HEADING_STYLES, plain_text, styled_runs
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.recorder import PassageRecorder
from hongtou.intake.sent_values import sent_at
from hongtou.intake.source_text import SourceText
from hongtou.intake.table_block import CellBlock, TableBlock
from hongtou.intake.table_indents import indent_findings
from hongtou.intake.table_shapes import spans_of

Entry = tuple[Path, SourceText | StrictModel]  # a line of text, or a block of another type


def read_body(
    body: str | Sequence[sent.BodyMember], path: Path, article: str, recorder: PassageRecorder
) -> tuple[Block, ...]:
    """Return the blocks of a body; every line of a string is one, and they are counted as 段."""
    entries = list(_entries(body, path))
    blocks: list[Block] = []
    for number, ((where, entry), judgement) in enumerate(
        zip(entries, judged([_wording(entry) for _, entry in entries]), strict=True), start=1
    ):
        place = f"{article}第{number}段"
        if isinstance(entry, SourceText):
            blocks.append(_line(entry, judgement, where, place, recorder))
        else:
            blocks.append(_block(entry, where, place, recorder))
    return tuple(blocks)


def _entries(body: str | Sequence[sent.BodyMember], path: Path) -> Iterator[Entry]:
    members = (
        [(path, body)]
        if isinstance(body, str)
        else [((*path, at), member) for at, member in enumerate(body)]
    )
    for where, member in members:
        if isinstance(member, str):
            yield from ((where, line) for line in SourceText.of(member).lines())
        else:
            yield where, member


def _wording(entry: SourceText | StrictModel) -> str:
    """Return what tells of headings: those that a block names count, though nobody asks."""
    if isinstance(entry, SourceText):
        return plain_text(entry)
    return entry.text.strip() if isinstance(entry, sent.HeadingBlock) else ""


def _line(
    line: SourceText, judgement: Judgement, path: Path, place: str, recorder: PassageRecorder
) -> Heading | Paragraph:
    level, length = judgement.level, judgement.length
    if judgement.doubtful:
        span = line.offsets[0], line.offsets[-1] + 1
        recorder.findings.append(doubt(plain_text(line), level, pointer(path), place, span))
    if length and length == len(plain_text(line)):
        kind = Kind(HEADING_STYLES[level])
        return Heading(level, recorder.heading(styled_runs(line), path, kind, place))
    return recorder.paragraph(styled_runs(line, level, length), path, Kind.PARAGRAPH, place)


def _paragraph(line: SourceText, path: Path, place: str, recorder: PassageRecorder) -> Paragraph:
    """Read a paragraph that was said to be one: only a short sentence at its head is a heading."""
    text = plain_text(line)
    number = level_number(text)
    found = judge(text, number, has_place=False) if number else TEXT
    is_run_in = 0 < found.length < len(text)
    runs = styled_runs(line, found.level, found.length if is_run_in else 0)
    return recorder.paragraph(runs, path, Kind.PARAGRAPH, place)


def _block(block: object, path: Path, place: str, recorder: PassageRecorder) -> Block:
    return READERS[type(block)](block, path, place, recorder)


def _explicit(
    block: sent.ParagraphBlock, path: Path, place: str, recorder: PassageRecorder
) -> Paragraph:
    line = SourceText.of(block.text).trimmed()
    return _paragraph(line, (*path, "text"), place, recorder)


def _heading(
    block: sent.HeadingBlock, path: Path, place: str, recorder: PassageRecorder
) -> Heading:
    kind = Kind(HEADING_STYLES[block.level])
    return Heading(block.level, recorder.line(block.text, (*path, "text"), kind, place))


def _note(block: sent.NoteBlock, path: Path, place: str, recorder: PassageRecorder) -> Note:
    return Note(recorder.line(block.text, (*path, "text"), Kind.NOTE, f"{place}附注"))


def _attachments(
    block: sent.AttachmentsBlock, path: Path, place: str, recorder: PassageRecorder
) -> AttachmentList:
    where = (*path, "items")
    return AttachmentList(_items(block.items, where, Kind.ATTACHMENT, f"{place}附件", recorder))


def _salutation(
    block: sent.SalutationBlock, path: Path, place: str, recorder: PassageRecorder
) -> Salutation:
    return Salutation(recorder.line(block.text, (*path, "text"), Kind.SALUTATION, f"{place}称呼"))


def _signoff(
    block: sent.SignoffBlock, path: Path, place: str, recorder: PassageRecorder
) -> Signoff:
    where = (*path, "bodies")
    bodies = _items(block.bodies or (), where, Kind.SIGNOFF, f"{place}署名", recorder)
    return Signoff(bodies, sent_at(block.date, (*path, "date")))


def _page_break(
    block: sent.PageBreakBlock, path: Path, place: str, recorder: PassageRecorder
) -> PageBreak:
    return PageBreak(pointer(path))


def _items(
    items: Sequence[str], path: Path, kind: Kind, place: str, recorder: PassageRecorder
) -> tuple[str, ...]:
    return tuple(
        recorder.line(item, (*path, at), kind, f"{place}第{at + 1}项")
        for at, item in enumerate(items)
    )


def _annex(block: sent.AnnexBlock, path: Path, place: str, recorder: PassageRecorder) -> Annex:
    label = recorder.line(block.label, (*path, "label"), Kind.ANNEX_LABEL, f"{place}附件序号")
    title = recorder.lines(block.title, (*path, "title"), Kind.ANNEX_TITLE, f"{place}附件标题")
    body = read_body(block.body, (*path, "body"), f"{place}附件", recorder)
    return Annex(label, title, body, pointer(path))


def _figure(
    block: sent.FigureBlock | sent.RowFigure,
    path: Path,
    place: str,
    recorder: PassageRecorder,
) -> Figure:
    caption = recorder.line(block.caption, (*path, "caption"), Kind.FIGURE_CAPTION, f"{place}图题")
    alternative = SourceText.of(block.alt or "").trimmed().chars  # read aloud, not printed
    width = block.width_mm if isinstance(block, sent.FigureBlock) else None
    return Figure(block.image, caption, width, pointer(path), alternative)


def _figure_row(
    block: sent.FiguresBlock, path: Path, place: str, recorder: PassageRecorder
) -> FigureRow:
    figures = tuple(
        _figure(figure, (*path, "items", at), f"{place}第{at + 1}图", recorder)
        for at, figure in enumerate(block.items)
    )
    caption = recorder.line(
        block.caption, (*path, "caption"), Kind.FIGURE_CAPTION, f"{place}总图题"
    )
    return FigureRow(figures, caption)


def _table(block: TableBlock, path: Path, place: str, recorder: PassageRecorder) -> Table:
    recorder.findings += indent_findings(block.rows, path, place)
    caption = recorder.line(block.caption, (*path, "caption"), Kind.CAPTION, f"{place}表题")
    unit = recorder.line(block.unit, (*path, "unit"), Kind.TABLE, f"{place}表格单位")
    return Table(
        header=_header(block, (*path, "header"), f"{place}表格表头", recorder),
        rows=tuple(
            _row(row, (*path, "rows", at), f"{place}表格第{at + 1}行", recorder)
            for at, row in enumerate(block.rows)
        ),
        align=tuple(block.align or ()),
        caption=caption,
        unit=unit,
        notes=tuple(
            recorder.line(note, (*path, "notes", at), Kind.TABLE, f"{place}表注第{at + 1}条")
            for at, note in enumerate(block.notes or ())
        ),
        total_rows=block.total_rows or 0,
        landscape=block.orientation == "landscape",
        pointer=pointer(path),
    )


def _header(
    block: TableBlock, path: Path, place: str, recorder: PassageRecorder
) -> tuple[tuple[Cell, ...], ...]:
    """Read the header; one of a single row is sent without a list of rows around it."""
    rows = block.header_rows()
    if rows and rows[0] is block.header:
        return (_row(rows[0], path, place, recorder),)
    return tuple(
        _row(row, (*path, at), f"{place}第{at + 1}行", recorder) for at, row in enumerate(rows)
    )


def _row(
    cells: Sequence[str | CellBlock], path: Path, row: str, recorder: PassageRecorder
) -> tuple[Cell, ...]:
    return tuple(
        _cell(cell, (*path, at), f"{row}第{at + 1}格", recorder) for at, cell in enumerate(cells)
    )


def _cell(cell: str | CellBlock, path: Path, place: str, recorder: PassageRecorder) -> Cell:
    if isinstance(cell, str):
        return Cell(recorder.lines(cell, path, Kind.TABLE, place))
    text = recorder.lines(cell.text, (*path, "text"), Kind.TABLE, place)
    return Cell(text, *spans_of(cell), cell.align)


READERS: Mapping[type, Callable[[Any, Path, str, PassageRecorder], Block]] = {
    sent.ParagraphBlock: _explicit,
    sent.HeadingBlock: _heading,
    TableBlock: _table,
    sent.FigureBlock: _figure,
    sent.FiguresBlock: _figure_row,
    sent.NoteBlock: _note,
    sent.AttachmentsBlock: _attachments,
    sent.SalutationBlock: _salutation,
    sent.SignoffBlock: _signoff,
    sent.PageBreakBlock: _page_break,
    sent.AnnexBlock: _annex,
}
