"""A picture of a page looked at as a stranger's: PNG of one page, whole, and nothing besides."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hongtou.bulletin.measure import MM_PER_INCH
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Rule

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXEL_CHUNKS = {b"IHDR", b"IDAT", b"IEND"}  # PNG (ISO/IEC 15948) §11.2: no text, no profile
CHUNK_FRAME = 12  # bytes of a chunk beside its content: length, name, check sum
MAX_DOTS_PER_INCH = 300  # more than anybody needs to see a page
TOLERANCE_PX = 2


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """A picture's size in pixels, the chunks of its file, and whether it is one of our pages."""

    width: int
    height: int
    chunks: frozenset[bytes]
    is_page: bool


@contextmanager
def open_picture(content: bytes, expectation: Expectation) -> Iterator[InspectedPicture]:
    """Read a PNG to its end; ValueError for what is not whole.

    Pixels are looked at only where the size is one that we make: few bytes may stand for many.
    """
    from PIL import Image  # loaded only where a picture is wanted

    chunks = _chunks(content)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            is_page = _is_page(*picture.size, expectation.page_sizes)
            inspected = InspectedPicture(*picture.size, chunks, is_page)
            if is_page:
                picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError) as cause:
        raise ValueError(str(cause)) from cause
    yield inspected


def _chunks(content: bytes) -> frozenset[bytes]:
    """Return the names of all chunks; ValueError where they do not make up the whole file."""
    names, at = [], len(SIGNATURE)
    while content.startswith(SIGNATURE) and at + CHUNK_FRAME <= len(content):
        names.append(content[at + 4 : at + 8])
        at += CHUNK_FRAME + int.from_bytes(content[at : at + 4], "big")
        if names[-1] == b"IEND":
            break
    if at != len(content) or names[-1:] != [b"IEND"]:
        raise ValueError("no PNG from end to end")
    return frozenset(names)


def _is_page(width: int, height: int, page_sizes: Collection[tuple[float, float]]) -> bool:
    """Tell whether a size is that of a page, in mm, at no more dots than anybody needs."""
    return any(_is_of_size(width, height, size) for size in page_sizes)


def _is_of_size(width: int, height: int, size_mm: tuple[float, float]) -> bool:
    across, down = (side / MM_PER_INCH for side in size_mm)
    dots = width / across
    return (
        width <= across * MAX_DOTS_PER_INCH + TOLERANCE_PX
        and abs(height - down * dots) <= TOLERANCE_PX
    )


def _other_size(picture: InspectedPicture) -> Iterator[str]:
    if not picture.is_page:
        yield f"图片不是一页的大小：{picture.width}×{picture.height} 像素"


def _more_than_pixels(picture: InspectedPicture) -> Iterator[str]:
    odd = picture.chunks - PIXEL_CHUNKS
    if odd:
        yield f"含有像素以外的内容 {'、'.join(sorted(map(repr, odd)))}"


PAPER_PICTURE = Rule("preflight/a4", _other_size)
PIXELS_ALONE = Rule("preflight/attachment", _more_than_pixels)
