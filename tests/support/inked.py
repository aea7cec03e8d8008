"""Where ink of a colour lies on a page, measured on PDFium's picture of it, in mm from top left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from PIL import Image, ImageChops

MM = 72 / 25.4
COARSE_DPI, FINE_DPI = 150, 1200
GREY_UP_TO = 8  # of 255 between the channels of a pixel: no more than a rasteriser rounds away

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True)
class Box:
    """A part of a page, in mm from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


def page_picture(content: bytes, page: int, dpi: int = COARSE_DPI) -> Image.Image:
    """Return a page (from 1) in the colours of the screen."""
    with pypdfium2.PdfDocument(content) as document:
        return document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")


def part_picture(content: bytes, page: int, part: Box, dpi: int) -> Image.Image:
    """Return a part of a page, fine enough to measure a hairline."""
    with pypdfium2.PdfDocument(content) as document:
        found = document[page - 1]
        width, height = found.get_size()
        crop = (part.x0 * MM, height - part.bottom * MM, width - part.x1 * MM, part.top * MM)
        return found.render(scale=dpi / 72, crop=crop).to_pil().convert("RGB")


def colours_of(picture: Image.Image) -> set[Colour]:
    """Return every colour of a picture."""
    counted = picture.getcolors(picture.width * picture.height)
    return {colour for _, colour in counted or []}  # type: ignore[misc]


def coloured(picture: Image.Image) -> Image.Image:
    """Return a mask of all pixels that are neither white, grey nor black."""
    red, green, blue = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.subtract(lightest, darkest)
    return spread.point(lambda value: 255 if value > GREY_UP_TO else 0)


def full_colours(picture: Image.Image) -> set[Colour]:
    """Return the colours of pixels that are inked all over: whose neighbours all look the same."""
    width, height = picture.width - 2, picture.height - 2
    inner = picture.crop((1, 1, width + 1, height + 1))
    other = Image.new("L", inner.size)  # where a neighbour is
    for x, y in ((0, 1), (2, 1), (1, 0), (1, 2)):
        beside = picture.crop((x, y, x + width, y + height))
        for band in ImageChops.difference(inner, beside).split():
            other = ImageChops.lighter(other, band)
    inner.paste(WHITE, mask=other.point(lambda value: 255 if value else 0))
    return colours_of(inner) - {WHITE}


def bands_of_colour(picture: Image.Image, dpi: int = COARSE_DPI) -> list[Box]:
    """Return the boxes of what is coloured, one for each run of rows, from the top."""
    mask = coloured(picture)
    rows = [mask.crop((0, y, mask.width, y + 1)).getbbox() for y in range(mask.height)]
    return [Box(*(value / dpi * 25.4 for value in edges)) for edges in _bands(rows)]


def _bands(rows: list[tuple[int, int, int, int] | None]) -> Iterator[tuple[int, int, int, int]]:
    for is_inked, run in groupby(enumerate(rows), key=lambda row: row[1] is not None):
        if is_inked:
            held = [(y, found) for y, found in run if found]
            left, right = min(found[0] for _, found in held), max(found[2] for _, found in held)
            yield left, held[0][0], right, held[-1][0] + 1


def weights_down(content: bytes, page: int, x: float, top: float, bottom: float) -> list[float]:
    """Return how thick each rule is that one crosses going down a page at ``x``."""
    picture = part_picture(content, page, Box(x, top, x + 0.1, bottom), FINE_DPI).convert("L")
    middle = picture.crop((picture.width // 2, 0, picture.width // 2 + 1, picture.height))
    return [
        sum(255 - value for value in run) / 255 / FINE_DPI * 25.4
        for is_inked, run in groupby(middle.tobytes(), key=lambda value: value < 255)
        if is_inked
    ]
