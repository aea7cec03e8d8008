"""The workers that wait for work: each for the tenant whose documents it has seen."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hongtou.rendering.process import Worker


class IdleWorkers:
    """Idle workers, the last used last. Those that no tenant has had yet may go to any.

    At most ``most`` are kept; of those that have a tenant, the longest unused goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._idle)

    def take(self, tenant: str) -> Worker | None:
        """Return the tenant's own worker that was used last, else one that nobody had; or None."""
        with self._lock:
            return self._take(tenant) or self._take(None)

    def take_unused(self) -> Worker | None:
        """Return a worker that no tenant has had, or None."""
        with self._lock:
            return self._take(None)

    def has_unused(self) -> bool:
        """Tell whether a worker is ready for a tenant that has none."""
        with self._lock:
            return any(worker.tenant is None for worker in self._idle)

    def keep(self, worker: Worker) -> list[Worker]:
        """Let a worker wait for work, and return those that have to go for it."""
        with self._lock:
            self._idle.append(worker)
            excess = max(0, len(self._idle) - self._most)
            # Sorted stably: used ones first, and among them as they were used.
            leaving = sorted(self._idle, key=lambda one: one.tenant is None)[:excess]
            self._idle = [one for one in self._idle if one not in leaving]
            return leaving

    def drop(self, unfit: Callable[[Worker], bool]) -> list[Worker]:
        """Return those that are unfit, which wait no longer."""
        with self._lock:
            leaving = [worker for worker in self._idle if unfit(worker)]
            self._idle = [worker for worker in self._idle if worker not in leaving]
            return leaving

    def _take(self, tenant: str | None) -> Worker | None:
        for place in reversed(range(len(self._idle))):
            if self._idle[place].tenant == tenant:
                return self._idle.pop(place)
        return None
