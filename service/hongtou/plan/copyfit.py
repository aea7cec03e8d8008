"""Copyfitting (调整版面): a last page that is well filled, by small steps that no eye sees.

A page that ends a line short is filled by a paragraph that can have a line more or less. Where the
closing block just misses the page before, its lines move together, then paragraphs lose a
line, and headlines some blank. Where it has too few lines above it, paragraphs win a line, then
headlines some blank, and pages before it end a line or two short. A step is taken only where it
leads to the end.

Source: GB/T 9704-2012 §7.3.5.5, by analogy, for adjusting distances so that a page is not empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import ceil
from typing import NamedTuple

from hongtou.plan.closing import ClosingPlan
from hongtou.plan.feet import Feet
from hongtou.plan.last_page import closed, lines_of
from hongtou.plan.makeup import ROUNDING, Makeup, Mend, PageDraft
from hongtou.plan.recasting import STACK, Change, Recasting
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

OPENING_CHARS = 8  # of a paragraph, by which an editor finds it


class Step(NamedTuple):
    """What was done on which page, counted from 0, as an editor is told."""

    page: int
    what: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """Pages that are well filled, and the steps that led there.

    ``pitch`` is that of the closing block in points; texts in other lines are the make-up's.
    """

    makeup: Makeup
    pages: list[PageDraft]
    pitch: float
    steps: tuple[Step, ...] = ()


class Copyfitter:
    """Fits one issue; one of ``even_pages`` is not made to end on an odd one."""

    def __init__(
        self, makeup: Makeup, closing: ClosingPlan, setter: TextSetter, *, even_pages: bool
    ) -> None:
        self._makeup = makeup
        self._closing = closing
        self._setter = setter
        self._even_pages = even_pages
        self._recasting = Recasting(setter)
        self._mend: Mend | None = Feet(self._recasting).mend
        layout = setter.layout
        self._pitches = (
            closing.pitch,
            layout.pt("copyfit.closing_pitch"),
            layout.pt("copyfit.least_closing_pitch"),
        )
        self._fewest = layout.count("copyfit.last_page_lines")
        self._most_recast = layout.count("copyfit.most_recast")
        self._shorter = layout.count("copyfit.shorter_pages"), layout.count("copyfit.shorter_page")

    def fitted(self, *, may_step: bool) -> Fitting:
        """Return the pages as they come or, if it may, after the steps that fill pages.

        Full pages may leave the last one few lines: then the better of the two is taken.
        """
        if not may_step:
            pages = self._makeup.fill()
            come = self._closed(self._makeup, pages, self._closing.pitch)
            return Fitting(self._makeup, come, self._closing.pitch)
        plain = self._makeup.with_texts(())
        found = self._with_steps()
        if found.makeup.recast and self._is_badly_closed(found):
            self._makeup, self._mend = plain, None
            found = min(found, self._with_steps(), key=self._rank)
        return replace(found, steps=(*self._told(found), *found.steps))

    def _with_steps(self) -> Fitting:
        """Return the pages after the steps that fill them, the last of all."""
        pages = self._makeup.fill(mend=self._mend)
        come = self._closed(self._makeup, pages, self._closing.pitch)
        found = None
        if len(come) > len(pages):
            count = len(pages) + sum(not unit.height for unit in self._makeup.units)
            found = None if self._even_pages and count % 2 else self._one_page_less(pages)
            found = found or self._less_left(pages, come)
        elif len(come) > 1 and self._is_short(self._makeup, come):
            found = self._more_lines(come)
        return found or Fitting(self._makeup, come, self._closing.pitch)

    def _is_badly_closed(self, fitting: Fitting) -> bool:
        """Tell whether the last page is short, or the one before it by more than is allowed."""
        if len(fitting.pages) == 1:
            return False
        left = fitting.makeup.lines_left(fitting.pages[-2])
        return left > self._shorter[0] or self._is_short(fitting.makeup, fitting.pages)

    def _rank(self, fitting: Fitting) -> tuple[int, bool, int]:
        is_short = self._is_short(fitting.makeup, fitting.pages)
        return len(fitting.pages), is_short, _badness(fitting)

    def _closed(self, makeup: Makeup, pages: list[PageDraft], pitch: float) -> list[PageDraft]:
        height = self._closing.height_at(pitch)
        return closed(makeup, pages, height, self._fewest)

    def _is_short(self, makeup: Makeup, pages: Sequence[PageDraft]) -> bool:
        return lines_of(makeup, pages[-1]) < self._fewest

    def _one_page_less(self, pages: list[PageDraft]) -> Fitting | None:
        """Return the issue without the page for which the closing block asks, and little else."""
        over = pages[-1].height + self._closing.height_at(self._pitches[-1]) - self._makeup.room
        wanted = max(0, ceil(over / self._setter.pitch))
        changes = self._changes(pages, -1, wanted)
        if len(changes) < wanted:
            return None
        makeup = self._with(changes)
        fewer = makeup.fill(mend=self._mend) if changes else pages
        for pitch in self._pitches:
            if len(self._closed(makeup, fewer, pitch)) <= len(pages):
                return Fitting(makeup, fewer, pitch, self._closer(pitch, fewer))
        return None

    def _less_left(self, pages: list[PageDraft], come: list[PageDraft]) -> Fitting | None:
        """Return the issue with less blank on the page that the closing block leaves."""
        left = self._makeup.lines_left(come[-2])
        for wanted in range(min(left, self._most_recast), 0, -1):
            changes = self._changes(pages, 1, wanted)
            if len(changes) < wanted:
                continue
            makeup = self._with(changes)
            best = self._with_enough(makeup, makeup.fill(mend=self._mend), len(come))
            if best and makeup.lines_left(best.pages[-2]) > self._shorter[1]:
                continue  # a hole that stays is no reason to change what stands before it
            if best and _badness(best) < _badness(Fitting(self._makeup, come, best.pitch)):
                return best
        return None

    def _more_lines(self, pages: list[PageDraft]) -> Fitting | None:
        """Return the issue with enough lines above the closing block."""
        missing = self._fewest - lines_of(self._makeup, pages[-1])
        changes = self._changes(pages, 1, missing)
        makeup = self._with(changes)
        come = makeup.fill(mend=self._mend) if changes else pages
        return self._with_enough(makeup, come, len(pages))

    def _with_enough(self, makeup: Makeup, come: list[PageDraft], count: int) -> Fitting | None:
        """Return ``count`` pages of which the last has enough lines, and the others most."""
        found: list[Fitting] = []
        for shorter in self._ways_to_be_shorter(count):
            taken = {page: lines * self._setter.pitch for page, lines in shorter.items()}
            anew = makeup.fill(come[: min(shorter) + 1], taken) if shorter else come
            more = self._closed(makeup, anew, self._closing.pitch)
            if len(more) != count or self._is_short(makeup, more):
                continue
            told = [Step(page, f"本页少排{lines}行") for page, lines in shorter.items()]
            fitting = Fitting(makeup, more, self._closing.pitch, tuple(told))
            if not shorter:
                return fitting
            if max(map(makeup.lines_left, more[min(shorter) : -1])) <= self._shorter[1] + 1:
                found.append(fitting)
        return min(found, key=_badness, default=None)

    def _ways_to_be_shorter(self, count: int) -> Iterator[dict[int, int]]:
        """Yield how many lines pages leave free: none, few on several, then more on one."""
        yield {}
        few, most = self._shorter
        for lines in range(1, few + 1):
            for first in range(count - 2, max(0, count - 4) - 1, -1):
                yield dict.fromkeys(range(first, count - 1), lines)
        for lines in range(few + 1, most + 1):
            yield {count - 2: lines}

    def _closer(self, pitch: float, pages: Sequence[PageDraft]) -> tuple[Step, ...]:
        if pitch == self._closing.pitch:
            return ()
        return (Step(len(pages) - 1, f"报尾行距由{self._closing.pitch:g}点改为{pitch:g}点"),)

    def _with(self, changes: Sequence[Change]) -> Makeup:
        """Return the make-up of the issue with these texts in place of those with their keys."""
        return self._makeup.with_texts(chain.from_iterable(changes)) if changes else self._makeup

    def _changes(self, pages: Sequence[PageDraft], by: int, wanted: int) -> tuple[Change, ...]:
        """Return as many texts with a line less or more as are wanted or as can be had."""
        if wanted > self._most_recast:
            return ()
        texts = [*self._texts(pages)]
        return tuple(islice(self._recasting.of(texts, by), wanted))

    def _told(self, fitting: Fitting) -> Iterator[Step]:
        """Yield a step for each text in other lines, on the page where it begins."""
        texts, makeup = self._setter.texts, fitting.makeup
        for page, draft in enumerate(fitting.pages if makeup.recast else ()):
            is_headline = False
            for unit in (makeup.units[number] for number in draft.units):
                text, below_headline = unit.text, is_headline
                is_headline = text is not None and text.style in STACK
                if unit.number or text is None or text.key not in makeup.recast:
                    continue
                more = text.height - texts[text.key].height
                if abs(more) < ROUNDING or (is_headline and below_headline):
                    continue
                how = "多" if more > 0 else "少"
                what = f"标题上下{how}空" if is_headline else f"一段{how}排"
                yield Step(page, f"“{text.text.strip()[:OPENING_CHARS]}”{what}一行")

    def _texts(self, pages: Sequence[PageDraft]) -> Iterator[SetText]:
        """Yield the texts that begin on these pages, from the last."""
        for page in reversed(pages):
            for number in reversed(page.units):
                unit = self._makeup.units[number]
                if unit.number == 0 and unit.text:
                    yield unit.text


def _badness(fitting: Fitting) -> int:
    """Return the squares of the lines that pages but the last leave free: few on many is best."""
    return sum(fitting.makeup.lines_left(page) ** 2 for page in fitting.pages[:-1])
