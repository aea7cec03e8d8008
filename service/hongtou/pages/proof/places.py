"""Where a finding stands: the areas of its characters on the pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.finding import Box, Finding, Span
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.pages.page import Page, Pages, PlacedLine, PlacedPicture, PlacedText, Rectangle
from hongtou.pages.places import area_of, turned
from hongtou.pages.sources import Source, sources_of_lines

if TYPE_CHECKING:
    from hongtou.acceptance import Accepted
    from hongtou.plan import Plan


class Area(NamedTuple):
    """An area on a page, counted from 1, in points."""

    page: int
    area: Rectangle


class _Stretch(NamedTuple):
    """Characters of one string in one line."""

    page: int
    placed: PlacedText
    line: PlacedLine
    source: Source


class FindingPlaces:
    """Looks up where findings stand; ``pictures`` are JSON Pointers of pictures by their numbers.

    ``above`` is how much of a line's square is above its baseline, in em.
    """

    def __init__(
        self, pages: Pages, above: float, corrections: Corrections, pictures: Mapping[int, str]
    ) -> None:
        self._above = above
        self._strings: dict[str, list[_Stretch]] = {}
        self._pictures: dict[str, list[Area]] = {}
        for page in pages:
            for stretch in _stretches(page, corrections):
                self._strings.setdefault(stretch.source.pointer, []).append(stretch)
            for picture in page.contents:
                if isinstance(picture, PlacedPicture) and picture.number in pictures:
                    area = Area(page.number, turned(picture.area, picture.turn))
                    self._pictures.setdefault(pictures[picture.number], []).append(area)

    def areas(self, finding: Finding) -> list[Area]:
        """Return the areas of a finding in reading order; none if it has no place on a page."""
        if finding.page is not None and finding.box_mm:
            return [Area(finding.page, _in_points(finding.box_mm))]
        pointer = finding.pointer
        if not pointer:
            return []
        for picture, areas in self._pictures.items():
            if pointer == picture or pointer.startswith(f"{picture}/image"):
                return areas
        exact = self._strings.get(pointer)
        if exact is None:
            return self._first_within(f"{pointer}/")
        stretches = _last_printed(exact)
        parts = [area for span in finding.places for area in self._span(stretches, span)]
        return parts or [*self._whole(stretches)]

    def _first_within(self, prefix: str) -> list[Area]:
        """Return the first text of what holds several, such as the headline of an article."""
        pointer = next((one for one in self._strings if one.startswith(prefix)), "")
        return [*self._whole(_last_printed(self._strings.get(pointer, [])))]

    def _span(self, stretches: Sequence[_Stretch], span: Span) -> list[Area]:
        """Return the areas of a span; of one that is not printed, those of its neighbours.

        A space between Han is not printed, nor is the mark of a lead-in. A whole text has one area
        on each page.
        """
        start, end = span
        found = [part for one in stretches if (part := _part(one, start, end))]
        around = max(0, start - 1), end + 1
        found = found or [part for one in stretches if (part := _part(one, *around))]
        keys = {one.placed.text.key for one in found}
        whole = [one for one in stretches if one.placed.text.key in keys]
        if found == whole and len(keys) == 1:
            return [*self._whole(found)]
        return [self._area(one) for one in found]

    def _whole(self, stretches: Sequence[_Stretch]) -> Iterator[Area]:
        """Yield one area around the lines of a text on each page.

        None for several texts: a frame around all paragraphs of an article shows nothing.
        """
        if len({one.placed.text.key for one in stretches}) > 1:
            return
        by_page: dict[int, Rectangle] = {}
        for page, area in map(self._area, stretches):
            by_page[page] = _around(by_page[page], area) if page in by_page else area
        yield from (Area(page, area) for page, area in by_page.items())

    def _area(self, one: _Stretch) -> Area:
        area = area_of(one.line, one.source, self._above)
        return Area(one.page, turned(area, one.placed.turn))


def finding_places(plan: Plan, pages: Pages, accepted: Accepted) -> FindingPlaces:
    """Return where the findings of an issue stand on its pages."""
    pictures = {one.number: one.pointer for figure in plan.figures for one in figure.pictures}
    above = plan.layout.em("composition.baseline")
    return FindingPlaces(pages, above, accepted.corrections, pictures)


def _stretches(page: Page, corrections: Corrections) -> Iterator[_Stretch]:
    for placed in page.texts:
        if placed.repetition:
            continue
        sources = sources_of_lines(placed.text, corrections)[placed.first :]
        for line, found in zip(placed.lines, sources, strict=False):
            yield from (_Stretch(page.number, placed, line, source) for source in found)


def _last_printed(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Return where each character of a string is printed last, as it may be in several texts.

    A headline stands in the contents and in its article, paragraphs of a body each in one text.
    """
    kept: list[_Stretch] = []
    for one in reversed(stretches):
        key, source = one.placed.text.key, one.source
        again = (
            source.start < other.source.end and other.source.start < source.end
            for other in kept
            if other.placed.text.key != key
        )
        if not any(again):
            kept.append(one)
    return kept[::-1]


def _part(one: _Stretch, start: int, end: int) -> _Stretch | None:
    """Return what of a stretch lies in a span, by whole cells of its line."""
    source = one.source
    start, end = max(start, source.start), min(end, source.end)
    if start >= end:
        return None
    if source.end - source.start != source.last - source.first:
        return one  # set otherwise than it was sent: no character of it can be told apart
    places = [*accumulate(map(len, one.line.line.texts), initial=0)]
    first, last = source.first + start - source.start, source.last - (source.end - end)
    first = places[bisect_right(places, first) - 1]
    last = places[bisect_left(places, last)]
    return one._replace(source=Source(source.pointer, start, end, first, last))


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Rectangle(left, top, right - left, bottom - top)


def _in_points(box: Box) -> Rectangle:
    return Rectangle(*(side * PT_PER_MM for side in (box.x, box.y, box.width, box.height)))
