"""An issue as a file for a word processor, to be edited further: the same words, named styles.

    document.py    the entry point: `write_docx`   template.py  what the issues of a layout share
    body.py        the structure, part by part     styles.py    type styles as those of Word
    masthead.py, closing.py, tables.py, pictures.py   its parts
    page_openings.py  what begins a page            outputs/blocks.py  tables and figures as planned
    paragraphs.py  a set text as a paragraph       markup.py    elements of WordprocessingML

Lines and pages are made by the program that opens it, so it is a draft and never the edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.output import Output
from hongtou.preflight.profiles import WORD_FILE

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission


def word_file(commission: Commission) -> bytes:
    """Return an issue as .docx."""
    from hongtou.outputs.docx.document import write_docx  # late, as a check makes no file

    return write_docx(commission.plan)


DOCX = Output(
    name="docx",
    title="可编辑稿（Word、WPS）",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extension="docx",
    mark="可编辑",
    has_pages=False,
    keeps_layouts=True,
    profile=WORD_FILE,
    make=word_file,
)
