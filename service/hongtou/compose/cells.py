"""Text as the composer sees it: cells with their widths and the gaps between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from hongtou.compose.break_classes import (
    ADDRESS_JOINTS,
    ADDRESS_SIGN,
    COMBINED,
    COMBINING,
    DATE_INSIDE,
    JOINED,
    NUMBER_AND_UNIT,
    PAIRS,
    TRIMMED_AFTER,
    TRIMMED_BEFORE,
    WESTERN,
    WORDS,
    Mark,
    mark_of,
)
from hongtou.compose.spacing import Spacing

if TYPE_CHECKING:
    from hongtou.faces import Face, Faces

PARTED_UNIT = 60.0  # cost of parting a number and its unit: a very poor line costs less
PARTED_ADDRESS = 1.0  # cost of parting an address behind one of its joints
BROKEN_ADDRESS = 8.0  # and anywhere else: before gaps that an eye sees
PARTED_DATE = 0.6  # cost of parting a date between its year, month and day
OPENING_START = 0.05  # cost of a line that starts with an opening mark
MOST_OVERLAP = 0.8  # of a narrow character that a blank half reaches over: readers go by x
NOT_HAN = re.compile("[^h]")
LEADS = {mark.value: TRIMMED_BEFORE.get(mark, 0.0) for mark in Mark}
TAILS = {mark.value: TRIMMED_AFTER.get(mark, 0.0) for mark in Mark}
MIXED_HALF = "，、；："  # the marks that 开明式 sets half a square wide


class TypeRun(NamedTuple):
    """Characters in one font role; a label ``takes`` so many points, others what they need."""

    text: str
    role: str
    takes: float = 0.0


@dataclass(slots=True)
class Cells:
    """A text cut into cells, in parallel lists; cell i is separated from i-1 by gap i.

    ``advances``, ``gaps`` and ``shrinks`` are in points. ``breaks`` holds the cost of ending a
    line before cell i, infinite where none may end. ``leads`` and ``tails`` are the blank parts
    of a cell's square before and behind its ink.
    """

    texts: list[str]
    faces: list[Face]
    glyphs: list[int]
    advances: list[float]
    marks: str
    gaps: list[float]
    shrinks: list[float]
    stretches: list[int]
    breaks: list[float]
    leads: list[float]
    tails: list[float]
    tracking: float = 0.0

    def __len__(self) -> int:
        return len(self.texts)


# One character as a role sets it: the letter of its class, its face, glyph and advance in em.
Entry = tuple[str, "Face", int, float]


class _Known(dict[str, Entry]):
    """The characters of one role, looked up in its faces once."""

    def __init__(self, faces: Faces, role: str) -> None:
        super().__init__()
        self._faces = faces
        self._role = role

    def __missing__(self, piece: str) -> Entry:
        for char in dict.fromkeys((normalize("NFC", piece)[0], piece[0])):
            face = self._faces.face_for(self._role, char)
            if face is not None:
                glyph = face.glyph(char)
                entry = (mark_of(char).value, face, glyph, face.advance(glyph) / 1000)
                self[piece] = entry
                return entry
        raise LookupError(f"no face of role {self._role} has U+{ord(piece[0]):04X}")


class Cutter:
    """Cuts runs into cells, remembering every character it has seen."""

    def __init__(self, faces: Faces, spacing: Spacing) -> None:
        self._faces = faces
        self._spacing = spacing
        self._known: dict[str, _Known] = {}
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
        kerns: list[tuple[int, float]] = []
        for run in runs:
            pieces = _clusters(run.text)
            known = self._known.get(run.role)
            if known is None:
                known = self._known[run.role] = _Known(self._faces, run.role)
            if len(pieces) == len(run.text):
                kerns += self._kerns(run, len(texts), known)
            texts += pieces
            entries.extend(map(known.__getitem__, pieces))
        cells = _plain_cells(texts, entries, em, tracking)
        self._space(cells, em, tracking)
        for at, kern in kerns:
            cells.gaps[at] += kern * em
        if "s" in cells.marks:
            self._literal_spaces(cells, em, keep_spaces)
        return cells

    def _kerns(self, run: TypeRun, start: int, known: _Known) -> list[tuple[int, float]]:
        """Return (cell, kern before it in em) for the Latin words of a run."""
        found = []
        for word in WORDS.finditer(run.text):
            face = known[word.group()[0]][1]
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
        pairs = self._pairs(em, tracking)
        seen = 0
        for special in NOT_HAN.finditer(marks):
            at = special.start()
            mark = marks[at]
            if mark in "com":
                cells.leads[at], cells.tails[at] = LEADS[mark] * em, TAILS[mark] * em
            for here in (at, at + 1):
                if seen < here < count:
                    pair = pairs[marks[here - 1 : here + 1]]
                    gap, shrink, stretches[here], breaks[here] = pair
                    most = MOST_OVERLAP * cells.advances[here - 1]
                    if gap - shrink < -most:
                        gap = max(gap, -most)
                        shrink = gap + most
                    gaps[here], shrinks[here] = gap, shrink
                    seen = here
        if self._spacing.mixed_width:
            _halve_marks(cells, em)
        self._numbers(cells)
        if count:
            breaks[0], gaps[0], stretches[0], shrinks[0] = inf, 0.0, 0, 0.0

    def _scaled(self, em: float, tracking: float) -> dict[str, tuple[float, float, int, float]]:
        """Return (gap, shrink, stretch, cost of a break) of every two classes, in points."""
        return {
            marks: (
                (pair.gap + (self._spacing.latin_gap if pair.latin else 0.0)) * em
                + (tracking if pair.stretch else 0.0),
                pair.shrink * em,
                int(pair.stretch),
                (OPENING_START if marks[1] == "o" else 0.0) if pair.breaks else inf,
            )
            for marks, pair in PAIRS.items()
        }

    def _literal_spaces(self, cells: Cells, em: float, keep: bool) -> None:
        """Set a space between Han and Latin as the gap that it stands for, between Han as wide."""
        spacing = self._spacing
        for at, mark in enumerate(cells.marks):
            if mark != "s" or cells.texts[at] not in " \u00a0":
                continue
            around = cells.marks[max(0, at - 1)] + cells.marks[min(len(cells) - 1, at + 1)]
            is_mixed = "h" in around and ("d" in around or "l" in around or "u" in around)
            if is_mixed:
                width = (spacing.han_space if keep else spacing.latin_gap) * em
            elif set(around) <= {"h", "s", "c", "o"}:
                width = spacing.han_space * em
            else:
                continue
            cells.gaps[at] = 0.0
            cells.stretches[at] = 0
            if at + 1 < len(cells):
                cells.gaps[at + 1] = width - cells.advances[at]

    def _numbers(self, cells: Cells) -> None:
        """Keep what belongs to a number with it: absolutely inside, at a cost for its unit."""
        if "d" not in cells.marks and "l" not in cells.marks:
            return
        text = "".join(cells.texts)
        if len(text) != len(cells):
            text = "".join(part[0] for part in cells.texts)
        for match in JOINED.finditer(text):
            for at in (match.start() + 1, match.start() + 2):
                cells.breaks[at], cells.stretches[at] = inf, 0
        if "." in text or "@" in text:
            _part_addresses(cells, text)
        for match in NUMBER_AND_UNIT.finditer(text):
            for at in range(match.start("unit"), match.end("unit")):
                cells.breaks[at] = max(cells.breaks[at], PARTED_UNIT)
        for match in DATE_INSIDE.finditer(text):
            cells.breaks[match.end()] = max(cells.breaks[match.end()], PARTED_DATE)


def _part_addresses(cells: Cells, text: str) -> None:
    """Let addresses part, best behind their joints; else two characters stay on either side."""
    for match in WESTERN.finditer(text):
        if not ADDRESS_SIGN.search(match[0]):
            continue
        for at in range(match.start() + 1, match.end()):
            cells.stretches[at], cells.breaks[at] = 0, inf
        for at in range(match.start() + 2, match.end() - 1):
            if ADDRESS_JOINTS.isdisjoint(text[at - 2 : at + 2]):
                cells.breaks[at] = BROKEN_ADDRESS
            elif text[at - 1] in ADDRESS_JOINTS and text[at] not in ADDRESS_JOINTS:
                cells.breaks[at] = PARTED_ADDRESS


def _halve_marks(cells: Cells, em: float) -> None:
    """Set ，、；： half a square wide, as 开明式 does; a mark already halved stays."""
    for at in range(1, len(cells)):
        if cells.texts[at - 1] in MIXED_HALF and cells.gaps[at] > -0.5 * em:
            cells.gaps[at] -= 0.5 * em
            cells.shrinks[at] = 0.0


def _plain_cells(texts: list[str], entries: Sequence[Entry], em: float, tracking: float) -> Cells:
    """Return the cells of a text as if all of it were Han."""
    marks, faces, glyphs, widths = zip(*entries, strict=True) if entries else ((), (), (), ())
    count = len(texts)
    return Cells(
        texts=texts,
        faces=list(faces),
        glyphs=list(glyphs),
        advances=[width * em for width in widths],
        marks="".join(marks),
        gaps=[tracking] * count,
        shrinks=[0.0] * count,
        stretches=[1] * count,
        breaks=[0.0] * count,
        leads=[0.0] * count,
        tails=[0.0] * count,
        tracking=tracking,
    )


def _clusters(text: str) -> list[str]:
    """Cut a text into characters, each with the combining marks that follow it.

    What is composed to be drawn is composed in the text behind it too: readers of a PDF count
    on one character for a glyph.
    """
    if not COMBINING.search(text):
        return list(text)
    pieces: list[str] = []
    end = 0
    for match in COMBINED.finditer(text):
        pieces += text[end : match.start()]
        pieces.append(normalize("NFC", match.group()))
        end = match.end()
    return pieces + list(text[end:])
