"""Pauses between failed log-ins, growing with each.

They are of a name at an address, so that a stranger who guesses shuts nobody out elsewhere. What
was tried is held in memory; a service that starts again has forgotten it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hongtou.addresses import origin_of
from hongtou.bulletin.errors import ServiceError, TooManyAttempts

FREE = 5  # failures that anybody may have
LONGEST_SECONDS = 15 * 60
FORGOTTEN = timedelta(hours=6)  # after the last failure
A_MINUTE = 30  # attempts from one address, whatever the names; those that come too early count
MINUTE = timedelta(minutes=1)
MOST_REMEMBERED = 10_000  # names with addresses; the oldest are forgotten first


@dataclass(slots=True)
class Failures:
    """Failures of one name from one address."""

    count: int = 0
    last: datetime = datetime.min


@dataclass(slots=True)
class Attempt:
    """An attempt that has begun; it counts as failed until it has succeeded."""

    name: str
    address: str
    at: datetime
    begins_pause: bool = False


def pause_seconds(failures: int) -> int:
    """Return for how many seconds nobody may try again after so many failures."""
    if failures < FREE:
        return 0
    doublings = min(failures - FREE + 1, LONGEST_SECONDS.bit_length())
    return min(1 << doublings, LONGEST_SECONDS)


@dataclass(slots=True)
class Guesses:
    """What was tried lately; for all threads."""

    _failures: OrderedDict[tuple[str, str], Failures] = field(default_factory=OrderedDict)
    _minute: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str, address: str, now: datetime) -> Attempt:
        """Count an attempt as a failure.

        Raises:
            TooManyAttempts: it comes too early; ``details`` say for how many seconds.
        """
        address = origin_of(address)
        with self._lock:
            recent = self._recent(address, now)
            _refuse_more(recent, now)
            recent.append(now)
            _remember(self._minute, address, recent)
            found = self._failures.get((name, address))
            if found is None or now - found.last > FORGOTTEN:
                found = Failures()
            ready = found.last + timedelta(seconds=pause_seconds(found.count))
            if found.count and now < ready:
                raise _too_many(ready - now)
            found.count, found.last = found.count + 1, now
            _remember(self._failures, (name, address), found)
            return Attempt(name, address, now, pause_seconds(found.count) > 0)

    def refuse_crowd(self, address: str, now: datetime) -> None:
        """Refuse an attempt by its address alone, before its name is read.

        Raises:
            TooManyAttempts: there were too many from this address.
        """
        address = origin_of(address)
        with self._lock:
            _refuse_more(self._recent(address, now), now)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of a name from an address."""
        with self._lock:
            self._failures.pop((attempt.name, attempt.address), None)
            recent = self._minute.get(attempt.address)
            if recent and attempt.at in recent:
                recent.remove(attempt.at)

    @contextmanager
    def judging(self, attempt: Attempt) -> Iterator[None]:
        """Look whether an attempt is right; where that cannot be told now, it has not failed."""
        try:
            yield
        except ServiceError:
            with self._lock:
                found = self._failures.get((attempt.name, attempt.address))
                if found:
                    found.count = max(0, found.count - 1)
            raise

    def _recent(self, address: str, now: datetime) -> deque[datetime]:
        recent = self._minute.get(address, deque())
        while recent and now - recent[0] >= MINUTE:
            recent.popleft()
        return recent


def _refuse_more(recent: deque[datetime], now: datetime) -> None:
    if len(recent) >= A_MINUTE:
        raise _too_many(recent[0] + MINUTE - now)


def _remember(memory: OrderedDict[Any, Any], key: object, value: object) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > MOST_REMEMBERED:
        memory.popitem(last=False)


def _too_many(wait: timedelta) -> TooManyAttempts:
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    shown = f"{seconds} 秒" if seconds < 120 else f"{-(-seconds // 60)} 分钟"
    return TooManyAttempts(
        "试错的次数过多",
        hint=f"请 {shown}后再试；忘了密码，请管理员另发链接",
        details={"seconds": seconds},
    )
