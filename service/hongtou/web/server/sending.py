"""Answers on their way out: kept as they were made, without a copy, and never waited for.

waitress lets a thread wait until a client has read, and writes to files what it has not; a few
clients who read nothing then hold all threads, and many descriptors each.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Any

from waitress.channel import ClientDisconnected, HTTPChannel

from hongtou.web.metrics import UNREAD, Metrics
from hongtou.web.server.budget import Budget
from hongtou.web.server.slow_clients import Pace

LINGER_SECONDS = 5.0  # for a client that is still sending what is refused, and has yet to read why
AT_ONCE = struct.pack("ii", 1, 0)  # of SO_LINGER: wait 0 seconds for what is to be sent, reset
AT_ONCE_BYTES = 1024 * 1024  # sent to one client before the loop looks at the others again


class SendingChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that keeps what its client has not taken yet.

    `total_outbufs_len` is how much that is; ``outbuf_lock`` is held by whoever changes it.
    """

    tenant: str  # for whom is counted what is kept
    connected: bool
    total_outbufs_len: int

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any) -> None:
        self.pace = Pace()
        self._answers: Budget = server.context.answers
        self._metrics: Metrics = server.context.metrics
        self._unsent: list[memoryview] = []
        self._is_being_sent = False  # by a thread: the loop need not try as well
        self._lingers_until, self._linger_bytes = 0.0, 0
        super().__init__(server, sock, addr, adj, map=map)
        self.outbufs: list[Any] = []  # waitress's own, not used

    def write_soon(self, data: bytes) -> int:
        """Take a piece of an answer, in a thread, and send what the kernel takes at once.

        Raises:
            ClientDisconnected: nobody is there any more, or too much is kept for this client.
        """
        if not data:
            return 0
        with self.outbuf_lock:
            if not self.connected:
                raise ClientDisconnected
            if not self.total_outbufs_len:
                self.pace.start()
            self._unsent.append(memoryview(data))
            self.total_outbufs_len += len(data)
            if self.total_outbufs_len >= self.adj.send_bytes:
                self._is_being_sent = True
                self._flush_exception(self._flush_some, do_close=False)
                self._is_being_sent = False
            kept = self.total_outbufs_len
        if kept >= self.adj.send_bytes:
            if not self._may_keep(kept):
                raise ClientDisconnected
            self.server.pull_trigger()  # the loop sends the rest
        return len(data)

    def _may_keep(self, count: int) -> bool:
        """Count what is kept for this client; end the connection where that is too much."""
        self._answers.release(self)
        if self._answers.take(self, count):
            return True
        self.give_way()
        return False

    def is_overdue(self) -> bool:
        """Tell whether this client has been waited for long enough."""
        if self._lingers_until:
            return time.monotonic() > self._lingers_until
        return self.pace.is_too_slow(self.adj.channel_timeout)

    def let_go(self, reason: str) -> None:
        """Close the connection; what the kernel still holds for who does not read is dropped."""
        if not self._lingers_until:
            self._metrics.closed.labels(reason).inc()
        if self.total_outbufs_len and self.socket:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.handle_close()

    def may_be_ended(self) -> bool:
        """Tell that what is unsent may always be: the connection is closed, nothing is written."""
        return True

    def give_way(self) -> None:
        """Let the loop end this connection: what is kept for it takes the room of others."""
        self.server.trigger.pull_trigger(lambda: self.let_go(UNREAD))

    def _flush_some(self, do_close: bool = True) -> bool:
        """Send what the kernel takes, but let the others of this turn have theirs."""
        sent = 0
        while self._unsent and sent < AT_ONCE_BYTES:
            piece = self._unsent[0]
            count = int(self.send(piece[:AT_ONCE_BYTES], do_close=do_close)) if self.socket else 0
            if not count:
                break
            sent += count
            self._unsent[0] = piece[count:]
            if len(piece) == count:
                self._unsent.pop(0)
        self.total_outbufs_len = sum(map(len, self._unsent))
        self.pace.move(sent)
        if not self._unsent:
            self._answers.release(self)
            self.pace.start()
        return sent > 0

    def _flush_some_if_lockable(self, do_close: bool = True) -> None:
        """Send something, unless a thread is just adding to it."""
        if self.outbuf_lock.acquire(blocking=False):
            try:
                self._flush_some(do_close=do_close)
            finally:
                self.outbuf_lock.release()

    def handle_close(self) -> None:
        """Close the connection, whatever is still to be sent."""
        with self.outbuf_lock:
            self._unsent.clear()
        self._answers.release(self)
        super().handle_close()

    def _linger(self) -> None:
        """Close for sending, and wait a little for the client to have read it.

        To close while something unread has come would make the kernel reset the connection, and
        the client lose its answer.
        """
        self.close_when_flushed = False
        self._linger_bytes = self.adj.max_request_body_size
        self._lingers_until = time.monotonic() + LINGER_SECONDS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()

    def _takes_leave(self, data: bytes) -> bool:
        """Tell whether what came is not wanted any more, and forget it."""
        if not self._lingers_until:
            return False
        self._linger_bytes -= len(data)
        if self._linger_bytes < 0:
            self.handle_close()
        return True
