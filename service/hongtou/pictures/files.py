"""PNG and JPEG files by their parts: only those that show go to a decoder.

Pillow takes chunks and segments one by one in Python, unpacks texts and profiles, copies the same
bytes for each entry of a camera's notes, and goes over the whole picture for each scan of a JPEG:
a file of 10 MiB may keep it busy for minutes. What is left out here was never printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PNG_START, JPEG_START = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
MOST_PARTS = 10_000  # a PNG of 10 MiB, cut into chunks of 1 KiB
MOST_SCANS = 64  # a progressive JPEG has about ten
MOST_NOTES = 64 * 1024  # bytes of Exif, which tells which side is up: one segment of a JPEG

SHOWN_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
PNG_NOTES, PNG_END = b"eXIf", b"IEND"
PNG_FRAME = 12  # bytes of a chunk beside its data: length, name and sum

# Any number of FF may stand before a marker; a shape that takes them all begins anew at each.
MARKER = re.compile(rb"\xff([\x01-\xfe])")
AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither stuffing nor a restart
STANDING_ALONE = {0x01, *range(0xD0, 0xD8), 0xD9}  # markers without a length
END, SCAN, NOTES, COMMENT = 0xD9, 0xDA, 0xE1, 0xFE
APPLICATION = range(0xE0, 0xF0)
SHOWN_APPLICATION = {0xE0, 0xEE}  # JFIF and Adobe, which tell how colours are meant
LENGTH = 2  # bytes in which a segment tells its length


class TooManyParts(ValueError):
    """A file in more pieces than any program writes."""


class Part(NamedTuple):
    """A chunk of a PNG or a segment of a JPEG with its scan: its name and content[start:end]."""

    name: bytes
    start: int
    end: int


def essence(content: bytes) -> bytes:
    """Return a PNG or JPEG without what does not show: texts, profiles, pictures behind the first.

    A file of another kind stays as it is.

    Raises: TooManyParts.
    """
    if content.startswith(PNG_START):
        return PNG_START + b"".join(
            content[part.start : part.end] for part in _counted(_chunks(content)) if _shows(part)
        )
    return _plain_jpeg(content) if content.startswith(JPEG_START) else content


def png_data(content: bytes) -> bytes:
    """Return the compressed pixels of a PNG: what its IDAT chunks hold together."""
    return b"".join(
        content[part.start + 8 : part.end - 4] for part in _chunks(content) if part.name == b"IDAT"
    )


def _counted(parts: Iterator[Part]) -> Iterator[Part]:
    for number, part in enumerate(parts):
        if number >= MOST_PARTS:
            raise TooManyParts
        yield part


def _chunks(content: bytes) -> Iterator[Part]:
    """Yield the chunks of a PNG up to its end.

    Source: PNG (Third Edition) §5.3.
    """
    at, name = len(PNG_START), b""
    while at < len(content) and name != PNG_END:
        end = at + PNG_FRAME + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        yield Part(name, at, end)
        at = end


def _shows(part: Part) -> bool:
    if part.name == PNG_NOTES:
        return part.end - part.start - PNG_FRAME <= MOST_NOTES
    return part.name in SHOWN_CHUNKS


def _plain_jpeg(content: bytes) -> bytes:
    kept = [JPEG_START]
    scans, has_notes = 0, False
    for part in _counted(_segments(content)):
        marker = part.name[0]
        scans += marker == SCAN
        if scans > MOST_SCANS:
            raise TooManyParts
        is_notes = marker == NOTES and content[part.start + 4 : part.start + 8] == b"Exif"
        if is_notes and not has_notes:
            has_notes = True
        elif marker == COMMENT or (marker in APPLICATION and marker not in SHOWN_APPLICATION):
            continue
        kept.append(content[part.start : part.end])
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[Part]:
    """Yield the segments of a JPEG up to its end; what stands between two is passed over.

    Source: ITU-T T.81 §B.1.1.
    """
    at, marker = len(JPEG_START), 0
    while marker != END and (found := MARKER.search(content, at)):
        marker, at = found[1][0], found.end()
        if marker not in STANDING_ALONE:
            at += max(LENGTH, int.from_bytes(content[at : at + LENGTH]))
        if marker == SCAN:
            after = AFTER_SCAN.search(content, at)
            at = after.start() if after else len(content)
        yield Part(found[1], found.start(1) - 1, at)
