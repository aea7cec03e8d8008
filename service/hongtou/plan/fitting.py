"""Pages that are well filled: what led there, as an editor is told, and how well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from hongtou.plan.drafts import PageDraft
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import STACK
from hongtou.plan.resizing import told
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING

OPENING_CHARS = 8  # of a paragraph, by which an editor finds it
SHORT = 5  # points that a page costs which ends short, beside its lines
FEW = 2  # lines that a page may be short by
HOLE = 12  # points for more than these
LARGE = 24  # points that no page costs more than


class Step(NamedTuple):
    """What was done on which page, counted from 0, as an editor is told."""

    page: int
    what: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """Pages that are well filled, and the steps that led there.

    ``pitch`` is that of the closing block in points; texts in other lines are the make-up's. Where
    pages were ordered to be even, the closing block ``has_page_more`` than it needs.
    """

    makeup: Makeup
    pages: list[PageDraft]
    pitch: float
    steps: tuple[Step, ...] = ()
    has_page_more: bool = False

    @property
    def cost(self) -> int:
        """Return what the blank lines of all pages but the last cost."""
        return sum(self.costs)

    @property
    def costs(self) -> Iterator[int]:
        """Yield what the blank lines of each page but the last cost.

        A page that a page break ends is as short as was asked for.
        """
        makeup = self.makeup
        for page, following in pairwise(self.pages):
            is_ended = following.units and makeup.units[following.units[0]].begins_page
            yield 0 if is_ended else cost_of(makeup.lines_left(page))


def cost_of(left: int) -> int:
    """Return what a page costs that ends so many lines short, in points.

    A page that is short costs most, whatever the lines; two lines on three pages are better than
    six on one, and seven on one than two on four. What is large stays large.
    """
    if left <= 0:
        return 0
    return SHORT + left if left <= FEW else min(HOLE + 2 * left, LARGE)


def changes_of(fitting: Fitting, setter: TextSetter) -> Iterator[Step]:
    """Yield a step for each text and float in other lines, on the page where it begins."""
    makeup = fitting.makeup
    if not makeup.recast and not makeup.resized:
        return
    for page, draft in enumerate(fitting.pages):
        is_headline = False
        for unit in (makeup.units[number] for number in draft.units):
            if makeup.resized and unit.floats and makeup.is_resized(unit):
                yield Step(page, told(unit, setter))
            text, below_headline = unit.text, is_headline
            is_headline = text is not None and text.style in STACK
            if unit.number or text is None or text.key not in makeup.recast:
                continue
            more = text.height - setter.texts[text.key].height
            if abs(more) < ROUNDING or (is_headline and below_headline):
                continue
            how = "多" if more > 0 else "少"
            what = f"标题上下{how}空" if is_headline else f"一段{how}排"
            yield Step(page, f"“{text.text.strip()[:OPENING_CHARS]}”{what}一行")
