"""The tagged PDF for reading and for office printers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.output import Output
from hongtou.outputs.paging import NUMBERING, PAGING
from hongtou.preflight.profiles import SCREEN_PDF

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission


def screen_pdf(commission: Commission) -> bytes:
    """Return the PDF of an issue, in the colours of a screen."""
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file
    from hongtou.pdf.medium import screen_medium

    plan = commission.plan
    return write_pdf(plan, commission.pages, screen_medium(plan.layout))


SCREEN = Output(
    name="screen",
    title="阅读与办公打印用 PDF",
    media_type="application/pdf",
    extension="pdf",
    options=(*PAGING, NUMBERING),
    shows_findings=True,
    keeps_layouts=True,
    profile=SCREEN_PDF,
    make=screen_pdf,
)
