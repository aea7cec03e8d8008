"""TIFF up to its first picture, with the entries alone that say how it is stored.

Pillow copies what each entry points to, also in directories below the first, and a small file may
have entries without end that point to the same bytes. Sections are those of TIFF 6.0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from hongtou.pictures.files.parts import (
    MOST_PARTS,
    PictureFile,
    TooManyParts,
    Unsuitable,
    bounded_profile,
)

LITTLE, BIG = b"II*\0", b"MM\0*"
MOST_ENTRIES = 1_000
WIDTH, HEIGHT, COMPRESSION, PROFILE = 256, 257, 259, 34675
SHOWN = {
    WIDTH, HEIGHT, COMPRESSION,
    258, 262, 266, 277, 284, 317, 320, 332, 338, 339,  # bits, colours, order, palette
    274,  # which side is up
    273, 278, 279, 322, 323, 324, 325,  # strips and tiles
    292, 293, 347, 529, 530, 531, 532,  # what fax and JPEG need
}  # fmt: skip
PACKED = {1, 2, 3, 4, 5, 7, 8, 32773, 32946}  # raw, fax, LZW, JPEG, deflate, PackBits
JPEG = 7
TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
INLINE = 4  # bytes of a value that stand in the entry itself
ENTRY = 12  # bytes


class Entry(NamedTuple):
    """An entry of a directory (§2), as it is stored, and content[start:end], its value."""

    tag: int
    stored: bytes
    start: int
    end: int


def read(content: bytes) -> PictureFile:
    """Return the first picture of a TIFF: a new directory behind what was sent.

    Raises: TooManyParts, Unsuitable; struct.error where it ends too early.
    """
    order = "<" if content.startswith(LITTLE) else ">"
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    entries, following = _directory(content, at, order)
    compression = _number(content, entries.get(COMPRESSION), order) or 1
    if compression not in PACKED:
        raise Unsuitable(f"TIFF 的压缩方式（{compression}）不收", "请另存为 PNG")
    kept = [entries[tag].stored for tag in sorted(entries) if tag in SHOWN]
    profile = entries.get(PROFILE)
    return PictureFile(
        "TIFF",
        _with_directory(content, kept, order),
        bounded_profile(content[profile.start : profile.end]) if profile else b"",
        has_more=following != 0,
        is_lossy=compression == JPEG,
        size=(
            _number(content, entries.get(WIDTH), order),
            _number(content, entries.get(HEIGHT), order),
        ),
    )


def _directory(content: bytes, at: int, order: str) -> tuple[dict[int, Entry], int]:
    """Return the entries of a directory by their tags, and where the next directory stands."""
    (count,) = struct.unpack_from(f"{order}H", content, at)
    if count > MOST_ENTRIES:
        raise TooManyParts
    entries: dict[int, Entry] = {}
    for entry in _entries(content, at + 2, count, order):
        entries.setdefault(entry.tag, entry)
    (following,) = struct.unpack_from(f"{order}I", content, at + 2 + count * ENTRY)
    return entries, following


def _entries(content: bytes, at: int, count: int, order: str) -> Iterator[Entry]:
    for start in range(at, at + count * ENTRY, ENTRY):
        tag, kind, values, place = struct.unpack_from(f"{order}HHII", content, start)
        length = TYPE_BYTES.get(kind, 1) * values
        if length <= INLINE:
            place = start + ENTRY - INLINE
        if tag in SHOWN and values > MOST_PARTS:
            raise TooManyParts
        yield Entry(tag, content[start : start + ENTRY], place, place + length)


def _number(content: bytes, entry: Entry | None, order: str) -> int:
    """Return the value of an entry that holds one number, 0 where there is none."""
    if entry is None:
        return 0
    number = content[entry.start : entry.end]
    return int.from_bytes(number, "little" if order == "<" else "big")


def _with_directory(content: bytes, entries: list[bytes], order: str) -> bytes:
    padding = b"\0" * (len(content) % 2)
    place = len(content) + len(padding)
    directory = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4)
    return content[:4] + struct.pack(f"{order}I", place) + content[8:] + padding + directory
