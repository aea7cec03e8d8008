"""Subsets of faces → the font objects of a PDF. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby

from hongtou.pdf.file import PdfFile
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.syntax import reference, string

STEM = 80  # §9.8.1 wants one; nobody draws by it where the font is embedded
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


def font_resources(file: PdfFile, faces: Mapping[str, EmbeddedFace]) -> str:
    """Add the objects of these faces to a file; return what names its fonts for pages."""
    fonts = [f"/{face.name} {reference(_font(file, face))}" for face in faces.values()]
    return f"<<{''.join(fonts)}>>"


def _font(file: PdfFile, face: EmbeddedFace) -> int:
    """Add a font (§9.7.6.1)."""
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
    """Add what describes a font as a whole (§9.8)."""
    program = file.add_stream(face.content, f"/Length1 {len(face.content)}")
    bounds = " ".join(map(str, face.bounds))
    return file.add(
        f"<</Type/FontDescriptor/FontName{face.base_font}/FontFamily{string(face.family)}"
        f"/Flags {SYMBOLIC}/FontBBox[{bounds}]/ItalicAngle 0/Ascent {face.ascent}"
        f"/Descent {face.descent}/CapHeight {face.ascent}/StemV {STEM}"
        f"/FontFile2 {reference(program)}>>"
    )


def _widths(face: EmbeddedFace) -> str:
    """Return the widths of all glyphs that are no squares (§9.7.4.3): runs of CIDs, each once."""
    others = [
        (cid, face.advances[glyph])
        for glyph, cid in face.cids.items()
        if face.advances[glyph] != DEFAULT_WIDTH
    ]
    runs = []
    for _, run in groupby(enumerate(others), key=lambda one: one[1][0] - one[0]):
        members = [other for _, other in run]
        runs.append(f"{members[0][0]}[{' '.join(str(width) for _, width in members)}]")
    return f"[{' '.join(runs)}]"


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
