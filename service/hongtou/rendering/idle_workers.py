"""Workers that wait for work; a used worker waits for the tenant whose documents it has seen."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hongtou.rendering.process import Worker


class IdleWorkers:
    """Idle workers in the order of their last use. An unused one may go to any tenant.

    Above ``capacity`` used workers leave first, the one that has waited longest before others.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._idle)

    def take(self, tenant: str) -> Worker | None:
        """Return the tenant's most recently used worker, else an unused one, else None."""
        with self._lock:
            return self._take(tenant) or self._take(None)

    def take_unused(self) -> Worker | None:
        """Return an unused worker, or None."""
        with self._lock:
            return self._take(None)

    def has_unused(self) -> bool:
        """Tell whether an unused worker is ready."""
        with self._lock:
            return any(worker.tenant is None for worker in self._idle)

    def keep(self, worker: Worker) -> list[Worker]:
        """Add a worker, and return those that must leave to make room."""
        with self._lock:
            self._idle.append(worker)
            excess = max(0, len(self._idle) - self._capacity)
            # A stable sort: used workers first, among them the longest unused.
            leaving = sorted(self._idle, key=lambda waiting: waiting.tenant is None)[:excess]
            self._idle = [waiting for waiting in self._idle if waiting not in leaving]
            return leaving

    def drop(self, unfit: Callable[[Worker], bool]) -> list[Worker]:
        """Remove and return the workers that are unfit."""
        with self._lock:
            leaving = [worker for worker in self._idle if unfit(worker)]
            self._idle = [worker for worker in self._idle if worker not in leaving]
            return leaving

    def _take(self, tenant: str | None) -> Worker | None:
        for place in reversed(range(len(self._idle))):
            if self._idle[place].tenant == tenant:
                return self._idle.pop(place)
        return None
