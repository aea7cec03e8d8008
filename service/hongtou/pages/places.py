"""Where every text of an issue stands on its pages: from a field to the page, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import NamedTuple

from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.compose.lines import SetLine
from hongtou.pages.page import Page, Pages, PlacedLine, PlacedText, Rectangle, Turn
from hongtou.pages.sources import NO_CORRECTIONS, Source, sources_of_lines, was_sent_at

DIGITS = 2  # of a length in mm


class Place(NamedTuple):
    """The box of characters [start, end) of the string that a JSON Pointer names, on a page.

    Pages count from 1, lengths are in mm from the top left of the page.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    pointer: str
    start: int
    end: int


def places_of(
    pages: Iterable[Page], above: float, corrections: Corrections = NO_CORRECTIONS
) -> Iterator[Place]:
    """Yield a place for every stretch of a line that was sent, in reading order.

    ``above`` is how much of a line's square is above its baseline, in em. What a table repeats on
    a further page has none.
    """
    for page in pages:
        for placed in page.texts:
            if not placed.repetition:
                yield from _places(page, placed, above, corrections)


def page_of(
    pages: Pages, pointer: str, offset: int, corrections: Corrections = NO_CORRECTIONS
) -> int | None:
    """Return the page of the character at an offset of a string, or of another of that string.

    What is printed in several places, as a headline is in the contents, counts in the last.
    """
    near = found = None
    for page in pages:
        for placed in page.texts:
            if placed.repetition or not was_sent_at(placed.text, pointer):
                continue
            near = page.number
            for source in _sources_on(placed, corrections):
                if source.pointer == pointer and source.start <= offset <= source.end:
                    found = page.number
    return found or near


def _sources_on(placed: PlacedText, corrections: Corrections) -> Iterator[Source]:
    lines = sources_of_lines(placed.text, corrections)
    return chain.from_iterable(lines[placed.first : placed.first + len(placed.lines)])


def _places(
    page: Page, placed: PlacedText, above: float, corrections: Corrections
) -> Iterator[Place]:
    sources = sources_of_lines(placed.text, corrections)[placed.first :]
    for line, found in zip(placed.lines, sources, strict=False):
        for source in found:
            box = turned(area_of(line, source, above), placed.turn)
            x, y, width, height = (round(length / PT_PER_MM, DIGITS) for length in box)
            span = source.pointer, source.start, source.end
            yield Place(page.number, x, y, width, height, *span)


def area_of(placed: PlacedLine, source: Source, above: float) -> Rectangle:
    """Return the square of the characters of a source, in points."""
    line = placed.line
    left, right = line.x, line.x + line.width
    if source.first > 0 or source.last < len(line.text):
        left, right = _edges(line, source)
    top = placed.baseline - above * line.size
    return Rectangle(placed.x + left, top, right - left, line.size)


def _edges(line: SetLine, source: Source) -> tuple[float, float]:
    """Return where the first of these characters begins and the last ends, within a line."""
    starts = [*accumulate(map(len, line.texts), initial=0)]
    first, last = starts.index(source.first), starts.index(source.last)
    advances = [
        face.advance(glyph) * line.size / 1000
        for face, glyph in zip(line.faces[:last], line.glyphs[:last], strict=True)
    ]
    left = line.x + sum(advances[:first]) + sum(line.gaps[:first])
    right = line.x + sum(advances) + sum(line.gaps[: last - 1])
    return left, right


def turned(box: Rectangle, turn: Turn | None) -> Rectangle:
    """Return the box on the page of one within content that lies on its side."""
    if turn is None:
        return box
    a, b, c, d, e, f = turn
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (box.x, box.x + box.width)
        for y in (box.y, box.y + box.height)
    ]
    left, top = (min(axis) for axis in zip(*corners, strict=True))
    right, bottom = (max(axis) for axis in zip(*corners, strict=True))
    return Rectangle(left, top, right - left, bottom - top)
