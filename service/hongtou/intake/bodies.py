"""The body of an article (正文): lines and blocks as sent → the domain's blocks."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.issue import AttachmentList, Block, Figure, Heading, Note, Paragraph, Table
from hongtou.bulletin.passage import Kind
from hongtou.intake import blocks as sent
from hongtou.intake.paragraphs import HEADING_STYLES, heading_level, styled_runs
from hongtou.intake.pointers import Path, pointer
from hongtou.intake.recorder import Scribe
from hongtou.intake.source_text import SourceText


def read_body(
    body: str | Sequence[sent.BodyMember], path: Path, article: str, scribe: Scribe
) -> tuple[Block, ...]:
    """Return the blocks of a body; every line of a string is one, and they are counted as 段."""
    members = [(path, body)] if isinstance(body, str) else [
        ((*path, at), member) for at, member in enumerate(body)
    ]  # fmt: skip
    blocks: list[Block] = []
    for where, member in members:
        if isinstance(member, str):
            for line in SourceText.of(member).lines():
                blocks.append(_line(line, where, f"{article}第{len(blocks) + 1}段", scribe))
        else:
            blocks.append(_block(member, where, f"{article}第{len(blocks) + 1}段", scribe))
    return tuple(blocks)


def _line(line: SourceText, path: Path, place: str, scribe: Scribe) -> Heading | Paragraph:
    level = heading_level(line)
    if level is not None:
        kind = Kind(HEADING_STYLES[level])
        runs = styled_runs(line, numbered=False)
        return Heading(level, scribe.heading(runs, path, kind, place))
    return scribe.paragraph(styled_runs(line), path, Kind.PARAGRAPH, place)


def _block(block: object, path: Path, place: str, scribe: Scribe) -> Block:
    match block:
        case sent.ParagraphBlock():
            line = SourceText.of(block.text).trimmed()
            return scribe.paragraph(styled_runs(line), (*path, "text"), Kind.PARAGRAPH, place)
        case sent.HeadingBlock():
            kind = Kind(HEADING_STYLES[block.level])
            return Heading(block.level, scribe.line(block.text, (*path, "text"), kind, place))
        case sent.NoteBlock():
            return Note(scribe.line(block.text, (*path, "text"), Kind.NOTE, f"{place}附注"))
        case sent.FigureBlock():
            caption = scribe.line(block.caption, (*path, "caption"), Kind.CAPTION, f"{place}图题")
            return Figure(block.image, caption, block.width_mm, pointer(path))
        case sent.AttachmentsBlock():
            return AttachmentList(
                tuple(
                    scribe.line(
                        item, (*path, "items", at), Kind.ATTACHMENT, f"{place}附件第{at + 1}项"
                    )
                    for at, item in enumerate(block.items)
                )
            )
        case sent.TableBlock():
            return _table(block, path, place, scribe)
    raise TypeError(f"no such block: {type(block).__name__}")


def _table(block: sent.TableBlock, path: Path, place: str, scribe: Scribe) -> Table:
    caption = scribe.line(block.caption, (*path, "caption"), Kind.CAPTION, f"{place}表题")
    header = _row(block.header or (), (*path, "header"), f"{place}表格表头", scribe)
    rows = tuple(
        _row(row, (*path, "rows", at), f"{place}表格第{at + 1}行", scribe)
        for at, row in enumerate(block.rows)
    )
    landscape = block.orientation == "landscape"
    return Table(header, rows, tuple(block.align or ()), caption, landscape, pointer(path))


def _row(cells: Sequence[str], path: Path, row: str, scribe: Scribe) -> tuple[str, ...]:
    return tuple(
        scribe.lines(cell, (*path, at), Kind.TABLE, f"{row}第{at + 1}格")
        for at, cell in enumerate(cells)
    )
