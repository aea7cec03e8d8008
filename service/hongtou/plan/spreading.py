"""Spreading: lines are won and lost on several pages together, so that all of them are full.

A page that is filled alone (`feet.py`) moves the next, which may then end short. Here many ways are
followed from page to page at once: as the lines come, and with small changes to what begins on the
page. Of ways that leave the same lines to come the cheapest alone goes on, and of all that reach a
page break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, takewhile

from hongtou.plan.changes import Item, Sized, headline_at, put, sized, texts_of
from hongtou.plan.drafts import PageDraft, Stand, Swap
from hongtou.plan.fitting import Step
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import Change, Recasting
from hongtou.plan.set_text import SetText
from hongtou.plan.unit import ROUNDING
from hongtou.plan.ways import PAGE, Way

MOST_WAYS = 16  # that go on from page to page; with 40 no page of 441 was better filled
ENOUGH = 8  # ways that come full to a page: others are not looked for there
ALONE = 4  # changes of a kind that are tried by themselves on a page; nor with 8
FEW_PAGES = 3.2  # from the end, with what does not fill them: those that may be made shorter
TEXTS = 6  # that are set in a line more or less on a page, from its foot
FIRST = Stand(0)


class Spreading:
    """Finds the ways to the end of an issue that leave the least blank."""

    def __init__(self, recasting: Recasting) -> None:
        self._recasting = recasting
        layout = recasting.setter.layout
        self._most = layout.count("copyfit.most_recast_together")
        self._shorter = layout.count("copyfit.shorter_each"), layout.count("copyfit.shorter_alone")
        self._known: dict[tuple[int, int, int], list[Change]] = {}

    def ways(self, makeups: Iterable[Makeup], start: Stand = FIRST) -> list[Way]:
        """Return ways to the end from any of these, which differ in little, from a page on."""
        found = [Way(number, makeup, start) for number, makeup in enumerate(makeups)]
        self._near = tuple(_units_on(found[0].makeup, pages) for pages in (1, FEW_PAGES))
        while not found[0].is_done:
            found = self._to_break(found)
            if not found[0].is_done:
                found = [min(found, key=lambda way: way.cost).settled()]
        return [way.on_its_own() for way in found]

    def _to_break(self, ways: Sequence[Way]) -> list[Way]:
        """Return the cheapest ways to the next page break, or to every end of the last page."""
        done: dict[object, Way] = {}
        while ways:
            on: dict[object, Way] = {}
            for way in self._a_page_on(ways):
                kept = done if way.is_done or way.is_at_break else on
                if way.left not in kept or way.cost < kept[way.left].cost:
                    kept[way.left] = way
            best = sorted(on.values(), key=lambda way: way.cost)[:MOST_WAYS]
            ways = [way.settled() for way in best]
        return list(done.values())

    def _a_page_on(self, ways: Sequence[Way]) -> Iterator[Way]:
        """Yield ways with a page more: as they come and, where few of these are full, changed."""
        came = [self._as_it_comes(way) for way in ways]
        yield from came
        full = sum(more.cost == way.cost + PAGE for way, more in zip(ways, came, strict=True))
        near = any(way.to_come < self._near[1] for way in came)
        if full < ENOUGH or near:
            for way, more in zip(ways, came, strict=True):
                if not way.stand.early:  # what stands ahead is known by its number
                    yield from self._changed(way, more)

    def _as_it_comes(self, way: Way) -> Way:
        """Return the way with a page more as the lines come."""
        with way.going_on() as swaps:
            page, after = way.makeup.page(way.stand, way.makeup.room)
            return way.longer(page, after, swaps)

    def _changed(self, way: Way, came: Way) -> list[Way]:
        """Return the way with a page more that has changes or is shorter than it ``came``."""
        found: list[Way] = []
        with way.going_on() as swaps:
            changes: list[Sequence[Item]] = []
            for items in self._items(way, came):
                changes += self._together(items)
            found += filter(None, (self._with(way, items, 0, swaps) for items in changes))
            full = [came, *found]
            for lines in range(1, self._most_shorter(came.to_come) + 1):
                room = way.makeup.room - lines * way.makeup.pitch
                for one in full:
                    if one.page and one.page.height > room + ROUNDING:
                        found += filter(None, [self._with(way, one.items, lines, swaps)])
        return found

    def _most_shorter(self, left: int) -> int:
        """Return by how many lines a page may end short on purpose, with so many units to come.

        It gives the last page more. The one before that may be shorter than others.
        """
        last, near = self._near
        few, most = self._shorter
        return most if left < last else few if left < near else 0

    def _items(self, way: Way, came: Way) -> Iterator[list[Item]]:
        """Yield what begins on the last page, or comes next, and can be set in a line more or less.

        First that in a line more.
        """
        makeup, page, after = way.makeup, came.page, came.stand
        assert page is not None
        units = [makeup.units[number] for number in page.units]
        texts, below = texts_of(units), headline_at(makeup.units, after.at)
        numbers = (*after.waiting[:1], *page.units)
        floats = [number for number in numbers if makeup.units[number].floats]
        for by in (1, -1):
            items: list[Item] = [*self._may(below, by)] if by < 0 else []
            items += self._may(texts, by)
            items += sized(makeup, floats, page.units[:1], (by,), self._recasting.setter)
            yield items

    def _may(self, texts: Sequence[SetText], by: int) -> list[Change]:
        """Return the texts that no eye sees in a line more or less."""
        if not texts:
            return []
        key = texts[0].key, texts[-1].key, by
        if key not in self._known:
            self._known[key] = [*islice(self._recasting.of(texts, by), TEXTS)]
        return self._known[key]

    def _together(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Yield one of these, then the first and the last few of them."""
        for one in items[:ALONE]:
            yield (one,)
        for many in range(2, min(self._most, len(items)) + 1):
            yield items[:many]
            if many < len(items):
                yield items[-many:]

    def _with(
        self, way: Way, items: Sequence[Item], shorter: int, going_on: Sequence[Swap]
    ) -> Way | None:
        """Return the way with a page more on which these stand; None where one does not.

        The page is some lines ``shorter``.
        """
        makeup = way.makeup
        swaps = put(makeup, items, way.stand.at)
        page, after = makeup.page(way.stand, makeup.room - shorter * makeup.pitch)
        longer = None
        if _all_stand(makeup, page, items):
            longer = way.longer(page, after, [*going_on, *swaps], items)
        left = makeup.lines_left(page)
        makeup.take_back(swaps)
        if not longer or not shorter or longer.is_done:
            return longer
        told = Step(len(way.chain), f"本页少排{left}行")
        return longer._replace(shorter=(*way.shorter, told))


def _all_stand(makeup: Makeup, page: PageDraft, items: Sequence[Item]) -> bool:
    """Tell whether these stand on a page: all floats, and something of every text."""
    units = [makeup.units[number] for number in page.units]
    keys = {unit.text.key for unit in units if unit.text}
    for one in items:
        if not isinstance(one, Sized):
            if any(text.key not in keys for text in one):
                return False
        elif not any(unit is one.unit for unit in units):
            return False
    return True


def _units_on(makeup: Makeup, pages: float) -> int:
    """Return how many of the last units so many pages hold."""
    heights = accumulate(unit.height for unit in reversed(makeup.units))
    return sum(1 for _ in takewhile(lambda height: height < pages * makeup.room, heights))
