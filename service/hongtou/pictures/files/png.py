"""PNG by its chunks. Sections are those of PNG (Third Edition)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

from hongtou.compression import compress
from hongtou.pictures.files.parts import (
    MOST_NOTES,
    MOST_PROFILE,
    Part,
    PictureFile,
    bounded_profile,
    counted,
)

START = b"\x89PNG\r\n\x1a\n"
PIXELS, CLEAR, NOTES, PROFILE, ANIMATION, END = (
    b"IDAT", b"tRNS", b"eXIf", b"iCCP", b"acTL", b"IEND",
)  # fmt: skip
SHOWN = {b"IHDR", b"PLTE", CLEAR, PIXELS, END}
FRAME = 12  # bytes of a chunk beside its data: length, name and sum
HEADER = struct.Struct("!IIBBBBB")  # §11.2.1: size, bit depth, colour, method, filter, interlace
CHANNELS = {0: 1, 2: 3}  # of the colour types that a PDF takes as they are: grey and RGB
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}  # by channels; four are RGBA, or the plates of CMYK for a PDF
FILTERS = set(range(5))  # §9.2
NONE, UP = 0, 2  # a pixel as it is, or as it differs from the one above
SAMPLED = 8  # one row in so many tells which filter is best


def read(content: bytes) -> PictureFile:
    """Return a PNG without texts and profile; which side is up is told before the pixels.

    Raises: TooManyParts, Unsuitable, zlib.error.
    """
    kept, notes, profile, has_more = [], b"", b"", False
    for part in counted(_chunks(content)):
        if part.name in SHOWN:
            kept.append(content[part.start : part.end])
        elif part.name == NOTES and part.end - part.start - FRAME <= MOST_NOTES:
            notes = content[part.start : part.end]
        elif part.name == PROFILE and not profile:
            profile = _profile(content[part.start + 8 : part.end - 4])
        has_more = has_more or part.name == ANIMATION
    plain = START + b"".join([*kept[:1], notes, *kept[1:]])
    size = struct.unpack_from("!II", plain, 16)
    return PictureFile("PNG", plain, profile, has_more, size=(size[0], size[1]))


def bit_depth(content: bytes) -> int:
    """Return how many bits a sample of a PNG has."""
    return content[24]


def pixel_data(content: bytes) -> bytes:
    """Return the compressed pixels of a PNG: what its IDAT chunks hold together."""
    return b"".join(
        content[part.start + 8 : part.end - 4] for part in _chunks(content) if part.name == PIXELS
    )


def suits_pdf(content: bytes) -> bool:
    """Tell whether the pixels may stand in a PDF as they are: 8 bits, grey or RGB, and whole.

    They are unpacked, but no further than the header says, so that nothing passes that a reader
    of the PDF would unpack without end.
    """
    width, height, depth, colour, _, _, interlace = HEADER.unpack_from(content, 16)
    chunks = list(_chunks(content))
    if (depth, interlace) != (8, 0) or colour not in CHANNELS:
        return False
    if any(part.name == CLEAR or not _is_whole(content, part) for part in chunks):
        return False
    stride = 1 + width * CHANNELS[colour]
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(pixel_data(content), stride * height + 1)
    except zlib.error:
        return False
    is_whole = unpacking.eof and not unpacking.unused_data and len(rows) == stride * height
    return is_whole and set(rows[::stride]) <= FILTERS


def encode(width: int, height: int, channels: int, filtered: Mapping[int, bytes]) -> bytes:
    """Return a PNG of pixels of 8 bits, of several filters by that which packs best."""
    stride = width * channels
    kind = _best_filter(filtered, stride, height)
    pixels = filtered[kind]
    rows = b"".join(
        bytes((kind,)) + pixels[at : at + stride] for at in range(0, stride * height, stride)
    )
    header = HEADER.pack(width, height, 8, COLOUR_TYPES[channels], 0, 0, 0)
    return START + b"".join(
        (_chunk(b"IHDR", header), _chunk(PIXELS, compress(rows)), _chunk(END, b""))
    )


def _best_filter(filtered: Mapping[int, bytes], stride: int, height: int) -> int:
    """Return the filter by which some rows from the middle pack best: scans and drawings differ."""
    first = height // 2 * stride
    last = first + (height // SAMPLED + 1) * stride
    return min(filtered, key=lambda kind: len(compress(filtered[kind][first:last])))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))


def _chunks(content: bytes) -> Iterator[Part]:
    """Yield the chunks of a PNG up to its end (§5.3)."""
    at, name = len(START), b""
    while at < len(content) and name != END:
        end = at + FRAME + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        yield Part(name, at, end)
        at = end


def _is_whole(content: bytes, part: Part) -> bool:
    stored = content[part.end - 4 : part.end]
    return zlib.crc32(content[part.start + 4 : part.end - 4]) == int.from_bytes(stored)


def _profile(data: bytes) -> bytes:
    """Return the ICC profile of an iCCP chunk (§11.3.2.3): a name, a method, and it compressed.

    One that cannot be unpacked is returned as it is: it is ignored later, and told of.

    Raises: Unsuitable.
    """
    packed = data.partition(b"\0")[2][1:]
    try:
        return bounded_profile(zlib.decompressobj().decompress(packed, MOST_PROFILE + 1))
    except zlib.error:
        return data
