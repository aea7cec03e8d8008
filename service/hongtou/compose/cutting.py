"""Cutting runs of characters into cells, whose gaps follow what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import inf
from typing import TYPE_CHECKING

from hongtou.bulletin.standard_numbers import YEAR_CHARS, YEAR_DASHES, ends_standard_number
from hongtou.compose.break_classes import (
    DEPENDENT,
    NO_END_BEFORE_SPACE,
    PAIRS,
    SPACE,
    TRIMMED_AFTER,
    TRIMMED_BEFORE,
    WORDS,
    Mark,
)
from hongtou.compose.cells import Cells, TypeRun
from hongtou.compose.characters import Entry, KnownCharacters, clusters
from hongtou.compose.names import keep_names
from hongtou.compose.numbers import keep_numbers
from hongtou.compose.series import keep_series
from hongtou.compose.spacing import Spacing

if TYPE_CHECKING:
    from hongtou.faces import Face, Faces

OPENING_START = 0.05  # cost of a line that starts with an opening mark
# How wide, in em, a space between Western words may become before anything else is widened
# (CLREQ 拉伸处理的优先顺序).
WIDEST_SPACE = 0.5
MOST_OVERLAP = 0.8  # of a narrow character that a blank half reaches over: readers go by x
NOT_HAN = re.compile("[^h]")
LEADS = {mark.value: TRIMMED_BEFORE.get(mark, 0.0) for mark in Mark}
TAILS = {mark.value: TRIMMED_AFTER.get(mark, 0.0) for mark in Mark}
MIXED_WITH_HAN = frozenset("dluv")  # beside Han these have a gap, typed or not
MIXED_HALF = "，、；："  # the marks that 开明式 sets half a square wide


class Cutter:
    """Cuts runs into cells, remembering every character it has seen."""

    def __init__(self, faces: Faces, spacing: Spacing) -> None:
        self._faces = faces
        self._spacing = spacing
        self._known: dict[tuple[str, float], KnownCharacters] = {}
        self._words = cache(self._kerned)
        self._pairs = cache(self._scaled)

    def cut(
        self,
        runs: Sequence[TypeRun],
        em: float,
        tracking: float = 0.0,
        *,
        keep_spaces: bool = False,
    ) -> Cells:
        """Return the cells of these runs at this size (points); ``tracking`` widens each gap.

        A space between Han and Latin is set as no more than the gap that stands there anyway;
        ``keep_spaces`` sets it as wide as between Han, as headlines and captions mean it.
        """
        texts: list[str] = []
        entries: list[Entry] = []
        whole: list[tuple[TypeRun, int, KnownCharacters]] = []  # runs whose cells are characters
        for run in runs:
            pieces = clusters(run.text)
            known = self._known.get((run.role, em))
            if known is None:
                known = KnownCharacters(self._faces, run.role, em)
                self._known[run.role, em] = known
            entries.extend(map(known.__getitem__, pieces))
            if len(pieces) == len(run.text):
                whole.append((run, len(texts), known))
            texts += pieces
            if known.borrowed and not known.borrowed.keys().isdisjoint(pieces):
                known.see_borrowed(pieces, entries)
            if any(map(run.text.__contains__, DEPENDENT)):
                known.see_around(pieces, entries)
        cells = _plain_cells(texts, entries, tracking)
        self._space(cells, em, tracking)
        for run, start, known in whole if Mark.LATIN in cells.marks else ():
            for at, kern in self._kerns(run, start, known):
                cells.gaps[at] += kern * em
        if "s" in cells.marks:
            self._literal_spaces(cells, em, keep_spaces)
        return cells

    def _kerns(self, run: TypeRun, start: int, known: KnownCharacters) -> list[tuple[int, float]]:
        """Return (cell, kern before it in em) for the Latin words of a run."""
        found = []
        for word in WORDS.finditer(run.text):
            face = known.face_of(word.group())
            for offset, kern in enumerate(self._words(face, word.group())):
                if kern:
                    found.append((start + word.start() + offset + 1, kern))
        return found

    def _kerned(self, face: Face, word: str) -> tuple[float, ...]:
        """Return the kern behind each letter but the last; none where letters are ligated."""
        glyphs = [face.glyph(letter) for letter in word]
        shaped = face.shape(word)
        if [glyph for glyph, _, _ in shaped] != glyphs:
            return ()
        return tuple((advance - face.advance(glyph)) / 1000 for glyph, advance, _ in shaped[:-1])

    def _space(self, cells: Cells, em: float, tracking: float) -> None:
        """Set the gaps, breaks and blanks around everything that is not plain Han."""
        marks, count = cells.marks, len(cells)
        gaps, shrinks, stretches, breaks = cells.gaps, cells.shrinks, cells.stretches, cells.breaks
        rooms = cells.rooms
        pairs = self._pairs(em, tracking)
        seen = 0
        for special in NOT_HAN.finditer(marks):
            at = special.start()
            mark = marks[at]
            if mark in "cfom":
                cells.leads[at], cells.tails[at] = LEADS[mark] * em, TAILS[mark] * em
            for here in (at, at + 1):
                if seen < here < count:
                    pair = pairs[marks[here - 1 : here + 1]]
                    gap, shrink, stretches[here], breaks[here], room = pair
                    if room:
                        rooms[here] = room
                    if gap < shrink:
                        most = MOST_OVERLAP * cells.advances[here - 1]
                        if gap - shrink < -most:
                            gap = max(gap, -most)
                            shrink = gap + most
                    gaps[here], shrinks[here] = gap, shrink
                    seen = here
        if self._spacing.mixed_width:
            _halve_marks(cells, em)
        _keep_together(cells)
        if count:
            breaks[0], gaps[0], stretches[0], shrinks[0] = inf, 0.0, 0, 0.0

    def _scaled(
        self, em: float, tracking: float
    ) -> dict[str, tuple[float, float, int, float, float]]:
        """Return (gap, shrink, stretch, cost of a break, room) of every two classes, in points."""
        room = self._spacing.latin_room * em
        return {
            marks: (
                (pair.gap + (self._spacing.latin_gap if pair.latin else 0.0)) * em
                + (tracking if pair.stretch or pair.latin else 0.0),
                pair.shrink * em,
                int(pair.stretch),
                (OPENING_START if marks[1] == "o" else 0.0) if pair.breaks else inf,
                room if pair.latin else 0.0,
            )
            for marks, pair in PAIRS.items()
        }

    def _literal_spaces(self, cells: Cells, em: float, keep: bool) -> None:
        """Set a space between Han and Latin as the gap that it stands for, between Han as wide."""
        spacing, count = self._spacing, len(cells)
        room = spacing.latin_room * em
        for space in SPACE.finditer(cells.marks):
            at = space.start()
            if cells.texts[at] not in " \u00a0":
                continue
            around = cells.marks[max(0, at - 1)] + cells.marks[min(count - 1, at + 1)]
            is_mixed = "h" in around and not MIXED_WITH_HAN.isdisjoint(around)
            is_meant = keep or (around == "dh" and _ends_standard(cells, at))
            if is_mixed:
                width = (spacing.han_space if is_meant else spacing.latin_gap) * em
            elif set(around) <= {"h", "s", "c", "f", "o"}:
                width = spacing.han_space * em
            else:
                if at + 1 < count and cells.marks[at + 1] != "s":
                    room_here = max(0.0, WIDEST_SPACE * em - cells.advances[at])
                    if not cells.stretches[at + 1]:  # inside a figure it opens as beside one
                        room_here = min(room_here, room)
                    cells.rooms[at + 1] = cells.spaces[at + 1] = room_here
                continue
            cells.gaps[at] = 0.0
            cells.stretches[at] = 0
            if at + 1 < count:
                cells.gaps[at + 1] = width - cells.advances[at]
                cells.rooms[at + 1] = room if is_mixed and not is_meant else 0.0
        for match in NO_END_BEFORE_SPACE().finditer(cells.marks):
            if match.end() < count:
                cells.breaks[match.end()] = inf


def _keep_together(cells: Cells) -> None:
    """Forbid breaks, or give them a cost, by what the text says."""
    text = "".join(cells.texts)
    if len(text) != len(cells):
        text = "".join(part[0] for part in cells.texts)
    keep_numbers(cells, text)
    keep_names(cells, text)
    keep_series(cells.breaks, text)


def _ends_standard(cells: Cells, at: int) -> bool:
    """Tell whether the title of a standard follows behind this space: GB 3095—2012 环境空气…."""
    if YEAR_DASHES.isdisjoint(cells.texts[max(0, at - YEAR_CHARS) : at]):
        return False
    return ends_standard_number("".join(part[0] for part in cells.texts[:at]), at)


def _halve_marks(cells: Cells, em: float) -> None:
    """Set ，、；： half a square wide, as 开明式 does; a mark already halved stays."""
    for at in range(1, len(cells)):
        if cells.texts[at - 1] in MIXED_HALF and cells.gaps[at] > -0.5 * em:
            cells.gaps[at] -= 0.5 * em
            cells.shrinks[at] = 0.0


def _plain_cells(texts: Sequence[str], entries: Sequence[Entry], tracking: float) -> Cells:
    """Return the cells of a text as if all of it were Han."""
    marks, faces, glyphs, advances = zip(*entries, strict=True) if entries else ((), (), (), ())
    count = len(texts)
    return Cells(
        texts=tuple(texts),
        faces=faces,
        glyphs=glyphs,
        advances=list(advances),
        marks="".join(marks),
        gaps=[tracking] * count,
        shrinks=[0.0] * count,
        stretches=[1] * count,
        breaks=[0.0] * count,
        leads=[0.0] * count,
        tails=[0.0] * count,
        rooms=[0.0] * count,
        spaces={},
        tracking=tracking,
    )
