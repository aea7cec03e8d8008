"""A set line as text objects, one for each stretch of a face (GB/T 33190-2016, text objects)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from xml.etree.ElementTree import Element

from hongtou.bulletin.measure import mm_from_pt
from hongtou.faces.face import UNITS
from hongtou.ofd.fonts import EmbeddedFont, is_nominal
from hongtou.ofd.markup import UNTURNED, add, element, lengths, number, numbers, placed
from hongtou.pages.page import PlacedLine, Rectangle, Turn

SHORT = 3  # equal steps that are not worth a count
TRIMMED = " \t\n\r"  # at the ends of a text, where readers drop it and lose count of the steps


class LineWriter:
    """Writes lines as text objects with these fonts.

    ``ascent`` (em) is how much of a line's square is above its baseline.
    """

    def __init__(self, fonts: Mapping[str, EmbeddedFont], ascent: float) -> None:
        self._fonts = fonts
        self._ascent = ascent

    def objects(
        self, line: PlacedLine, turn: Turn | None, colour: str, numbers_: Iterator[int]
    ) -> Iterator[Element]:
        """Yield the objects of a line."""
        set_line = line.line
        steps = [
            face.advance(glyph) * set_line.size / 1000 + gap
            for face, glyph, gap in zip(set_line.faces, set_line.glyphs, set_line.gaps, strict=True)
        ]
        places = [*accumulate(steps, initial=line.x + set_line.x)]
        for first, last in set_line.face_runs():
            first, last = _without_blanks(set_line.texts, first, last)
            if first == last:
                continue
            size = set_line.size
            width = max(places[last] - places[first], size)
            font = self._fonts[set_line.faces[first].id]
            above, below = (share * size for share in self._reach(font))
            area = Rectangle(places[first], line.baseline - above, width, above + below)
            box, matrix = placed(area, turn)
            made = element(
                "TextObject",
                ID=next(numbers_),
                Boundary=lengths(*box),
                Font=font.number,
                Size=number(mm_from_pt(size)),
            )
            if matrix != UNTURNED:
                made.set("CTM", _ctm(matrix))
            add(made, "FillColor", Value=colour)
            texts, glyphs = set_line.texts[first:last], set_line.glyphs[first:last]
            made.extend(_transforms(texts, glyphs, font))
            code = add(made, "TextCode", "".join(texts), X=0, Y=lengths(above))
            if steps_shown := _steps(texts, steps[first : last - 1]):
                code.set("DeltaX", steps_shown)
            yield made

    def _reach(self, font: EmbeddedFont) -> tuple[float, float]:
        """Return how far an object goes above and below its baseline, in em.

        It holds a line's square and all ink: what is outside of a boundary, readers cut off.
        """
        _, bottom, _, top = font.face.bounds
        return max(self._ascent, top / UNITS), max(1 - self._ascent, -bottom / UNITS)


def _ctm(matrix: Turn) -> str:
    a, b, c, d, e, f = matrix
    return numbers((a, b, c, d, mm_from_pt(e), mm_from_pt(f)))


def _without_blanks(texts: Sequence[str], first: int, last: int) -> tuple[int, int]:
    while first < last and not texts[first].strip(TRIMMED):
        first += 1
    while first < last and not texts[last - 1].strip(TRIMMED):
        last -= 1
    return first, last


def _transforms(
    texts: Sequence[str], glyphs: Sequence[int], font: EmbeddedFont
) -> Iterator[Element]:
    """Yield which glyphs stand for characters that have others by themselves."""
    at = 0
    for text, glyph in zip(texts, glyphs, strict=True):
        if not is_nominal(font.face, text, glyph):
            made = element("CGTransform", CodePosition=at, CodeCount=len(text), GlyphCount=1)
            add(made, "Glyphs", str(font.glyphs[glyph]))
            yield made
        at += len(text)


def _steps(texts: Sequence[str], steps: Sequence[float]) -> str:
    """Return the steps from each character to the next in mm; equal ones are counted (g 5 5.6)."""
    shown = []
    for text, step in zip(texts, steps, strict=False):
        shown += [number(mm_from_pt(step)), *["0"] * (len(text) - 1)]
    shown += ["0"] * (len(texts[-1]) - 1)
    parts = []
    for length, equal in groupby(shown):
        count = len([*equal])
        parts.append(f"g {count} {length}" if count > SHORT else " ".join([length] * count))
    return " ".join(parts)
