"""The faces of a document as embedded subsets, with only the glyphs that are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from hongtou.compose.lines import SetLine
from hongtou.compression import early

if TYPE_CHECKING:
    from hongtou.faces import Face


class EmbeddedFace:
    """The subset of a face; ``name`` is its resource name on pages.

    Its glyph ids run from 1 and are the CIDs of the PDF, so that every reader and every RIP finds
    the same glyphs. ``texts``, ``advances``, ``cids`` and ``codes`` hold the character, advance,
    CID and hexadecimal code of every glyph, by its glyph id in the whole face.
    """

    def __init__(self, face: Face, number: int, texts: dict[int, str]) -> None:
        content, self.cids = face.subset(texts)
        self.content = early(content)
        self.name = f"F{number}"
        self.family = face.family
        self.bounds = face.bounds
        self.ascent, self.descent = face.extents
        digest = face.sha256[number % 16 :]  # different tags for several subsets of a face
        tag = "".join(chr(65 + int(digit, 16)) for digit in digest[:6])
        self.base_font = f"/{tag}+{face.family.replace(' ', '')}"
        self.texts = texts
        self.others: list[EmbeddedFace] = []
        self.advances = face.advances(texts)
        self.codes = {glyph: f"{cid:04x}" for glyph, cid in self.cids.items()}

    def reading(self, glyph: int, text: str) -> EmbeddedFace:
        """Return the subset of this face in which a glyph has this text."""
        subsets = (self, *self.others)
        return next(subset for subset in subsets if subset.texts.get(glyph) == text)


def embed_faces(lines: Iterable[SetLine]) -> dict[str, EmbeddedFace]:
    """Return the subsets of all faces in these lines by face id, in a fixed order.

    A face may have the same glyph for two characters, such as ～ and 〜, but readers take a glyph
    for a single character. If a document holds both, the second is in a further subset of the face.
    A character may have two glyphs, such as — by itself and in ——.
    """
    drawn: dict[str, set[tuple[int, str]]] = {}
    faces: dict[str, Face] = {}
    for line in lines:
        for first, end in line.face_runs():
            face = line.faces[first]
            faces[face.id] = face
            pairs = zip(line.glyphs[first:end], line.texts[first:end], strict=True)
            drawn.setdefault(face.id, set()).update(pairs)
    subsets = [(name, texts) for name in sorted(drawn) for texts in _readings(drawn[name])]
    embedded: dict[str, EmbeddedFace] = {}
    for number, (name, texts) in enumerate(subsets):
        subset = EmbeddedFace(faces[name], number, texts)
        if name in embedded:
            embedded[name].others.append(subset)
            name = f"{name}-{number}"
        embedded[name] = subset
    return embedded


def _readings(drawn: Collection[tuple[int, str]]) -> list[dict[int, str]]:
    """Return the texts of glyphs; a further text of a glyph is in a further dictionary.

    ``drawn`` are the glyphs, with their texts.
    """
    in_order = sorted(drawn)
    first = dict(in_order)
    if len(first) == len(in_order):
        return [first]
    readings: list[dict[int, str]] = [{}]
    for glyph, text in in_order:
        for texts in readings:
            if texts.setdefault(glyph, text) == text:
                break
        else:
            readings.append({glyph: text})
    return readings
