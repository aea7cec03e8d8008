"""Characters as a role sets them: the class, face, glyph and advance of each, looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from hongtou.compose.break_classes import (
    APOSTROPHE,
    BY_CONTEXT,
    COMBINED,
    COMBINING,
    FIGURE_DASH,
    LOWERED_POINT,
    MODIFIER_APOSTROPHE,
    POINT,
    UNNAMED,
    WORDS,
    Mark,
    mark_of,
)

if TYPE_CHECKING:
    from hongtou.faces import Face, Faces

# One character as a role sets it at a size: the letter of its class, its face, glyph and advance in
# points.
Entry = tuple[str, "Face", int, float]


class KnownCharacters(dict[str, Entry]):
    """The characters of one role at one size (points), looked up in its faces once."""

    def __init__(self, faces: Faces, role: str, em: float) -> None:
        self._faces = faces
        self._role = role
        self._em = em
        self.borrowed: dict[str, Face] = {}  # letters that only another face has, with that

    def __missing__(self, piece: str) -> Entry:
        for char in dict.fromkeys((normalize("NFC", piece)[0], piece[0])):
            face = self._faces.face_for(self._role, char)
            if face is not None:
                glyph = face.glyph(char)
                entry = (mark_of(char).value, face, glyph, face.advance(glyph) / 1000 * self._em)
                self[piece] = entry
                if entry[0] == Mark.LATIN and self._faces.borrows(self._role, face):
                    self.borrowed[piece] = face
                return entry
        raise LookupError(f"no face of role {self._role} has U+{ord(piece[0]):04X}")

    def see_around(self, pieces: Sequence[str], entries: list[Entry]) -> None:
        """Take apostrophes in words, single dashes, lowered points and ×× for what they are.

        ``entries`` end with those of ``pieces``.
        """
        first = len(entries) - len(pieces)
        for match in BY_CONTEXT().finditer("".join(piece[0] for piece in pieces)):
            at = first + match.start()
            if match[0][0] == UNNAMED:
                for place in range(at, at + len(match[0])):
                    entries[place] = (Mark.HAN.value, *entries[place][1:])
            elif match[0] == POINT:
                entries[at] = self._lowered(entries[at])
            elif match[0] != APOSTROPHE:
                entries[at] = self._joining(entries[at])
            elif self._faces.face_for(self._role, MODIFIER_APOSTROPHE) is not None:
                entries[at] = (Mark.LATIN.value, *self[MODIFIER_APOSTROPHE][1:])

    def see_borrowed(self, pieces: Sequence[str], entries: list[Entry]) -> None:
        """Set each word that has borrowed letters in one face: Škoda is of one colour.

        ``entries`` end with those of ``pieces``.
        """
        first = len(entries) - len(pieces)
        for word in WORDS.finditer("".join(piece[0] for piece in pieces)):
            face = self.face_of(pieces[word.start() : word.end()])
            for at in range(*word.span()):
                glyph = face.glyph(pieces[at])
                if glyph:
                    advance = face.advance(glyph) / 1000 * self._em
                    entries[first + at] = (entries[first + at][0], face, glyph, advance)

    def face_of(self, letters: Sequence[str]) -> Face:
        """Return the face of a word: the one that all of it is in, if it has borrowed letters."""
        borrowed = (self.borrowed[one] for one in letters if one in self.borrowed)
        return next(borrowed, self[letters[0]][1])

    def _joining(self, dash: Entry) -> Entry:
        """Return a dash as it joins two words: shorter, where its face has such a one."""
        _, face, glyph, advance = dash
        shorter = face.glyph(FIGURE_DASH)
        if shorter and face.advance(shorter) == face.advance(glyph):
            glyph = shorter
        return Mark.JOIN.value, face, glyph, advance

    def _lowered(self, point: Entry) -> Entry:
        """Return a point as small and as low as the figures beside it, if its face has such one."""
        mark, face, _, _ = point
        glyph = face.glyph(LOWERED_POINT)
        return (mark, face, glyph, face.advance(glyph) / 1000 * self._em) if glyph else point


def clusters(text: str) -> list[str]:
    """Cut a text into characters, each with the combining marks that follow it.

    What is composed to be drawn is composed in the text behind it too: readers of a PDF count
    on one character for a glyph.
    """
    if not COMBINING.search(text):
        return list(text)
    pieces: list[str] = []
    end = 0
    for match in COMBINED().finditer(text):
        pieces += text[end : match.start()]
        pieces.append(normalize("NFC", match.group()))
        end = match.end()
    return pieces + list(text[end:])
