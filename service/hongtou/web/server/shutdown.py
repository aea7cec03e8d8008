"""The shutdown of a server, which completes accepted work."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import structlog

from hongtou.rendering.queue import RenderQueue
from hongtou.web.server.channel import Connection
from hongtou.web.server.handover import Handover
from hongtou.web.server.sockets import STOPPING, Supervision

DRAIN_SECONDS = 30
LOOK_SECONDS = 0.05
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

log = structlog.get_logger("hongtou")


@dataclass(slots=True)
class Shutdown:
    """Stops the server: refuses new work, completes accepted work, then ends the process.

    ``end_renders`` kills the renders at work, on a second signal.
    """

    queue: RenderQueue
    end_renders: Callable[[], None]
    channels: Mapping[int, Any]  # waitress's map of all sockets that it reads and writes
    supervision: Supervision
    wanted: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Handle the signals that stop a service.

        The thread that waits for them starts now: later the system may allow no new thread. A
        closing terminal may send SIGHUP twice; under nohup SIGHUP is ignored.
        """
        threading.Thread(target=self._drain, daemon=True).start()
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._begin)

    def _begin(self, number: int, frame: FrameType | None) -> None:
        """Begin to stop; a second SIGTERM or SIGINT ends the process at once."""
        for repeated in (signal.SIGTERM, signal.SIGINT):
            signal.signal(repeated, self._end)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if self.supervision.sockets:
            Handover(self.channels).begin()
        else:
            self.queue.stop()
        self.supervision.tell(STOPPING)
        self.wanted.set()

    def _drain(self) -> None:
        self.wanted.wait()
        log.info("stopping")
        if self.supervision.sockets:
            unsent = Handover(self.channels).finish(DRAIN_SECONDS)
            drained = not unsent
        else:
            drained, unsent = self._finish()
        log.info("stopped", drained=drained, unsent=unsent)
        # To the main thread: a signal to the process may wait for the next turn of the loop.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def _finish(self) -> tuple[bool, int]:
        """Wait for accepted work; return whether it is done, and the number of unsent responses."""
        deadline = time.monotonic() + DRAIN_SECONDS
        drained = self.queue.drain(DRAIN_SECONDS)
        while (unsent := self._unsent()) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        return drained, unsent

    def _unsent(self) -> int:
        """Return the number of connections whose response is not completely sent."""
        peers = [peer for peer in list(self.channels.values()) if isinstance(peer, Connection)]
        return sum(bool(peer.requests or peer.total_outbufs_len) for peer in peers)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.end_renders()  # their requests are answered with 503
        raise SystemExit(0)


def end_at_once() -> None:
    """Make signals end the process properly while it starts.

    They are unblocked too: if the parent process has blocked them, only SIGKILL could end this one.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:
            signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
