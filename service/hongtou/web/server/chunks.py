"""A body in chunks (RFC 9112 §7.1), read so that its framing costs no more than its content.

waitress's own receiver keeps a line or a trailer of any length, and copies what has come for
each chunk of it: a few clients with tiny chunks or lines without end kept its loop busy.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Protocol

from waitress.rfc7230 import CHUNK_EXT_RE

from hongtou.web.head import HeadFault

MOST_LINE_BYTES = 1024  # of a chunk's line, and of all trailers together
SPARE_CHUNKS = 1024  # that may be of any size; of all others the mean is at least LEAST_CHUNK_BYTES
LEAST_CHUNK_BYTES = 64
SIZE = re.compile(rb"[0-9a-fA-F]{1,15}")


class Buffer(Protocol):
    """Where the content of a body goes."""

    def append(self, content: bytes) -> None: ...


class ChunkReader:
    """Takes a body piece by piece, in whatever pieces it comes."""

    def __init__(self, buffer: Buffer, most_bytes: int) -> None:
        self.received = 0
        self.is_complete = False
        self.is_too_large = False
        self._buffer = buffer
        self._most = most_bytes
        self._kept = b""  # of a line that has not ended yet
        self._left = 0  # of the chunk's content
        self._chunks = 0
        self._trailer_bytes = 0
        self._next = self._read_size

    def read(self, data: bytes) -> int:
        """Take what belongs to the body and return how much that was.

        Raises:
            HeadFault: it is none, or mostly framing.
        """
        place = 0
        while place < len(data) and not self.is_complete and not self.is_too_large:
            place = self._next(data, place)
        return place

    def _read_size(self, data: bytes, place: int) -> int:
        line, place = self._line(data, place)
        if line is None:
            return place
        size, semicolon, _ = line.partition(b";")
        extension = line[len(size) :]
        if not SIZE.fullmatch(size) or (semicolon and not CHUNK_EXT_RE.fullmatch(extension)):
            raise _bad("请求体的分块写得不对")
        self._begin(int(size, 16))
        return place

    def _begin(self, size: int) -> None:
        self._left = size
        self._chunks += 1
        self._next = self._read_content if size else self._read_trailer
        self.is_too_large = self.received + size > self._most
        if self._chunks > SPARE_CHUNKS + self.received // LEAST_CHUNK_BYTES:
            raise _bad("请求体的分块太小")

    def _read_content(self, data: bytes, place: int) -> int:
        piece = data[place : place + self._left]
        self._buffer.append(piece)
        self.received += len(piece)
        self._left -= len(piece)
        if not self._left:
            self._next = self._read_end
        return place + len(piece)

    def _read_end(self, data: bytes, place: int) -> int:
        """Read the line break behind a chunk."""
        line, place = self._line(data, place, most=0)
        if line is not None:
            self._next = self._read_size
        return place

    def _read_trailer(self, data: bytes, place: int) -> int:
        """Read a trailer, of which none is kept."""
        line, place = self._line(data, place, most=MOST_LINE_BYTES - self._trailer_bytes)
        if line is not None:
            self._trailer_bytes += len(line) + 2
            self.is_complete = not line
        return place

    def _line(
        self, data: bytes, place: int, most: int = MOST_LINE_BYTES
    ) -> tuple[bytes | None, int]:
        """Return a line of at most so many bytes and where the next one begins.

        None where it has not ended; what there is of it is kept.
        """
        wanted = most + 2 - len(self._kept)
        kept = self._kept + data[place : place + max(0, wanted)]
        end = kept.find(b"\r\n")
        line = kept if end < 0 else kept[:end]
        if b"\n" in line or (end < 0 and len(kept) >= most + 2):
            raise _bad("请求体的分块写得不对")
        if end < 0:
            self._kept = kept
            return None, len(data)
        place += end + 2 - len(self._kept)
        self._kept = b""
        return line, place


def _bad(description: str) -> HeadFault:
    return HeadFault(HTTPStatus.BAD_REQUEST, description)
