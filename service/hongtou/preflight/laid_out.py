"""Rules on pages as they were laid out: they are asked before any file is made of them.

What they find would be the same in every output, and costs least here, where every line still says
how wide it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import Box
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.compose.break_classes import TRIMMED_AFTER, TRIMMED_BEFORE, Mark, mark_of
from hongtou.faces.face import UNITS
from hongtou.pages.page import Page, PlacedLine, PlacedPicture, Rectangle
from hongtou.pages.places import turned
from hongtou.pages.report import OPENING_CHARS
from hongtou.preflight.folios import FOLIO, FOLIO_CODE
from hongtou.preflight.rule import Fault, Rule, on_page

if TYPE_CHECKING:
    from hongtou.compose.lines import SetLine
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan

NEAR_MM = 1  # what paper and folding may be off (GB/T 9704-2012 §5.2.1: 37 mm ± 1 mm)


class LaidOut(NamedTuple):
    """The pages of a plan, before notes of a proof are put on them."""

    plan: Plan
    pages: Pages


def _outside(laid_out: LaidOut) -> Iterator[Fault]:
    """Yield texts, rules and pictures that reach out of the type area, at most one a page."""
    for page in laid_out.pages:
        area = _type_area(page, laid_out.plan)
        for what, box in _boxes(page, area, _ascent(laid_out)):
            if not _holds(area, box):
                place = Box(*(round(length / PT_PER_MM, 2) for length in box))
                yield Fault(f"第 {page.number} 页{what}出了版心", page.number, place)
                break


def _type_area(page: Page, plan: Plan) -> Rectangle:
    """Return the type area of a page: its binding margin is at the right of a mirrored even one."""
    pt = plan.layout.pt
    left, width = pt("page.binding_margin"), pt("page.type_area_width")
    if plan.paging.mirrored and page.number % 2 == 0:
        left = page.width - left - width
    return Rectangle(left, pt("page.head_margin"), width, pt("page.type_area_height"))


def _ascent(laid_out: LaidOut) -> float:
    """Return how high over its baseline the square of a character begins, in em."""
    return laid_out.plan.layout.em("composition.baseline")


def _boxes(page: Page, area: Rectangle, ascent: float) -> Iterator[tuple[str, Rectangle]]:
    """Yield what may stand out of an area, but no folio: how a message tells it, and its ink."""
    for rule in page.rules:
        yield "有一条线", turned(rule.area, rule.turn)
    for placed in page.contents:
        if isinstance(placed, PlacedPicture):
            yield "的图片", turned(placed.area, placed.turn)
            continue
        for line in (*placed.lines, placed.ending) if placed.ending else placed.lines:
            text = line.line.text.strip()[:OPENING_CHARS]
            if text and not _holds(area, turned(_squares(line, ascent), placed.turn)):
                yield f"“{text}”一行", turned(_ink(line, ascent), placed.turn)


def _squares(placed: PlacedLine, ascent: float) -> Rectangle:
    """Return what a line takes up with spaces and the blank halves of marks at its ends."""
    line, x, baseline = placed
    return Rectangle(x + line.x, baseline - ascent * line.size, line.width, line.size)


def _ink(placed: PlacedLine, ascent: float) -> Rectangle:
    """Return how far a line reaches without spaces and the blank halves of marks at its ends."""
    line, texts = placed.line, placed.line.texts
    first = next(at for at, text in enumerate(texts) if not text.isspace())
    last = next(at for at in reversed(range(len(texts))) if not texts[at].isspace())
    before = _advance(line, range(first)) + _blank(TRIMMED_BEFORE, texts[first][0], line)
    behind = _advance(line, range(last + 1, len(texts))) + line.gaps[last]
    behind += _blank(TRIMMED_AFTER, texts[last][-1], line)
    squares = _squares(placed, ascent)
    return squares._replace(x=squares.x + before, width=squares.width - before - behind)


def _advance(line: SetLine, glyphs: Iterable[int]) -> float:
    return sum(
        line.faces[at].advance(line.glyphs[at]) * line.size / UNITS + line.gaps[at] for at in glyphs
    )


def _blank(blanks: Mapping[Mark, float], mark: str, line: SetLine) -> float:
    return blanks.get(mark_of(mark), 0.0) * line.size


def _holds(area: Rectangle, box: Rectangle) -> bool:
    near = NEAR_MM * PT_PER_MM
    return (
        box.x >= area.x - near
        and box.y >= area.y - near
        and box.x + box.width <= area.x + area.width + near
        and box.y + box.height <= area.y + area.height + near
    )


def _other_folio(laid_out: LaidOut) -> Iterator[Fault]:
    """Yield pages without their own folio, or with one where none belongs (folios.py).

    It stands below the type area, on odd pages at the right, on even ones at the left.
    """
    follows_blank = False
    for page in laid_out.pages:
        is_blank = not (page.contents or page.rules)
        texts = [(one.placed, one.placed.line.text) for one in page.furniture]
        folios = [(found[1], one) for one, text in texts if (found := FOLIO.fullmatch(text))]
        wanted = [] if is_blank or follows_blank else [str(page.number)]
        if [number for number, _ in folios] != wanted:
            told = "、".join(number for number, _ in folios) or "空的"
            yield on_page(page.number, f"的页码是 {told}")
        elif not all(
            _is_below(laid_out, page, _squares(one, _ascent(laid_out))) for _, one in folios
        ):
            yield on_page(page.number, "的页码不在版心之下、单页右、双页左")
        follows_blank = is_blank


def _is_below(laid_out: LaidOut, page: Page, box: Rectangle) -> bool:
    """Tell whether a folio stands between the type area and the edge of the paper, on its side."""
    area, near = _type_area(page, laid_out.plan), NEAR_MM * PT_PER_MM
    is_right = 2 * box.x + box.width > page.width
    is_low = area.y + area.height - near <= box.y and box.y + box.height <= page.height
    return is_low and is_right is (page.number % 2 == 1)


def _other_closing(laid_out: LaidOut) -> Iterator[Fault | str]:
    """Yield what keeps the closing block from ending the last page, whole and alone at its foot."""
    plan, (*others, last) = laid_out.plan, laid_out.pages.pages
    rows = [row for group in plan.closing.groups for row in group]
    wanted = {text.key for row in rows for text in (row.left, row.right) if text and text.lines}
    for page in others:
        if any(placed.text.key in wanted for placed in page.texts):
            yield on_page(page.number, "有报尾的一部分，后面还有别的页")
    texts = [*last.texts]
    first = next((at for at, one in enumerate(texts) if one.text.key in wanted), len(texts))
    if {placed.text.key for placed in texts[first:]} != wanted:
        yield on_page(last.number, "的报尾不完整，或后面还有正文")
    area = _type_area(last, plan)
    foot, near = area.y + area.height, NEAR_MM * PT_PER_MM
    head = foot - plan.closing.space.height
    above, below = texts[:first], texts[first:]
    if any(line.baseline > head + near for placed in above for line in placed.lines):
        yield on_page(last.number, "有正文排进了报尾")
    if any(line.baseline < head - near for placed in below for line in placed.lines):
        yield on_page(last.number, "的报尾不在版心底部")
    if not any(abs(rule.area.y + rule.area.height - foot) < near for rule in last.rules):
        yield on_page(last.number, "的报尾下面没有线")


LAID_OUT: tuple[Rule[LaidOut], ...] = (
    Rule("preflight/type-area", _outside),
    Rule(FOLIO_CODE, _other_folio),
    Rule("preflight/closing-block", _other_closing),
)
