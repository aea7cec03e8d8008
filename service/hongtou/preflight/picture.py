"""The picture of a page and its rules: a whole PNG of the right size, with pixels only."""

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
CHUNK_FRAME = 12  # bytes of a chunk besides its content: length, name, checksum
MAX_DOTS_PER_INCH = 300  # more than a reader needs to see a page
TOLERANCE_PX = 2


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """The size of a picture in pixels, the chunks of its file, and whether it has a page's size."""

    width: int
    height: int
    chunks: frozenset[bytes]
    is_page: bool


@contextmanager
def open_picture(content: bytes, expectation: Expectation) -> Iterator[InspectedPicture]:
    """Read a PNG to its end.

    Pixels are decoded only if the size is that of a page, as a few bytes may stand for many pixels.

    Raises:
        ValueError: the file is not a whole PNG.
    """
    from PIL import Image  # late, as few orders need it

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
    """Return the names of all chunks.

    Raises:
        ValueError: the chunks are not the whole file.
    """
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
    """Tell whether a size in pixels is that of a page, in mm, at MAX_DOTS_PER_INCH or fewer."""
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
