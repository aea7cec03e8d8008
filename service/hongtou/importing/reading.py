"""A file → an issue: what it is, its own bytes tell, not its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.docx.reading import lines_of_docx, pictures_of
from hongtou.importing.figures import picture_names
from hongtou.importing.imported import Doubt, Imported
from hongtou.importing.kinds import Kind
from hongtou.importing.lengths import with_lengths
from hongtou.importing.old_word import SAVE_AS_DOCX, is_old_word
from hongtou.importing.pdf_lines import lines_of_pdf
from hongtou.importing.plain_text import lines_of_text
from hongtou.importing.rules import read_lines

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
PDF_START = 1024  # bytes, within which a PDF begins
NO_STYLE = "纯文本里没有字体、图片和合并的格子：加粗和图片请自行补上"
OF_PDF = "PDF 里的图片没有取；表格和题注按位置认，请逐个核对"


def read_file(content: bytes, said: Mapping[int, Kind] | None = None) -> Imported:
    """Return the issue in a file, its pictures, and every doubt about it; ``said`` as `read_lines`.

    Raises:
        ImportRefused: it is of no kind that can be read, or a danger to read.
    """
    return with_lengths(_read(content, said))


def _read(content: bytes, said: Mapping[int, Kind] | None) -> Imported:
    if PDF in content[:PDF_START]:
        return read_lines(lines_of_pdf(content), [OF_PDF], said)
    if content.startswith(ZIP):
        return _with_pictures(content, read_lines(*lines_of_docx(content), said))
    if is_old_word(content):
        raise ImportRefused(
            "这是旧的 Word 文件（.doc、.wps 或 RTF），这里没有 LibreOffice，读不了",
            hint=SAVE_AS_DOCX,
        )
    return read_lines(lines_of_text(content), [NO_STYLE], said)


def _with_pictures(content: bytes, imported: Imported) -> Imported:
    names = picture_names(imported.issue)
    pictures = pictures_of(content, names)
    lost = [
        Doubt(f"图片 {name} 太大或太多，没有取：请缩小后添进稿件")
        for name in names
        if name not in pictures
    ]
    return replace(imported, pictures=pictures, doubts=(*lost, *imported.doubts))
