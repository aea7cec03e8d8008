"""Clients who render as fast as they are answered, beside what is measured."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.service.record import ROOT
from tests.support.serving import Answer

SAMPLE = (ROOT / "examples" / "dongtai.json").read_bytes()
CLIENTS = 2
OK = 200


def rendered(render: Callable[[bytes], Answer], seconds: float) -> int:
    """Return how many renders clients get done who never wait."""
    done, end = Counter[int](), time.monotonic() + seconds

    def client() -> None:
        while time.monotonic() < end:
            done[render(SAMPLE).status] += 1

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done[OK]
