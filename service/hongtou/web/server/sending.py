"""Responses that are being sent: held in memory without a copy, so that no thread waits.

In waitress a thread waits until the client has read, and unsent bytes go to files. A few clients
that read nothing would then hold all threads and many descriptors.
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

LINGER_SECONDS = 5.0  # for a refused client that is still sending and has not read the response
RESET = struct.pack("ii", 1, 0)  # SO_LINGER with 0 seconds: drop unsent bytes, reset
TURN_BYTES = 1024 * 1024  # sent to a client before the loop looks at the others again


class SendingChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that holds the unsent part of a response.

    `total_outbufs_len` is its size in bytes; ``outbuf_lock`` must be held to change it.
    """

    tenant: str  # whose memory the unsent part counts as
    connected: bool
    total_outbufs_len: int

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any) -> None:
        self.pace = Pace()
        self._answers: Budget = server.context.answers
        self._metrics: Metrics = server.context.metrics
        self._unsent: list[memoryview] = []
        self._is_being_sent = False  # by a thread, so that the loop need not send
        self._lingers_until, self._linger_bytes = 0.0, 0
        super().__init__(server, sock, addr, adj, map=map)
        self.outbufs: list[Any] = []  # waitress's buffers, not used here

    def write_soon(self, data: bytes) -> int:
        """Add a piece of a response; send what the kernel accepts. Called by the pool's threads.

        Raises:
            ClientDisconnected: the client has left, or too much is unsent.
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
            unsent = self.total_outbufs_len
        if unsent >= self.adj.send_bytes:
            if not self._may_hold(unsent):
                raise ClientDisconnected
            self.server.pull_trigger()  # the loop sends the rest
        return len(data)

    def _may_hold(self, count: int) -> bool:
        """Take memory for unsent bytes; close the connection if there is too little."""
        self._answers.release(self)
        if self._answers.take(self, count):
            return True
        self.give_way()
        return False

    def is_overdue(self) -> bool:
        """Tell whether the client is too slow or has been silent for too long."""
        if self._lingers_until:
            return time.monotonic() > self._lingers_until
        return self.pace.is_too_slow(self.adj.channel_timeout)

    def let_go(self, reason: str) -> None:
        """Close the connection and drop unsent bytes, in the kernel too."""
        if not self._lingers_until:
            self._metrics.closed.labels(reason).inc()
        if self.total_outbufs_len and self.socket:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.handle_close()

    def may_be_ended(self) -> bool:
        """Return True: unsent bytes may always be dropped, with their connection."""
        return True

    def give_way(self) -> None:
        """Make the loop close this connection, as others need its memory."""
        self.server.trigger.pull_trigger(lambda: self.let_go(UNREAD))

    def _flush_some(self, do_close: bool = True) -> bool:
        """Send what the kernel accepts, at most about TURN_BYTES."""
        sent = 0
        while self._unsent and sent < TURN_BYTES:
            piece = self._unsent[0]
            count = int(self.send(piece[:TURN_BYTES], do_close=do_close)) if self.socket else 0
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
        """Send, unless a thread is just adding a piece."""
        if self.outbuf_lock.acquire(blocking=False):
            try:
                self._flush_some(do_close=do_close)
            finally:
                self.outbuf_lock.release()

    def handle_close(self) -> None:
        """Close the connection and forget unsent bytes."""
        with self.outbuf_lock:
            self._unsent.clear()
        self._answers.release(self)
        super().handle_close()

    def _linger(self) -> None:
        """Close the sending side and wait briefly for the client to read the response.

        Closing both sides while received bytes are unread would make the kernel reset the
        connection, and the client would lose the response.
        """
        self.close_when_flushed = False
        self._linger_bytes = self.adj.max_request_body_size
        self._lingers_until = time.monotonic() + LINGER_SECONDS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()

    def _discards(self, data: bytes) -> bool:
        """Tell whether received bytes are discarded, as the connection is closing."""
        if not self._lingers_until:
            return False
        self._linger_bytes -= len(data)
        if self._linger_bytes < 0:
            self.handle_close()
        return True
