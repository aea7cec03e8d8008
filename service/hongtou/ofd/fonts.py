"""The faces of a document as embedded subsets, in which readers look glyphs up by character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hongtou.compose.lines import SetLine

if TYPE_CHECKING:
    from hongtou.faces import Face


class EmbeddedFont(NamedTuple):
    """A subset with its number in the document, and the ids in it of glyphs by their old ids."""

    number: int
    face: Face
    content: bytes
    glyphs: Mapping[int, int]


def is_nominal(face: Face, text: str, glyph: int) -> bool:
    """Tell whether a reader finds this glyph by the character alone."""
    return len(text) == 1 and face.glyph(text) == glyph


def embed_fonts(lines: Iterable[SetLine], numbers: Iterable[int]) -> dict[str, EmbeddedFont]:
    """Return the subsets of all faces in these lines by face id, in a fixed order."""
    faces: dict[str, Face] = {}
    characters: dict[str, set[str]] = {}
    others: dict[str, set[int]] = {}
    for line in lines:
        for face, text, glyph in zip(line.faces, line.texts, line.glyphs, strict=True):
            faces[face.id] = face
            characters.setdefault(face.id, set()).update(text)
            if not is_nominal(face, text, glyph):
                others.setdefault(face.id, set()).add(glyph)
    embedded = {}
    for name, number in zip(sorted(faces), numbers, strict=False):
        content, glyphs = faces[name].subset_of_characters(
            characters[name], others.get(name, set())
        )
        embedded[name] = EmbeddedFont(number, faces[name], content, glyphs)
    return embedded
