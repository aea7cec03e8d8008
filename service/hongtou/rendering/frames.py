"""Messages between our own processes: lengths, then JSON, then the bytes that go with it.

A worker reads what strangers sent, so its answers are not trusted: every length is held against a
bound before a byte is kept, and of the JSON nothing is made but the one class that is expected.
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

from hongtou.rendering.sandbox import FILE_BYTES, MIB

HEAD = struct.Struct("!IH")  # bytes of the JSON, number of the blobs
SIZE = struct.Struct("!Q")  # bytes of one blob
CHUNK_BYTES = MIB
# A value of two bytes takes two hundred where it is read, and is shown in an error: more than
# twice as many as a thousand findings with their texts hold.
MOST_VALUES, BEFORE_VALUES = 250_000, (b",", b"[", b"{")

Message = TypeVar("Message")
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a message may be: bytes of its JSON, blobs, and bytes of each blob."""

    head_bytes: int
    blobs: int
    blob_bytes: int


FROM_WEB = Bounds(4 * MIB, 2**16 - 1, 2**40)  # the web process has looked at every length itself
FROM_WORKER = Bounds(4 * MIB, 1, FILE_BYTES)


class TooLong(ValueError):
    """A message that nobody would read."""


def nothing_to_look_at() -> None:
    """Wait on: for processes that do one thing."""


def send(
    peer: socket,
    message: bytes,
    blobs: Sequence[bytes] = (),
    *,
    bounds: Bounds = FROM_WEB,
    tick: Tick = nothing_to_look_at,
) -> None:
    """Write one message; OSError where the other end is gone, TooLong before anything is written.

    The blobs are not copied.
    """
    if len(message) > bounds.head_bytes or any(len(one) > bounds.blob_bytes for one in blobs):
        raise TooLong
    lengths = [HEAD.pack(len(message), len(blobs)), *(SIZE.pack(len(one)) for one in blobs)]
    for part in (b"".join([*lengths, message]), *blobs):
        _send_all(peer, part, tick)


def receive(
    peer: socket,
    expected: TypeAdapter[Message],
    *,
    bounds: Bounds = FROM_WEB,
    tick: Tick = nothing_to_look_at,
) -> tuple[Message, list[bytes]]:
    """Return the next message and what goes with it.

    ``tick`` is called on every time-out of the socket and after every piece, and may raise.

    Raises:
        EOFError: the other end is gone, or did not send such a message.
    """
    size, count = HEAD.unpack(_exactly(peer, HEAD.size, tick))
    if size > bounds.head_bytes or count > bounds.blobs:
        raise EOFError("message too long")
    sizes = [SIZE.unpack(_exactly(peer, SIZE.size, tick))[0] for _ in range(count)]
    if any(one > bounds.blob_bytes for one in sizes):
        raise EOFError("blob too long")
    head = _exactly(peer, size, tick)
    if sum(map(head.count, BEFORE_VALUES)) > MOST_VALUES:
        raise EOFError("too many values")
    try:
        message = expected.validate_json(head, strict=True)
    except ValueError as cause:
        raise EOFError("no message") from cause
    return message, [_exactly(peer, one, tick) for one in sizes]


def _send_all(peer: socket, content: bytes, tick: Tick) -> None:
    rest = memoryview(content)
    while rest:
        with suppress(TimeoutError):
            rest = rest[peer.send(rest) :]
        tick()


def _exactly(peer: socket, size: int, tick: Tick) -> bytes:
    """Return so many bytes; memory is taken as they come, not as they were announced."""
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
