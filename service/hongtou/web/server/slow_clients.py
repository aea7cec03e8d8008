"""The minimum speed at which clients must send requests and read responses.

waitress closes silent connections, but not those that send a byte a second or never read their
response. A few such clients would take all connections.
"""

from __future__ import annotations

import time

MIN_BYTES = 16 * 1024  # within the allowed silence of 30 s: half a kilobyte a second
MIN_RATE = 64 * 1024  # bytes a second on average, half a megabit: 64 MiB take 17 minutes


class Pace:
    """The speed of a client: MIN_BYTES within the allowed silence, and MIN_RATE on average.

    So a head, which is smaller than MIN_BYTES, must be complete within the allowed silence.
    """

    __slots__ = ("_began", "_marked", "_moved", "_since")

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start measuring anew."""
        self._began = self._marked = time.monotonic()
        self._moved = self._since = 0

    def move(self, count: int) -> None:
        """Count bytes that were received or sent."""
        self._moved += count
        self._since += count
        if self._since >= MIN_BYTES:
            self._since, self._marked = 0, time.monotonic()

    def is_too_slow(self, silent_seconds: float) -> bool:
        """Tell whether the client is too slow; ``silent_seconds`` is the allowed silence."""
        now = time.monotonic()
        if now - self._marked > silent_seconds:
            return True
        return now - self._began > silent_seconds + self._moved / MIN_RATE

    def idle_since(self) -> float:
        """Return the time at which MIN_BYTES were last complete."""
        return self._marked
