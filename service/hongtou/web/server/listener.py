"""The listening socket: whom it takes, who gives way where no more can be, and who is let go."""

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

MOST_AT_ONCE = 32  # connections that are taken in a turn of the loop
# So much may wait in the kernel to be sent: else it takes megabytes for a client who does not read.
UNSENT_IN_KERNEL_BYTES = 128 * 1024
OPTIONS = (
    (socket.TCP_NODELAY, 1),
    (socket.TCP_NOTSENT_LOWAT, UNSENT_IN_KERNEL_BYTES),
)
REST_SECONDS = 0.1  # after a connection that could not be taken


class _Listening:
    """What is done otherwise than in waitress, whatever kind of address it listens on.

    ``context`` and ``most`` are set before the loop turns: it takes no connection earlier.
    """

    channel_class = Connection
    context: ServerContext
    most = 0
    accepting: bool
    active_channels: dict[int, Connection]
    next_channel_cleanup: float
    adj: Any
    accept: Callable[[], Any]
    fix_addr: Callable[[Any], Any]
    _map: dict[int, Any]
    _rests_until, _is_short = 0.0, False

    def readable(self) -> bool:
        """Look for slow clients when it is time to, and tell whether connections are taken."""
        now = time.monotonic()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = now + self.adj.cleanup_interval
            self.maintenance(now)
        return self.accepting and now >= self._rests_until

    def maintenance(self, now: float) -> None:
        """Close whom nobody waits for any longer, also who can never be written to."""
        overdue = [one for one in list(self.active_channels.values()) if one.is_overdue()]
        for channel in overdue:
            channel.let_go(SLOW)

    def handle_accept(self) -> None:
        """Take those who wait, so many in a turn, and let others go where they are too many."""
        for _ in range(MOST_AT_ONCE):
            if not self._accept_one():
                break
        everybody = [one for one in self._map.values() if isinstance(one, Connection)]
        over = len(everybody) - self.most
        for giving in who_give_way(everybody, max(over, int(self._is_short))):
            giving.let_go(CROWDED)

    def _accept_one(self) -> bool:
        try:
            accepted = self.accept()
        except OSError:  # no descriptor is left, or the client is gone already
            self._is_short, self._rests_until = True, time.monotonic() + REST_SECONDS
            return False
        self._is_short = False
        if accepted is None:
            return False
        taken, address = accepted
        with suppress(OSError):  # the client is gone already, or it is no TCP
            for option, value in OPTIONS:
                taken.setsockopt(socket.SOL_TCP, option, value)
        self.channel_class(self, taken, self.fix_addr(address), self.adj, map=self._map)
        return True


def who_give_way(connections: Sequence[Connection], count: int) -> Iterator[Connection]:
    """Yield so many connections: always the longest idle one of the address that has the most.

    Fewer where the others are being worked for. Whoever has few connections is let in however many
    another has, and one who is alone, as a proxy is, may have them all.
    """
    if count <= 0:
        return
    idle = sorted(
        (one for one in connections if one.may_give_way()),
        key=lambda one: one.pace.idle_since(),
        reverse=True,
    )
    counts = Counter(one.origin for one in connections)
    by_origin: dict[str, list[Connection]] = {}
    for one in idle:
        by_origin.setdefault(one.origin, []).append(one)
    while count and by_origin:
        greedy = max(
            by_origin, key=lambda one: (counts[one], -by_origin[one][-1].pace.idle_since())
        )
        yield by_origin[greedy].pop()
        counts[greedy] -= 1
        count -= 1
        if not by_origin[greedy]:
            del by_origin[greedy]


class Listener(_Listening, TcpWSGIServer):  # type: ignore[misc]
    """Listens on a port."""


class UnixListener(_Listening, UnixWSGIServer):  # type: ignore[misc]
    """Listens on a socket in the file system."""
