"""Chinese marks and signs: each the square that Chinese setting counts with, and well placed.

The composer trims the blank half of a mark and closes up marks that meet; it can do so only if
every mark is one em wide and its ink keeps to its half.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fontTools.ttLib import TTFont
from recipes import Recipe
from square import MIDDLE, UNITS

DASHES = {"—": UNITS, "―": UNITS, "⸺": 2 * UNITS}
DOTS = "·‧・"
ELLIPSES = "…⋯"
STOPS = "，。、；：！？．）》〉】〕」』〗］｝"  # ink in the left half of the square
OPENINGS = "（《〈【〔「『〖［｛"  # ink in the right half
# Where the ink of a quotation mark ends or starts: ‘ ’ as near to what they quote as “ ”.
QUOTES = {"“": 920, "‘": 920, "”": 80, "’": 80}
SIGNS = "№‰"  # wider than their square in some faces
BEARING = 30  # left and right of a narrowed sign
HALF_WIDTH_DIGITS = range(0x30, 0x3A)


def widen_proportional_marks(font: TTFont) -> None:
    """Point — · at the font's full-width forms, and digits at its half-width ones.

    Noto's own — is 0.89 em and · 0.33 em; its serif digits are proportional, and a folio wants
    half-width ones (GB/T 9704-2012 §7.5: 半角宋体阿拉伯数字).
    """
    cmap = font.getBestCmap()
    wide, half = substitutions(font, "fwid"), substitutions(font, "hwid")
    new = {ord(char): wide.get(cmap.get(ord(char), "")) for char in "—―⸺·‧"}
    new |= {char: half.get(cmap.get(char, "")) for char in HALF_WIDTH_DIGITS}
    for table in font["cmap"].tables:
        for char, glyph in new.items():
            if glyph and char in table.cmap:
                table.cmap[char] = glyph


def substitutions(font: TTFont, tag: str) -> dict[str, str]:
    """Return glyph → glyph of a GSUB feature of single substitutions."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == tag:
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {}) or {}
    return found


def square_marks(font: TTFont, recipe: Recipe) -> None:
    """Give every mark its square and its place in it."""
    for char in map(chr, font.getBestCmap() if recipe.squares else ()):
        redraw(font, char, UNITS, fit_in)
    for char, width in DASHES.items():
        redraw(font, char, width, partial(stretch, width=width))
    for char in DOTS:
        redraw(font, char, UNITS, centre)
    for char in ELLIPSES:
        redraw(font, char, UNITS, space_evenly)
    for char in SIGNS:
        if width_of(font, char) > UNITS:
            redraw(font, char, UNITS, narrow)
    seat_marks(font, recipe)


def seat_marks(font: TTFont, recipe: Recipe) -> None:
    """Move single marks to where they stand well beside the Han of their face."""
    for char, edge in QUOTES.items():
        if recipe.centres_marks or width_of(font, char) != UNITS:
            redraw(font, char, UNITS, partial(set_against, edge=edge))
    for char in STOPS + OPENINGS if recipe.centres_marks else "":
        redraw(
            font,
            char,
            UNITS,
            partial(centre_across, middle=UNITS * (0.75 if char in OPENINGS else 0.25)),
        )
    for chars, distance in recipe.seats:
        for char in chars:
            redraw(font, char, UNITS, partial(move_up, distance=distance))


def width_of(font: TTFont, char: str) -> int:
    """Return the advance of a character; 0 if the face has none."""
    name = font.getBestCmap().get(ord(char))
    return font["hmtx"][name][0] if name else 0


def redraw(font: TTFont, char: str, width: int, change: Callable[[Any], object]) -> None:
    """Change the outline of a character and set its advance."""
    name = font.getBestCmap().get(ord(char))
    if name is None:
        return
    glyphs = font["glyf"]
    glyph = glyphs[name]
    glyph.recalcBounds(glyphs)
    change(glyph)
    glyph.coordinates.toInt()
    glyph.recalcBounds(glyphs)
    font["hmtx"][name] = (width, glyph.xMin)


def stretch(glyph: Any, width: int) -> None:
    """Draw a dash from edge to edge: the two of a 破折号 must meet."""
    glyph.coordinates.translate((-glyph.xMin, MIDDLE[1] - (glyph.yMin + glyph.yMax) / 2))
    glyph.coordinates.scale((width / (glyph.xMax - glyph.xMin), 1))


def centre(glyph: Any) -> None:
    """Put a dot in the middle of its square."""
    across, up = MIDDLE
    glyph.coordinates.translate(
        (across - (glyph.xMin + glyph.xMax) / 2, up - (glyph.yMin + glyph.yMax) / 2)
    )


def fit_in(glyph: Any) -> None:
    """Put a sign in the middle of its square, made smaller where it is wider."""
    width = glyph.xMax - glyph.xMin
    scale = min(1.0, (UNITS - 2 * BEARING) / width) if width else 1.0
    glyph.coordinates.scale((scale, scale))
    across, up = MIDDLE
    glyph.coordinates.translate(
        (
            across - scale * (glyph.xMin + glyph.xMax) / 2,
            up - scale * (glyph.yMin + glyph.yMax) / 2,
        )
    )


def centre_across(glyph: Any, middle: float) -> None:
    """Put a mark in the middle of its half: squeezed, it then stands even."""
    glyph.coordinates.translate((middle - (glyph.xMin + glyph.xMax) / 2, 0))


def set_against(glyph: Any, edge: int) -> None:
    """Put a quotation mark against an edge: an opening one ends there, a closing one starts."""
    glyph.coordinates.translate((edge - (glyph.xMax if edge > UNITS / 2 else glyph.xMin), 0))


def move_up(glyph: Any, distance: int) -> None:
    """Move a mark up."""
    glyph.coordinates.translate((0, distance))


def narrow(glyph: Any) -> None:
    """Make a sign narrow enough for its square."""
    room = UNITS - 2 * BEARING
    glyph.coordinates.translate((-glyph.xMin, 0))
    glyph.coordinates.scale((min(room / (glyph.xMax - glyph.xMin), 1), 1))
    glyph.coordinates.translate((BEARING, 0))


def space_evenly(glyph: Any) -> None:
    """Put the dots of an ellipsis a third of an em apart, so that those of …… are even too."""
    ends = glyph.endPtsOfContours
    starts = [0, *(end + 1 for end in ends[:-1])]
    spans = [range(start, end + 1) for start, end in zip(starts, ends, strict=True)]
    points = glyph.coordinates
    middles = {span: sum(_extent(points, span, 0)) / 2 for span in spans}
    for number, span in enumerate(sorted(spans, key=middles.__getitem__)):
        across = UNITS * (2 * number + 1) / (2 * len(spans)) - middles[span]
        up = MIDDLE[1] - sum(_extent(points, span, 1)) / 2
        for at in span:
            points[at] = (points[at][0] + across, points[at][1] + up)


def _extent(points: Any, span: range, axis: int) -> tuple[float, float]:
    values = [points[at][axis] for at in span]
    return min(values), max(values)
