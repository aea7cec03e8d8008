"""From a place on a page back to the manuscript: where the characters of a line were sent."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from hongtou.bulletin.sent_text import SentText
from hongtou.pages.page import PlacedText
from hongtou.plan.set_text import SetText

MOST_COMPOSED = 8  # characters by which what was sent may be longer than what is set


class Source(NamedTuple):
    """Characters [start, end) of the string that a JSON Pointer names."""

    pointer: str
    start: int
    end: int


def sources_of(placed: PlacedText, at: int) -> list[Source]:
    """Return where the characters of line ``at`` of a placed text were sent, in their order.

    What the service wrote itself has no source: labels, marks, numbers, dates.
    """
    start, end = _spans(placed.text)[placed.first + at]
    found, position = [], 0
    for run in placed.text.runs:
        first, last = max(start - position, 0), min(end - position, len(run.text))
        if first < last and isinstance(run.text, SentText):
            offsets = run.text.offsets
            found.append(Source(run.text.pointer, offsets[first], offsets[last - 1] + 1))
        position += len(run.text)
    return found


def _spans(text: SetText) -> list[tuple[int, int]]:
    """Return the first character and the end of every line, in the characters of the runs."""
    characters = "".join(run.text for run in text.runs)
    spans, end = [], 0
    for line in text.lines:
        start = end + (characters[end : end + 1] == "\n")
        end = start
        for piece in line.texts:
            end = _behind(piece, characters, end)
        spans.append((start, end))
    return spans


def _behind(piece: str, characters: str, start: int) -> int:
    """Return where a cell ends that was set from here; it may have been composed (NFC)."""
    nearest = start + len(piece)
    for end in range(nearest, min(len(characters), nearest + MOST_COMPOSED) + 1):
        if normalize("NFC", characters[start:end]) == piece:
            return end
    return nearest
