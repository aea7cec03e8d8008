"""The listening socket: accepts connections, and closes slow or surplus ones."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from waitress.server import TcpWSGIServer, UnixWSGIServer

from hongtou.web.metrics import CROWDED, SLOW
from hongtou.web.server.channel import Connection
from hongtou.web.server.context import ServerContext

MAX_ACCEPTED = 32  # connections in a turn of the loop
# Bytes that may wait in the kernel; otherwise it holds megabytes for a client that does not read.
UNSENT_IN_KERNEL_BYTES = 128 * 1024
OPTIONS = (
    (socket.TCP_NODELAY, 1),
    (socket.TCP_NOTSENT_LOWAT, UNSENT_IN_KERNEL_BYTES),
)
PAUSE_SECONDS = 0.1  # after a connection that could not be accepted


class _Listening:
    """The differences from waitress, for both kinds of sockets.

    ``context`` and ``max_connections`` are set before the loop starts.
    """

    channel_class = Connection
    context: ServerContext
    max_connections = 0
    accepting: bool
    active_channels: dict[int, Connection]
    next_channel_cleanup: float
    adj: Any
    accept: Callable[[], Any]
    fix_addr: Callable[[Any], Any]
    _map: dict[int, Any]
    _pauses_until, _lacks_descriptors = 0.0, False

    def readable(self) -> bool:
        """Tell whether connections are accepted; also close slow clients when it is time."""
        now = time.monotonic()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = now + self.adj.cleanup_interval
            self.maintenance(now)
        return self.accepting and now >= self._pauses_until

    def maintenance(self, now: float) -> None:
        """Close the connections of clients that are too slow."""
        connections = list(self.active_channels.values())
        for connection in [peer for peer in connections if peer.is_overdue()]:
            connection.let_go(SLOW)

    def handle_accept(self) -> None:
        """Accept waiting connections, at most MAX_ACCEPTED; close others if there are too many."""
        for _ in range(MAX_ACCEPTED):
            if not self._accept_connection():
                break
        connections = [peer for peer in self._map.values() if isinstance(peer, Connection)]
        surplus = len(connections) - self.max_connections
        for connection in surplus_connections(
            connections, max(surplus, int(self._lacks_descriptors))
        ):
            connection.let_go(CROWDED)

    def _accept_connection(self) -> bool:
        try:
            accepted = self.accept()
        except OSError:  # no descriptor is left, or the client has left
            self._lacks_descriptors = True
            self._pauses_until = time.monotonic() + PAUSE_SECONDS
            return False
        self._lacks_descriptors = False
        if accepted is None:
            return False
        peer, address = accepted
        with suppress(OSError):  # the client has left, or the socket is not TCP
            for option, value in OPTIONS:
                peer.setsockopt(socket.SOL_TCP, option, value)
        self.channel_class(self, peer, self.fix_addr(address), self.adj, map=self._map)
        return True


def surplus_connections(connections: Sequence[Connection], count: int) -> Iterator[Connection]:
    """Yield connections to close: every time the longest idle of the address with the most.

    Yields fewer than ``count`` if the others are at work. So an address with few connections always
    gets in, while a single address, such as a proxy, may have them all.
    """
    if count <= 0:
        return
    idle = sorted(
        (connection for connection in connections if connection.may_give_way()),
        key=lambda connection: connection.pace.idle_since(),
        reverse=True,
    )
    counts = Counter(connection.origin for connection in connections)
    by_origin: dict[str, list[Connection]] = {}
    for connection in idle:
        by_origin.setdefault(connection.origin, []).append(connection)
    while count and by_origin:
        largest = max(
            by_origin,
            key=lambda origin: (counts[origin], -by_origin[origin][-1].pace.idle_since()),
        )
        yield by_origin[largest].pop()
        counts[largest] -= 1
        count -= 1
        if not by_origin[largest]:
            del by_origin[largest]


class Listener(_Listening, TcpWSGIServer):  # type: ignore[misc]
    """Listens on a port."""


class UnixListener(_Listening, UnixWSGIServer):  # type: ignore[misc]
    """Listens on a socket in the file system."""
