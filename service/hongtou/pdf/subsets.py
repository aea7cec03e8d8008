"""The faces of a document as the PDF embeds them: only the glyphs that are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from hongtou.compose.lines import SetLine
from hongtou.pdf.compression import early

if TYPE_CHECKING:
    from hongtou.faces import Face


class EmbeddedFace:
    """A face's subset, under the name by which pages ask for it.

    Glyph ids of the subset run from 1 and are the CIDs of the PDF, so that every reader and every
    RIP finds the same glyph. ``texts`` tells what each glyph is read as, ``advances`` how far it
    moves on, ``cids`` and ``codes`` how it is called; all by the glyph ids of the whole face.
    """

    def __init__(self, face: Face, number: int, texts: dict[int, str]) -> None:
        content, self.cids = face.subset(texts)
        self.content = early(content)
        self.name = f"F{number}"
        self.family = face.family
        self.bounds = face.bounds
        self.ascent, self.descent = face.extents
        digest = face.sha256[number % 16 :]  # subsets of one face have tags of their own
        tag = "".join(chr(65 + int(digit, 16)) for digit in digest[:6])
        self.base_font = f"/{tag}+{face.family.replace(' ', '')}"
        self.texts = texts
        self.others: list[EmbeddedFace] = []
        self.advances = {glyph: face.advance(glyph) for glyph in texts}
        self.codes = {glyph: f"{cid:04x}" for glyph, cid in self.cids.items()}

    def reading(self, glyph: int, text: str) -> EmbeddedFace:
        """Return the subset of this face in which a glyph is read as this text."""
        subsets = (self, *self.others)
        return next(one for one in subsets if one.texts.get(glyph) == text)


def embed_faces(lines: Iterable[SetLine]) -> dict[str, EmbeddedFace]:
    """Return the subsets of all faces that these lines use, by face id, in a fixed order.

    A face may draw two characters with one glyph, as ～ and 〜, but a glyph of a subset is read
    as one: where a document holds both, the second stands in a further subset of the face.
    """
    drawn: dict[str, dict[str, int]] = {}
    faces: dict[str, Face] = {}
    for line in lines:
        for first, end in line.face_runs():
            face = line.faces[first]
            faces[face.id] = face
            pairs = zip(line.texts[first:end], line.glyphs[first:end], strict=True)
            drawn.setdefault(face.id, {}).update(pairs)
    subsets = [(name, texts) for name in sorted(drawn) for texts in _readings(drawn[name])]
    embedded: dict[str, EmbeddedFace] = {}
    for number, (name, texts) in enumerate(subsets):
        subset = EmbeddedFace(faces[name], number, texts)
        if name in embedded:
            embedded[name].others.append(subset)
            name = f"{name}-{number}"
        embedded[name] = subset
    return embedded


def _readings(drawn: Mapping[str, int]) -> list[dict[int, str]]:
    """Return what each glyph is read as, further readings of the same in further dictionaries.

    ``drawn`` is the glyph of each text.
    """
    readings: list[dict[int, str]] = [{}]
    for glyph, text in sorted((glyph, text) for text, glyph in drawn.items()):
        for texts in readings:
            if texts.setdefault(glyph, text) == text:
                break
        else:
            readings.append({glyph: text})
    return readings
