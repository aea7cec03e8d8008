"""Set lines: where every glyph of a line stands, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from hongtou.compose.break_classes import OPENINGS
from hongtou.compose.cells import Cells
from hongtou.compose.fit import Span

if TYPE_CHECKING:
    from hongtou.faces import Face

COPIED_AS_SPACE = 0.095  # em: readers of a PDF take a wider gap for a space


class SetLine(NamedTuple):
    """One line: its glyphs from ``x`` (points from the measure's left edge) to the right.

    ``gaps[i]`` follows glyph i and adds to its advance. ``width`` is from the left edge of the
    first square to the right edge of the last. ``spaced`` tells that a gap is wide enough to
    be copied as a space, so that the line must carry its text along. ``common_gap`` is the gap
    that most neighbours share.
    """

    x: float
    width: float
    size: float
    text: str
    texts: tuple[str, ...]
    faces: tuple[Face, ...]
    glyphs: tuple[int, ...]
    gaps: tuple[float, ...]
    common_gap: float
    stretch: float
    squeeze: float
    spaced: bool

    def face_runs(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return (first glyph, end) of each stretch of glyphs [start, end) from one face."""
        faces = self.faces
        end = len(faces) if end is None else end
        if start < end and faces.count(faces[start]) == len(faces):  # most lines
            return [(start, end)]
        firsts = [at for at in range(start, end) if at == start or faces[at] is not faces[at - 1]]
        return list(pairwise([*firsts, end]))


def set_line(cells: Cells, span: Span, em: float, x: float = 0.0) -> SetLine:
    """Return the line of this span; ``x`` is where the first ink square may begin."""
    first, last = span.first, span.last
    inner = slice(first + 1, last)
    gaps = cells.gaps[inner]
    if span.stretch:
        stretch = span.stretch
        widened = zip(gaps, cells.stretches[inner], strict=True)
        gaps = [gap + stretch if stretches else gap for gap, stretches in widened]
    if span.squeeze:
        squeeze = span.squeeze
        closed = zip(gaps, cells.shrinks[inner], strict=True)
        gaps = [gap - squeeze * shrink for gap, shrink in closed]
    if span.opening:
        marks = cells.marks[first:last]
        room = span.opening * em
        gaps = [gap + room * OPENINGS.get(marks[at : at + 2], 0.0) for at, gap in enumerate(gaps)]
    if span.latin:
        gaps = list(map(add, gaps, _opened(cells, span)))
    texts = cells.texts[first:last]
    return SetLine(
        x - (cells.leads[first] if first else 0.0),
        sum(cells.advances[first:last]) + sum(gaps),
        em,
        "".join(texts),
        texts,
        cells.faces[first:last],
        cells.glyphs[first:last],
        (*gaps, 0.0),
        cells.tracking + span.stretch,
        span.stretch / em,
        span.squeeze,
        _has_wide_gap(cells.marks[first:last], gaps, em),
    )


def _opened(cells: Cells, span: Span) -> list[float]:
    """Return how far each gap opens: the spaces between words first, then those beside Latin.

    Where there are none of these, the spaces take all. What is more than all have room for goes to
    all alike, as in one gap it would be a hole, but for the spaces inside figures.
    """
    first, last = span.first + 1, span.last
    rooms = cells.rooms[first:last]
    spaces = {at - first: room for at, room in cells.spaces.items() if first <= at < last}
    between_words, all_rooms = sum(spaces.values()), sum(rooms)
    excess = max(0.0, span.latin - all_rooms)
    latin = span.latin - excess
    beside_latin = all_rooms - between_words
    is_all = beside_latin < 1e-6  # as sums are rounded
    share = latin / between_words if between_words else 0.0
    share = share if is_all else min(1.0, share)
    other = 0.0 if is_all else (latin - share * between_words) / beside_latin
    opened = [room * other for room in rooms]
    for at, room in spaces.items():
        opened[at] = room * share
    if excess > 0.0:
        inside = {at for at in spaces if not cells.stretches[first + at]}
        open_to = [0.0 if at in inside else room for at, room in enumerate(rooms)]
        open_to = open_to if any(open_to) else rooms
        further = excess / sum(open_to)
        opened = [had + room * further for had, room in zip(opened, open_to, strict=True)]
    return opened


def _has_wide_gap(marks: str, gaps: Sequence[float], em: float) -> bool:
    widest = COPIED_AS_SPACE * em
    if not gaps or max(gaps) <= widest:
        return False
    return any(
        gap > widest and marks[at] != "s" and marks[at + 1] != "s" for at, gap in enumerate(gaps)
    )
