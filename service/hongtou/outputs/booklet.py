"""Pages on larger sheets: folded and stapled in the fold, or side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.bulletin.numerals import folio
from hongtou.outputs.inking import (
    COLOURS,
    INKS,
    colours_lost,
    has_plates,
    inked_medium,
    inked_pages,
)
from hongtou.outputs.option import Choice, Need, OptionValues, Switch, WholeNumber
from hongtou.outputs.output import Output
from hongtou.outputs.paging import BOUND_PAGING
from hongtou.pages.imposition import FoldMark, Imposition, saddle_stitched, side_by_side, slots_of
from hongtou.preflight.folded import DEFAULT_THICKNESS
from hongtou.preflight.profiles import IMPOSED_PDF, IMPOSED_PRESS_PDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongtou.layouts import Layout
    from hongtou.outputs.commission import Commission
    from hongtou.pages.page import Pages

SADDLE, TWO, FOUR = "saddle", "2", "4"
UP = Choice(
    name="up",
    title="拼法",
    default=SADDLE,
    values={
        SADDLE: "骑马订，对折成册",
        TWO: "每面左右两页",
        FOUR: "每面四页",
    },
    marks={TWO: "双拼", FOUR: "四拼"},
)
FOLDED = Need(UP.name, SADDLE, "骑马订")
# Of one sheet of 80 g paper, about 0.1 mm (实务).
THICKNESS = WholeNumber(
    name="thickness",
    title="一张纸厚多少微米，内页照它让位",
    default=DEFAULT_THICKNESS,
    minimum=0,
    maximum=500,
    mark="纸厚{}微米",
    needs=FOLDED,
)
PAGES_OF_A_SHEET = 4  # that is folded once
UM_PER_MM = 1000
CLOSING_STYLES = frozenset({"closing", "closing_right"})
FOLD = Switch(
    name="fold_marks",
    title="折线处的短线",
    default=True,
    mark="无折线",
    needs=FOLDED,
)


def imposed_pdf(commission: Commission) -> bytes:
    """Return the PDF of an issue on larger sheets."""
    from hongtou.pdf.document import write_pdf  # late, as a check makes no file

    plan = commission.plan
    pages = folded_pages(replace(commission, pages=inked_pages(commission)))
    imposition = imposition_of(pages, plan.layout, commission.options)
    return write_pdf(plan, pages, replace(inked_medium(commission), imposition=imposition))


def imposition_of(pages: Pages, layout: Layout, options: OptionValues) -> Imposition:
    """Return where pages stand on sheets of twice or four times their size."""
    width, height = layout.pt("page.width"), layout.pt("page.height")
    if options[UP] == SADDLE:
        slots = slots_of(
            len(pages), PAGES_OF_A_SHEET, closing_stands_alone=_closing_stands_alone(pages)
        )
        thickness = options[THICKNESS] / UM_PER_MM * PT_PER_MM
        sides = saddle_stitched(slots, width, height, thickness)
        length, weight = layout.pt("press.fold_mark"), layout.pt("press.mark_weight")
        fold = FoldMark(width, length, weight) if options[FOLD] else None
        return Imposition(tuple(sides), 2 * width, height, fold)
    rows = 1 if options[UP] == TWO else 2
    sides = side_by_side(range(len(pages)), 2, rows, width, height)
    return Imposition(tuple(sides), 2 * width, rows * height)


def folded_pages(commission: Commission) -> Pages:
    """Return the pages of a booklet; a closing block behind blank pages has no folio.

    It is the back cover then, a verso, on whichever side it stood before.

    Source: GB/T 9704-2012 §7.5.
    """
    from hongtou.pages.mirroring import bound_at_right

    plan, pages = commission.plan, commission.pages
    has_blanks = commission.options[UP] == SADDLE and len(pages) % PAGES_OF_A_SHEET
    if not has_blanks or not _closing_stands_alone(pages):
        return pages
    *others, last = pages.pages
    printed = folio(last.number)
    furniture = tuple(one for one in last.furniture if one.placed.line.text != printed)
    cover = replace(last, furniture=furniture)
    if plan.paging.mirrored and last.number % 2:
        cover = bound_at_right(cover, plan.layout)
    return replace(pages, pages=(*others, cover))


def on_sheets(commission: Commission) -> Iterator[Finding]:
    """Yield what is found on imposed pages alone."""
    yield from too_thick(commission)
    yield from colours_lost(commission)


def too_thick(commission: Commission) -> Iterator[Finding]:
    """Yield that staples do not hold so many sheets, nor do they lie flat.

    Findings: booklet/too-thick.
    """
    options, most = commission.options, commission.plan.layout.mm("press.most_stapled")
    sheets = -(-len(commission.pages) // PAGES_OF_A_SHEET)
    thickness = sheets * options[THICKNESS] / UM_PER_MM
    if options[UP] == SADDLE and thickness > most:
        yield Finding(
            code="booklet/too-thick",
            severity=Severity.WARNING,
            pointer="",
            message=(
                f"{len(commission.pages)} 面要 {sheets} 张纸，叠起来厚 {thickness:g} 毫米，"
                f"超过骑马订的 {most:g} 毫米：订不牢、合不拢，里面的纸被挤出、裁窄"
            ),
            hint=(
                "请改用胶装：付印文件（output=print）交印刷厂分帖、锁线、上胶；"
                "自己装订的，A4 双面打印（output=screen、margins=mirror）后胶装，或分成几册"
            ),
        )


def _closing_stands_alone(pages: Pages) -> bool:
    """Tell whether the last page holds the closing block and no other text."""
    styles = {text.text.style for text in pages.pages[-1].texts}
    return len(pages) > 1 and styles <= CLOSING_STYLES


BOOKLET = Output(
    name="booklet",
    title="拼版（A3 骑马订、双拼、四拼）",
    media_type="application/pdf",
    extension="pdf",
    mark="拼版",
    options=(UP, COLOURS, THICKNESS, FOLD, *BOUND_PAGING),
    for_press=has_plates,
    remarks=on_sheets,
    profile=IMPOSED_PDF,
    other_profiles=dict.fromkeys(INKS.values, IMPOSED_PRESS_PDF),
    make=imposed_pdf,
)
