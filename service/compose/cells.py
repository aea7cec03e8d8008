"""Text as the composer sees it: cells with their widths and the gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING
from unicodedata import normalize

from service.compose.marks import (
    COMBINED,
    DATE_INSIDE,
    JOINED,
    NUMBER_AND_UNIT,
    PAIRS,
    TRIMMED_AFTER,
    TRIMMED_BEFORE,
    WORDS,
    Mark,
    mark_of,
)

if TYPE_CHECKING:
    from service.faces import Face, Faces

PARTED_UNIT = 60.0  # cost of parting a number and its unit: a very poor line costs less
PARTED_DATE = 0.6  # cost of parting a date between its year, month and day
SPACE_WIDTH = 0.5  # of a literal space between Han, in em


@dataclass(frozen=True, slots=True)
class TypeRun:
    """Characters to be set in one font role."""

    text: str
    role: str


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


class Cutter:
    """Cuts runs into cells, remembering every character it has seen."""

    def __init__(self, faces: Faces, latin_gap_em: float, mixed_width: bool = False) -> None:
        self._faces = faces
        self._latin_gap = latin_gap_em
        self._mixed_width = mixed_width
        self._known: dict[str, dict[str, tuple[str, Face, int, float]]] = {}
        self._words = cache(self._shaped)

    def cut(self, runs: Sequence[TypeRun], em: float, tracking: float = 0.0) -> Cells:
        """Return the cells of these runs at this size (points); ``tracking`` widens each gap."""
        texts: list[str] = []
        entries: list[tuple[str, Face, int, float]] = []
        for run in runs:
            pieces = _clusters(run.text)
            known = self._known.setdefault(run.role, {})
            for piece in pieces:
                if piece not in known:
                    known[piece] = self._look_up(run.role, piece)
            start = len(texts)
            texts += pieces
            entries += [known[piece] for piece in pieces]
            self._kern(run, pieces, entries, start)
        marks, faces, glyphs, widths = zip(*entries, strict=True) if entries else ((), (), (), ())
        cells = Cells(
            texts=texts,
            faces=list(faces),
            glyphs=list(glyphs),
            advances=[width * em for width in widths],
            marks="".join(marks),
            gaps=[tracking] * len(texts),
            shrinks=[0.0] * len(texts),
            stretches=[1] * len(texts),
            breaks=[0.0] * len(texts),
            leads=[0.0] * len(texts),
            tails=[0.0] * len(texts),
            tracking=tracking,
        )
        self._space(cells, em, tracking)
        return cells

    def _look_up(self, role: str, piece: str) -> tuple[str, Face, int, float]:
        composed = normalize("NFC", piece)
        for char in dict.fromkeys((composed[0], piece[0])):
            face = self._faces.face_for(role, char)
            if face is not None:
                glyph = face.glyph(char)
                return mark_of(char).value, face, glyph, face.advance(glyph) / 1000
        raise LookupError(f"no face of role {role} has U+{ord(piece[0]):04X}")

    def _kern(
        self,
        run: TypeRun,
        pieces: list[str],
        entries: list[tuple[str, Face, int, float]],
        start: int,
    ) -> None:
        """Give the letters of Latin words the advances that their face shapes them with."""
        if run.text.isascii() or len(pieces) == len(run.text):
            for word in WORDS.finditer(run.text):
                first = start + word.start()
                face = entries[first][1]
                for offset, advance in enumerate(self._words(face, word.group())):
                    mark, own, glyph, _ = entries[first + offset]
                    entries[first + offset] = (mark, own, glyph, advance)

    def _shaped(self, face: Face, word: str) -> tuple[float, ...]:
        """Return the advance of each letter in em, kerned; ligatures keep their letters apart."""
        glyphs = [face.glyph(letter) for letter in word]
        shaped = face.shape(word)
        if [glyph for glyph, _, _ in shaped] != glyphs:
            return tuple(face.advance(glyph) / 1000 for glyph in glyphs)
        return tuple(advance / 1000 for _, advance, _ in shaped)

    def _space(self, cells: Cells, em: float, tracking: float) -> None:
        """Set the gaps, breaks and blanks around everything that is not plain Han."""
        marks, count = cells.marks, len(cells)
        done = -1
        for at, mark in enumerate(marks):
            if mark == "h":
                continue
            lead, tail = TRIMMED_BEFORE.get(Mark(mark), 0.0), TRIMMED_AFTER.get(Mark(mark), 0.0)
            cells.leads[at], cells.tails[at] = lead * em, tail * em
            if at > 0 and done != at:
                self._pair(cells, at, em, tracking)
            if at + 1 < count:
                self._pair(cells, at + 1, em, tracking)
                done = at + 1
        if "s" in marks:
            self._literal_spaces(cells, em)
        self._numbers(cells)
        if count:
            cells.breaks[0], cells.gaps[0], cells.stretches[0] = inf, 0.0, 0

    def _pair(self, cells: Cells, at: int, em: float, tracking: float) -> None:
        pair = PAIRS[cells.marks[at - 1 : at + 1]]
        gap = pair.gap
        if pair.latin:
            gap += self._latin_gap
        if self._mixed_width and cells.texts[at - 1] in "，、；：" and gap > -0.5:
            gap -= 0.5
        cells.gaps[at] = gap * em + (tracking if pair.stretch else 0.0)
        cells.shrinks[at] = pair.shrink * em if gap > -0.5 else 0.0
        cells.stretches[at] = 1 if pair.stretch else 0
        cells.breaks[at] = 0.0 if pair.breaks else inf

    def _literal_spaces(self, cells: Cells, em: float) -> None:
        """Set a space between Han and Latin as the gap it stands for, between Han as half an em."""
        for at, mark in enumerate(cells.marks):
            if mark != "s" or cells.texts[at] not in " \u00a0":
                continue
            around = cells.marks[max(0, at - 1)] + cells.marks[min(len(cells) - 1, at + 1)]
            if "h" in around and ("d" in around or "l" in around or "u" in around):
                width = self._latin_gap * em
            elif set(around) <= {"h", "s", "c", "o"}:
                width = SPACE_WIDTH * em
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
        text = "".join(part[0] for part in cells.texts)
        for match in JOINED.finditer(text):
            for at in (match.start() + 1, match.start() + 2):
                cells.breaks[at], cells.stretches[at] = inf, 0
        for match in NUMBER_AND_UNIT.finditer(text):
            for at in range(match.start("unit"), match.end("unit")):
                cells.breaks[at] = max(cells.breaks[at], PARTED_UNIT)
        for match in DATE_INSIDE.finditer(text):
            cells.breaks[match.end()] = max(cells.breaks[match.end()], PARTED_DATE)


def _clusters(text: str) -> list[str]:
    """Cut a text into characters, each with the combining marks that follow it."""
    if not COMBINED.search(text):
        return list(text)
    pieces: list[str] = []
    end = 0
    for match in COMBINED.finditer(text):
        pieces += text[end : match.start()]
        pieces.append(match.group())
        end = match.end()
    return pieces + list(text[end:])
