"""The loop that reads and writes: while every place is taken it turns seldom, and does more in one.

A turn looks at every connection there is and takes a processor from a render. One request a turn,
refusing costs more in turns than in refusals (`docs/reliability.md`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from typing import Any

from waitress.wasyncore import poll2

REST_SECONDS = 0.01  # a tenth of what a refusal may take


class Loop:
    """Stands for the module `waitress.wasyncore` in a server, which calls its `loop` alone."""

    def __init__(self, is_full: Callable[[], bool]) -> None:
        self._is_full = is_full

    def loop(self, *, timeout: float, map: MutableMapping[int, Any], use_poll: bool) -> None:
        """Turn until nothing is left to read or write, resting after each turn that ends full."""
        while map:
            poll2(timeout, map)
            if self._is_full():
                time.sleep(REST_SECONDS)
