"""From a line on a page back to the issue JSON: where its characters were sent."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize

from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.joined_text import sent_parts
from hongtou.bulletin.sent_text import SentText
from hongtou.compose.lines import SetLine
from hongtou.plan.set_text import SetText

NO_CORRECTIONS = Corrections()
MAX_COMPOSED = 8  # characters by which a sent cell may be longer than the set cell


class Source(NamedTuple):
    """The source of characters [first, last) of a line.

    They were sent as characters [start, end) of the string that a JSON Pointer names; a number
    counts as the figures that JSON writes it in.
    """

    pointer: str
    start: int
    end: int
    first: int
    last: int


def sources_of_lines(
    text: SetText, corrections: Corrections = NO_CORRECTIONS
) -> list[list[Source]]:
    """Return the sources of every line of a text, each in the order of its characters.

    Words of the layout have none: labels, marks, 第 and 期, the zeros before a copy number.
    What was corrected before it was set leads back to what stood there.
    """
    sent_texts = [*_sent_texts(text)]
    return [
        [*_sources(line, places, sent_texts, corrections)]
        for line, places in zip(text.lines, _cell_places(text), strict=True)
    ]


def was_sent_at(text: SetText, pointer: str) -> bool:
    """Tell whether any character of a text was sent in the string that a JSON Pointer names."""
    return any(sent.pointer == pointer for _, sent in _sent_texts(text))


def _sources(
    line: SetLine,
    places: Sequence[int],
    sent_texts: Sequence[tuple[int, SentText]],
    corrections: Corrections,
) -> Iterator[Source]:
    for position, sent in sent_texts:
        start, end = max(places[0], position), min(places[-1], position + len(sent))
        if start < end:
            offsets = sent.offsets[start - position : end - position]
            cells = bisect_right(places, start) - 1, bisect_left(places, end)
            first, last = (sum(map(len, line.texts[:count])) for count in cells)
            span = corrections.sent(sent.pointer, offsets[0], offsets[-1] + 1)
            yield Source(sent.pointer, *span, first, last)


def _sent_texts(text: SetText) -> Iterator[tuple[int, SentText]]:
    """Yield the sent texts in the runs of a text, with the places of their first characters."""
    position = 0
    for run in text.runs:
        for at, sent in sent_parts(run.text):
            yield position + at, sent
        position += len(run.text)


def _cell_places(text: SetText) -> list[Sequence[int]]:
    """Return for every line where its cells begin in the characters of the runs, and its end."""
    characters = "".join(run.text for run in text.runs)
    lines: list[Sequence[int]] = []
    end = 0
    for line in text.lines:
        while end < len(characters) and _is_passed(characters[end], line):
            end += 1
        if characters.startswith(line.text, end):
            places = [*accumulate(map(len, line.texts), initial=end)]
        else:
            places = [end]
            for piece in line.texts:
                places.append(_behind(piece, characters, places[-1]))
        end = places[-1]
        lines.append(places)
    return lines


def _is_passed(char: str, line: SetLine) -> bool:
    """Tell whether a line begins behind a character: a line break, or a space where one ended."""
    return char.isspace() and not line.text.startswith(char)


def _behind(piece: str, characters: str, start: int) -> int:
    """Return the end of a cell that was set from here; it may have been composed (NFC)."""
    nearest = start + len(piece)
    for end in range(nearest, min(len(characters), nearest + MAX_COMPOSED) + 1):
        if normalize("NFC", characters[start:end]) == piece:
            return end
    return nearest
