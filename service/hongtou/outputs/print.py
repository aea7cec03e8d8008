"""The PDF for a press: its inks, its marks, and the standard by which it is exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.outputs.option import Choice, Switch
from hongtou.outputs.output import Output
from hongtou.outputs.paging import BOUND_PAGING
from hongtou.preflight.profiles import PRESS_PDF

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan

PROCESS, SPOT, BLACK_ONLY = "process", "spot", "black_only"
INKS = Choice(
    name="inks",
    title="油墨",
    default=PROCESS,
    values={
        PROCESS: "四色，红为 Y80 M80",
        SPOT: "黑与专色红两块版",
        BLACK_ONLY: "只印黑，红的留空（套打预印红头纸）",
    },
    marks={SPOT: "专色", BLACK_ONLY: "套打"},
)
STANDARD = Choice(
    name="standard",
    title="付印格式",
    default="x4",
    values={"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003（PDF 1.4）"},
    marks={"x1a": "X-1a"},
)
MARKS = Switch(name="marks", title="裁切线、套准标记与页外说明行", default=True, mark="无裁切线")
RED = "red"


def press_pdf(commission: Commission) -> bytes:
    """Return the PDF of an issue for a press."""
    from hongtou.outputs.slug import slugs_of
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file
    from hongtou.pdf.press import INKINGS, STANDARDS, press_medium

    plan, pages, options = commission.plan, printed_pages(commission), commission.options
    inks = options[INKS]
    masthead = commission.accepted.issue.masthead
    slugs = slugs_of(plan, masthead, len(pages), _plates(plan, inks)) if options[MARKS] else ()
    standard, inking = STANDARDS[options[STANDARD]], INKINGS[inks]
    medium = press_medium(plan, standard, inking, commission.condition, slugs)
    return write_pdf(plan, pages, medium)


def printed_pages(commission: Commission) -> Pages:
    """Return the pages with what the ordered inks print of them."""
    from hongtou.pages.preprinted import without_colour

    is_partial = commission.options[INKS] == BLACK_ONLY
    return without_colour(commission.pages, RED) if is_partial else commission.pages


def _plates(plan: Plan, inks: str) -> str:
    """Return which plates a printer makes: cyan is in pictures alone."""
    from hongtou.pictures.plates import has_colour

    if inks == SPOT:
        return f"K {plan.layout.text('ink.red_name')}"
    if inks == BLACK_ONLY:
        return "K"
    return "C M Y K" if any(map(has_colour, plan.pictures.values())) else "M Y K"


def colours_lost(commission: Commission) -> Iterator[Finding]:
    """Yield which pictures lose their colours, as there are no plates for them.

    Findings: picture/grey-in-two-colours.
    """
    from hongtou.pictures.plates import has_colour

    if commission.options[INKS] == PROCESS:
        return
    for name, picture in commission.plan.pictures.items():
        if has_colour(picture):
            yield Finding(
                code="picture/grey-in-two-colours",
                severity=Severity.WARNING,
                pointer=f"{commission.accepted.pictures[name].pointer}/image",
                message=f"图片“{printable(name)}”是彩色的，没有四色版，印成灰度",
                hint="请核对印成灰度是否看得清；要印彩色，请选四色（inks=process）",
            )


PRINT = Output(
    name="print",
    title="付印用 PDF/X（油墨、裁切线）",
    media_type="application/pdf",
    extension="pdf",
    mark="付印",
    options=(INKS, STANDARD, MARKS, *BOUND_PAGING),
    for_press=True,
    remarks=colours_lost,
    profile=PRESS_PDF,
    make=press_pdf,
)
