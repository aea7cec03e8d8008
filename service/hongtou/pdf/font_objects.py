"""Subsets of faces → the font objects of a PDF. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby

from hongtou.pdf.file import PdfFile
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.syntax import reference, string

STEM = 80  # §9.8.1 requires a width; readers do not use it when the font is embedded
SYMBOLIC = 4  # §9.8.2: of every font whose characters are not those of a Latin alphabet
DEFAULT_WIDTH = 1000  # §9.7.4.3: of a CID that W leaves out
MAX_MAPPINGS = 100  # in a block of a CMap: Adobe Technical Note 5014, §5
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


def font_resources(file: PdfFile, faces: Mapping[str, EmbeddedFace]) -> str:
    """Add the objects of these faces to a file; return the font resources of its pages."""
    fonts = [f"/{face.name} {reference(_font(file, face))}" for face in faces.values()]
    return f"<<{''.join(fonts)}>>"


def _font(file: PdfFile, face: EmbeddedFace) -> int:
    """Add a font (§9.7.6.1) and return its number."""
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{face.base_font}/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
        f"/W{_widths(face)}/FontDescriptor {reference(_descriptor(file, face))}>>"
    )
    mapping = file.add_stream(_mapping(face).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{face.base_font}/Encoding/Identity-H"
        f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(mapping)}>>"
    )


def _descriptor(file: PdfFile, face: EmbeddedFace) -> int:
    """Add a font descriptor (§9.8) and return its number."""
    program = file.add_stream(face.content, f"/Length1 {len(face.content)}")
    bounds = " ".join(map(str, face.bounds))
    return file.add(
        f"<</Type/FontDescriptor/FontName{face.base_font}/FontFamily{string(face.family)}"
        f"/Flags {SYMBOLIC}/FontBBox[{bounds}]/ItalicAngle 0/Ascent {face.ascent}"
        f"/Descent {face.descent}/CapHeight {face.ascent}/StemV {STEM}"
        f"/FontFile2 {reference(program)}>>"
    )


def _widths(face: EmbeddedFace) -> str:
    """Return the widths that differ from DEFAULT_WIDTH, as runs of consecutive CIDs (§9.7.4.3)."""
    widths = [
        (cid, face.advances[glyph])
        for glyph, cid in face.cids.items()
        if face.advances[glyph] != DEFAULT_WIDTH
    ]
    runs = []
    for _, run in groupby(enumerate(widths), key=lambda numbered: numbered[1][0] - numbered[0]):
        members = [member for _, member in run]
        runs.append(f"{members[0][0]}[{' '.join(str(width) for _, width in members)}]")
    return f"[{' '.join(runs)}]"


def _mapping(face: EmbeddedFace) -> str:
    """Return the CMap from glyphs to characters (§9.10.3)."""
    codes = face.codes
    lines = [f"<{codes[glyph]}> <{_utf16(text)}>" for glyph, text in face.texts.items()]
    blocks = (lines[at : at + MAX_MAPPINGS] for at in range(0, len(lines), MAX_MAPPINGS))
    return MAPPING.format(blocks="\n".join(map(_block, blocks)))


def _block(lines: Iterable[str]) -> str:
    lines = list(lines)
    return "\n".join([f"{len(lines)} beginbfchar", *lines, "endbfchar"])


@lru_cache(maxsize=20_000)
def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()
