"""A picture of a page looked at as a stranger's: PNG of one A4 page, whole, and nothing besides."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.preflight.pages import A4_MM

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHUNKS = {b"IHDR", b"IDAT", b"IEND"}  # PNG (ISO/IEC 15948) §11.2: pixels, and no text or profile
CHUNK_FRAME = 12  # bytes of a chunk beside its content: length, name, check sum
MOST_DOTS_PER_INCH = 300
TOLERANCE_PX = 2


def picture_faults(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the code of each rule that a file breaks, and how; ValueError if it is no whole PNG."""
    odd = _chunks(content) - CHUNKS
    if odd:
        yield "preflight/attachment", f"含有像素以外的内容 {'、'.join(sorted(map(repr, odd)))}"
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            width, height = picture.size
            if not _is_a4(width, height):
                yield "preflight/a4", f"图片不是一页 A4：{width}×{height} 像素"
                return
            picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError) as cause:
        raise ValueError(str(cause)) from cause


def _chunks(content: bytes) -> set[bytes]:
    """Return the names of all chunks; ValueError where they do not make up the whole file."""
    names, at = [], len(SIGNATURE)
    while content.startswith(SIGNATURE) and at + CHUNK_FRAME <= len(content):
        names.append(content[at + 4 : at + 8])
        at += CHUNK_FRAME + int.from_bytes(content[at : at + 4], "big")
        if names[-1] == b"IEND":
            break
    if at != len(content) or names[-1:] != [b"IEND"]:
        raise ValueError("no PNG from end to end")
    return set(names)


def _is_a4(width: int, height: int) -> bool:
    """Tell whether a size is A4 upright, at no more dots than anybody needs to see a page."""
    across, down = (side * PT_PER_MM / 72 for side in A4_MM)
    dots = width / across
    return dots <= MOST_DOTS_PER_INCH and abs(height - down * dots) <= TOLERANCE_PX
