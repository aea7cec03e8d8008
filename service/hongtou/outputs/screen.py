"""The tagged PDF for reading and for office printers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.output import Output
from hongtou.outputs.paging import PAGING
from hongtou.preflight.profiles import SCREEN_PDF

if TYPE_CHECKING:
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan


def screen_pdf(plan: Plan, pages: Pages) -> bytes:
    """Return the PDF of these pages, in the colours of a screen."""
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file

    return write_pdf(plan, pages)


SCREEN = Output(
    name="screen",
    title="阅读与办公打印用 PDF",
    media_type="application/pdf",
    extension="pdf",
    options=PAGING,
    profile=SCREEN_PDF,
    make=lambda plan, pages, options: screen_pdf(plan, pages),
)
