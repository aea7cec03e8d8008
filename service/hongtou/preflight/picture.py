"""A picture of pages and its rules: a whole PNG of the right size, with pixels only."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hongtou.bulletin.measure import MM_PER_INCH
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Rule

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXEL_CHUNKS = {b"IHDR", b"IDAT", b"IEND"}  # PNG (ISO/IEC 15948) §11.2: no text, no profile
CHUNK_FRAME = 12  # bytes of a chunk besides its content: length, name, checksum
MAX_DOTS_PER_INCH = 300  # more than a reader needs to see a page
MOST_OVERVIEW_PIXELS = 16_000_000  # 200 pages and four columns of a list are eleven million
TOLERANCE_PX = 2


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """The size of a picture in pixels, the chunks of its file, and whether the size is expected."""

    width: int
    height: int
    chunks: frozenset[bytes]
    is_expected: bool


@contextmanager
def open_picture(content: bytes, expectation: Expectation) -> Iterator[InspectedPicture]:
    """Read the picture of a page to its end.

    Raises:
        ValueError: the file is not a whole PNG.
    """
    yield _read(content, lambda width, height: _is_page(width, height, expectation.page_sizes))


@contextmanager
def open_overview(content: bytes, _expectation: Expectation) -> Iterator[InspectedPicture]:
    """Read the picture of a sheet with all pages to its end.

    Raises:
        ValueError: the file is not a whole PNG.
    """
    yield _read(content, _is_overview)


def _read(content: bytes, is_expected: Callable[[int, int], bool]) -> InspectedPicture:
    """Return what is asked of a PNG.

    Pixels are decoded only if the size is one that is expected, as a few bytes may stand for many
    pixels.

    Raises:
        ValueError: the file is not a whole PNG.
    """
    from PIL import Image  # late, as few orders need it

    chunks = _chunks(content)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            inspected = InspectedPicture(*picture.size, chunks, is_expected(*picture.size))
            if inspected.is_expected:
                picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError) as cause:
        raise ValueError(str(cause)) from cause
    return inspected


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


def _is_overview(width: int, height: int) -> bool:
    """Tell whether a size in pixels may be that of a sheet, which is wider than high."""
    return height < width and width * height <= MOST_OVERVIEW_PIXELS


def _other_size(picture: InspectedPicture) -> Iterator[str]:
    if not picture.is_expected:
        yield f"图片不是一页的大小：{picture.width}×{picture.height} 像素"


def _more_than_pixels(picture: InspectedPicture) -> Iterator[str]:
    odd = picture.chunks - PIXEL_CHUNKS
    if odd:
        yield f"含有像素以外的内容 {'、'.join(sorted(map(repr, odd)))}"


def _no_overview(picture: InspectedPicture) -> Iterator[str]:
    if not picture.is_expected:
        yield f"图片不像各页缩样：{picture.width}×{picture.height} 像素"


PAPER_PICTURE = Rule("preflight/a4", _other_size)
OVERVIEW_SIZE = Rule("preflight/overview-size", _no_overview)
PIXELS_ALONE = Rule("preflight/attachment", _more_than_pixels)
