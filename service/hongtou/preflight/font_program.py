"""A TrueType program, read as far as a reader must read it. Sections are those of OpenType 1.9."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple

from hongtou.compression import beginning, decompress

VERSION = b"\0\1\0\0"
DIRECTORY = 12  # offset of the table directory
ENTRY = struct.Struct(">4s4xII")  # of a table: tag, checksum, offset and length
FRONT_BYTES = 2048  # hold the directory, and in most programs all tables that are needed
# Tables without which no reader draws a glyph; the outlines stand apart, as they are large.
OUTLINES = b"glyf"
NEEDED = frozenset({b"head", b"hhea", b"hmtx", b"loca", b"maxp"})
THOUSAND = 1000  # parts of an em in which a PDF states advances
HEAD_BYTES = 54
LONG_OFFSETS = 1  # format of a loca table with 32 bits for each
# Outlines become no shorter than this share of their length: those of our faces 0.66 to 0.86. What
# is shorter is unpacked to the end; otherwise that would take a fifth of the whole inspection.
LEAST_SHARE = 3, 5


class FontProgram(NamedTuple):
    """A program: what tells its face from others, its number of glyphs, and whether any has ink.

    ``advances`` are those of the glyphs, in thousandths of an em.
    """

    face_mark: bytes
    glyph_count: int
    has_outlines: bool
    advances: tuple[int, ...]


def face_mark(head: bytes) -> bytes:
    """Return what a head table says of a face and no subset changes.

    It holds the version, the dates and the box of all glyphs; left out are the checksum of the file
    and the format of the loca table.
    """
    return head[:8] + head[12:50]


def read_program(packed: memoryview, length: int) -> FontProgram:
    """Read a compressed program whose length is known.

    Raises:
        ValueError: it is no whole TrueType program, or there are glyphs that no reader can find.
    """
    part, whole = LEAST_SHARE
    if len(packed) * whole < length * part:
        decompress(packed, length)
    program = beginning(packed, FRONT_BYTES)
    tables = _directory(program, length)
    end = max(tables[tag][1] for tag in NEEDED)
    if end > FRONT_BYTES:
        program = beginning(packed, end)
    parts = {tag: bytes(program[slice(*tables[tag])]) for tag in NEEDED}
    start, end = tables[OUTLINES]
    return _checked(parts, end - start)


def _directory(program: memoryview, length: int) -> dict[bytes, tuple[int, int]]:
    """Return where all tables begin and end, which is within the program.

    Raises:
        ValueError: it has another format, or a table is missing or outside of it.
    """
    count = _number(program, 4)
    entries = program[DIRECTORY : DIRECTORY + count * ENTRY.size]
    if program[: len(VERSION)] != VERSION or len(entries) != count * ENTRY.size:
        raise ValueError("no TrueType program")
    tables = {tag: (start, start + size) for tag, start, size in ENTRY.iter_unpack(entries)}
    if not tables.keys() >= {OUTLINES, *NEEDED}:
        raise ValueError("a table is missing")
    if max(end for _, end in tables.values()) > length:
        raise ValueError("a table outside of the program")
    return tables


def _checked(tables: Mapping[bytes, bytes], outline_bytes: int) -> FontProgram:
    """Return what a program is, having seen that every glyph has an outline and an advance.

    Raises:
        ValueError: one has not.
    """
    head, places = tables[b"head"], tables[b"loca"]
    count = _number(tables[b"maxp"], 4)
    code, unit = ("I", 1) if _number(head, 50) == LONG_OFFSETS else ("H", 2)
    offsets = struct.Struct(f">{count + 1}{code}")
    if len(head) != HEAD_BYTES or len(places) != offsets.size:
        raise ValueError("a head or loca table of a wrong length")
    starts = offsets.unpack(places)
    if starts[-1] * unit > outline_bytes or list(starts) != sorted(starts):
        raise ValueError("glyphs outside of the outlines")
    advances = _number(tables[b"hhea"], 34)
    if not advances or len(tables[b"hmtx"]) != 2 * advances + 2 * count:
        raise ValueError("glyphs without an advance")
    return FontProgram(
        face_mark(head),
        count,
        has_outlines=starts[0] < starts[-1],
        advances=_advances(tables[b"hmtx"], advances, count, _number(head, 18)),
    )


def _advances(table: bytes, stated: int, count: int, to_em: int) -> tuple[int, ...]:
    """Return the advances of all glyphs: those that are not stated have the last one that is."""
    units = struct.unpack(f">{2 * stated}H", table[: 4 * stated])[::2]
    every = (*units, *units[-1:] * (count - stated))
    return every if to_em == THOUSAND else tuple([round(THOUSAND * one / to_em) for one in every])


def _number(table: bytes | memoryview, at: int) -> int:
    """Return a number of 16 bits, 0 behind the end of a table."""
    return int.from_bytes(table[at : at + 2], "big")
