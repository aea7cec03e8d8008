"""The render queue: a fixed number of places, running or waiting, shared fairly among tenants.

A *tenant* is a key by its name, or a client's address where no key is required. While places are
free, every request gets one. When all are taken, a request takes a place from the tenant with the
most places, so that a tenant with a hundred requests cannot keep the others out. The next turn goes
to the tenant with the fewest running requests; among equals, to the one whose last turn is oldest.
A preview gives way to all other requests.
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

LOOK_SECONDS = 0.4  # between checks whether a waiting client has left


class State(Enum):
    """The state of a place; a displaced request has lost its place to another tenant."""

    WAITING = auto()
    RUNNING = auto()
    DISPLACED = auto()


class Place:
    """The place of a request in the queue, from its arrival to its answer."""

    __slots__ = ("_queue", "entered", "gives_way", "moved", "state", "tenant")

    def __init__(
        self, queue: RenderQueue, tenant: str, lock: threading.Lock, *, gives_way: bool
    ) -> None:
        self._queue = queue
        self.tenant = tenant
        self.gives_way = gives_way
        self.entered = time.monotonic()
        self.state = State.WAITING
        self.moved = threading.Condition(lock)

    def leave(self) -> None:
        """Give the place back; no effect if it was lost or given back before."""
        self._queue.leave(self)


class RenderQueue:
    """A queue with room for ``running`` requests at work and ``waiting`` requests behind them."""

    def __init__(self, running: int, waiting: int) -> None:
        self._max_running = running
        self._max_places = running + waiting
        self._places: list[Place] = []  # of all tenants, in order of arrival
        self._ready: list[Place] = []  # of requests that have been read and wait for a turn
        self._turns: dict[str, int] = {}  # the number of the last turn, by tenant
        self._turn_count = 0
        self._lock = threading.Lock()
        self._empty = threading.Condition(self._lock)
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Tell whether new work is refused because the service is stopping."""
        return self._stopping

    @property
    def running(self) -> int:
        """Return the number of requests at work."""
        return sum(place.state is State.RUNNING for place in self._places.copy())

    @property
    def waiting(self) -> int:
        """Return the number of requests that wait for a turn or are still being read."""
        return len(self._places) - self.running

    def is_full(self) -> bool:
        """Tell whether every place is taken."""
        return len(self._places) >= self._max_places

    def enter(self, tenant: str, *, gives_way: bool = False) -> Place:
        """Return a place for a request; the caller must give it back.

        Raises:
            Stopping: the service is stopping.
            Busy: all places are taken, and no tenant has more than this one would then have.
        """
        with self._lock:
            if self._stopping:
                raise Stopping("服务正在停止", hint="请稍后重试")
            if self.is_full() and not self._make_room(tenant):
                raise _busy()
            place = Place(self, tenant, self._lock, gives_way=gives_way)
            self._places.append(place)
            return place

    def leave(self, place: Place) -> None:
        """Free a place and give its turn to the next request."""
        with self._lock:
            self._remove(place)
            self._call_next()
            if not self._places:
                self._turns.clear()
                self._empty.notify_all()

    @contextmanager
    def turn(self, place: Place, is_cancelled: IsCancelled) -> Iterator[float]:
        """Wait for the turn of a place; yield the seconds from its arrival to its turn.

        Raises:
            Busy: another tenant, with fewer places, was given the place.
            Cancelled: the client left, as ``is_cancelled`` tells.
        """
        with self._lock:
            self._wait(place, is_cancelled)
        try:
            yield time.monotonic() - place.entered
        finally:
            with self._lock:
                place.state = State.WAITING
                place.entered = time.monotonic()  # a request may take a second turn
                self._call_next()

    def stop(self) -> None:
        """Refuse new work from now on; takes no lock, as a signal handler calls it."""
        self._stopping = True

    def drain(self, seconds: float) -> bool:
        """Wait until all places are free; return False if that took longer."""
        with self._lock:
            return self._empty.wait_for(lambda: not self._places, seconds)

    def _make_room(self, tenant: str) -> bool:
        """Displace the newest waiting request of the tenant with the most places.

        Returns False if there is none. The displaced tenant keeps at least as many places as this
        tenant then has: otherwise two tenants would displace each other in turns.
        """
        counts = Counter(place.tenant for place in self._places)
        for holder, count in counts.most_common():
            if count <= counts[tenant] + 1:
                return False
            for place in reversed(self._places):
                if place.tenant == holder and place.state is State.WAITING:
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
        """Give free turns to the next places, and wake only those."""
        running = Counter(place.tenant for place in self._places if place.state is State.RUNNING)
        while self._ready and running.total() < self._max_running:
            place = min(
                self._ready,
                key=lambda ready: (
                    ready.gives_way,
                    running[ready.tenant],
                    self._turns.get(ready.tenant, 0),
                ),
            )
            self._ready.remove(place)
            self._turn_count += 1
            self._turns[place.tenant] = self._turn_count
            running[place.tenant] += 1
            place.state = State.RUNNING
            place.moved.notify()


def _busy() -> Busy:
    return Busy("等待排版的稿件过多", hint="请稍后重试")
