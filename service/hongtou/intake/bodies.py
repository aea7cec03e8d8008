"""The body of an article (正文): lines and blocks as sent → the domain's blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hongtou.bulletin.issue import AttachmentList, Block, Figure, Heading, Note, Paragraph, Table
from hongtou.bulletin.level_numbers import level_number
from hongtou.bulletin.passage import Kind
from hongtou.intake import blocks as sent
from hongtou.intake.fields import StrictModel
from hongtou.intake.headings import TEXT, Judgement, doubt, judge, judged
from hongtou.intake.paragraphs import HEADING_STYLES, plain_text, styled_runs
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.recorder import PassageRecorder
from hongtou.intake.source_text import SourceText

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
        recorder.findings.append(doubt(plain_text(line), level, pointer(path), place))
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
    match block:
        case sent.ParagraphBlock():
            line = SourceText.of(block.text).trimmed()
            return _paragraph(line, (*path, "text"), place, recorder)
        case sent.HeadingBlock():
            kind = Kind(HEADING_STYLES[block.level])
            return Heading(block.level, recorder.line(block.text, (*path, "text"), kind, place))
        case sent.NoteBlock():
            return Note(recorder.line(block.text, (*path, "text"), Kind.NOTE, f"{place}附注"))
        case sent.FigureBlock():
            caption = recorder.line(block.caption, (*path, "caption"), Kind.CAPTION, f"{place}图题")
            return Figure(block.image, caption, block.width_mm, pointer(path))
        case sent.AttachmentsBlock():
            return AttachmentList(
                tuple(
                    recorder.line(
                        item, (*path, "items", at), Kind.ATTACHMENT, f"{place}附件第{at + 1}项"
                    )
                    for at, item in enumerate(block.items)
                )
            )
        case sent.TableBlock():
            return _table(block, path, place, recorder)
    raise TypeError(f"no such block: {type(block).__name__}")


def _table(block: sent.TableBlock, path: Path, place: str, recorder: PassageRecorder) -> Table:
    caption = recorder.line(block.caption, (*path, "caption"), Kind.CAPTION, f"{place}表题")
    header = _row(block.header or (), (*path, "header"), f"{place}表格表头", recorder)
    rows = tuple(
        _row(row, (*path, "rows", at), f"{place}表格第{at + 1}行", recorder)
        for at, row in enumerate(block.rows)
    )
    landscape = block.orientation == "landscape"
    return Table(header, rows, tuple(block.align or ()), caption, landscape, pointer(path))


def _row(cells: Sequence[str], path: Path, row: str, recorder: PassageRecorder) -> tuple[str, ...]:
    return tuple(
        recorder.lines(cell, (*path, at), Kind.TABLE, f"{row}第{at + 1}格")
        for at, cell in enumerate(cells)
    )
