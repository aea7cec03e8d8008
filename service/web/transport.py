"""What waitress does otherwise here, so that a machine that runs short harms nobody for long.

| of waitress | here | else |
|---|---|---|
| clock | never jumps | set forward it cuts off who is sending, set back it keeps the silent |
| buffer of a body | forgets it where the disk is full | the connection is reset, unanswered |
| buffer of an answer | stays in memory where the disk is full | its beginning is lost |
| accepting | rests where it is not possible | one processor is kept busy |

Names that are replaced are looked up first, so that a waitress without them does not start.
"""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import waitress.channel
import waitress.server
from waitress.buffers import OverflowableBuffer
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from service.web.render_queue import Place

REST_SECONDS = 0.1


class NoRoom(Error):  # type: ignore[misc]
    """A body that could not be kept."""

    code = 503
    reason = "Service Unavailable"


class BodyBuffer(OverflowableBuffer):  # type: ignore[misc]
    """A body on its way in, on disk where it is large; nothing once there was no room for it."""

    is_lost = False

    def append(self, content: bytes) -> None:
        """Keep a piece, or forget them all."""
        if self.is_lost:
            return
        try:
            super().append(content)
        except OSError:  # the disk is full, or there is no descriptor for the file
            self.is_lost = True
            self.buf, self.strbuf = None, b""


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request to its end also where its body is lost: only then an answer is heard."""

    error: Error | None = None
    path: str
    place: Place | None = None  # in the queue, for a request that wants a render

    def close(self) -> None:
        """Give back what the request held, however it ended."""
        super().close()
        if self.place is not None:
            self.place.leave()

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and choose where the body goes."""
        super().parse_header(header_plus)
        self.path = below(self.adj.url_prefix, self.path)
        if self.body_rcv is not None:
            self.body_rcv.buf = BodyBuffer(self.adj.inbuf_overflow)

    def received(self, data: bytes) -> int:
        """Take a piece of a request and return how much of it was its own."""
        taken = int(super().received(data))
        if self.completed and not self.error and self._is_lost():
            self.error = NoRoom("body")
        return taken

    def _is_lost(self) -> bool:
        return self.body_rcv is not None and bool(self.body_rcv.buf.is_lost)


def below(prefix: str, path: str) -> str:
    """Return a path without the prefix under which a proxy shows us, which it may keep or strip."""
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return path.removeprefix(prefix) or "/"
    return path


class AnswerBuffer(OverflowableBuffer):  # type: ignore[misc]
    """An answer on its way out, in a file where it is large and there is room for one."""

    def _set_large_buffer(self) -> None:
        kept = self.buf.getfile()
        place = kept.tell()
        try:
            super()._set_large_buffer()
        except OSError:
            kept.seek(place)  # copying had begun
            self.overflowed = True  # so that no further piece tries again


def accept_patiently(server: Any) -> None:
    """Let a listening socket rest after each connection that it could not take.

    The connection waits in the kernel, so that the socket stays readable: without a rest the
    loop would turn at full speed until there is a descriptor again.
    """
    accept = server.accept

    def accept_or_rest() -> Any:
        try:
            return accept()
        except OSError:
            time.sleep(REST_SECONDS)
            raise

    server.accept = accept_or_rest


def _replace(module: Any, name: str, ours: Any) -> None:
    getattr(module, name)
    setattr(module, name, ours)


_replace(waitress.channel, "time", SimpleNamespace(time=time.monotonic))
_replace(waitress.server, "time", SimpleNamespace(time=time.monotonic))
_replace(waitress.channel, "OverflowableBuffer", AnswerBuffer)
