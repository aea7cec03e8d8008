"""A .docx → lines, and what of it is no part of the issue."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hongtou.bulletin.errors import ImportRefused
from hongtou.bulletin.limits import MAX_IMPORTED_PICTURES
from hongtou.importing.docx.characters import write_characters
from hongtou.importing.docx.document import html_of
from hongtou.importing.docx.hidden import aside, boxes_beside_text, without_hidden
from hongtou.importing.docx.html_lines import lines_of_html
from hongtou.importing.docx.looks import write_looks
from hongtou.importing.docx.numbering import read_lists, write_numbers
from hongtou.importing.docx.package import SAVE_AGAIN, Package
from hongtou.importing.docx.styles import Styles
from hongtou.importing.docx.word_art import write_word_art
from hongtou.importing.docx.wrappers import unwrap
from hongtou.importing.docx.xml_parts import STRICT_W, SYMBOL, W, paragraph_texts, parsed
from hongtou.importing.lines import SourceLine, bare

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
KEPT = ("[Content_Types].xml", "_rels/.rels", RELATIONS, STYLES)
MAX_TOLD = 20
MEDIA = "word/media/"
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def lines_of_docx(content: bytes) -> tuple[list[SourceLine], list[str]]:
    """Return the lines of a .docx and what is to be told of it.

    Raises:
        ImportRefused: it is damaged, empty, or a danger to read.
    """
    package = Package(content)
    parts = {name: _plain(package.part(name)) for name in (*KEPT, DOCUMENT, NUMBERING)}
    roots = {name: parsed(part) for name, part in parts.items()}
    document = roots[DOCUMENT]
    if document is None:
        raise ImportRefused(".docx 里没有正文", hint=SAVE_AGAIN)
    styles = Styles(roots[STYLES])
    remarks = [*without_hidden(document, styles), *boxes_beside_text(document), *aside(package)]
    unwrap(document)
    remarks += write_characters(document)
    write_numbers(document, read_lists(roots[NUMBERING], styles), styles)
    write_word_art(document)
    looks = write_looks(document, styles)
    kept = {name: parts[name] for name in KEPT if parts[name]}
    pictures = {name: name.encode() for name in package.names if is_picture(name)}
    written = ElementTree.tostring(document, "utf-8")
    html = html_of({**kept, **pictures, DOCUMENT: written}, looks)
    lines = lines_of_html(html)
    if not any(line.text for line in lines):
        raise ImportRefused(".docx 里没有文字", hint="里面若是图片，请先用识别软件得到文字")
    return lines, [*remarks, *_unread(document, lines), *_other_pictures(package)]


def pictures_of(content: bytes, names: Collection[str]) -> dict[str, bytes]:
    """Return pictures of a .docx by their names in the issue, but none too large or too many."""
    if not names:
        return {}
    package = Package(content)
    found = {
        PurePosixPath(name).name: package.picture(name)
        for name in sorted(package.names)
        if is_picture(name)
    }
    return {name: found[name] for name in [*names][:MAX_IMPORTED_PICTURES] if found.get(name)}


def is_picture(name: str) -> bool:
    """Tell whether a part is a picture of a kind that can be printed."""
    return name.startswith(MEDIA) and PurePosixPath(name).suffix.lower() in PICTURES


def _plain(part: bytes) -> bytes:
    """Return a part in the usual namespace, also one of the strict form (ISO/IEC 29500-1)."""
    return part.replace(STRICT_W[1:-1].encode(), W[1:-1].encode())


def _unread(document: Element, lines: Sequence[SourceLine]) -> Iterator[str]:
    """Yield the paragraphs that came through no reader: those in boxes and fields of new kinds."""
    captions = (one.caption for line in lines for one in line.pictures)
    texts = (line.text + "".join(map("".join, line.rows)) for line in lines)
    read = bare("".join((*texts, *captions)))
    missing = [
        text
        for text in paragraph_texts(document)
        if any(part not in read for part in bare(text).split(SYMBOL))
    ]
    yield from (f"这一段没有取（多半在文本框里）：{text}" for text in missing[:MAX_TOLD])
    if len(missing) > MAX_TOLD:
        yield f"另有 {len(missing) - MAX_TOLD} 段没有取"


def _other_pictures(package: Package) -> Iterator[str]:
    others = sorted(
        name for name in package.names if name.startswith(MEDIA) and not is_picture(name)
    )
    if others:
        shown = "、".join(PurePosixPath(name).name for name in others[:MAX_TOLD])
        yield f"有 {len(others)} 张图片的格式印不了，没有取：{shown}。请另存为 PNG 后添进稿件"
