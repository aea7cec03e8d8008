"""Spreading: lines are won and lost on several pages together, so that all of them are full.

A page that is filled alone (`feet.py`) moves the next, which may then end short. Here many ways are
followed from page to page at once: as the lines come, and with small changes to what begins on the
page. Of ways that leave the same lines to come the cheapest alone goes on, and of all that reach a
page break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, takewhile

from hongtou.plan.changes import Sized, headline_at, sized, texts_of
from hongtou.plan.drafts import PageDraft, Stand
from hongtou.plan.fitting import Step, cost_of
from hongtou.plan.last_page import has_body
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import Change, Recasting
from hongtou.plan.set_text import SetText

MOST_WAYS = 16  # that go on from page to page; with 40 no page of 441 was better filled
ENOUGH = 8  # ways that come full to a page: others are not looked for there
ALONE = 4  # changes of a kind that are tried by themselves on a page; nor with 8
NO_BODY = 60  # points: a first page without text of the body is worse than a few short ones
TENTHS = 10  # of a point, in which ways cost
FEW_PAGES = 3.2  # from the end, with what does not fill them: those that may be made shorter
TEXTS = 6  # that are set in a line more or less on a page, from its foot
PAGE = 10  # tenths: a page that can be saved up to a page break
CHANGE = 2  # tenths: of two ways that fill pages alike, the one that changes less is taken

Item = Change | Sized


@dataclass(frozen=True, slots=True)
class Way:
    """Pages as they come of some changes, and where the next begins.

    ``number`` is that of the make-up it began with, ``makeup`` that with the changes; ``shorter``
    are pages that end short on purpose. ``cost`` is in tenths of a point.
    """

    number: int
    makeup: Makeup
    stand: Stand
    pages: tuple[PageDraft, ...] = ()
    shorter: tuple[Step, ...] = ()
    cost: int = 0

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left for another page."""
        return self.stand.at == len(self.makeup.units) and not self.stand.waiting

    @property
    def is_at_break(self) -> bool:
        """Tell whether a page break comes next."""
        at, units = self.stand.at, self.makeup.units
        return at < len(units) and units[at].begins_page and not self.stand.waiting

    def longer(self, makeup: Makeup, page: PageDraft, after: Stand, changes: int = 0) -> Way:
        """Return the way with a page more, on which so many changes were made."""
        more = replace(self, makeup=makeup, stand=after, pages=(*self.pages, page))
        ends_as_asked = more.is_done or more.is_at_break
        points = 0 if ends_as_asked else cost_of(makeup.lines_left(page))
        if not self.pages and not has_body(makeup, page):
            points += NO_BODY
        return replace(more, cost=self.cost + PAGE + TENTHS * points + CHANGE * changes)


class Spreading:
    """Finds the ways to the end of an issue that leave the least blank."""

    def __init__(self, recasting: Recasting) -> None:
        self._recasting = recasting
        layout = recasting.setter.layout
        self._most = layout.count("copyfit.most_recast_together")
        self._shorter = layout.count("copyfit.shorter_each"), layout.count("copyfit.shorter_alone")
        self._known: dict[tuple[int, int, int], list[Change]] = {}

    def ways(self, makeups: Iterable[Makeup]) -> list[Way]:
        """Return ways to the end from any of these, which differ in little."""
        found = [Way(number, makeup, Stand(0)) for number, makeup in enumerate(makeups)]
        self._near = tuple(_units_on(found[0].makeup, pages) for pages in (1, FEW_PAGES))
        while not found[0].is_done:
            found = self._to_break(found)
            if not found[0].is_done:
                found = [min(found, key=lambda way: way.cost)]
        return found

    def _to_break(self, ways: Sequence[Way]) -> list[Way]:
        """Return the cheapest ways to the next page break, or to every end of the last page."""
        done: dict[object, Way] = {}
        while ways:
            on: dict[object, Way] = {}
            for way in self._a_page_on(ways):
                kept = done if way.is_done or way.is_at_break else on
                left = _left_to_come(way)
                if left not in kept or way.cost < kept[left].cost:
                    kept[left] = way
            ways = sorted(on.values(), key=lambda way: way.cost)[:MOST_WAYS]
        return list(done.values())

    def _a_page_on(self, ways: Sequence[Way]) -> Iterator[Way]:
        """Yield ways with a page more: as they come and, where few of these are full, changed."""
        came = [
            way.longer(way.makeup, *way.makeup.page(way.stand, way.makeup.room)) for way in ways
        ]
        yield from came
        full = sum(more.cost == way.cost + PAGE for way, more in zip(ways, came, strict=True))
        near = any(len(way.makeup.units) - way.stand.at < self._near[1] for way in came)
        if full < ENOUGH or near:
            for way, more in zip(ways, came, strict=True):
                if not way.stand.early:  # what stands ahead is known by its number
                    yield from self._changed(way, more)

    def _changed(self, way: Way, came: Way) -> Iterator[Way]:
        """Yield the way with a page more that has changes or is shorter than it ``came``."""
        makeup, page, after = way.makeup, came.pages[-1], came.stand
        changes: list[Sequence[Item]] = [()]
        for by in (1, -1):
            changes += self._together(self._items(makeup, page, after, by))
        for lines in range(self._most_shorter(len(makeup.units) - after.at) + 1):
            ways = (self._with(way, items, lines) for items in changes if items or lines)
            yield from filter(None, ways)

    def _most_shorter(self, left: int) -> int:
        """Return by how many lines a page may end short on purpose, with so many units to come.

        It gives the last page more. The one before that may be shorter than others.
        """
        last, near = self._near
        few, most = self._shorter
        return most if left < last else few if left < near else 0

    def _items(self, makeup: Makeup, page: PageDraft, after: Stand, by: int) -> list[Item]:
        """Return what begins on a page, or comes next, and can be set in a line more or less."""
        units = [makeup.units[number] for number in page.units]
        texts = texts_of(units)
        below = headline_at(makeup.units, after.at) if by < 0 else []
        numbers = (*after.waiting[:1], *page.units)
        floats = sized(makeup, numbers, page.units[:1], (by,), self._recasting.setter)
        return [*self._may(below, by), *self._may(texts, by), *floats]

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

    def _with(self, way: Way, items: Sequence[Item], shorter: int) -> Way | None:
        """Return the way with a page more on which these stand; None where one does not.

        The page is some lines ``shorter``.
        """
        makeup = way.makeup.with_texts(())
        texts: list[SetText] = []
        names: set[tuple[str, int]] = set()
        for one in items:
            if isinstance(one, Sized):
                makeup.resize(*one)
                names.add(one.unit.float_name)
            else:
                texts += one
        for text in texts:
            makeup.replace(text, way.stand.at)
        page, after = makeup.page(way.stand, makeup.room - shorter * makeup.pitch)
        on = [makeup.units[number] for number in page.units]
        keys = {unit.text.key for unit in on if unit.text}
        floats = {unit.float_name for unit in on if unit.floats}
        if not keys.issuperset(text.key for text in texts) or not floats.issuperset(names):
            return None
        longer = way.longer(makeup, page, after, len(items))
        if not shorter or longer.is_done:
            return longer
        told = Step(len(way.pages), f"本页少排{makeup.lines_left(page)}行")
        return replace(longer, shorter=(*way.shorter, told))


def _units_on(makeup: Makeup, pages: float) -> int:
    """Return how many of the last units so many pages hold."""
    heights = accumulate(unit.height for unit in reversed(makeup.units))
    return sum(1 for _ in takewhile(lambda height: height < pages * makeup.room, heights))


def _left_to_come(way: Way) -> object:
    """Return what comes behind these pages, alike whatever changes led there.

    Units are counted from the end. At the end of the issue it is how full the last page is.
    """
    end = len(way.makeup.units)
    at, waiting, early = way.stand
    left = tuple(end - number for number in waiting), frozenset(end - number for number in early)
    return end - at, *left, round(way.pages[-1].height) if way.is_done else 0
