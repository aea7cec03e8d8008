"""The end of a server: without losing work that was taken on."""

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
    """Ends the server once: first no new work, then the rest, then the process.

    ``end_renders`` ends what is still at work where somebody does not want to wait.
    """

    queue: RenderQueue
    end_renders: Callable[[], None]
    channels: Mapping[int, Any]  # waitress's map of everything that it reads and writes
    supervision: Supervision
    wanted: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Take the signals that end a service.

        A thread waits for them from the start: where there may be no more processes, there may be
        no more threads. A terminal that is closed may send SIGHUP twice; under nohup it is ignored.
        """
        threading.Thread(target=self._drain, daemon=True).start()
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._begin)

    def _begin(self, number: int, frame: FrameType | None) -> None:
        """Begin to stop; SIGTERM or SIGINT once more ends at once."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._end)
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
        # To the main thread: one sent to the process may wait for the next turn of its loop.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def _finish(self) -> tuple[bool, int]:
        """Do what was taken on and send it; return whether it was done, and how much is unsent."""
        deadline = time.monotonic() + DRAIN_SECONDS
        drained = self.queue.drain(DRAIN_SECONDS)
        while (unsent := self._unsent()) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        return drained, unsent

    def _unsent(self) -> int:
        """Return how many connections still wait for their answer, or for the rest of it."""
        channels = [one for one in list(self.channels.values()) if isinstance(one, Connection)]
        return sum(bool(one.requests or one.total_outbufs_len) for one in channels)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.end_renders()  # what is still at work is answered with 503 at once
        raise SystemExit(0)


def end_at_once() -> None:
    """Let a signal that comes before there is any work end the process, in good order.

    Whoever started it may have blocked signals; nobody could then end it but by SIGKILL.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:
            signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
