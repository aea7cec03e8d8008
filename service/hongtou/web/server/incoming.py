"""A request on its way in: first its head, then its body, which stays where there is room.

It has what waitress's own parser has and its tasks ask for. The parser itself is not used: it takes
heads, chunk lines and trailers of any length, and looks for their ends by expressions that take
time by the square of it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

from waitress.buffers import OverflowableBuffer

from hongtou.bulletin.errors import Unavailable
from hongtou.rendering.observer import Task
from hongtou.rendering.queue import Place
from hongtou.web.bodies import too_large
from hongtou.web.head import (
    MOST_HEAD_BYTES,
    Head,
    HeadFault,
    below,
    id_in,
    read_head,
    request_id,
)
from hongtou.web.server.budget import Budget
from hongtou.web.server.chunks import ChunkReader

IN_MEMORY_BYTES = 64 * 1024  # of a body; what is larger goes to a file and is counted


class BodyBuffer(OverflowableBuffer):  # type: ignore[misc]
    """A body on its way in, in a file where it is large."""

    def append(self, content: bytes) -> None:
        """Keep a piece.

        Raises:
            Unavailable: the disk is full, or there is no descriptor for the file.
        """
        try:
            super().append(content)
        except OSError as cause:
            raise Unavailable("临时目录放不下这个请求", hint="请稍后重试") from cause


class FixedReader:
    """Takes a body whose length is known."""

    def __init__(self, buffer: BodyBuffer, length: int) -> None:
        self.received = 0
        self._buffer = buffer
        self._length = length
        self.is_too_large = False

    @property
    def is_complete(self) -> bool:
        """Tell whether all of it has come."""
        return self.received == self._length

    def read(self, data: bytes) -> int:
        """Take what belongs to the body and return how much that was."""
        piece = data[: self._length - self.received]
        self._buffer.append(piece)
        self.received += len(piece)
        return len(piece)


class Incoming:
    """A request; ``give_up`` is called where another client needs its room more."""

    url_scheme = "http"
    error = None

    def __init__(
        self, tenant: str, prefix: str, uploads: Budget, give_up: Callable[[], None]
    ) -> None:
        self.tenant = tenant
        self._prefix = prefix
        self.head: Head | None = None
        self.headers: dict[str, str] = {}  # what of the head reaches the application
        self.request_id = ""
        self.is_blank = False
        self.task: Task | None = None  # what a worker does for it
        self.place: Place | None = None  # in the queue, for a request that wants a render
        self._kept = b""  # of a head that has not ended yet
        self._uploads = uploads
        self._give_up = give_up
        self._most = 0
        self._reader: FixedReader | ChunkReader | None = None
        self._buffer: BodyBuffer | None = None

    def read(self, data: bytes) -> int:
        """Take what belongs to this request and return how much that was.

        Raises:
            HeadFault, TooLarge, Unavailable: it is not read on.
        """
        return self._read_head(data) if self.head is None else self._read_body(data)

    @property
    def is_complete(self) -> bool:
        """Tell whether all of it is there."""
        if self.is_blank:
            return True
        return self.head is not None and (not self.head.has_body or self._has_whole_body())

    def expect_body(self, most_bytes: int) -> None:
        """Make room for a body that may have so many bytes.

        Raises:
            Unavailable: there is none, and too little is held by who would give way to this client.
        """
        assert self.head is not None
        self._most = most_bytes
        self._buffer = BodyBuffer(IN_MEMORY_BYTES)
        if self.head.length is None:
            self._reader = ChunkReader(self._buffer, most_bytes)
        else:
            self._reader = FixedReader(self._buffer, self.head.length)
            self._take_room(self.head.length if self.head.length > IN_MEMORY_BYTES else 0)

    def may_be_ended(self) -> bool:
        """Tell whether it is still read; one that is whole has been handed over to be answered."""
        return not self.is_complete

    def give_way(self) -> None:
        """End: the room is somebody else's."""
        self._give_up()

    def close(self) -> None:
        """Give back what the request held, however it ended."""
        self._uploads.release(self)
        if self.place is not None:
            self.place.leave()
        if self._buffer is not None:
            with suppress(OSError):
                self._buffer.close()

    def _read_head(self, data: bytes) -> int:
        kept = self._kept + data
        if not self._kept:
            kept = kept.lstrip(b"\r\n")  # RFC 9112 §2.2
        if not kept:
            self.is_blank = True
            return len(data)
        end = kept.find(b"\r\n\r\n")
        if end > MOST_HEAD_BYTES or (end < 0 and len(kept) > MOST_HEAD_BYTES):
            raise HeadFault(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"请求头共超过 {MOST_HEAD_BYTES} 字节"
            )
        if end < 0:
            self._kept = kept
            return len(data)
        self._kept = b""
        try:
            found = read_head(kept[:end])
        except HeadFault:
            self.request_id = id_in(kept[:end])
            raise
        self.head = replace(found, path=below(self._prefix, found.path))
        self.request_id = request_id(self.head.fields)
        self.headers = _headers(self.head)
        return len(data) - (len(kept) - end - 4)

    def _read_body(self, data: bytes) -> int:
        assert self._reader is not None
        before = self._reader.received
        taken = self._reader.read(data)
        if self._reader.is_too_large:
            raise too_large(self._most)
        if self.head is not None and self.head.length is None:
            self._take_room(self._reader.received - before)
            self.headers["CONTENT_LENGTH"] = str(self._reader.received)
        return taken

    def _has_whole_body(self) -> bool:
        return self._reader is not None and self._reader.is_complete

    def _take_room(self, count: int) -> None:
        if count and not self._uploads.take(self, count):
            raise Unavailable("同时收到的大请求过多", hint="请稍后重试")

    # What waitress's tasks ask for.

    @property
    def version(self) -> str:
        """Return the version of HTTP."""
        return self.head.version if self.head else "1.1"

    @property
    def command(self) -> str:
        """Return the method."""
        return self.head.method if self.head else ""

    @property
    def path(self) -> str:
        """Return the path, one character for each byte."""
        return self.head.path if self.head else ""

    @property
    def query(self) -> str:
        """Return the query."""
        return self.head.query if self.head else ""

    @property
    def request_uri(self) -> str:
        """Return what the request line names."""
        return self.head.target if self.head else ""

    def get_body_stream(self) -> IO[bytes]:
        """Return the body to read from."""
        stream: Any = BytesIO() if self._buffer is None else self._buffer.getfile()
        return stream  # type: ignore[no-any-return]


def _headers(head: Head) -> dict[str, str]:
    """Return the headers by the names of WSGI, with a plain word on the connection's end."""
    own = {name.upper().replace("-", "_"): value for name, value in head.fields.items()}
    own.pop("TRANSFER_ENCODING", None)
    own["CONNECTION"] = "close" if head.closes else "keep-alive"
    return own
