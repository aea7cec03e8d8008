"""JPEG by its segments. Sections are those of ITU-T T.81."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.pictures.files.parts import (
    MOST_PROFILE,
    Part,
    PictureFile,
    TooManyParts,
    bounded_profile,
    counted,
)

START = b"\xff\xd8"
MOST_SCANS = 64  # a progressive JPEG has about ten

# Any number of FF may stand before a marker; a shape that takes them all begins anew at each.
MARKER = re.compile(rb"\xff([\x01-\xfe])")
AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither stuffing nor a restart
STANDING_ALONE = {0x01, *range(0xD0, 0xD8), 0xD9}  # markers without a length
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
JFIF, NOTES, PROFILE, ADOBE = 0xE0, 0xE1, 0xE2, 0xEE  # application segments
APPLICATION = range(0xE0, 0xF0)
SHOWN_APPLICATION = {JFIF, ADOBE}  # which tell how colours are meant
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # Table B.1: how the picture is coded
PLAIN_FRAMES = {0xC0, 0xC2}  # baseline and progressive, of Huffman codes: what every reader takes
EXIF, ICC = b"Exif", b"ICC_PROFILE\0"  # ICC.1:2022 §B.4: number and count of pieces follow
LENGTH = 2  # bytes in which a segment tells its length


def read(content: bytes) -> PictureFile:
    """Return a JPEG without what does not show: texts, pictures behind the first.

    Raises: TooManyParts, Unsuitable.
    """
    kept = [START]
    pieces: list[bytes] = []
    scans, has_notes = 0, False
    for part in counted(_segments(content)):
        marker = part.name[0]
        scans += marker == SCAN
        if scans > MOST_SCANS:
            raise TooManyParts
        data = content[part.start + 4 : part.start + 4 + len(ICC)]
        is_notes = marker == NOTES and data.startswith(EXIF)
        if marker == PROFILE and data == ICC:
            pieces.append(content[part.start + 4 + len(ICC) : part.end])
        if is_notes and not has_notes:
            has_notes = True
        elif marker == COMMENT or (marker in APPLICATION and marker not in SHOWN_APPLICATION):
            continue
        kept.append(content[part.start : part.end])
    return PictureFile("JPEG", b"".join(kept), _profile(pieces), is_lossy=True)


def without_notes(content: bytes) -> bytes:
    """Return a JPEG without its Exif."""
    return START + b"".join(
        content[part.start : part.end] for part in _segments(content) if part.name[0] != NOTES
    )


def suits_pdf(content: bytes) -> bool:
    """Tell whether all readers of a PDF decode it, and to the same colours.

    Three components are YCbCr unless Adobe's segment says otherwise (ISO 32000-1 Table 13); one
    that Pillow would take for RGB by the names of its components is not left to readers.
    """
    frames, adobe, has_jfif = [], None, False
    for part in _segments(content):
        marker, data = part.name[0], content[part.start + 4 : part.end]
        if marker in FRAMES:
            frames.append((marker, data))
        elif marker == ADOBE and data.startswith(b"Adobe") and len(data) > 11:
            adobe = data[11]
        has_jfif = has_jfif or (marker == JFIF and data.startswith(b"JFIF"))
    if len(frames) != 1 or len(frames[0][1]) < 6:
        return False
    marker, data = frames[0]
    is_ycc = adobe == 1 if adobe is not None else has_jfif or data[6::3][:3] == b"\1\2\3"
    return marker in PLAIN_FRAMES and data[0] == 8 and (data[5] == 1 or (data[5] == 3 and is_ycc))


def _profile(pieces: list[bytes]) -> bytes:
    """Return the ICC profile of its pieces, in their order.

    Raises: Unsuitable.
    """
    if sum(map(len, pieces)) > MOST_PROFILE + LENGTH * len(pieces):
        return bounded_profile(b"".join(pieces))
    return b"".join(piece[2:] for piece in sorted(pieces, key=lambda piece: piece[:1]))


def _segments(content: bytes) -> Iterator[Part]:
    """Yield the segments of a JPEG up to its end (§B.1.1), passing over what stands between."""
    at, marker = len(START), 0
    while marker != END and (found := MARKER.search(content, at)):
        marker, at = found[1][0], found.end()
        if marker not in STANDING_ALONE:
            at += max(LENGTH, int.from_bytes(content[at : at + LENGTH]))
        if marker == SCAN:
            after = AFTER_SCAN.search(content, at)
            at = after.start() if after else len(content)
        yield Part(found[1], found.start(1) - 1, at)
