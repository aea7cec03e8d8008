"""One import of every kind, before workers are forked: they can load nothing later."""

from __future__ import annotations

from contextlib import suppress

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.docx.package import packed
from hongtou.importing.reading import read_file

TEXT = "工作动态\n第1期\n市创建办　2026年3月2日\n标题标题标题\n正文。\n报：甲\n"
ENCODINGS = ("utf-8", "gb18030", "utf-16")
# A page without text, by the least that makes a PDF.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>"
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "word/document.xml": (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:rPr><w:b/></w:rPr>'
        "<w:t>第1期</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>报：甲</w:t></w:r></w:p>"
        "</w:tc></w:tr></w:tbl></w:body></w:document>"
    ).encode(),
}


def rehearse_imports() -> None:
    """Import a text in every encoding, a PDF and a .docx."""
    for encoding in ENCODINGS:
        read_file(TEXT.encode(encoding))
    read_file(packed(DOCX))
    with suppress(ImportRefused):  # it has no text
        read_file(PDF)
