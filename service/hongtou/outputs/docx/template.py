"""What all files of a layout share: page, grid, folios and styles, made once and kept as bytes.

python-docx reads files of its own to make a document and its footers. Workers can open none, so
every issue begins from these bytes, which the rehearsal has made.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement, tostring

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import parse_xml, serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.rel import Relationships
from docx.section import _Footer
from docx.shared import Length, Mm, Pt

from hongtou.layouts import Layout
from hongtou.outputs.docx.markup import half_points, properties, twips, w
from hongtou.outputs.docx.pictures import EXTENSIONS
from hongtou.outputs.docx.styles import STAND_INS, TYPE_ON_GRID, fonts, word_styles
from hongtou.zip_package import packed

KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
KEPT_PARTS = {  # of python-docx's own document; the others say nothing of ours
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
}
WORD_2013 = 15  # whose rules of setting apply, in this version and later ones
KINDS = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_made: dict[str, bytes] = {}


def template_of(layout: Layout) -> bytes:
    """Return the empty document of a layout; it is made when it is first asked for."""
    if layout.digest not in _made:
        _made[layout.digest] = _template(layout)
    return _made[layout.digest]


def _template(layout: Layout) -> bytes:
    document = Document()
    for holder in (document.part.package.rels, document.part.rels):
        _keep_needed(holder)
    _write_styles(document, layout)
    _write_page(document, layout)
    _write_settings(document)
    _write_fonts(document)
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return packed({**members, KINDS: _with_pictures(members[KINDS])}, KINDS)


def _with_pictures(kinds: bytes) -> bytes:
    """Return the kinds of parts of a document, those of pictures among them."""
    root = parse_xml(kinds.partition(b"?>")[2].decode())
    for media_type, extension in EXTENSIONS.items():
        root.add_default(extension, media_type)
    return serialize_part_xml(root)


def _keep_needed(relations: Relationships) -> None:
    for name, one in list(relations.items()):
        if one.reltype not in KEPT_PARTS:
            del relations[name]


def _write_styles(document: WordDocument, layout: Layout) -> None:
    root = document.styles.element
    for one in list(root):
        name = one.get(f"{{{MAIN}}}styleId")
        if name not in KEPT_STYLES:
            root.remove(one)
    size = half_points(layout.styles[TYPE_ON_GRID].size_pt)
    face = [
        fonts("body", layout),
        w("sz", val=size),
        w("szCs", val=size),
        w("lang", val="en-US", eastAsia="zh-CN"),
    ]
    spaces = [  # nothing stands apart by itself, and what may hang is what Word lets hang anyway:
        w("overflowPunct"),  # LibreOffice 7.4 takes it for the contrary, and would lose commas
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("widowControl", val=0),
    ]
    root.insert(
        0,
        w(
            "docDefaults",
            w("rPrDefault", properties("rPr", face)),
            w("pPrDefault"),
        ),
    )
    normal = document.styles["Normal"].element
    for part in normal.findall(f"{{{MAIN}}}rPr"):
        normal.remove(part)
    normal.append(properties("pPr", spaces))
    normal.append(properties("rPr", [w("sz", val=size), w("szCs", val=size)]))  # the grid's
    for style in word_styles(layout):
        root.append(style)


def _write_page(document: WordDocument, layout: Layout) -> None:
    """Write the type area, its grid of lines and characters, and the folios at the outer edge."""
    section = document.sections[0]
    width, height = layout.mm("page.width"), layout.mm("page.height")
    below = height - layout.mm("page.head_margin") - layout.mm("page.type_area_height")
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = Mm(layout.mm("page.head_margin"))
    section.bottom_margin = Mm(below)
    section.left_margin = Mm(layout.mm("page.binding_margin"))
    section.right_margin = Mm(
        width - layout.mm("page.binding_margin") - layout.mm("page.type_area_width")
    )
    size = layout.styles["folio"].size_pt
    distance = Mm(below - layout.mm("folio.offset")) - Pt(size)
    section.footer_distance = Length(max(0, distance))
    section.header_distance = Mm(layout.mm("page.head_margin") / 2)
    root = section._sectPr
    for grid in root.findall(f"{{{MAIN}}}docGrid"):
        root.remove(grid)
    root.append(w("docGrid", type="lines", linePitch=twips(layout.pt("page.line_pitch"))))
    document.settings.odd_and_even_pages_header_footer = True
    _write_folio(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, layout)
    _write_folio(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, layout)


def _write_folio(footer: _Footer, side: WD_ALIGN_PARAGRAPH, layout: Layout) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "简报页码"
    paragraph.alignment = side
    indent = Pt(layout.pt("folio.indent"))
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = indent
    else:
        paragraph.paragraph_format.left_indent = indent
    paragraph.add_run("— ")
    paragraph._p.append(w("fldSimple", w("r", w("t")), instr="PAGE"))
    paragraph.add_run(" —")


def _write_settings(document: WordDocument) -> None:
    root = document.settings.element
    root[:] = []
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word"}
    root.extend(
        [
            w("evenAndOddHeaders"),
            w("characterSpacingControl", val="doNotCompress"),
            w("compat", w("compatSetting", val=WORD_2013, **mode)),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        ]
    )


def _write_fonts(document: WordDocument) -> None:
    """Tell what stands in for a face where a computer has not got it."""
    root = Tag("w:fonts", {"xmlns:w": MAIN})
    for name, stand_in in STAND_INS.items():
        font = SubElement(root, "w:font", {"w:name": name})
        SubElement(font, "w:altName", {"w:val": stand_in})
    part = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        tostring(root, encoding="utf-8", xml_declaration=True),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
