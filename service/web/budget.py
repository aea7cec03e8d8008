"""Bytes that all connections may hold at once, shared by tenant (see `render_queue.py`).

While there is room everybody may hold some. Where there is none, whoever holds the most gives way
to whoever would hold less, so that a greedy one leaves the others their share.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Protocol


class Holder(Protocol):
    """A request or an answer that takes room."""

    @property
    def tenant(self) -> str: ...

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
        """Give a holder so many bytes more; False where those would give way who hold less."""
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
        """Return who has to give way, the last ones first; None where it would be the tenant."""
        shares: Counter[str] = Counter()
        for one, held in self._held.items():
            shares[one.tenant] += held
        wanted, left = shares[tenant] + count, self.most - shares.total()
        giving: list[Holder] = []
        while left < count:
            greedy, share = shares.most_common(1)[0] if shares else (tenant, 0)
            if greedy == tenant or share <= wanted:
                return None
            last = next(
                one for one in reversed(self._held) if one.tenant == greedy and one not in giving
            )
            giving.append(last)
            left += self._held[last]
            shares[greedy] -= self._held[last]
        return giving
