"""The faces of a document as the PDF embeds them: only the glyphs that are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from service.compose.lines import SetLine

if TYPE_CHECKING:
    from service.faces import Face

SYMBOLIC = 4
ASCENT, DESCENT = 880, -120


class EmbeddedFace:
    """A face's subset, in the shape in which WeasyPrint 70 writes fonts (`pdf/fonts.py`).

    Glyph ids of the subset run from 1 without holes and are the CIDs of the PDF, so that every
    reader and every RIP finds the same glyph (a CID must equal its glyph id).
    """

    type = "ttf"
    bitmap = used_in_forms = False
    missing: dict[int, int] = {}  # noqa: RUF012
    flags = SYMBOLIC
    ascent, descent = ASCENT, DESCENT
    italic_angle = 0
    stemv = stemh = 80
    index = 0
    upem = 1000

    def __init__(self, face: Face, number: int, texts: dict[int, str]) -> None:
        content, ids = face.subset(sorted(texts))
        self.file_content = content
        self.family = face.family
        self.hash = f"F{number}"
        digest = face.sha256[number % 16 :]  # subsets of one face have tags of their own
        tag = "".join(chr(65 + int(digit, 16)) for digit in digest[:6])
        self.name = f"/{tag}+{face.family.replace(' ', '')}".encode()
        self.texts = texts
        self.others: list[EmbeddedFace] = []
        self.to_unicode = {ids[glyph]: text for glyph, text in texts.items()}
        self.advances = {glyph: face.advance(glyph) for glyph in texts}
        self.widths = {ids[glyph]: advance for glyph, advance in self.advances.items()}
        self.codes = {glyph: f"{ids[glyph]:04x}" for glyph in texts}

    def reading(self, glyph: int, text: str) -> EmbeddedFace:
        """Return the subset of this face in which a glyph is read as this text."""
        subsets = (self, *self.others)
        return next(one for one in subsets if one.texts.get(glyph) == text)

    def clean(self, to_unicode: object, hinting: object) -> None:
        """Do nothing: the subset was made before the pages were drawn."""


def embed_faces(lines: Iterable[SetLine]) -> dict[str, EmbeddedFace]:
    """Return the subsets of all faces that these lines use, by face id, in a fixed order.

    A face may draw two characters with one glyph, as ～ and 〜, but a glyph of a subset is read
    as one: where a document holds both, the second stands in a further subset of the face.
    """
    used: dict[str, list[dict[int, str]]] = {}
    faces: dict[str, Face] = {}
    drawn: dict[tuple[int, int, str], Face] = {}  # each glyph once: most are drawn many times
    for line in lines:
        keys = zip(map(id, line.faces), line.glyphs, line.texts, strict=True)
        drawn.update(zip(keys, line.faces, strict=True))
    for (_, glyph, text), face in drawn.items():
        if face.id not in used:
            used[face.id] = [{}]
            faces[face.id] = face
        if used[face.id][0].setdefault(glyph, text) != text:
            _note_other(used[face.id], glyph, text)
    subsets = [(name, texts) for name in sorted(used) for texts in used[name]]
    embedded: dict[str, EmbeddedFace] = {}
    for number, (name, texts) in enumerate(subsets):
        subset = EmbeddedFace(faces[name], number, texts)
        if name in embedded:
            embedded[name].others.append(subset)
            name = f"{name}-{number}"
        embedded[name] = subset
    return embedded


def _note_other(readings: list[dict[int, str]], glyph: int, text: str) -> None:
    """Put a glyph into the first further subset in which it is read as this text or not yet."""
    for texts in readings[1:]:
        if texts.setdefault(glyph, text) == text:
            return
    readings.append({glyph: text})
