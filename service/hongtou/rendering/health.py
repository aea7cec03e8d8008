"""Whether renders work now: the heartbeat of the supervisor and the last successful render."""

from __future__ import annotations

import time
from math import inf

HEARTBEAT_SECONDS = 2.0  # longest silence of the supervisor: four missed rounds
RENDER_SECONDS = 30.0  # longest time without a successful render


class RenderHealth:
    """Written by the threads of a worker pool and read by any thread.

    Needs no lock: every value is assigned in one step.
    """

    def __init__(self) -> None:
        self._beat = time.monotonic()
        self._render = -inf
        self._fault = ""
        self._shortage = ""

    def beat(self) -> None:
        """Record a round of the supervisor."""
        self._beat = time.monotonic()

    def rendered(self) -> None:
        """Record a successful render, which clears an earlier failure."""
        self._render = time.monotonic()
        self._fault = ""

    def failed(self, cause: str) -> None:
        """Record that the test render failed."""
        self._fault = cause

    def set_shortage(self, fault: str = "") -> None:
        """Record why no worker could be started, "" where one could."""
        self._shortage = fault

    @property
    def beat_age(self) -> float:
        """Return the seconds since the supervisor's last round."""
        return time.monotonic() - self._beat

    @property
    def proof_age(self) -> float:
        """Return the seconds since the last successful render, infinite before the first."""
        return time.monotonic() - self._render

    def fault(self, *, proven: bool) -> str:
        """Return why renders may fail now, or ""; ``proven`` demands a recent success."""
        if self.beat_age > HEARTBEAT_SECONDS:
            return f"{self.beat_age:.0f} 秒没有查看排版进程"
        if self._fault or self._shortage:
            return self._fault or self._shortage
        if proven and self.proof_age > RENDER_SECONDS:
            return "还没有试排" if self.proof_age == inf else f"{self.proof_age:.0f} 秒没有排成一期"
        return ""
