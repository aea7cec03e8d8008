"""How a service leaves a socket that is not its own to the one that comes after it.

The kernel keeps new connections for the successor. What is open goes on being served: to close a
connection on which a client is just sending would fail that request, and a client may only try
again by itself what changes nothing (RFC 9112 §9.5), so not a POST.
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

# For how long a client that keeps a connection may be silent before it is closed; one that goes
# on asking is told to with its next answer. So long a restart takes at most where nobody asks.
SILENT_SECONDS = 5.0
LOOK_SECONDS = 0.05


@dataclass(slots=True)
class Handover:
    """The leaving of inherited sockets."""

    channels: Mapping[int, Any]  # waitress's map of everything that it reads and writes

    def begin(self) -> None:
        """Take no further connection; called in the thread of the loop."""
        for listening in self._listening():
            listening.accepting = False

    def finish(self, seconds: float) -> int:
        """Serve until every connection is closed, and return how many were not in that time."""
        began = time.monotonic()
        while (left := sum(1 for _ in self._open())) and time.monotonic() < began + seconds:
            if time.monotonic() > began + SILENT_SECONDS:
                self._in_loop(self._close_silent)
            time.sleep(LOOK_SECONDS)
        return left

    def _in_loop(self, work: Callable[[], None]) -> None:
        """Let the loop's thread do something, and wait for it: it alone reads from connections."""
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
        return (one for one in list(self.channels.values()) if isinstance(one, BaseWSGIServer))

    def _open(self) -> Iterator[Any]:
        return (one for one in list(self.channels.values()) if isinstance(one, HTTPChannel))


class ClosingTask(WSGITask):  # type: ignore[misc]
    """Answers a request, and says that the connection closes where its service is leaving."""

    def build_response_header(self) -> bytes:
        """Return the head of the answer."""
        close_if_leaving(self.channel, self.request)
        return bytes(super().build_response_header())


def close_if_leaving(channel: Any, request: Any) -> None:
    """Treat the last request of a connection, where its service is leaving, as one to close.

    As if the client had asked for it: waitress knows then what to do in every version of HTTP.
    """
    if not channel.has_more and not channel.server.accepting:
        request.headers["CONNECTION"] = "close"


def _is_silent(channel: Any) -> bool:
    """Tell whether nothing is under way on a connection, not even unread in the kernel."""
    if channel.requests or channel.has_more or channel.total_outbufs_len:
        return False
    try:
        channel.socket.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return True  # reset
    return False
