"""Bytes that all connections may hold at once, shared by tenant (see `render_queue.py`).

While there is room everybody may hold some. Where there is none, whoever holds the most gives way
to whoever would hold less, so that a greedy one leaves the others their share. What is worked on
counts, but does not give way: a thread is at its answer, and its room is not free before that.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Protocol


class Holder(Protocol):
    """A request or an answer that takes room."""

    @property
    def tenant(self) -> str: ...

    def may_be_ended(self) -> bool:
        """Tell whether it may be told to give way; asked by any thread."""

    def give_way(self) -> None:
        """End, soon; what was held has been taken back already."""


class Budget:
    """So many bytes, and who holds them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Holder, int] = {}  # in the order in which they came
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Return how many bytes are held."""
        return sum(list(self._held.values()))

    def take(self, holder: Holder, count: int) -> bool:
        """Give a holder so many bytes more; False where too few may give way who hold more."""
        with self._lock:
            giving = self._giving(holder.tenant, count)
            if giving is None:
                return False
            for one in giving:
                del self._held[one]
            self._held[holder] = self._held.get(holder, 0) + count
        for one in giving:
            one.give_way()
        return True

    def release(self, holder: Holder) -> None:
        """Take back whatever a holder has."""
        with self._lock:
            self._held.pop(holder, None)

    def _giving(self, tenant: str, count: int) -> list[Holder] | None:
        """Return who has to give way, the last ones first; None where that is not enough."""
        shares: Counter[str] = Counter()
        able: dict[str, list[Holder]] = {}
        for one, held in self._held.items():
            shares[one.tenant] += held
            if one.may_be_ended():
                able.setdefault(one.tenant, []).append(one)
        wanted, left = shares[tenant] + count, self.most - shares.total()
        giving: list[Holder] = []
        while left < count:
            greedy = max(able, key=lambda name: shares[name], default=tenant)
            if shares[greedy] <= wanted:  # as the tenant's own always is
                return None
            last = able[greedy].pop()
            if not able[greedy]:
                del able[greedy]
            giving.append(last)
            left += self._held[last]
            shares[greedy] -= self._held[last]
        return giving
