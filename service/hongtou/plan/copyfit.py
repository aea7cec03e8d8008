"""Copyfitting (调整版面): pages that are well filled, by small steps that no eye sees.

Pages are filled one by one (`feet.py`). Where one stays short, or the last has too few lines above
its closing block, lines are won and lost on several pages together (`spreading.py`): paragraphs,
blanks of headlines, pictures and tables in a line more or less, closing lines that move together,
and pages before the last that end a line or two short. The last page may be saved by them. In a
long issue the pages well before the first hole stand as they were filled one by one.

Source: GB/T 9704-2012 §7.3.5.5, by analogy, for adjusting distances so that a page is not empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hongtou.plan.closing import ClosingPlan
from hongtou.plan.drafts import PageDraft
from hongtou.plan.feet import Feet
from hongtou.plan.fitting import HOLE, Fitting, Step, changes_of
from hongtou.plan.last_page import closed, has_body, lines_of, with_page_more
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import Recasting
from hongtou.plan.row_spacing import with_higher_rows
from hongtou.plan.spreading import FIRST, Spreading
from hongtou.plan.texts import TextSetter

BEFORE = 12  # pages before the first that is short, on which lines are won and lost for it


class Copyfitter:
    """Fits one issue; one of ``even_pages`` is not made to end on an odd one."""

    def __init__(self, closing: ClosingPlan, setter: TextSetter, *, even_pages: bool) -> None:
        self._closing = closing
        self._setter = setter
        self._even_pages = even_pages
        self._recasting = Recasting(setter)
        layout = setter.layout
        closer, least = (
            layout.pt(f"copyfit.{key}") for key in ("closing_pitch", "least_closing_pitch")
        )
        closer_ones = (closer, (closer + least) / 2, least)  # a tall block is so close already
        self._pitches = (closing.pitch, *(one for one in closer_ones if one < closing.pitch))
        self._fewest = layout.count("copyfit.last_page_lines")

    def as_they_come(self, makeup: Makeup) -> Fitting:
        """Return the pages without any step."""
        return self._fitting(makeup, makeup.fill(), self._closing.pitch)

    def filled(self, makeup: Makeup) -> Fitting:
        """Return the pages filled one by one."""
        own = makeup.copied()
        pages = own.fill(mend=Feet(self._recasting).mend)
        return self._fitting(own, pages, self._closing.pitch)

    def spread(
        self, makeups: Sequence[Makeup], most: int, kept: Sequence[PageDraft] = ()
    ) -> Iterator[tuple[int, Fitting]]:
        """Yield the best ways to set any of these on ``most`` pages, with its number.

        The last of the ``kept`` pages is made anew; those before it stand as they are.
        """
        full, start = kept[:-1], kept[-1].start if kept else FIRST
        for way in Spreading(self._recasting).ways(makeups, start):
            pages = [*full, *way.pages]
            shorter = [step._replace(page=step.page + len(full)) for step in way.shorter]
            for pitch in self._pitches:
                fitting = self._fitting(way.makeup, pages, pitch)
                steps = (*self._closer(pitch, fitting.pages), *shorter)
                if len(fitting.pages) <= most:
                    yield way.number, replace(fitting, steps=steps)
                if fitting.pages is pages:  # closer, the closing lines would change no page
                    break

    def is_full(self, fitting: Fitting) -> bool:
        """Tell whether all pages are well filled, and the first has text of the body."""
        return self.rank(fitting)[:3] == (False, False, 0)

    def rank(self, fitting: Fitting) -> tuple[bool, bool, int, int, int]:
        """Return how well pages are filled, the best least.

        A first page without text of the body counts most, then a short last one, blank lines,
        pages, and what was changed.
        """
        makeup, pages = fitting.makeup, fitting.pages
        is_short = len(pages) > 1 and lines_of(makeup, pages[-1]) < self._fewest
        changes = len(makeup.recast) + len(makeup.resized) + len(fitting.steps)
        return not has_body(makeup, pages[0]), is_short, fitting.cost, len(pages), changes

    def finished(self, fitting: Fitting) -> Fitting:
        """Return pages with every step that led there."""
        return replace(fitting, steps=(*changes_of(fitting, self._setter), *fitting.steps))

    def with_higher_rows(self, fitting: Fitting) -> Fitting:
        """Return pages on which rows of tables fill what no next row fits."""
        return with_higher_rows(fitting, self._setter) if fitting.cost else fitting

    def _fitting(self, makeup: Makeup, pages: list[PageDraft], pitch: float) -> Fitting:
        height = self._closing.height_at(pitch)
        closed_pages = closed(makeup, pages, height, self._fewest)
        return self._on_even_page(Fitting(makeup, closed_pages, pitch))

    def _on_even_page(self, fitting: Fitting) -> Fitting:
        """Return an issue of even pages with lines above a closing block that goes a page on."""
        if not self._even_pages or self._count(fitting) % 2 == 0:
            return fitting
        height = self._closing.height_at(fitting.pitch)
        more = with_page_more(fitting.makeup, fitting.pages, height, self._fewest)
        return replace(fitting, pages=more, has_page_more=True)

    def _count(self, fitting: Fitting) -> int:
        """Return how many pages are printed, with those of tables on their side."""
        return len(fitting.pages) + sum(not unit.height for unit in fitting.makeup.units)

    def _closer(self, pitch: float, pages: Sequence[PageDraft]) -> tuple[Step, ...]:
        if pitch == self._closing.pitch:
            return ()
        return (Step(len(pages) - 1, f"报尾行距由{self._closing.pitch:g}点改为{pitch:g}点"),)


def kept_of(fitting: Fitting) -> Sequence[PageDraft]:
    """Return the first pages of these that stay, and the one from which lines are spread anew.

    It comes well before the first that is a hole, or else the first that ends short at all. None
    are returned where lines are spread from the first page on.
    """
    pages, costs = fitting.pages, [*fitting.costs]
    short = (at for least in (HOLE, 1) for at, cost in enumerate(costs) if cost >= least)
    for at in range(next(short, len(pages) - 1) - BEFORE, 0, -1):
        start = pages[at].start
        if not start.waiting and not start.early:
            return pages[: at + 1]
    return ()
