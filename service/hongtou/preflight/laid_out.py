"""Rules on pages as they were laid out: they are asked before any file is made of them.

What they find would be the same in every output, and costs least here, where every line still says
how wide it is. What knows that is loaded late: who only reports what was found needs no plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import Box
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.preflight.folios import FOLIO, FOLIO_CODE
from hongtou.preflight.rule import Fault, Rule, on_page

if TYPE_CHECKING:
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan


class LaidOut(NamedTuple):
    """The pages of a plan, before notes of a proof are put on them."""

    plan: Plan
    pages: Pages


def _outside(laid_out: LaidOut) -> Iterator[Fault]:
    """Yield texts, rules and pictures that reach out of the type area, at most one a page."""
    from hongtou.preflight.type_area import TypeArea

    area = TypeArea(laid_out.plan)
    for page in laid_out.pages:
        for what, box in area.reaching_out(page):
            place = Box(*(round(length / PT_PER_MM, 2) for length in box))
            yield Fault(f"第 {page.number} 页{what}出了版心", page.number, place)
            break


def _other_folio(laid_out: LaidOut) -> Iterator[Fault]:
    """Yield pages without their own folio, or with one where none belongs (folios.py).

    It stands below the type area, on odd pages at the right, on even ones at the left.
    """
    from hongtou.preflight.type_area import TypeArea

    area = TypeArea(laid_out.plan)
    follows_blank = False
    for page in laid_out.pages:
        is_blank = not (page.contents or page.rules)
        texts = [(one.placed, one.placed.line.text) for one in page.furniture]
        folios = [(found[1], one) for one, text in texts if (found := FOLIO.fullmatch(text))]
        wanted = [] if is_blank or follows_blank else [str(page.number)]
        if [number for number, _ in folios] != wanted:
            told = "、".join(number for number, _ in folios) or "空的"
            yield on_page(page.number, f"的页码是 {told}")
        elif not all(area.is_place_of_folio(page, one) for _, one in folios):
            yield on_page(page.number, "的页码不在版心之下、版式写明的位置")
        follows_blank = is_blank


def _other_closing(laid_out: LaidOut) -> Iterator[Fault | str]:
    """Yield what keeps the closing block from ending the last page, whole and alone at its foot."""
    from hongtou.preflight.type_area import TypeArea

    plan, (*others, last) = laid_out.plan, laid_out.pages.pages
    rows = [row for group in plan.closing.groups for row in group]
    wanted = {text.key for row in rows for text in (row.left, row.right) if text and text.lines}
    for page in others:
        if not wanted.isdisjoint([placed.text.key for placed in page.texts]):
            yield on_page(page.number, "有报尾的一部分，后面还有别的页")
    texts = [*last.texts]
    first = next((at for at, one in enumerate(texts) if one.text.key in wanted), len(texts))
    if {placed.text.key for placed in texts[first:]} != wanted:
        yield on_page(last.number, "的报尾不完整，或后面还有正文")
    for what in TypeArea(plan).misplaced_closing(last, first):
        yield on_page(last.number, what)


LAID_OUT: tuple[Rule[LaidOut], ...] = (
    Rule("preflight/type-area", _outside),
    Rule(FOLIO_CODE, _other_folio),
    Rule("preflight/closing-block", _other_closing),
)
