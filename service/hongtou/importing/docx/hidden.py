"""What a .docx has and no reader of its pages sees, or sees beside the text: told, not imported."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hongtou.importing.docx.package import Package
from hongtou.importing.docx.styles import Styles
from hongtou.importing.docx.xml_parts import W, is_on, paragraph_texts, parsed, text_of, value_of
from hongtou.importing.folios import is_folio

ASIDE = (
    ("word/comments", "批注"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
)
REFERENCES = ("commentReference", "footnoteReference", "endnoteReference")
REVISIONS = ("del", "ins", "moveFrom", "moveTo")
OBJECTS = ("object", "altChunk")
SHOWN_CHARS = 30
MAX_TOLD = 20  # notes of one kind


def without_hidden(document: Element, styles: Styles) -> Iterator[str]:
    """Take hidden runs and references to notes out of a document; yield what is to be told."""
    hidden = []
    for paragraph in document.iter(f"{W}p"):
        style = value_of(paragraph.find(f"{W}pPr"), "pStyle")
        in_style = any(is_on(one.find(f"{W}rPr"), "vanish") for one in styles.chain(style))
        for owner in paragraph.iter():
            for run in owner.findall(f"{W}r"):
                _drop_references(run)
                if in_style or _is_hidden(run, styles):
                    hidden.append(text_of(run))
                    owner.remove(run)
    if told := "".join(hidden).strip():
        yield f"隐藏的文字没有取：{told}"
    if any(document.find(f".//{W}{name}") is not None for name in REVISIONS):
        yield "文档里有修订：按全部接受取，删去的没有取"
    if any(document.find(f".//{W}{name}") is not None for name in OBJECTS):
        yield "文档里嵌有别的文件（公式、表格等），没有取"


def boxes_beside_text(document: Element) -> Iterator[str]:
    """Yield what is to be told of boxes whose paragraph has a text too: they stood elsewhere."""
    found: dict[str, None] = {}
    for paragraph in document.iter(f"{W}p"):
        if not any(text_of(run).strip() for run in paragraph.findall(f"{W}r") if _is_plain(run)):
            continue
        for box in paragraph.iter(f"{W}txbxContent"):
            found[" ".join(filter(None, map(str.strip, paragraph_texts(box))))] = None
    for text in [*filter(None, found)][:MAX_TOLD]:
        yield f"文本框里的字排在它所在的一段之后，请核对位置：{text[:SHOWN_CHARS]}"


def _is_plain(run: Element) -> bool:
    return run.find(f".//{W}txbxContent") is None


def aside(package: Package) -> Iterator[str]:
    """Yield the texts of comments, notes, headers and footers, which are no part of the issue."""
    for start, title in ASIDE:
        texts = [
            text
            for name in package.like(start)
            for text in paragraph_texts(parsed(package.part(name)))
            if not is_folio(text)
        ]
        yield from (f"{title}没有取：{text}" for text in texts[:MAX_TOLD])
        if len(texts) > MAX_TOLD:
            yield f"另有{title} {len(texts) - MAX_TOLD} 段没有取"


def _is_hidden(run: Element, styles: Styles) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is not None and properties.find(f"{W}vanish") is not None:
        return is_on(properties, "vanish")
    chain = styles.chain(value_of(properties, "rStyle"))
    return any(is_on(style.find(f"{W}rPr"), "vanish") for style in chain)


def _drop_references(run: Element) -> None:
    for name in REFERENCES:
        for reference in run.findall(W + name):
            run.remove(reference)
