"""The places of a service: so many at work, so many waiting, shared among those who ask.

A *tenant* is whoever a place is counted for: the name of a key, or an address where no key is
asked for. While there is room everybody comes in. Where every place is taken, a newcomer takes one
from the tenant that holds the most, so that whoever asks a hundred times leaves the others theirs.
Who is at work least is next, and among equals who has waited longest since its last turn.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from hongtou.bulletin.errors import Busy, Stopping
from hongtou.rendering.caller import IsCancelled
from hongtou.rendering.process import Cancelled

LOOK_SECONDS = 0.4  # how soon it is noticed that a waiting client went away


class State(Enum):
    """Where a place stands: it waits, is at work, or was given to somebody else."""

    WAITING = auto()
    RUNNING = auto()
    DISPLACED = auto()


class Place:
    """A request's place, from when it is let in until it is given back."""

    __slots__ = ("_queue", "entered", "moved", "state", "tenant")

    def __init__(self, queue: RenderQueue, tenant: str, lock: threading.Lock) -> None:
        self._queue = queue
        self.tenant = tenant
        self.entered = time.monotonic()
        self.state = State.WAITING
        self.moved = threading.Condition(lock)

    def leave(self) -> None:
        """Give the place back; one that was given to somebody else is not there any more."""
        self._queue.leave(self)


class RenderQueue:
    """``running`` places at work and ``waiting`` ones behind them."""

    def __init__(self, running: int, waiting: int) -> None:
        self._most_running = running
        self._most = running + waiting
        self._places: list[Place] = []  # of all tenants, in the order in which they came
        self._ready: list[Place] = []  # those whose request is read, and that only wait
        self._turns: dict[str, int] = {}  # the number of each tenant's last turn
        self._given = 0
        self._lock = threading.Lock()
        self._empty = threading.Condition(self._lock)
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Tell whether new work is refused because the service goes down."""
        return self._stopping

    @property
    def running(self) -> int:
        """Return how many requests are being worked on."""
        return sum(place.state is State.RUNNING for place in self._places.copy())

    @property
    def waiting(self) -> int:
        """Return how many requests wait for their turn, or are still being read."""
        return len(self._places) - self.running

    def is_full(self) -> bool:
        """Tell whether every place is taken."""
        return len(self._places) >= self._most

    def enter(self, tenant: str) -> Place:
        """Return a place for a request; it has to be given back.

        Raises:
            Stopping: the service goes down.
            Busy: every place is taken, and nobody holds more of them than this tenant would.
        """
        with self._lock:
            if self._stopping:
                raise Stopping("服务正在停止", hint="请稍后重试")
            if self.is_full() and not self._make_room(tenant):
                raise _busy()
            place = Place(self, tenant, self._lock)
            self._places.append(place)
            return place

    def leave(self, place: Place) -> None:
        """Take a place back."""
        with self._lock:
            self._remove(place)
            self._call_next()
            if not self._places:
                self._turns.clear()
                self._empty.notify_all()

    @contextmanager
    def turn(self, place: Place, is_cancelled: IsCancelled) -> Iterator[float]:
        """Wait until it is this place's turn; give how many seconds it stood there before.

        Raises:
            Busy: the place was given to somebody who held fewer.
            Cancelled: the client went away, which ``gone`` tells.
        """
        with self._lock:
            self._wait(place, is_cancelled)
        try:
            yield time.monotonic() - place.entered
        finally:
            with self._lock:
                place.state = State.WAITING
                place.entered = time.monotonic()  # it may want a second turn
                self._call_next()

    def stop(self) -> None:
        """Refuse new work from now on; called by a signal, and so takes no lock."""
        self._stopping = True

    def drain(self, seconds: float) -> bool:
        """Wait until every place has been given back; False if the time was not enough."""
        with self._lock:
            return self._empty.wait_for(lambda: not self._places, seconds)

    def _make_room(self, tenant: str) -> bool:
        """Take the last waiting place of whoever holds the most; False where none may be taken.

        Only from who would still hold as many as the newcomer: nobody is displaced in turns.
        """
        held = Counter(place.tenant for place in self._places)
        for greedy, count in held.most_common():
            if count <= held[tenant] + 1:
                return False
            for place in reversed(self._places):
                if place.tenant == greedy and place.state is State.WAITING:
                    self._remove(place)
                    place.state = State.DISPLACED
                    place.moved.notify()
                    return True
        return False

    def _remove(self, place: Place) -> None:
        for places in (self._places, self._ready):
            if place in places:
                places.remove(place)

    def _wait(self, place: Place, is_cancelled: IsCancelled) -> None:
        if place.state is State.WAITING:
            self._ready.append(place)
            self._call_next()
        while place.state is State.WAITING:
            if (
                not place.moved.wait(LOOK_SECONDS)
                and is_cancelled()
                and place.state is State.WAITING
            ):
                self._ready.remove(place)
                raise Cancelled
        if place.state is State.DISPLACED:
            raise _busy()

    def _call_next(self) -> None:
        """Give the free turns to those who are next, and wake nobody else."""
        running = Counter(one.tenant for one in self._places if one.state is State.RUNNING)
        while self._ready and running.total() < self._most_running:
            place = min(
                self._ready, key=lambda one: (running[one.tenant], self._turns.get(one.tenant, 0))
            )
            self._ready.remove(place)
            self._given += 1
            self._turns[place.tenant] = self._given
            running[place.tenant] += 1
            place.state = State.RUNNING
            place.moved.notify()


def _busy() -> Busy:
    return Busy("等待排版的稿件过多", hint="请稍后重试")
