"""Word files for tests: of clerks, and of those who mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from hongtou.importing.docx.package import packed
from hongtou.importing.rehearsal import DOCX, WORD

NUMBERED = f'''<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Big"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num></w:numbering>'''
STYLED = f'''<w:styles xmlns:w="{WORD}">
<w:style w:type="paragraph" w:styleId="Big"><w:name w:val="Big"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Big"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>'''


def paragraph(
    text: str, *, style: str = "", number: str = "", level: int = 0, run: str = ""
) -> str:
    """Return a paragraph as XML; ``run`` are the properties of its run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    )
    properties = f"<w:pPr>{named}{listed}</w:pPr>" if named or listed else ""
    return f"<w:p>{properties}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def word_file(body: str, **more: str) -> bytes:
    """Return a Word file with this body; ``more`` are further parts of ``word/``."""
    return packed(parts_of(body, **more))


def parts_of(body: str, **more: str) -> dict[str, bytes]:
    """Return the parts of such a file."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    parts = {**DOCX, "word/document.xml": document.encode()}
    return parts | {f"word/{name}.xml": text.encode() for name, text in more.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a compressed package."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()
