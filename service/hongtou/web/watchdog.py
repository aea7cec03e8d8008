"""The watchdog: checks every second that the event loop and the threads run.

A service that hangs is worse than one that ends: systemd, or Docker with ``restart:``, restarts a
service that has ended, but does not notice one that hangs. So the watchdog ends it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

LOOK_SECONDS = 1.0
WINDOW_SECONDS = 15.0  # over which the longest delay is shown: Prometheus's default interval
HANGING_SECONDS = 10.0  # without an answer: the part counts as hanging
FROZEN_SECONDS = 0.05  # by which a sleep ends late: more than a busy processor delays it
END_SECONDS = 60.0  # without an answer: longer than any timeout here, so the process is ended
STUCK = 70  # EX_SOFTWARE of sysexits.h
FRAMES = 6  # of every thread, in the log

Ask = Callable[[Callable[[], None]], None]  # makes a part of the service call a function

log = structlog.get_logger("hongtou")


class Pulse:
    """Measures how soon a part of the service answers; ``ask`` makes it call a function."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._asked: float | None = None
        self._delays: deque[tuple[float, float]] = deque()  # time of the answer, delay in seconds
        self._lock = threading.Lock()

    def look(self) -> None:
        """Ask again, if the last question has been answered."""
        with self._lock:
            self._forget(time.monotonic())
            if self._asked is not None:
                return
            self._asked = time.monotonic()
        self._ask(self._answer)

    def pending(self) -> float:
        """Return the seconds since an unanswered question, 0 if there is none."""
        asked = self._asked
        return 0.0 if asked is None else time.monotonic() - asked

    def lag(self) -> float:
        """Return the longest delay within WINDOW_SECONDS, in seconds."""
        with self._lock:
            return max((delay for _, delay in self._delays), default=0.0)

    def process_froze(self, seconds: float) -> None:
        """Note that the whole process stood still for so many seconds."""
        with self._lock:
            self._delays.append((time.monotonic(), seconds))
            self._asked = None

    def _answer(self) -> None:
        with self._lock:
            if self._asked is not None:
                now = time.monotonic()
                self._delays.append((now, now - self._asked))
                self._asked = None

    def _forget(self, now: float) -> None:
        while self._delays and self._delays[0][0] < now - WINDOW_SECONDS:
            self._delays.popleft()


@dataclass(slots=True)
class Watchdog:
    """Checks the pulses of a service; calls ``keep_alive`` every second while none hangs."""

    keep_alive: Callable[[], None] = lambda: None
    pulses: dict[str, Pulse] = field(default_factory=dict)

    def start(self) -> None:
        """Start checking, in a daemon thread."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def hanging(self) -> list[str]:
        """Return the names of the parts that hang."""
        return self._silent_for(HANGING_SECONDS)

    def _watch(self) -> None:
        while True:
            looked = time.monotonic()
            time.sleep(LOOK_SECONDS)
            late = time.monotonic() - looked - LOOK_SECONDS
            if late > FROZEN_SECONDS:  # a call that kept the GIL, SIGSTOP, or a debugger
                for pulse in self.pulses.values():
                    pulse.process_froze(late)
            self.look()

    def look(self) -> None:
        """Ask every part; report that none hangs, or end a process that is stuck."""
        for pulse in self.pulses.values():
            pulse.look()
        if not self.hanging():
            self.keep_alive()
        stuck = self._silent_for(END_SECONDS)
        if stuck:
            try:
                report = threading.Thread(target=_report, args=(stuck, _threads()))
                report.start()
                report.join(LOOK_SECONDS)  # no longer: it may be the log that hangs
            finally:  # also where no thread can be started, which may be why it is stuck
                os._exit(STUCK)

    def _silent_for(self, seconds: float) -> list[str]:
        return [name for name, pulse in self.pulses.items() if pulse.pending() > seconds]


def _report(stuck: list[str], threads: Mapping[str, str]) -> None:
    log.critical("stuck", parts=stuck, threads=threads)


def _threads() -> Mapping[str, str]:
    """Return the stack of every thread, as names of functions without content of an issue."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    found = {}
    for ident, frame in sys._current_frames().items():
        steps = reversed(traceback.extract_stack(frame, FRAMES))
        where = " < ".join(f"{step.name}:{step.lineno}" for step in steps)
        found[names.get(ident, str(ident))] = where
    return found
