"""What tells whether renders can be done now: the supervisor's beat and the last render."""

from __future__ import annotations

import time
from math import inf

BEAT_SECONDS = 2.0  # without a round of the supervisor, that is four missed
PROOF_SECONDS = 30.0  # without a render of anybody's


class Vitals:
    """Kept by a worker pool's threads, read by any: each value is written whole."""

    def __init__(self) -> None:
        self._beat = time.monotonic()
        self._render = -inf
        self._fault = ""
        self._short = ""

    def beat(self) -> None:
        """Note a round of the supervisor."""
        self._beat = time.monotonic()

    def rendered(self) -> None:
        """Note a render, whosoever's: whatever was wrong before is not now."""
        self._render = time.monotonic()
        self._fault = ""

    def failed(self, cause: str) -> None:
        """Note that a render that must be possible was not."""
        self._fault = cause

    def hired(self, fault: str = "") -> None:
        """Note whether a worker could be had when one was wanted."""
        self._short = fault

    @property
    def beat_age(self) -> float:
        """Return the seconds since the supervisor's last round."""
        return time.monotonic() - self._beat

    @property
    def proof_age(self) -> float:
        """Return the seconds since a render was last done, infinite before the first."""
        return time.monotonic() - self._render

    def fault(self, *, proven: bool) -> str:
        """Return why renders may not be possible, or ""; ``proven``: one must have been done."""
        if self.beat_age > BEAT_SECONDS:
            return f"{self.beat_age:.0f} 秒没有查看排版进程"
        if self._fault or self._short:
            return self._fault or self._short
        if proven and self.proof_age > PROOF_SECONDS:
            return "还没有试排" if self.proof_age == inf else f"{self.proof_age:.0f} 秒没有排成一期"
        return ""
