"""Stops a service whose listening socket belongs to systemd and goes on to its successor.

The kernel holds new connections for the successor. Open connections are served to their end:
closing one while its client is sending would fail the request, and a client may repeat only
idempotent requests by itself (RFC 9112 §9.5), so not a POST.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

# An idle connection is closed after this time; a busy one closes with its next response. So this
# is the longest time of a restart without requests.
SILENT_SECONDS = 5.0
LOOK_SECONDS = 0.05


@dataclass(slots=True)
class Handover:
    """The handover of inherited sockets to the next service."""

    channels: Mapping[int, Any]  # waitress's map of all sockets that it reads and writes

    def begin(self) -> None:
        """Accept no more connections; called in the loop's thread."""
        for listening in self._listening():
            listening.accepting = False

    def finish(self, seconds: float) -> int:
        """Serve until all connections are closed; return how many are still open after the time."""
        began = time.monotonic()
        while (left := sum(1 for _ in self._open())) and time.monotonic() < began + seconds:
            if time.monotonic() > began + SILENT_SECONDS:
                self._in_loop(self._close_silent)
            time.sleep(LOOK_SECONDS)
        return left

    def _in_loop(self, work: Callable[[], None]) -> None:
        """Make the loop's thread do work and wait for it; no other thread may read connections."""
        done = Event()

        def do() -> None:
            work()
            done.set()

        next(self._listening()).trigger.pull_trigger(do)
        done.wait(SILENT_SECONDS)

    def _close_silent(self) -> None:
        for channel in list(self._open()):
            if _is_silent(channel):
                channel.handle_close()

    def _listening(self) -> Iterator[Any]:
        return (peer for peer in list(self.channels.values()) if isinstance(peer, BaseWSGIServer))

    def _open(self) -> Iterator[Any]:
        return (peer for peer in list(self.channels.values()) if isinstance(peer, HTTPChannel))


class ClosingTask(WSGITask):  # type: ignore[misc]
    """Answers a request; closes the connection if the service is stopping."""

    def build_response_header(self) -> bytes:
        """Return the head of the response."""
        close_if_leaving(self.channel, self.request)
        return bytes(super().build_response_header())


def close_if_leaving(channel: Any, request: Any) -> None:
    """Close the connection after its last request if the service is stopping.

    The request is changed as if the client had asked for that, which waitress handles in every
    version of HTTP.
    """
    if not channel.has_more and not channel.server.accepting:
        request.headers["CONNECTION"] = "close"


def _is_silent(channel: Any) -> bool:
    """Tell whether a connection is idle, with no unread bytes in the kernel either."""
    if channel.requests or channel.has_more or channel.total_outbufs_len:
        return False
    try:
        channel.socket.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return True  # reset by the client
    return False
