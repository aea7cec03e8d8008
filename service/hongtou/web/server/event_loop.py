"""The event loop, which pauses between turns while all places are taken.

A turn looks at all connections and takes the processor from a render. With a single request per
turn, the turns would cost more than the refusals (`docs/reliability.md`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from typing import Any

from waitress.wasyncore import poll2

PAUSE_SECONDS = 0.01  # a tenth of the time that a refusal may take


class Loop:
    """Replaces the module `waitress.wasyncore` in a server, which calls only its `loop`."""

    def __init__(self, is_full: Callable[[], bool]) -> None:
        self._is_full = is_full

    def loop(self, *, timeout: float, map: MutableMapping[int, Any], use_poll: bool) -> None:
        """Run until there is nothing to read or write; pause after a turn if the queue is full."""
        while map:
            poll2(timeout, map)
            if self._is_full():
                time.sleep(PAUSE_SECONDS)
