"""Feet of pages: one that ends short is filled by texts in a line more or less.

Texts of the page with a line more push its foot down; with a line less they make room for what did
not fit below, a headline with two lines or a paragraph that must not leave its last line alone.
Where the page has no such text, one of the page before hands a line on or takes one over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from hongtou.plan.galleys import Joint
from hongtou.plan.makeup import Makeup, PageDraft, Stand, Unit
from hongtou.plan.recasting import STACK, Change, Recasting
from hongtou.plan.set_text import SetText


class Feet:
    """Fills pages that end short, one after another as make-up comes to them."""

    def __init__(self, recasting: Recasting) -> None:
        self._recasting = recasting
        layout = recasting.setter.layout
        self._most = layout.count("copyfit.most_recast_together")
        self._pages = layout.count("copyfit.pages_together")

    def mend(self, makeup: Makeup, pages: list[PageDraft], after: Stand) -> Stand:
        """Fill the last of these pages, in their list; return where the next page begins.

        It is left as it is where nothing fills it, or a page break ends it.
        """
        if makeup.units[after.at].begins_page:  # that it ends here was asked for
            return after
        left = makeup.lines_left(pages[-1])
        ways = [1] if left <= self._most else []
        if lines_together(makeup, after.at) - left <= self._most:
            ways.append(-1)
        if not ways:
            return after
        for count, trial in self._trials(makeup, pages, after.at, ways):
            made, then = _made_with(makeup, trial, pages[-count:])
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
        for count, page in enumerate(pages[: -self._pages - 1 : -1], start=1):
            if page.start.early:  # what stands ahead is known by its number
                break
            units = [makeup.units[number] for number in page.units]
            texts = _texts(units)
            below = _headline_at(makeup.units, at) if count == 1 else []
            for by, changes in found.items():
                before = len(changes)
                for change in self._recasting.of([*below, *texts] if by < 0 else texts, by):
                    if not any(text.key in makeup.recast for text in change):
                        changes.append(change)
                        yield count, change
                for most in range(max(2, before + 1), min(self._most, len(changes)) + 1):
                    yield count, tuple(chain.from_iterable(changes[:most]))


def _made_with(
    makeup: Makeup, trial: Change, pages: Sequence[PageDraft]
) -> tuple[list[PageDraft], Stand]:
    """Return pages anew with these texts, and where the next begins; none if that fills none."""
    start = pages[0].start
    old = [makeup.replace(text, start.at) for text in trial]
    made, then = _made(makeup, start, len(pages))
    if len(made) == len(pages) and _are_fuller(makeup, made, pages):
        return made, then
    for text in old:
        makeup.replace(text, start.at)
        del makeup.recast[text.key]
    return [], start


def lines_together(makeup: Makeup, at: int) -> int:
    """Return how many lines a page must have room for to take the unit ``at`` which it ends."""
    units = makeup.units
    height = units[at].height
    for unit in units[at + 1 :]:
        if unit.joint is Joint.FREE or height > makeup.room:
            break
        height += unit.height
    return round(height / makeup.pitch)


def _are_fuller(makeup: Makeup, drafts: Sequence[PageDraft], pages: Sequence[PageDraft]) -> bool:
    """Tell whether the last of these is full now, and none is shorter than it was."""
    left = [makeup.lines_left(draft) for draft in drafts]
    before = [makeup.lines_left(page) for page in pages]
    return not left[-1] and all(new <= old for new, old in zip(left, before, strict=True))


def _made(makeup: Makeup, start: Stand, count: int) -> tuple[list[PageDraft], Stand]:
    """Return so many pages, or as many as there are, and where the next begins."""
    drafts: list[PageDraft] = []
    while len(drafts) < count and (start.at < len(makeup.units) or start.waiting):
        page, start = makeup.page(start, makeup.room)
        drafts.append(page)
    return drafts, start


def _texts(units: Sequence[Unit]) -> list[SetText]:
    """Return the texts that begin on a page, from the last; a headline at its head has no blank."""
    texts = [unit.text for unit in reversed(units) if unit.text and unit.number == 0]
    if texts and texts[-1] is units[0].text:
        while texts and texts[-1].style in STACK:
            texts.pop()
    return texts


def _headline_at(units: Sequence[Unit], at: int) -> list[SetText]:
    """Return the headline that did not fit on a page, from the last of its texts."""
    found: list[SetText] = []
    while at < len(units) and (text := units[at].text) and text.style in STACK:
        if units[at].number == 0:
            found.insert(0, text)
        at += 1
    return found
