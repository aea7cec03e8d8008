"""Chunked bodies (RFC 9112 §7.1), parsed in time proportional to their content.

waitress's own parser holds lines and trailers of any length and copies the received bytes for
every chunk. A few clients with tiny chunks or endless lines kept its loop busy.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Protocol

from waitress.rfc7230 import CHUNK_EXT_RE

from hongtou.web.head import HeadFault

MAX_LINE_BYTES = 1024  # of the line before a chunk, and of all trailers together
SPARE_CHUNKS = 1024  # may have any size; the others must have MIN_CHUNK_BYTES on average
MIN_CHUNK_BYTES = 64
SIZE = re.compile(rb"[0-9a-fA-F]{1,15}")


class Buffer(Protocol):
    """Receives the content of a body."""

    def append(self, content: bytes) -> None: ...


class ChunkReader:
    """Parses a chunked body, in pieces of any size."""

    def __init__(self, buffer: Buffer, max_bytes: int) -> None:
        self.received = 0
        self.is_complete = False
        self.is_too_large = False
        self._buffer = buffer
        self._max_bytes = max_bytes
        self._begun_line = b""
        self._left = 0  # bytes of the chunk that are still to come
        self._chunks = 0
        self._trailer_bytes = 0
        self._next = self._read_size

    def read(self, data: bytes) -> int:
        """Parse the bytes that belong to the body and return their number.

        Raises:
            HeadFault: the framing is malformed, or the chunks are too small.
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
        self.is_too_large = self.received + size > self._max_bytes
        if self._chunks > SPARE_CHUNKS + self.received // MIN_CHUNK_BYTES:
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
        """Read the line break after a chunk."""
        line, place = self._line(data, place, max_bytes=0)
        if line is not None:
            self._next = self._read_size
        return place

    def _read_trailer(self, data: bytes, place: int) -> int:
        """Read a trailer and drop it."""
        line, place = self._line(data, place, max_bytes=MAX_LINE_BYTES - self._trailer_bytes)
        if line is not None:
            self._trailer_bytes += len(line) + 2
            self.is_complete = not line
        return place

    def _line(
        self, data: bytes, place: int, max_bytes: int = MAX_LINE_BYTES
    ) -> tuple[bytes | None, int]:
        """Return a line without its end, and the place behind it; None if it is incomplete.

        Raises:
            HeadFault: the line is too long, or ends with a lone LF.
        """
        wanted = max_bytes + 2 - len(self._begun_line)
        found = self._begun_line + data[place : place + max(0, wanted)]
        end = found.find(b"\r\n")
        line = found if end < 0 else found[:end]
        if b"\n" in line or (end < 0 and len(found) >= max_bytes + 2):
            raise _bad("请求体的分块写得不对")
        if end < 0:
            self._begun_line = found
            return None, len(data)
        place += end + 2 - len(self._begun_line)
        self._begun_line = b""
        return line, place


def _bad(description: str) -> HeadFault:
    return HeadFault(HTTPStatus.BAD_REQUEST, description)
