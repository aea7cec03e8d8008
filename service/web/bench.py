"""Where the web's renders happen: so many at a time, so many waiting, the rest refused at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TypeVar

from service.errors import Busy, ServiceError, Stopping
from service.layouts import Layout
from service.order import Edition, Order
from service.pipeline import Inspection
from service.web.metrics import Metrics
from service.web.shelf import Shelf, key_of
from service.workers import Abandoned, Gone

LOOK_SECONDS = 0.4  # how soon it is noticed that a waiting client went away

Product = TypeVar("Product")
Images = Mapping[str, bytes]


class Workshop(Protocol):
    """What the web needs of `service.workers.Crew`: it may be called by many threads at once."""

    @property
    def layouts(self) -> Mapping[str, Layout]: ...

    def is_ready(self) -> bool: ...

    def produce(self, document: bytes, order: Order, images: Images, gone: Gone) -> Edition: ...

    def check(self, document: bytes, order: Order, images: Images, gone: Gone) -> Inspection: ...

    def digest(self, document: bytes, order: Order, images: Images, gone: Gone) -> str: ...


class Bench:
    """The places of a workshop: ``workers`` at work, ``queue`` waiting, served as they came.

    ``gone`` tells whether the client went away; its place is then free again (Abandoned).
    """

    def __init__(
        self, workshop: Workshop, workers: int, queue: int, metrics: Metrics, shelf_bytes: int = 0
    ) -> None:
        self.workshop = workshop
        self._shelf = Shelf(shelf_bytes)
        self.metrics = metrics
        self._workers = workers
        self._queue = queue
        self._waiting: deque[threading.Condition] = deque()
        self._running = 0
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Tell whether new work is refused because the service goes down."""
        return self._stopping

    @property
    def running(self) -> int:
        """Return how many requests are being worked on."""
        return self._running

    @property
    def waiting(self) -> int:
        """Return how many requests wait for their turn."""
        return len(self._waiting)

    def produce(self, document: bytes, order: Order, images: Images, gone: Gone) -> Edition:
        """Return the edition of an issue; Busy or Stopping where it cannot wait its turn."""
        key = key_of(document, order, images)
        kept = self._shelf.get(key)
        if kept is not None:
            self.metrics.kept("produce")
            return kept
        with self.metrics.task("produce"), self._turn(gone):
            edition = self.workshop.produce(document, order, images, gone)
        self.metrics.pages.inc(edition.page_count)
        self._shelf.put(key, edition)
        return edition

    def check(self, document: bytes, order: Order, images: Images, gone: Gone) -> Inspection:
        """Return what is wrong with an issue; Busy or Stopping where it cannot wait."""
        with self.metrics.task("check"), self._turn(gone):
            return self.workshop.check(document, order, images, gone)

    def digest(self, document: bytes, order: Order, images: Images, gone: Gone) -> str:
        """Return the plan digest of an issue; Busy or Stopping where it cannot wait."""
        kept = self._shelf.get(key_of(document, order, images))
        if kept is not None:
            self.metrics.kept("digest")
            return kept.plan_digest
        with self.metrics.task("digest"), self._turn(gone):
            return self.workshop.digest(document, order, images, gone)

    def is_full(self) -> bool:
        """Tell whether every place is taken, at work and waiting."""
        return self._running + len(self._waiting) >= self._workers + self._queue

    def turned_away(self, task: str) -> ServiceError | None:
        """Return why a task would be refused now, and count it; None where it may try.

        Called by the thread that reads, and so takes no lock: whoever may try is looked at again.
        """
        refusal = self._refusal()
        if refusal:
            self.metrics.refused(task, refusal)
        return refusal

    def stop(self) -> None:
        """Refuse new work from now on; called by a signal, and so takes no lock."""
        self._stopping = True

    def drain(self, seconds: float) -> bool:
        """Wait until all accepted work is done; False if the time was not enough."""
        deadline = time.monotonic() + seconds
        with self._lock:
            return self._idle.wait_for(
                lambda: not self._running and not self._waiting,
                max(0.0, deadline - time.monotonic()),
            )

    @contextmanager
    def _turn(self, gone: Gone) -> Iterator[None]:
        with self._lock:
            if refusal := self._refusal():
                raise refusal
            mine = threading.Condition(self._lock)
            self._waiting.append(mine)
            try:
                self._wait(mine, gone)
                self._running += 1
            finally:
                self._waiting.remove(mine)
                self._call_next()
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._call_next()

    def _call_next(self) -> None:
        """Wake who is first, and nobody else: all others would only look and wait again."""
        if self._waiting:
            self._waiting[0].notify()
        else:
            self._idle.notify_all()

    def _refusal(self) -> ServiceError | None:
        if self._stopping:
            return Stopping("服务正在停止", hint="请稍后重试")
        if self.is_full():
            return Busy("等待排版的稿件过多", hint="请稍后重试")
        return None

    def _wait(self, mine: threading.Condition, gone: Gone) -> None:
        def is_my_turn() -> bool:
            return self._running < self._workers and self._waiting[0] is mine

        while not mine.wait_for(is_my_turn, LOOK_SECONDS):
            if gone():
                raise Abandoned
