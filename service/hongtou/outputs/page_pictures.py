"""Pages as PNG pictures, drawn from the very PDF that is printed. Only here PDFium is known.

Text has 16 shades of grey, or of each colour where its page has any: no eye sees more, and it takes
a fifth of the time and a third of the bytes of a PNG by Pillow. A page with pictures keeps all.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from hongtou.bulletin.measure import PT_PER_INCH
from hongtou.compression import quickly_compressed

if TYPE_CHECKING:
    from hongtou.outputs.overview.sheet import Overview
    from hongtou.pages.page import Page, Pages
    from hongtou.plan import Plan

SHADES = bytes(round(value / 17) * 17 for value in range(256))
GREY, RGB = 0, 2  # colour types of PNG (ISO/IEC 15948 §11.2.2)
WHITE = (255, 255, 255, 255)
OVERVIEW_SCALE = 1.5  # pixels of a point of its sheet: its type is as large as that of a screen
DIGEST_BYTES = 12  # of a name: a few dozen are kept at a time


class PagePicture(NamedTuple):
    """A page, counted from 1, by the digest of its pixels; ``png`` is empty if that is known."""

    number: int
    digest: str
    width: int
    height: int
    png: bytes


def draw_pages(
    plan: Plan,
    pages: Pages,
    shown: Sequence[Page],
    dots_per_inch: int,
    known: Collection[str] = (),
) -> Iterator[PagePicture]:
    """Yield the pictures of those of the pages that are shown, in their order."""
    if not shown:
        return
    import pypdfium2  # late, as loading it takes longer than a render

    from hongtou.pdf.document import write_pdf
    from hongtou.pdf.inks import greys
    from hongtou.pdf.medium import screen_medium

    medium = screen_medium(plan.layout)
    shades = greys(medium.inks)
    with pypdfium2.PdfDocument(write_pdf(plan, _only(pages, shown), medium)) as document:
        for page, drawn in zip(shown, document, strict=True):
            is_grey = _is_grey(page, shades)
            scale = dots_per_inch / PT_PER_INCH
            bitmap = drawn.render(scale=scale, grayscale=is_grey, rev_byteorder=True)
            yield _picture(page, bitmap, known)


def draw_overview(plan: Plan, pages: Pages, overview: Overview) -> bytes:
    """Return a sheet as PNG: small pages, and over them its own texts and rules."""
    import pypdfium2

    from hongtou.pdf.document import write_pdf
    from hongtou.pdf.medium import screen_medium

    shown, over = overview
    drawn = _only(pages, [*(one.page for one in shown), over])
    places = [*(one.area for one in shown), (0, 0, over.width, over.height)]
    width, height = (round(side * OVERVIEW_SCALE) for side in (over.width, over.height))
    bitmap = pypdfium2.PdfBitmap.new_native(
        width, height, pypdfium2.raw.FPDFBitmap_BGR, rev_byteorder=True
    )
    bitmap.fill_rect(WHITE, 0, 0, width, height)
    with pypdfium2.PdfDocument(write_pdf(plan, drawn, screen_medium(plan.layout))) as document:
        for page, area in zip(document, places, strict=True):
            at = (round(side * OVERVIEW_SCALE) for side in area)
            pypdfium2.raw.FPDF_RenderPageBitmap(
                bitmap, page, *at, 0, pypdfium2.raw.FPDF_REVERSE_BYTE_ORDER
            )
    return _png(bytes(bitmap.buffer), width, height, bitmap.n_channels, bitmap.stride)


def _only(pages: Pages, shown: Sequence[Page]) -> Pages:
    """Return pages that look the same, without links, bookmarks and tags of texts."""
    from hongtou.pages.page import PlacedPicture
    from hongtou.plan.structure import Element

    still = tuple(replace(page, links=(), notes=()) for page in shown)
    figures = tuple(
        Element("Figure", picture=placed.number)
        for page in still
        for placed in page.contents
        if isinstance(placed, PlacedPicture)
    )
    structure = Element("Document", figures)
    return replace(pages, pages=still, structure=structure, bookmarks=(), anchors={})


def _is_grey(page: Page, shades: Collection[str]) -> bool:
    """Tell whether a page has neither a picture nor a colour beside ``shades`` of grey."""
    if _has_picture(page):
        return False
    colours = {text.colour for text in page.texts} | {rule.colour for rule in page.rules}
    return colours | {one.colour for one in page.furniture} <= {*shades}


def _has_picture(page: Page) -> bool:
    from hongtou.pages.page import PlacedPicture

    return any(isinstance(placed, PlacedPicture) for placed in page.contents)


def _picture(page: Page, bitmap: Any, known: Collection[str]) -> PagePicture:
    width, height, channels = bitmap.width, bitmap.height, bitmap.n_channels
    pixels = bytes(bitmap.buffer)
    size = f"{width}x{channels}".encode()
    digest = hashlib.blake2b(pixels, digest_size=DIGEST_BYTES, person=size).hexdigest()
    shown = pixels if _has_picture(page) else pixels.translate(SHADES)
    png = b"" if digest in known else _png(shown, width, height, channels, bitmap.stride)
    return PagePicture(page.number, digest, width, height, png)


def _png(pixels: bytes, width: int, height: int, channels: int, stride: int) -> bytes:
    """Return a PNG of pixels whose rows are ``stride`` bytes apart."""
    starts = range(0, height * stride, stride)
    rows = b"".join(b"\0" + pixels[start : start + width * channels] for start in starts)
    colour = GREY if channels == 1 else RGB
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", quickly_compressed(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
