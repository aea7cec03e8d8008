"""A way through an issue: pages as they come of some changes, and where the next begins.

There are many at once (`spreading.py`), and all look at the same make-up: what was changed on the
pages before only moves what follows on, so that none needs a make-up of its own before its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from hongtou.plan.changes import Item, Sized, put
from hongtou.plan.drafts import PageDraft, Stand, Swap
from hongtou.plan.fitting import Step, cost_of
from hongtou.plan.last_page import has_body
from hongtou.plan.makeup import Makeup
from hongtou.plan.set_text import SetText

NO_BODY = 60  # points: a first page without text of the body is worse than a few short ones
TENTHS = 10  # of a point, in which ways cost
PAGE = 10  # tenths: a page that can be saved up to a page break
CHANGE = 2  # tenths: of two ways that fill pages alike, the one that changes less is taken


class GoingOn(NamedTuple):
    """A text in other lines that goes on over the page, and its first unit."""

    text: SetText
    first: int


class Way(NamedTuple):
    """Pages as they come of some changes, each with the way ``before`` it.

    ``number`` is that of the make-up it began with. ``page`` and ``stand`` count the units of that
    make-up with the ``text`` of the way before and the ``items`` of the page, ``moved`` units
    further on than in a make-up with all changes; once ``settled``, a stand counts them with the
    way's own ``text``. ``shorter`` are pages that end short on purpose. ``cost`` is in tenths of a
    point. ``to_come`` are units, and ``left`` all that comes, alike whatever changes led there.
    """

    number: int
    makeup: Makeup
    stand: Stand
    before: Way | None = None
    page: PageDraft | None = None
    items: Sequence[Item] = ()
    text: GoingOn | None = None
    grown: int = 0  # by how many units all that is changed and done is longer
    moved: int = 0
    is_done: bool = False  # nothing is left for another page
    is_at_break: bool = False  # a page break comes next
    shorter: tuple[Step, ...] = ()
    cost: int = 0
    to_come: int = 0
    left: object = None

    @property
    def chain(self) -> list[Way]:
        """Return the ways that led here, from that with the first page on."""
        found, way = list[Way](), self
        while way.before:
            found.append(way)
            way = way.before
        return found[::-1]

    @property
    def pages(self) -> tuple[PageDraft, ...]:
        """Return the pages from the first on, in the numbers of a make-up with all changes."""
        return tuple(
            way.page.moved(way.before.moved) for way in self.chain if way.page and way.before
        )

    @contextmanager
    def going_on(self) -> Iterator[list[Swap]]:
        """Have the make-up hold the text that goes on from the page before."""
        swaps = [self.makeup.replace(*self.text)] if self.text else []
        yield swaps
        self.makeup.take_back(swaps)

    def longer(
        self, page: PageDraft, after: Stand, swaps: Sequence[Swap], items: Sequence[Item] = ()
    ) -> Way:
        """Return the way with a page more, for which the make-up has made these swaps just now."""
        makeup, end = self.makeup, len(self.makeup.units)
        is_done = after.at == end and not after.waiting
        is_at_break = after.at < end and makeup.units[after.at].begins_page and not after.waiting
        points = 0 if is_done or is_at_break else cost_of(makeup.lines_left(page))
        if not self.stand.at and not has_body(makeup, page):
            points += NO_BODY
        text, grown = _going_on(makeup, after.at, swaps) if swaps else (None, 0)
        cost = self.cost + PAGE + TENTHS * points + CHANGE * len(items)
        left = _left_to_come(page, after, end, is_done=is_done)
        return Way(
            self.number, makeup, after, self, page, items, text, grown, self.moved,
            is_done, is_at_break, self.shorter, cost, end - after.at, left,
        )  # fmt: skip

    def settled(self) -> Way:
        """Return the way as it goes on to the next page."""
        if not self.grown and not self.text:
            return self
        if self.stand.waiting or self.stand.early:  # they stand above what was changed
            return self.on_its_own()
        return self._replace(
            stand=Stand(self.stand.at - self.grown),
            text=self.text and GoingOn(self.text.text, self.text.first - self.grown),
            grown=0,
            moved=self.moved + self.grown,
        )

    def on_its_own(self) -> Way:
        """Return the way with a make-up of its own that has all its changes."""
        chain = self.chain
        first = chain[0].before
        assert first
        makeup = first.makeup
        if any(way.items for way in chain):
            makeup = makeup.copied()
        for way in chain:
            if way.items and way.page and way.before:
                moved = way.before.moved
                put(makeup, [_moved(one, moved) for one in way.items], way.page.start.at + moved)
        stand = self.stand.moved(self.moved)
        return self._replace(makeup=makeup, stand=stand, text=None, grown=0, moved=0)


def _going_on(makeup: Makeup, at: int, swaps: Sequence[Swap]) -> tuple[GoingOn | None, int]:
    """Return the swapped text that goes on at a unit, and by how many the others are longer."""
    unit = makeup.units[at] if at < len(makeup.units) else None
    found, grown = None, 0
    for swap in swaps:
        text = swap.old[0].text
        if unit and unit.number and unit.text and text and text.key == unit.text.key:
            found = GoingOn(unit.text, at - unit.number)
        else:
            grown += swap.length - len(swap.old)
    return found, grown


def _moved(item: Item, by: int) -> Item:
    """Return an item as it is numbered so many units further on."""
    return item._replace(number=item.number + by) if isinstance(item, Sized) else item


def _left_to_come(page: PageDraft, after: Stand, end: int, *, is_done: bool) -> object:
    """Return what comes behind a page, alike whatever changes led there.

    Units are counted from the end. At the end of the issue it is how full the last page is.
    """
    at, waiting, early = after
    left = tuple(end - number for number in waiting), frozenset(end - number for number in early)
    return end - at, *left, round(page.height) if is_done else 0
