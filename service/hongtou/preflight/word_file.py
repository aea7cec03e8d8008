"""A .docx and its rules: what we write and nothing else, no macros, nothing fetched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from hongtou.bulletin.finding import printable
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.package import read_members, read_roots
from hongtou.preflight.rule import Rule

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
REQUIRED = {
    "[Content_Types].xml", "_rels/.rels", CORE, DOCUMENT, "word/_rels/document.xml.rels",
    "word/styles.xml", "word/settings.xml", "word/fontTable.xml",
    "word/footer1.xml", "word/footer2.xml",
}  # fmt: skip
PICTURE = re.compile(r"word/media/image\d+\.(?:png|jpg)")
IN_TEXT = frozenset({
    "document", "body", "ftr", "p", "pPr", "r", "rPr", "t", "br", "tab", "tabs", "hyperlink",
    "bookmarkStart", "bookmarkEnd", "fldSimple", "drawing", "pStyle", "rStyle", "keepNext",
    "pageBreakBefore", "framePr", "pBdr", "top", "left", "bottom", "right", "snapToGrid",
    "spacing", "ind", "jc", "sz", "rFonts", "tbl", "tblPr", "tblpPr", "tblW", "tblLayout",
    "tblBorders", "insideH", "insideV", "tblCellMar", "tblGrid", "gridCol", "tr", "trPr",
    "cantSplit", "trHeight", "tblHeader", "tc", "tcPr", "tcW", "gridSpan", "vMerge",
    "tcBorders", "vAlign", "sectPr", "footerReference", "pgSz", "pgMar", "cols", "docGrid",
    "type",
})  # fmt: skip
FOLIO = ("— ", " —")
MARK = "（可编辑稿）"


@dataclass(frozen=True)
class InspectedWord:
    """The members of a .docx by name, and the roots of those of XML."""

    members: Mapping[str, bytes]
    roots: Mapping[str, Element]

    @property
    def document(self) -> Element:
        """Return the root of the text."""
        return self.roots[DOCUMENT]

    @cached_property
    def footers(self) -> list[Element]:
        """Return the roots of the footers."""
        return [root for name, root in self.roots.items() if name.startswith("word/footer")]

    def relations(self) -> Iterator[tuple[str, Element]]:
        """Yield every relation, after the folder of what has it."""
        for name, root in self.roots.items():
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                yield from ((folder, one) for one in root.iter(RELATION))


@contextmanager
def open_word(content: bytes, _expectation: Expectation) -> Iterator[InspectedWord]:
    """Open a .docx for the rules.

    Raises:
        ValueError: it is no zip from end to end, too large, no .docx, or its XML cannot be read.
    """
    members = read_members(content, required={DOCUMENT})
    ours = {name: text for name, text in members.items() if name.endswith((".xml", ".rels"))}
    yield InspectedWord(members, read_roots(ours))


def _other_members(inspected: InspectedWord) -> Iterator[str]:
    for name in sorted(inspected.members.keys() - REQUIRED):
        if not PICTURE.fullmatch(name):
            yield f"含有本服务不写的成员 {printable(name)}"
    for name in sorted(REQUIRED - inspected.members.keys()):
        yield f"缺少 {name}"


def _misrelated(inspected: InspectedWord) -> Iterator[str]:
    """Yield what is fetched from outside, missing inside, or held and not used."""
    held = set()
    for folder, relation in inspected.relations():
        target = relation.get("Target", "")
        name = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if relation.get("TargetMode", "Internal") != "Internal":
            yield f"引用了文件以外的东西：{printable(target[:40])}"
        elif name not in inspected.members:
            yield f"引用的成员不在文件里：{printable(name[:40])}"
        held.add(name)
    for name in sorted(inspected.members):
        if PICTURE.fullmatch(name) and name not in held:
            yield f"{name} 没有用到"


def _strange(inspected: InspectedWord) -> Iterator[str]:
    found = {one.tag for root in (inspected.document, *inspected.footers) for one in root.iter()}
    written = {f"{W}{name}" for name in IN_TEXT}
    for tag in sorted(found - written):
        if not _is_of_pictures(tag):
            yield f"含有本服务不写的元素 {printable(tag.rpartition('}')[2])}"


def _is_of_pictures(tag: str) -> bool:
    return tag.startswith(DRAWING) or tag in PICTURE_TAGS


def _fields(inspected: InspectedWord) -> Iterator[str]:
    for field in inspected.document.iter(f"{W}fldSimple"):
        yield f"正文里有域 {printable(field.get(f'{W}instr', '')[:20])}"
    for root in inspected.footers:
        fields = [field.get(f"{W}instr", "").strip() for field in root.iter(f"{W}fldSimple")]
        texts = tuple(one.text for one in root.iter(f"{W}t") if one.text)
        if fields != ["PAGE"] or texts != FOLIO:
            yield "页脚不是页码一项"


def _misleading(inspected: InspectedWord) -> Iterator[str]:
    marks = [one.get(f"{W}name") for one in inspected.document.iter(f"{W}bookmarkStart")]
    for link in inspected.document.iter(f"{W}hyperlink"):
        if marks.count(link.get(f"{W}anchor")) != 1 or link.get(f"{R}id"):
            yield f"链接不通向本文件：{printable(str(link.get(f'{W}anchor')))}"


def _without_style(inspected: InspectedWord) -> Iterator[str]:
    styles = {one.get(f"{W}styleId") for one in inspected.roots["word/styles.xml"]}
    used = {
        one.get(f"{W}val")
        for root in (inspected.document, *inspected.footers)
        for name in ("pStyle", "rStyle")
        for one in root.iter(f"{W}{name}")
    }
    for name in sorted(map(str, used - styles)):
        yield f"没有样式 {printable(name)}"


def _without_alternative(inspected: InspectedWord) -> Iterator[str]:
    for picture in inspected.document.iter(f"{DRAWING}docPr"):
        if not (picture.get("descr") or "").strip():
            yield "有图片没有替代文字"


def _unmarked(inspected: InspectedWord) -> Iterator[str]:
    title = inspected.roots[CORE].findtext(TITLE) if CORE in inspected.roots else ""
    if not (title or "").endswith(MARK):
        yield "标题没有说明是可编辑稿"


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
PICTURE_TAGS = {
    *(f"{_A}{name}" for name in (
        "graphicFrameLocks", "graphic", "graphicData", "blip", "stretch", "fillRect", "xfrm",
        "off", "ext", "prstGeom",
    )),
    *(f"{_PIC}{name}" for name in ("pic", "nvPicPr", "cNvPr", "cNvPicPr", "blipFill", "spPr")),
}  # fmt: skip

WORD_MEMBERS = Rule("preflight/docx-members", _other_members)
WORD_RELATIONS = Rule("preflight/docx-external", _misrelated)
WORD_ELEMENTS = Rule("preflight/docx-content", _strange)
WORD_FIELDS = Rule("preflight/docx-fields", _fields)
WORD_LINKS = Rule("preflight/docx-links", _misleading)
WORD_STYLES = Rule("preflight/docx-styles", _without_style)
WORD_ALTERNATIVES = Rule("preflight/alternatives", _without_alternative)
WORD_TITLE = Rule("preflight/docx-title", _unmarked)
