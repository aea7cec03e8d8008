"""The PDF for a press: its inks, its marks, and the standard by which it is exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.outputs.inking import BLACK_ONLY, INKS, SPOT, colours_lost, inked_pages
from hongtou.outputs.option import Choice, Switch
from hongtou.outputs.output import Output, always
from hongtou.outputs.paging import BOUND_PAGING
from hongtou.preflight.press import DEFAULT_STANDARD
from hongtou.preflight.profiles import PRESS_PDF

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission
    from hongtou.plan import Plan

STANDARD = Choice(
    name="standard",
    title="付印格式",
    default=DEFAULT_STANDARD,
    values={"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003（PDF 1.4）"},
    marks={"x1a": "X-1a"},
)
MARKS = Switch(name="marks", title="裁切线、套准标记与页外说明行", default=True, mark="无裁切线")


def press_pdf(commission: Commission) -> bytes:
    """Return the PDF of an issue for a press."""
    from hongtou.outputs.slug import slugs_of
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file
    from hongtou.pdf.press import INKINGS, STANDARDS, press_medium

    plan, pages, options = commission.plan, inked_pages(commission), commission.options
    inks = options[INKS]
    masthead = commission.accepted.issue.masthead
    slugs = slugs_of(plan, masthead, len(pages), _plates(plan, inks)) if options[MARKS] else ()
    standard, inking = STANDARDS[options[STANDARD]], INKINGS[inks]
    medium = press_medium(plan, standard, inking, commission.condition, slugs)
    return write_pdf(plan, pages, medium)


def _plates(plan: Plan, inks: str) -> str:
    """Return which plates a printer makes: cyan is in pictures alone."""
    from hongtou.pictures.plates import has_colour

    if inks == SPOT:
        return f"K {plan.layout.text('ink.red_name')}"
    if inks == BLACK_ONLY:
        return "K"
    return "C M Y K" if any(map(has_colour, plan.pictures.values())) else "M Y K"


PRINT = Output(
    name="print",
    title="付印用 PDF/X（油墨、裁切线）",
    media_type="application/pdf",
    extension="pdf",
    mark="付印",
    options=(INKS, STANDARD, MARKS, *BOUND_PAGING),
    for_press=always,
    remarks=colours_lost,
    profile=PRESS_PDF,
    make=press_pdf,
)
