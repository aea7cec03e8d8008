"""Signs that no source draws, made of the figures, letters and marks of the same face.

Raised and lowered figures, lowered letters, fractions, the apostrophe of Latin words and the short
dash between two words. All of a kind are made alike, so that a face's own ² does not stand beside
another ⁴.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from square import UNITS

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+–=()ni", strict=True))
LOWERED = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+–=()aehijklmnoprstuvx", strict=True)
)
# The point of PM₂.₅ has no character of its own: it stands where no text has one.
LOWERED_POINT = "\ufdd0"
FRACTIONS = {
    "½": "12", "⅓": "13", "⅔": "23", "¼": "14", "¾": "34", "⅕": "15", "⅖": "25", "⅗": "35",
    "⅘": "45", "⅙": "16", "⅚": "56", "⅛": "18", "⅜": "38", "⅝": "58", "⅞": "78",
}  # fmt: skip
TILDE, SIMILAR, PLUS = "~", "∼", "+"
APOSTROPHE, COMMA, ASCENDER = "\u02bc", ",", "l"
SHORT_DASH, DASH = "\u2012", "—"
MADE_OF_FIGURES = {*map(ord, (*RAISED, *LOWERED, *FRACTIONS, APOSTROPHE, SIMILAR))}

SMALL = 0.6  # of a figure's size: at 三号 as large as 小五
UP, DOWN = 0.45, 0.15  # of a figure's height: how far small ones are raised and lowered
BAR_WIDTH, BAR_ROOM = 0.32, 0.12  # em: of a fraction's bar, and how far its figures stand apart
# 一字线 is a little shorter than the character 一 (W3C CLREQ, 连接号), which is 0.81 em in 仿宋.
SHORT = 0.8


@dataclass(frozen=True, slots=True)
class Part:
    """A glyph that goes into another: its character, and how large and where it stands there."""

    char: str
    wide: float
    high: float
    across: float
    up: float


Drawing = tuple[list[Part], float]  # the parts of a sign, and how far it moves on


def add_composed(font: TTFont) -> None:
    """Add every sign whose parts a face has."""
    cmap = font.getBestCmap()
    signs: dict[str, Drawing] = {}
    if ord("0") in cmap and ord(ASCENDER) in cmap:
        signs |= dict(_small_figures(font)) | dict(_fractions(font))
        signs[APOSTROPHE] = _apostrophe(font)
        signs[SIMILAR] = _similar(font)
    if ord(DASH) in cmap:
        room = UNITS * (1 - SHORT) / 2
        signs[SHORT_DASH] = ([Part(DASH, SHORT, 1.0, room, 0.0)], UNITS)
    _draw(font, signs)


def _small_figures(font: TTFont) -> Iterator[tuple[str, Drawing]]:
    base, height = _figure(font)
    for series, shift in ((RAISED, UP), (LOWERED | {LOWERED_POINT: "."}, -DOWN)):
        for sign, char in series.items():
            up = base * (1 - SMALL) + shift * height
            yield sign, ([Part(char, SMALL, SMALL, 0.0, up)], SMALL * _advance(font, char))


def _fractions(font: TTFont) -> Iterator[tuple[str, Drawing]]:
    base, height = _figure(font)
    left, bottom, right, top = _box(font, "/")
    wide, high = BAR_WIDTH * UNITS / (right - left), height / (top - bottom)
    for sign, (above, below) in FRACTIONS.items():
        middle = SMALL * _advance(font, above) + BAR_ROOM * UNITS / 2
        over = Part(above, SMALL, SMALL, 0.0, base * (1 - SMALL) + (1 - SMALL) * height)
        bar = Part("/", wide, high, middle - wide * (left + right) / 2, base - high * bottom)
        start = middle + BAR_ROOM * UNITS / 2
        under = Part(below, SMALL, SMALL, start, base * (1 - SMALL))
        yield sign, ([over, bar, under], start + SMALL * _advance(font, below))


def _apostrophe(font: TTFont) -> Drawing:
    up = _box(font, ASCENDER)[3] - _box(font, COMMA)[3]
    return [Part(COMMA, 1.0, 1.0, 0.0, up)], _advance(font, COMMA)


def _similar(font: TTFont) -> Drawing:
    """Return ∼ as the tilde at the height of the other operators."""
    tilde, plus = _box(font, TILDE), _box(font, PLUS)
    up = (plus[1] + plus[3] - tilde[1] - tilde[3]) / 2
    return [Part(TILDE, 1.0, 1.0, 0.0, up)], _advance(font, TILDE)


def _figure(font: TTFont) -> tuple[float, float]:
    """Return where the figures stand, and how high they are."""
    _, bottom, _, top = _box(font, "1")
    return bottom, top - bottom


def _box(font: TTFont, char: str) -> tuple[float, float, float, float]:
    glyphs = font["glyf"]
    glyph = glyphs[font.getBestCmap()[ord(char)]]
    glyph.recalcBounds(glyphs)
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def _advance(font: TTFont, char: str) -> float:
    return float(font["hmtx"][font.getBestCmap()[ord(char)]][0])


def _draw(font: TTFont, signs: dict[str, Drawing]) -> None:
    """Draw the signs as glyphs of their own, behind all others."""
    cmap, drawn, glyphs = font.getBestCmap(), font.getGlyphSet(), {}
    for sign, (parts, _) in signs.items():
        pen = TTGlyphPen(None)
        for part in parts:
            matrix = (part.wide, 0.0, 0.0, part.high, part.across, part.up)
            drawn[cmap[ord(part.char)]].draw(TransformPen(pen, matrix))
        glyphs[sign] = pen.glyph()
    names = {sign: f"composed{ord(sign):04X}" for sign in signs}
    font.setGlyphOrder([*font.getGlyphOrder(), *names.values()])
    table = font["glyf"]
    table.setGlyphOrder(font.getGlyphOrder())
    for sign, glyph in glyphs.items():
        glyph.coordinates.toInt()
        glyph.recalcBounds(table)
        table[names[sign]] = glyph
        font["hmtx"][names[sign]] = (round(signs[sign][1]), glyph.xMin)
        for encoding in font["cmap"].tables:
            encoding.cmap[ord(sign)] = names[sign]
