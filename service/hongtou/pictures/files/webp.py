"""WebP by its chunks.

Source: RFC 9649 §2.3 to §2.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.pictures.files.parts import (
    MOST_NOTES,
    Part,
    PictureFile,
    bounded_profile,
    counted,
)

CANVAS, LOSSY, LOSSLESS, FRAME = b"VP8X", b"VP8 ", b"VP8L", b"ANMF"
PROFILE, NOTES, UNKNOWN = b"ICCP", b"EXIF", b"junk"
HEAD = 12  # bytes of RIFF, the length of the file and WEBP
SIDE_BITS = 14  # of a picture without a canvas


def is_webp(content: bytes) -> bool:
    """Tell whether a file says that it is a WebP."""
    return content[:4] == b"RIFF" and content[8:HEAD] == b"WEBP"


def read(content: bytes) -> PictureFile:
    """Return a WebP; notes that are too long for notes are called unknown.

    Raises: TooManyParts, Unsuitable.
    """
    parts = list(counted(_chunks(content)))
    names = [part.name for part in parts]
    shown = content
    for part in parts:
        if part.name == NOTES and part.end - part.start > MOST_NOTES:
            shown = shown[: part.start] + UNKNOWN + shown[part.start + 4 :]
    profile = next((content[one.start + 8 : one.end] for one in parts if one.name == PROFILE), b"")
    return PictureFile(
        "WEBP",
        shown,
        bounded_profile(profile),
        has_more=names.count(FRAME) > 1,
        is_lossy=LOSSY in names,
        size=_size(content, parts),
    )


def _size(content: bytes, parts: list[Part]) -> tuple[int, int] | None:
    for part in parts:
        data = content[part.start + 8 : part.end]
        if part.name == CANVAS:
            return (
                1 + int.from_bytes(data[4:7], "little"),
                1 + int.from_bytes(data[7:10], "little"),
            )
        if part.name == LOSSY:
            return _sides(int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
        if part.name == LOSSLESS:
            bits = int.from_bytes(data[1:5], "little")
            width, height = _sides(bits, bits >> SIDE_BITS)
            return width + 1, height + 1
    return None


def _sides(width: int, height: int) -> tuple[int, int]:
    most = (1 << SIDE_BITS) - 1
    return width & most, height & most


def _chunks(content: bytes) -> Iterator[Part]:
    at = HEAD
    while at + 8 <= len(content):
        end = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        yield Part(content[at : at + 4], at, end)
        at = end + end % 2
