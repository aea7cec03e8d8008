"""The type area of pages, and what stands out of it.

It knows how wide every line is, so that most are looked at without a call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.compose.break_classes import TRIMMED_AFTER, TRIMMED_BEFORE, Mark, mark_of
from hongtou.faces.face import UNITS
from hongtou.pages.page import Page, PlacedLine, PlacedPicture, PlacedText, Rectangle
from hongtou.pages.places import turned
from hongtou.pages.report import OPENING_CHARS

if TYPE_CHECKING:
    from hongtou.compose.lines import SetLine
    from hongtou.plan import Plan

NEAR_PT = 1 * PT_PER_MM  # what paper may be off (GB/T 9704-2012 §5.2.1: 37 mm ± 1 mm)


class TypeArea:
    """The type area of a plan: what stands out of it, and what below it and at its foot."""

    def __init__(self, plan: Plan) -> None:
        layout = plan.layout
        self._left, self._width = (
            layout.pt("page.binding_margin"),
            layout.pt("page.type_area_width"),
        )
        self._top, self._height = layout.pt("page.head_margin"), layout.pt("page.type_area_height")
        self._ascent = layout.em("composition.baseline")
        self._is_mirrored = plan.paging.mirrored
        self._closing_height = plan.closing.space.height
        self._folio_indent = layout.pt("folio.indent")
        self._foot = self._top + self._height

    def reaching_out(self, page: Page) -> Iterator[tuple[str, Rectangle]]:
        """Yield what reaches out but folios: what a message calls it, and where it stands."""
        left = self._left_on(page)
        for rule in page.rules:
            if not self._holds(box := turned(rule.area, rule.turn), left):
                yield "有一条线", box
        for placed in page.contents:
            if not isinstance(placed, PlacedPicture):
                yield from self._lines_out(placed, left)
            elif not self._holds(box := turned(placed.area, placed.turn), left):
                yield "的图片", box

    def is_place_of_folio(self, page: Page, placed: PlacedLine) -> bool:
        """Tell whether a folio stands between the area and the edge of the paper, on its side.

        There it is as far in as the layout states. Source: GB/T 9704-2012 §7.5.
        """
        box, left = self._squares(placed), self._left_on(page)
        is_low = self._foot - NEAR_PT <= box.y and box.y + box.height <= page.height
        right = left + self._width
        indent = right - box.x - box.width if page.number % 2 else box.x - left
        return is_low and abs(indent - self._folio_indent) <= NEAR_PT

    def misplaced_closing(self, page: Page, first: int) -> Iterator[str]:
        """Yield how the closing block, from text ``first`` on, is not alone at the foot."""
        head, texts = self._foot - self._closing_height, [*page.texts]
        above = (one for one in texts[:first] if one.turn is None)
        if any(line.baseline > head + NEAR_PT for one in above for line in one.lines):
            yield "有正文排进了报尾"
        if any(line.baseline < head - NEAR_PT for one in texts[first:] for line in one.lines):
            yield "的报尾不在版心底部"
        feet = (rule.area.y + rule.area.height for rule in page.rules)
        if not any(abs(each - self._foot) < NEAR_PT for each in feet):
            yield "的报尾下面没有线"

    def _left_on(self, page: Page) -> float:
        """Return where the area begins: a mirrored even page is bound at its right."""
        is_turned_over = self._is_mirrored and page.number % 2 == 0
        return page.width - self._left - self._width if is_turned_over else self._left

    def _holds(self, box: Rectangle, left: float) -> bool:
        right = left + self._width
        across = left - NEAR_PT <= box.x and box.x + box.width <= right + NEAR_PT
        down = self._top - NEAR_PT <= box.y and box.y + box.height <= self._foot + NEAR_PT
        return across and down

    def _lines_out(self, placed: PlacedText, left: float) -> Iterator[tuple[str, Rectangle]]:
        ascent, turn = self._ascent, placed.turn
        first, last = left - NEAR_PT, left + self._width + NEAR_PT
        top, foot = self._top - NEAR_PT, self._foot + NEAR_PT
        for one in (*placed.lines, placed.ending) if placed.ending else placed.lines:
            line, x, baseline = one
            start, end = x + line.x, x + line.x + line.width
            if end > last:  # most often by the blank half of its last mark
                end -= _blank(TRIMMED_AFTER, line.text[-1:], line)
            head = baseline - ascent * line.size
            is_across = turn is None and first <= start and end <= last
            if is_across and top <= head and head + line.size <= foot:
                continue
            text = line.text.strip()[:OPENING_CHARS]
            if text and not self._holds(box := turned(self._ink(one), turn), left):
                yield f"“{text}”一行", box

    def _squares(self, placed: PlacedLine) -> Rectangle:
        """Return what a line takes up with spaces and the blank halves of marks at its ends."""
        line, x, baseline = placed
        return Rectangle(x + line.x, baseline - self._ascent * line.size, line.width, line.size)

    def _ink(self, placed: PlacedLine) -> Rectangle:
        """Return how far a line reaches without spaces and blank halves at its ends."""
        line, texts = placed.line, placed.line.texts
        first = next(at for at, text in enumerate(texts) if not text.isspace())
        last = next(at for at in reversed(range(len(texts))) if not texts[at].isspace())
        before = _advance(line, range(first)) + _blank(TRIMMED_BEFORE, texts[first][0], line)
        behind = _advance(line, range(last + 1, len(texts))) + line.gaps[last]
        behind += _blank(TRIMMED_AFTER, texts[last][-1], line)
        squares = self._squares(placed)
        return squares._replace(x=squares.x + before, width=squares.width - before - behind)


def _advance(line: SetLine, glyphs: Iterable[int]) -> float:
    return sum(
        line.faces[at].advance(line.glyphs[at]) * line.size / UNITS + line.gaps[at] for at in glyphs
    )


def _blank(blanks: Mapping[Mark, float], mark: str, line: SetLine) -> float:
    """Return how much of a mark's square is blank, in points."""
    return blanks.get(mark_of(mark), 0.0) * line.size
