"""Feet of pages: one that ends short is filled by texts in a line more or less.

Texts of the page with a line more push its foot down; with a line less they make room for what did
not fit below, a headline with two lines or a paragraph that must not leave its last line alone.
Where the page has no such text, one of the page before hands a line on or takes one over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, filterfalse, islice

from hongtou.plan.changes import Item, Sized, headline_at, put, sized, texts_of
from hongtou.plan.drafts import PageDraft, Stand
from hongtou.plan.galleys import Joint
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import Change, Recasting

MANY = 99  # lines: more than any page has


class Feet:
    """Fills pages that end short, one after another as make-up comes to them."""

    def __init__(self, recasting: Recasting) -> None:
        self._recasting = recasting
        layout = recasting.setter.layout
        self._most = layout.count("copyfit.most_recast_together")
        self._pages = layout.count("copyfit.pages_together")
        self._seen = int(layout.pt("composition.most_left") / layout.pt("page.line_pitch") + 1e-6)

    def mend(self, makeup: Makeup, pages: list[PageDraft], after: Stand) -> Stand:
        """Fill the last of these pages, in their list; return where the next page begins.

        It is left as it is where nothing fills it, or a page break ends it.
        """
        if makeup.units[after.at].begins_page:  # that it ends here was asked for
            return after
        left = makeup.lines_left(pages[-1])
        ways = [1] if left <= self._most + self._seen else []
        if lines_together(makeup, after.at) - left <= self._most:
            ways.append(-1)
        if not ways:
            return after
        shorter: list[tuple[int, int, Item]] = []
        trials: Iterator[tuple[int, Item]] = chain(
            self._trials(makeup, pages, after.at, ways), self._sizes(makeup, pages, after, ways)
        )
        for count, trial in trials:
            made, then, rest = self._made_with(makeup, trial, pages[-count:], 0)
            if made:
                pages[-count:] = made
                return then
            if rest <= self._seen < left:
                shorter.append((rest, count, trial))
        for rest, count, trial in sorted(shorter, key=lambda one: one[:2]):
            made, then, _ = self._made_with(makeup, trial, pages[-count:], rest)
            if made:
                pages[-count:] = made
                return then
        return after

    def _trials(
        self, makeup: Makeup, pages: Sequence[PageDraft], at: int, ways: Sequence[int]
    ) -> Iterator[tuple[int, Change]]:
        """Yield texts that may fill pages, and of how many: one, then more of them together.

        They are of the last page, the headline below it, which begins with unit ``at``, and of
        pages before it.
        """
        found: dict[int, list[Change]] = {by: [] for by in ways}
        tried: dict[int, set[tuple[int, ...]]] = {by: set() for by in ways}
        for count, page in enumerate(pages[: -self._pages - 1 : -1], start=1):
            if page.start.early:  # what stands ahead is known by its number
                break
            units = [makeup.units[number] for number in page.units]
            texts = texts_of(units)
            below = headline_at(makeup.units, at) if count == 1 else []
            for by, together in found.items():
                outlines = self._recasting.outlines([*below, *texts] if by < 0 else texts, by)
                alone = [
                    one for one in outlines if not any(text.key in makeup.recast for text in one)
                ]
                for outline in alone:
                    yield count, outline
                together += alone
                for trial in self._together(together, tried[by]):
                    yield count, trial

    def _sizes(
        self, makeup: Makeup, pages: Sequence[PageDraft], after: Stand, ways: Sequence[int]
    ) -> Iterator[tuple[int, Sized]]:
        """Yield floats of these pages in other lines, and that which waits for the next."""
        for count, page in enumerate(pages[: -self._pages - 1 : -1], start=1):
            numbers = (*after.waiting[:1], *page.units) if count == 1 else page.units
            for one in sized(makeup, numbers, page.units[:1], ways, self._recasting.setter):
                yield count, one

    def _together(self, changes: Sequence[Change], tried: set[tuple[int, ...]]) -> Iterator[Change]:
        """Yield the first two of these that can be set, then three and so on, but none twice.

        Which of them can be set shows as they are tried.
        """
        most = 2
        while most <= self._most:
            first = (*islice(filterfalse(self._recasting.is_refused, changes), most),)
            if len(first) < most:
                return
            keys = tuple(change[0].key for change in first)
            if keys in tried:
                most += 1
                continue
            tried.add(keys)
            yield tuple(chain.from_iterable(first))
            most = 2 if any(map(self._recasting.is_refused, first)) else most + 1

    def _made_with(
        self, makeup: Makeup, trial: Item, pages: Sequence[PageDraft], most: int
    ) -> tuple[list[PageDraft], Stand, int]:
        """Return pages anew with these texts, where the next begins, and the lines left there.

        There are none where more than ``most`` are left on the last: only texts that fill pages are
        set.
        """
        start = pages[0].start
        swaps = put(makeup, [trial], start.at)
        made, then = _made(makeup, start, len(pages))
        left = _left(makeup, made, pages)
        if left <= most:
            if isinstance(trial, Sized):
                return made, then, left
            if change := self._recasting.set(trial):
                put(makeup, [change], start.at)
                return made, then, left
        makeup.take_back(swaps)
        return [], start, left


def lines_together(makeup: Makeup, at: int) -> int:
    """Return how many lines a page must have room for to take the unit ``at`` which it ends."""
    units = makeup.units
    height = units[at].height
    for unit in units[at + 1 :]:
        if unit.joint is Joint.FREE or height > makeup.room:
            break
        height += unit.height
    return round(height / makeup.pitch)


def _left(makeup: Makeup, drafts: Sequence[PageDraft], pages: Sequence[PageDraft]) -> int:
    """Return the lines left on the last of these; many where a page is shorter than it was."""
    left = [makeup.lines_left(draft) for draft in drafts]
    before = [makeup.lines_left(page) for page in pages]
    if len(left) < len(before) or any(new > old for new, old in zip(left, before, strict=True)):
        return MANY
    return left[-1]


def _made(makeup: Makeup, start: Stand, count: int) -> tuple[list[PageDraft], Stand]:
    """Return so many pages, or as many as there are, and where the next begins."""
    drafts: list[PageDraft] = []
    while len(drafts) < count and (start.at < len(makeup.units) or start.waiting):
        page, start = makeup.page(start, makeup.room)
        drafts.append(page)
    return drafts, start
