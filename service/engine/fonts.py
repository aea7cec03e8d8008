"""The faces of a document as the PDF embeds them: only the glyphs that are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from service.compose.lines import SetLine
from service.engine.compression import early

if TYPE_CHECKING:
    from service.faces import Face

SYMBOLIC = 4
ASCENT, DESCENT = 880, -120
DEFAULT_WIDTH = 1000  # ISO 32000-1 §9.7.4.3: of every CID that W leaves out


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
        self.file_content = early(content)
        self.family = face.family
        self.hash = f"F{number}"
        digest = face.sha256[number % 16 :]  # subsets of one face have tags of their own
        tag = "".join(chr(65 + int(digit, 16)) for digit in digest[:6])
        self.name = f"/{tag}+{face.family.replace(' ', '')}".encode()
        self.texts = texts
        self.others: list[EmbeddedFace] = []
        self.to_unicode = {ids[glyph]: text for glyph, text in texts.items()}
        self.advances = {glyph: face.advance(glyph) for glyph in texts}
        self.widths = {
            ids[glyph]: advance
            for glyph, advance in self.advances.items()
            if advance != DEFAULT_WIDTH
        }
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
    drawn: dict[str, set[tuple[int, str]]] = {}
    faces: dict[str, Face] = {}
    for line in lines:
        for first, end in line.face_runs():
            face = line.faces[first]
            faces[face.id] = face
            pairs = zip(line.glyphs[first:end], line.texts[first:end], strict=True)
            drawn.setdefault(face.id, set()).update(pairs)
    subsets = [(name, texts) for name in sorted(drawn) for texts in _readings(sorted(drawn[name]))]
    embedded: dict[str, EmbeddedFace] = {}
    for number, (name, texts) in enumerate(subsets):
        subset = EmbeddedFace(faces[name], number, texts)
        if name in embedded:
            embedded[name].others.append(subset)
            name = f"{name}-{number}"
        embedded[name] = subset
    return embedded


def _readings(drawn: Sequence[tuple[int, str]]) -> list[dict[int, str]]:
    """Return what each glyph is read as, further readings of the same in further dictionaries."""
    readings: list[dict[int, str]] = [{}]
    for glyph, text in drawn:
        for texts in readings:
            if texts.setdefault(glyph, text) == text:
                break
        else:
            readings.append({glyph: text})
    return readings
