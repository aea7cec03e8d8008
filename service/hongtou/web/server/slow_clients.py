"""How long a client may take to send a request or to take an answer.

waitress cuts off who is silent, but a byte a second is not silence to it, nor is an answer that
nobody reads. A few such clients would take all places.
"""

from __future__ import annotations

import time

LEAST_BYTES = 16 * 1024  # in the time for which a client may be silent: half a kilobyte a second
LEAST_RATE = 64 * 1024  # bytes a second over all, as of a line of half a megabit: 64 MiB in 17 min


class Pace:
    """How fast bytes come or go: LEAST_BYTES in each stretch of silence, and LEAST_RATE over all.

    So the head of a request, which is smaller than LEAST_BYTES, must come whole in the time for
    which a client may be silent.
    """

    __slots__ = ("_began", "_marked", "_moved", "_since")

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Wait for something new from now on."""
        self._began = self._marked = time.monotonic()
        self._moved = self._since = 0

    def move(self, count: int) -> None:
        """Note that so many bytes came or went."""
        self._moved += count
        self._since += count
        if self._since >= LEAST_BYTES:
            self._since, self._marked = 0, time.monotonic()

    def is_too_slow(self, silent_seconds: float) -> bool:
        """Tell whether nobody waits any longer."""
        now = time.monotonic()
        if now - self._marked > silent_seconds:
            return True
        return now - self._began > silent_seconds + self._moved / LEAST_RATE

    def idle_since(self) -> float:
        """Return when bytes that count last moved."""
        return self._marked
