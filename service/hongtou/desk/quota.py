"""How much is kept of a publication, and when it takes no more (限额)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from hongtou.bulletin.errors import OverQuota
from hongtou.bulletin.sizes import shown_size

FRESH_SECONDS = 600  # a measure is relied on; what comes meanwhile is added to it
AGAIN_SECONDS = 1  # before it is measured anew for somebody who would be refused


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes that are kept of a publication, of what lies in the bin too."""

    documents: int
    revisions: int
    pictures: int
    editions: int

    @property
    def bytes(self) -> int:
        """Return them all together."""
        return self.documents + self.revisions + self.pictures + self.editions


class UsageRecords(Protocol):
    """Tells how much is kept."""

    def usage(self, publication_id: int) -> Usage: ...


@dataclass(slots=True)
class Measure:
    """How many bytes there were, with those added since, and when they were counted."""

    bytes: int
    at: float


class Quota:
    """Keeps each publication below ``most`` bytes; 0 is no limit.

    To count takes as long as many saves, so that is done now and then. Another service on the same
    database is noticed at the next count.
    """

    def __init__(self, most: int = 0, clock: Callable[[], float] = monotonic) -> None:
        self.most = most
        self._clock = clock
        self._measures: dict[int, Measure] = {}

    def admit(self, records: UsageRecords, publication_id: int, growth: int) -> None:
        """Let a publication grow by so many bytes. What makes it smaller is always taken.

        Raises:
            OverQuota: it would be larger than it may.
        """
        if not self.most or growth <= 0:
            return
        measure = self._measure(records, publication_id, FRESH_SECONDS)
        if measure.bytes + growth > self.most:
            measure = self._measure(records, publication_id, AGAIN_SECONDS)
        if measure.bytes + growth > self.most:
            present, most = shown_size(measure.bytes), shown_size(self.most)
            raise OverQuota(
                f"没有保存：这种刊物已占 {present}，限额是 {most}",
                hint="请删去不要的期、清空回收站；都要留的，请管理员加大限额",
                details={"bytes": measure.bytes, "most": self.most},
            )
        measure.bytes += growth

    def forget(self, publication_id: int) -> None:
        """Count anew at the next time: something was deleted."""
        self._measures.pop(publication_id, None)

    def fullest(self) -> float:
        """Return which part of the quota the largest publication takes, as last counted."""
        every = [measure.bytes for measure in list(self._measures.values())]
        return max(every, default=0) / self.most if self.most else 0.0

    def _measure(self, records: UsageRecords, publication_id: int, seconds: float) -> Measure:
        known = self._measures.get(publication_id)
        if known and self._clock() - known.at < seconds:
            return known
        counted = Measure(records.usage(publication_id).bytes, self._clock())
        self._measures[publication_id] = counted
        return counted
