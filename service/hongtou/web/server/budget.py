"""A number of bytes that connections may hold in total, shared fairly among tenants.

While bytes are free, every holder gets what it asks for. When they run out, the tenant with the
most bytes loses a request or response to a tenant that would hold less, as places do in the render
queue. A request at work counts, but is not ended: its memory is not free before its response.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Protocol


class Holder(Protocol):
    """A request or a response that takes memory."""

    @property
    def tenant(self) -> str: ...

    def may_be_ended(self) -> bool:
        """Tell whether it may be ended now; called by any thread."""

    def give_way(self) -> None:
        """End soon; its bytes have been released already."""


class Budget:
    """A limit in bytes, and the bytes of every holder."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held: dict[Holder, int] = {}  # in order of arrival
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Return the number of bytes that are held in total."""
        return sum(list(self._held.values()))

    def take(self, holder: Holder, count: int) -> bool:
        """Give a holder more bytes, ending others if needed; return False if that is not enough."""
        with self._lock:
            ended = self._to_end(holder.tenant, count)
            if ended is None:
                return False
            for other in ended:
                del self._held[other]
            self._held[holder] = self._held.get(holder, 0) + count
        for other in ended:
            other.give_way()
        return True

    def release(self, holder: Holder) -> None:
        """Free all bytes of a holder."""
        with self._lock:
            self._held.pop(holder, None)

    def _to_end(self, tenant: str, count: int) -> list[Holder] | None:
        """Return the holders to end, newest first; None if that is not enough."""
        shares: Counter[str] = Counter()
        endable: dict[str, list[Holder]] = {}
        for holder, held in self._held.items():
            shares[holder.tenant] += held
            if holder.may_be_ended():
                endable.setdefault(holder.tenant, []).append(holder)
        wanted, free = shares[tenant] + count, self.limit - shares.total()
        ended: list[Holder] = []
        while free < count:
            largest = max(endable, key=lambda name: shares[name], default=tenant)
            if shares[largest] <= wanted:  # always so for the tenant itself
                return None
            newest = endable[largest].pop()
            if not endable[largest]:
                del endable[largest]
            ended.append(newest)
            free += self._held[newest]
            shares[largest] -= self._held[newest]
        return ended
