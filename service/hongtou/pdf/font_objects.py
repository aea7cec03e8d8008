"""Subsets of faces → the font objects of a PDF. Sections are those of ISO 32000-1.

WeasyPrint 70 takes a font's box from the widths that are written down. Where all glyphs are squares
there are none, and the box of a whole body face would be as wide as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from hongtou.pdf.subsets import EmbeddedFace

ASCENT, DESCENT, STEM = 880, -120, 80
SYMBOLIC = 4  # §9.8.2: of every font whose characters are not those of a Latin alphabet
DEFAULT_WIDTH = 1000  # §9.7.4.3: of every CID that W leaves out
MOST_MAPPINGS = 100  # of a block of a CMap: Adobe Technical Note 5014, §5
MAPPING = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def font_resources(pdf: Any, faces: Mapping[str, EmbeddedFace], *_unused: Any) -> pydyf.Dictionary:
    """Add the objects of these faces to a document; return what names its fonts for pages."""
    return pydyf.Dictionary({name: _font(pdf, face) for name, face in faces.items()})


def _font(pdf: Any, face: EmbeddedFace) -> bytes:
    """Add a font (§9.7.6.1) and return its reference."""
    descendant = _added(pdf, {
        "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": face.base_font,
        "CIDSystemInfo": pydyf.Dictionary({
            "Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"),
            "Supplement": 0,
        }),
        "CIDToGIDMap": "/Identity", "W": _widths(face), "FontDescriptor": _descriptor(pdf, face),
    })  # fmt: skip
    return _added(pdf, {
        "Type": "/Font", "Subtype": "/Type0", "BaseFont": face.base_font, "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([descendant]),
        "ToUnicode": _stream(pdf, _mapping(face).encode("ascii"), {}),
    })  # fmt: skip


def _descriptor(pdf: Any, face: EmbeddedFace) -> bytes:
    """Add what describes a font as a whole (§9.8) and return its reference."""
    return _added(pdf, {
        "Type": "/FontDescriptor", "FontName": face.base_font,
        "FontFamily": pydyf.String(face.family), "Flags": SYMBOLIC,
        "FontBBox": pydyf.Array(face.bounds), "ItalicAngle": 0, "Ascent": ASCENT,
        "Descent": DESCENT, "CapHeight": ASCENT, "StemV": STEM,
        "FontFile2": _stream(pdf, face.content, {"Length1": len(face.content)}),
    })  # fmt: skip


def _widths(face: EmbeddedFace) -> pydyf.Array:
    """Return the widths of all glyphs that are no squares (§9.7.4.3): runs of CIDs, each once."""
    others = [
        (cid, face.advances[glyph])
        for glyph, cid in face.cids.items()
        if face.advances[glyph] != DEFAULT_WIDTH
    ]
    widths = pydyf.Array()
    for _, run in groupby(enumerate(others), key=lambda one: one[1][0] - one[0]):
        members = [other for _, other in run]
        widths += [members[0][0], pydyf.Array(width for _, width in members)]
    return widths


def _mapping(face: EmbeddedFace) -> str:
    """Return the CMap that tells what each glyph is read as (§9.10.3)."""
    codes = face.codes
    lines = [f"<{codes[glyph]}> <{_utf16(text)}>" for glyph, text in face.texts.items()]
    blocks = (lines[at : at + MOST_MAPPINGS] for at in range(0, len(lines), MOST_MAPPINGS))
    return MAPPING.format(blocks="\n".join(map(_block, blocks)))


def _block(lines: Iterable[str]) -> str:
    lines = list(lines)
    return "\n".join([f"{len(lines)} beginbfchar", *lines, "endbfchar"])


@lru_cache(maxsize=20_000)
def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _added(pdf: Any, entries: Mapping[str, Any]) -> bytes:
    return _reference(pdf, pydyf.Dictionary(entries))


def _stream(pdf: Any, content: bytes, extra: dict[str, Any]) -> bytes:
    return _reference(pdf, pydyf.Stream([content], extra, compress=True))


def _reference(pdf: Any, one: Any) -> bytes:
    pdf.add_object(one)
    return bytes(one.reference)
