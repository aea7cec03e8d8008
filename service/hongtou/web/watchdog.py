"""Whether the loop and the threads still turn: asked each second, told, and in the end acted on.

A service that hangs is worse than one that ends: whoever keeps it running (systemd, Docker with
``restart:``) starts an ended one anew, and nobody looks at one that only hangs.
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
WINDOW_SECONDS = 15.0  # of the worst delay that is shown: Prometheus asks each 15 s by default
SICK_SECONDS = 10.0  # a part that has not answered for so long is said to hang
STILL_SECONDS = 0.05  # a sleep that ends later than this: more than a busy processor does to it
END_SECONDS = 60.0  # longer than any wait of ours: nothing will come of this process any more
STUCK = 70  # EX_SOFTWARE of sysexits.h
FRAMES = 6  # of each thread, in the log

Ask = Callable[[Callable[[], None]], None]

log = structlog.get_logger("hongtou")


class Pulse:
    """One part of the service, asked again and again to do next to nothing.

    ``ask`` is given a function that the part has to call.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._asked: float | None = None
        self._delays: deque[tuple[float, float]] = deque()  # when, and how long it took
        self._lock = threading.Lock()

    def look(self) -> None:
        """Ask once more, if the last time has been answered."""
        with self._lock:
            self._forget(time.monotonic())
            if self._asked is not None:
                return
            self._asked = time.monotonic()
        self._ask(self._answer)

    def pending(self) -> float:
        """Return for how many seconds an answer has been waited for."""
        asked = self._asked
        return 0.0 if asked is None else time.monotonic() - asked

    def lag(self) -> float:
        """Return the longest delay of the last seconds."""
        with self._lock:
            return max((delay for _, delay in self._delays), default=0.0)

    def stood_still(self, seconds: float) -> None:
        """Note that the whole process stood still: nobody could ask, and nobody answer."""
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
    """Looks at the pulses of a service; ``keep_alive`` is told each second that all is well."""

    keep_alive: Callable[[], None] = lambda: None
    pulses: dict[str, Pulse] = field(default_factory=dict)

    def start(self) -> None:
        """Look from now on, in a thread that keeps no process alive."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def sick(self) -> list[str]:
        """Return the names of the parts that hang."""
        return [name for name, one in self.pulses.items() if one.pending() > SICK_SECONDS]

    def _watch(self) -> None:
        while True:
            looked = time.monotonic()
            time.sleep(LOOK_SECONDS)
            late = time.monotonic() - looked - LOOK_SECONDS
            if late > STILL_SECONDS:  # one call that lets no thread run, SIGSTOP, a debugger
                for pulse in self.pulses.values():
                    pulse.stood_still(late)
            self.look()

    def look(self) -> None:
        """Ask every part, keep the service alive while all answer, end it where one never will."""
        for pulse in self.pulses.values():
            pulse.look()
        if not self.sick():
            self.keep_alive()
        stuck = [name for name, one in self.pulses.items() if one.pending() > END_SECONDS]
        if stuck:
            telling = threading.Thread(target=_tell, args=(stuck, _threads()))
            telling.start()
            telling.join(LOOK_SECONDS)  # the log may be what it hangs on
            os._exit(STUCK)


def _tell(stuck: list[str], threads: Mapping[str, str]) -> None:
    log.critical("stuck", parts=stuck, threads=threads)


def _threads() -> Mapping[str, str]:
    """Return where each thread stands: names of our own code, and nothing of an issue."""
    names = {one.ident: one.name for one in threading.enumerate()}
    found = {}
    for ident, frame in sys._current_frames().items():
        steps = reversed(traceback.extract_stack(frame, FRAMES))
        where = " < ".join(f"{step.name}:{step.lineno}" for step in steps)
        found[names.get(ident, str(ident))] = where
    return found
