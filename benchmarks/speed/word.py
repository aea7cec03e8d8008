"""Blocks as a Word file, which is what offices lay out by hand and print with LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from benchmarks.speed.sheets import FACES, STYLES, Block, Face, Style
from benchmarks.typography.peers import MARGINS_MM

FOLIO = "line"
LEAD_IN = "lead_in"


def docx_file(blocks: Sequence[Block], faces: Mapping[str, Face] = FACES) -> bytes:
    """Return a Word file; all pages are numbered."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, size in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(size))
    for name, style in STYLES.items():
        _add_style(document, name, style, faces[style.face])
    _add_lead_in(document, faces["heading"])
    _add_folio(section.footer.paragraphs[0], document.styles[FOLIO])
    for block in blocks:
        paragraph = document.add_paragraph(style=block.style)
        if block.lead_in:
            paragraph.add_run(block.lead_in, style=LEAD_IN)
        paragraph.add_run(block.text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_style(document: Any, name: str, style: Style, face: Face) -> None:
    added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _set_face(added, face)
    added.font.size = Pt(style.size)
    added.font.color.rgb = RGBColor.from_string(style.colour[1:].upper())
    shape = added.paragraph_format
    shape.alignment = getattr(WD_PARAGRAPH_ALIGNMENT, style.align.upper())
    shape.line_spacing = Pt(style.pitch)
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = Pt(style.indent * style.size)
    shape.widow_control = False
    if style.ruled:
        _rule_below(shape, style.ruled[1:])


def _add_lead_in(document: Any, face: Face) -> None:
    _set_face(document.styles.add_style(LEAD_IN, WD_STYLE_TYPE.CHARACTER), face)


def _set_face(style: Any, face: Face) -> None:
    style.font.name, style.font.bold = face.latin, face.bold
    style.element.rPr.rFonts.set(qn("w:eastAsia"), face.han)
    style.element.rPr.append(_element("w:lang", val="zh-CN", eastAsia="zh-CN"))


def _rule_below(shape: Any, colour: str) -> None:
    """Draw a line of a point (eight eighths) below the paragraph."""
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="8", space="1", color=colour))
    shape.element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _add_folio(paragraph: Any, style: Any) -> None:
    paragraph.style = style
    paragraph.add_run("— ")
    paragraph._p.append(_element("w:fldSimple", instr="PAGE"))
    paragraph.add_run(" —")


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element
