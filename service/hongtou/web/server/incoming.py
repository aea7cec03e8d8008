"""A request that is being received: first its head, then its body, in memory or in a file.

It replaces waitress's parser and has the attributes that waitress's tasks use. That parser accepts
heads, chunk lines and trailers of any length and searches them in quadratic time.
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
from hongtou.bulletin.sizes import shown_size
from hongtou.rendering.observer import Task
from hongtou.rendering.queue import Place
from hongtou.web.bodies import too_large
from hongtou.web.head import (
    MAX_HEAD_BYTES,
    Head,
    HeadFault,
    below,
    id_in,
    read_head,
    request_id,
)
from hongtou.web.server.budget import Budget
from hongtou.web.server.chunks import ChunkReader

IN_MEMORY_BYTES = 64 * 1024  # a larger body goes to a file and counts against the budget


class BodyBuffer(OverflowableBuffer):  # type: ignore[misc]
    """The received part of a body, in a file if it is large."""

    def append(self, content: bytes) -> None:
        """Add a piece.

        Raises:
            Unavailable: the disk is full, or no descriptor is left for the file.
        """
        try:
            super().append(content)
        except OSError as cause:
            raise Unavailable("临时目录放不下这个请求", hint="请稍后重试") from cause


class FixedReader:
    """Reads a body of known length."""

    def __init__(self, buffer: BodyBuffer, length: int) -> None:
        self.received = 0
        self._buffer = buffer
        self._length = length
        self.is_too_large = False

    @property
    def is_complete(self) -> bool:
        """Tell whether the whole body has been received."""
        return self.received == self._length

    def read(self, data: bytes) -> int:
        """Store the bytes that belong to the body and return their number."""
        piece = data[: self._length - self.received]
        self._buffer.append(piece)
        self.received += len(piece)
        return len(piece)


class Incoming:
    """A request; ``give_up`` is called when another tenant is given its memory."""

    url_scheme = "http"
    error = None

    def __init__(
        self, tenant: str, prefix: str, uploads: Budget, give_up: Callable[[], None]
    ) -> None:
        self.tenant = tenant
        self._prefix = prefix
        self.head: Head | None = None
        self.headers: dict[str, str] = {}  # for the application, by WSGI name
        self.request_id = ""
        self.is_blank = False  # nothing but line breaks
        self.task: Task | None = None  # for a worker
        self.uses_archive = False
        self.place: Place | None = None  # in the render queue
        self._begun_head = b""
        self._uploads = uploads
        self._give_up = give_up
        self._max_bytes = 0
        self._reader: FixedReader | ChunkReader | None = None
        self._buffer: BodyBuffer | None = None

    def read(self, data: bytes) -> int:
        """Read the bytes that belong to this request and return their number.

        Raises:
            HeadFault: the head or the framing of the body is malformed.
            TooLarge: the body is over its limit.
            Unavailable: there is no room for the body.
        """
        return self._read_head(data) if self.head is None else self._read_body(data)

    @property
    def is_complete(self) -> bool:
        """Tell whether the whole request has been received."""
        if self.is_blank:
            return True
        return self.head is not None and (not self.head.has_body or self._has_whole_body())

    def expect_body(self, max_bytes: int) -> None:
        """Prepare for a body of at most ``max_bytes``.

        Raises:
            Unavailable: there is no room for it.
        """
        assert self.head is not None
        self._max_bytes = max_bytes
        self._buffer = BodyBuffer(IN_MEMORY_BYTES)
        if self.head.length is None:
            self._reader = ChunkReader(self._buffer, max_bytes)
        else:
            self._reader = FixedReader(self._buffer, self.head.length)
            self._take_room(self.head.length if self.head.length > IN_MEMORY_BYTES else 0)

    def may_be_ended(self) -> bool:
        """Tell whether the request is incomplete; a complete request is at work already."""
        return not self.is_complete

    def give_way(self) -> None:
        """Refuse the request, as its memory goes to another tenant."""
        self._give_up()

    def close(self) -> None:
        """Release the memory, the place and the file of the request."""
        self._uploads.release(self)
        if self.place is not None:
            self.place.leave()
        if self._buffer is not None:
            with suppress(OSError):
                self._buffer.close()

    def _read_head(self, data: bytes) -> int:
        raw = self._begun_head + data
        if not self._begun_head:
            raw = raw.lstrip(b"\r\n")  # RFC 9112 §2.2
        if not raw:
            self.is_blank = True
            return len(data)
        end = raw.find(b"\r\n\r\n")
        if end > MAX_HEAD_BYTES or (end < 0 and len(raw) > MAX_HEAD_BYTES):
            raise HeadFault(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"请求头共超过 {shown_size(MAX_HEAD_BYTES)}",
            )
        if end < 0:
            self._begun_head = raw
            return len(data)
        self._begun_head = b""
        try:
            head = read_head(raw[:end])
        except HeadFault:
            self.request_id = id_in(raw[:end])
            raise
        self.head = replace(head, path=below(self._prefix, head.path))
        self.request_id = request_id(self.head.fields)
        self.headers = _headers(self.head)
        return len(data) - (len(raw) - end - 4)

    def _read_body(self, data: bytes) -> int:
        assert self._reader is not None
        before = self._reader.received
        taken = self._reader.read(data)
        if self._reader.is_too_large:
            raise too_large(self._max_bytes)
        if self.head is not None and self.head.length is None:
            self._take_room(self._reader.received - before)
            self.headers["CONTENT_LENGTH"] = str(self._reader.received)
        return taken

    def _has_whole_body(self) -> bool:
        return self._reader is not None and self._reader.is_complete

    def _take_room(self, count: int) -> None:
        if count and not self._uploads.take(self, count):
            raise Unavailable("同时收到的大请求过多", hint="请稍后重试")

    # The attributes that waitress's tasks use.

    @property
    def version(self) -> str:
        """Return the HTTP version."""
        return self.head.version if self.head else "1.1"

    @property
    def command(self) -> str:
        """Return the method."""
        return self.head.method if self.head else ""

    @property
    def path(self) -> str:
        """Return the path, one character per byte."""
        return self.head.path if self.head else ""

    @property
    def query(self) -> str:
        """Return the query."""
        return self.head.query if self.head else ""

    @property
    def request_uri(self) -> str:
        """Return the target in the request line."""
        return self.head.target if self.head else ""

    def get_body_stream(self) -> IO[bytes]:
        """Return the body as a stream."""
        stream: Any = BytesIO() if self._buffer is None else self._buffer.getfile()
        return stream  # type: ignore[no-any-return]


def _headers(head: Head) -> dict[str, str]:
    """Return the headers by WSGI name; CONNECTION is either "close" or "keep-alive"."""
    headers = {name.upper().replace("-", "_"): value for name, value in head.fields.items()}
    headers.pop("TRANSFER_ENCODING", None)
    headers["CONNECTION"] = "close" if head.closes else "keep-alive"
    return headers
