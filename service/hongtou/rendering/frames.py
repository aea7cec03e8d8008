"""Messages between our processes: lengths, then JSON, then the blobs that belong to it.

A worker reads strangers' documents, so its answers are not trusted: every length is checked before
anything is read, and the JSON can become nothing but the class that is expected.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from socket import socket
from typing import TypeVar

from pydantic import TypeAdapter

from hongtou.bulletin.limits import MAX_IMPORTED_PICTURES
from hongtou.bulletin.preview_wish import MAX_DRAWN
from hongtou.rendering.sandbox import FILE_BYTES, MIB

HEAD = struct.Struct("!IH")  # bytes of the JSON, number of blobs
SIZE = struct.Struct("!Q")  # bytes of one blob
CHUNK_BYTES = MIB
# Two bytes of JSON can become an object of two hundred. A thousand findings with their texts have
# less than half as many values.
MAX_VALUES, VALUE_STARTS = 250_000, (b",", b"[", b"{")

Message = TypeVar("Message")
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest message: bytes of its JSON, number of blobs, bytes per blob."""

    head_bytes: int
    blobs: int
    blob_bytes: int


FROM_WEB = Bounds(4 * MIB, 2**16 - 1, 2**40)  # the web process has checked every length itself
FROM_WORKER = Bounds(4 * MIB, 1, FILE_BYTES)
PICTURES = Bounds(4 * MIB, MAX_DRAWN, FILE_BYTES)  # from a worker that draws pages
OF_IMPORT = Bounds(4 * MIB, MAX_IMPORTED_PICTURES, FILE_BYTES)


class TooLong(ValueError):
    """A message beyond the bounds of its reader."""


def no_tick() -> None:
    """Do nothing: for a process with nothing else to watch."""


def send(
    peer: socket,
    message: bytes,
    blobs: Sequence[bytes] = (),
    *,
    bounds: Bounds = FROM_WEB,
    tick: Tick = no_tick,
) -> None:
    """Write a message; blobs are not copied.

    Raises:
        TooLong: it is beyond the bounds; nothing was written.
        OSError: the other end has closed.
    """
    if len(message) > bounds.head_bytes or any(len(blob) > bounds.blob_bytes for blob in blobs):
        raise TooLong
    lengths = [HEAD.pack(len(message), len(blobs)), *(SIZE.pack(len(blob)) for blob in blobs)]
    for part in (b"".join([*lengths, message]), *blobs):
        _send_all(peer, part, tick)


def receive(
    peer: socket,
    expected: TypeAdapter[Message],
    *,
    bounds: Bounds = FROM_WEB,
    tick: Tick = no_tick,
) -> tuple[Message, list[bytes]]:
    """Return the next message and its blobs.

    ``tick`` is called at every time-out of the socket and after every chunk, and may raise.

    Raises:
        EOFError: the other end has closed, or sent something else.
    """
    size, count = HEAD.unpack(_exactly(peer, HEAD.size, tick))
    if size > bounds.head_bytes or count > bounds.blobs:
        raise EOFError("message too long")
    sizes = [SIZE.unpack(_exactly(peer, SIZE.size, tick))[0] for _ in range(count)]
    if max(sizes, default=0) > bounds.blob_bytes:
        raise EOFError("blob too long")
    head = _exactly(peer, size, tick)
    if sum(map(head.count, VALUE_STARTS)) > MAX_VALUES:
        raise EOFError("too many values")
    try:
        message = expected.validate_json(head, strict=True)
    except ValueError as cause:
        raise EOFError("no message") from cause
    return message, [_exactly(peer, length, tick) for length in sizes]


def _send_all(peer: socket, content: bytes, tick: Tick) -> None:
    rest = memoryview(content)
    while rest:
        with suppress(TimeoutError):
            rest = rest[peer.send(rest) :]
        tick()


def _exactly(peer: socket, size: int, tick: Tick) -> bytes:
    """Read ``size`` bytes; memory grows with what arrives, not with what was announced."""
    content = io.BytesIO()
    while (missing := size - content.tell()) > 0:
        try:
            received = peer.recv(min(missing, CHUNK_BYTES))
        except TimeoutError:
            tick()
            continue
        except OSError as cause:
            raise EOFError("connection lost") from cause
        if not received:
            raise EOFError("connection closed")
        if len(received) == size:
            return received
        content.write(received)
        tick()
    return content.getvalue()
