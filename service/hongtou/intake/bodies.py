"""The body of an article (正文): lines and blocks as sent → the domain's blocks."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.issue import AttachmentList, Block, Figure, Heading, Note, Paragraph, Table
from hongtou.bulletin.passage import Kind
from hongtou.intake import blocks as sent
from hongtou.intake.paragraphs import HEADING_STYLES, heading_level, styled_runs
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.recorder import PassageRecorder
from hongtou.intake.source_text import SourceText


def read_body(
    body: str | Sequence[sent.BodyMember], path: Path, article: str, recorder: PassageRecorder
) -> tuple[Block, ...]:
    """Return the blocks of a body; every line of a string is one, and they are counted as 段."""
    members = (
        [(path, body)]
        if isinstance(body, str)
        else [((*path, at), member) for at, member in enumerate(body)]
    )
    blocks: list[Block] = []
    for where, member in members:
        if isinstance(member, str):
            for line in SourceText.of(member).lines():
                blocks.append(_line(line, where, f"{article}第{len(blocks) + 1}段", recorder))
        else:
            blocks.append(_block(member, where, f"{article}第{len(blocks) + 1}段", recorder))
    return tuple(blocks)


def _line(
    line: SourceText, path: Path, place: str, recorder: PassageRecorder
) -> Heading | Paragraph:
    level = heading_level(line)
    if level is not None:
        kind = Kind(HEADING_STYLES[level])
        runs = styled_runs(line, numbered=False)
        return Heading(level, recorder.heading(runs, path, kind, place))
    return recorder.paragraph(styled_runs(line), path, Kind.PARAGRAPH, place)


def _block(block: object, path: Path, place: str, recorder: PassageRecorder) -> Block:
    match block:
        case sent.ParagraphBlock():
            line = SourceText.of(block.text).trimmed()
            return recorder.paragraph(styled_runs(line), (*path, "text"), Kind.PARAGRAPH, place)
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
