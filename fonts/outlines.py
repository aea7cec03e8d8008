"""Outlines: from the source's cubic curves to quadratic ones, slanted, raised."""

from __future__ import annotations

import math

from charsets import is_han
from curves import FewestCurvesPen, Fineness
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from recipes import Slant
from square import MIDDLE

MAX_ERROR = 0.6  # of a quadratic outline against its cubic one, in 1/1000 em
PROFILE = (
    "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
)  # fmt: skip

Matrix = tuple[float, float, float, float, float, float]


def to_quadratic(
    font: TTFont, slant: Slant | None = None, fineness: Fineness | None = None
) -> None:
    """Turn CFF outlines into TrueType ones, the Han slanted where that is asked for.

    With a ``fineness`` they are drawn anew with the fewest points, else curve by curve.
    """
    if "CFF " not in font:
        return
    slanted = {glyph for char, glyph in font.getBestCmap().items() if slant and is_han(char)}
    matrix = slant_matrix(slant) if slant else None
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        quadratic = (
            ReverseContourPen(FewestCurvesPen(pen, fineness))
            if fineness
            else Cu2QuPen(pen, MAX_ERROR, reverse_direction=True)
        )
        drawn[name].draw(TransformPen(quadratic, matrix) if name in slanted else quadratic)
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    del font["CFF "]
    table.compile(font)  # finds the bounds of every glyph
    for name in order:
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(table[name], "xMin", 0))
    set_profile(font)


def slant_matrix(slant: Slant) -> Matrix:
    """Return the matrix that slants about the middle of the square."""
    across, up = MIDDLE
    rise = math.tan(math.radians(slant.rise))
    shift_across = across * (1 - slant.width)
    shift_up = up * (1 - slant.height) - across * rise
    return (slant.width, rise, 0.0, slant.height, shift_across, shift_up)


def set_profile(font: TTFont) -> None:
    """Give maxp the fields of TrueType; saving counts what they hold."""
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in PROFILE:
        setattr(profile, field, 0)
    profile.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def drop_blanks(font: TTFont) -> None:
    """Drop characters without ink that are no spaces: UKai has 23 Han that print as nothing."""
    glyphs = font["glyf"]
    blank = {
        char
        for char, name in font.getBestCmap().items()
        if glyphs[name].numberOfContours == 0 and not chr(char).isspace()
    }
    for table in font["cmap"].tables:
        table.cmap = {char: name for char, name in table.cmap.items() if char not in blank}


def raise_glyphs(font: TTFont, distance: int) -> None:
    """Move every glyph up; composite ones follow their parts."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if distance and glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, distance))
            glyph.recalcBounds(glyphs)
