"""Messages between our own processes: eight bytes of length, then a pickle of known classes.

A worker reads what strangers sent, so its answers are not trusted: the reader makes instances
of the classes listed here and calls nothing else. Pickle keeps the domain's classes free of a
second, hand-written form that would have to follow each of their fields.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import PosixPath
from socket import socket
from typing import Any

from service import errors, finding, layout_report, order
from service.config import Config
from service.limits import Limits
from service.pipeline import Inspection
from service.workers import task

LENGTH = struct.Struct("!Q")
MOST_BYTES = 256 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024


def _classes() -> Mapping[tuple[str, str], type]:
    modules = (errors, finding, layout_report, order, task)
    found = [
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__
    ]
    found += [Config, Limits, Inspection, PosixPath]
    return {(one.__module__, one.__qualname__): one for one in found}


KNOWN = _classes()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        """Return a known class; no other name, dotted or not, is ever looked up."""
        try:
            return KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no message") from None


class _Writer(pickle.Pickler):
    def reducer_override(self, one: Any) -> Any:
        """Write the members of an enum by their values.

        Python 3.11.2, which Debian 12 has, would write that `getattr` has to be called for them.
        """
        return (type(one), (one.value,)) if isinstance(one, Enum) else NotImplemented


def send(peer: socket, message: object) -> None:
    """Write one message; OSError where the other end is gone."""
    written = io.BytesIO()
    written.write(bytes(LENGTH.size))
    _Writer(written, pickle.HIGHEST_PROTOCOL).dump(message)
    content = written.getbuffer()
    LENGTH.pack_into(content, 0, len(content) - LENGTH.size)
    peer.sendall(content)  # at once: the reader is woken once


def receive(peer: socket, tick: Callable[[], None] = lambda: None) -> Any:
    """Return the next message.

    ``tick`` is called on every time-out of the socket and after every piece, and may raise.

    Raises:
        EOFError: the other end is gone, or did not send a message.
    """
    (size,) = LENGTH.unpack(_exactly(peer, LENGTH.size, tick))
    if size > MOST_BYTES:
        raise EOFError("message too long")
    content = _exactly(peer, size, tick)
    try:
        return _Reader(io.BytesIO(content)).load()
    except Exception as cause:  # whatever a broken pickle makes the reader stumble over
        raise EOFError("no message") from cause


def _exactly(peer: socket, size: int, tick: Callable[[], None]) -> bytearray:
    content = bytearray(size)
    rest = memoryview(content)
    while rest:
        try:
            received = peer.recv_into(rest[:CHUNK_BYTES])
        except TimeoutError:
            tick()
            continue
        except OSError as cause:
            raise EOFError("connection lost") from cause
        if not received:
            raise EOFError("connection closed")
        rest = rest[received:]
        tick()
    return content
