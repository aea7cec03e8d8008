"""Where the web's renders happen: one at a time, with so many waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TypeVar

from service.errors import Busy, Stopping
from service.faces import Faces
from service.layouts import Layout
from service.order import Edition, Order
from service.pipeline import Inspection

Product = TypeVar("Product")
Images = Mapping[str, bytes]


class Workshop(Protocol):
    """What the web needs of `service.pipeline.Workshop`."""

    @property
    def layouts(self) -> Mapping[str, Layout]: ...

    @property
    def faces(self) -> Faces: ...

    def produce(self, document: bytes, order: Order, images: Images) -> Edition: ...

    def check(self, document: bytes, order: Order, images: Images) -> Inspection: ...

    def digest(self, document: bytes, order: Order, images: Images) -> str: ...


class Bench:
    """A workshop for many threads: work is done in turn, and refused where too many wait.

    The engine keeps its state in a module, hence one render at a time in a process.
    """

    def __init__(self, workshop: Workshop, queue: int) -> None:
        self.workshop = workshop
        self._places = threading.BoundedSemaphore(1 + queue)
        self._turn = threading.Lock()
        self._idle = threading.Condition()
        self._working = 0
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Tell whether new work is refused because the service goes down."""
        return self._stopping

    def produce(self, document: bytes, order: Order, images: Images) -> Edition:
        """Return the edition of an issue; Busy or Stopping where it cannot wait its turn."""
        return self._in_turn(lambda: self.workshop.produce(document, order, images))

    def check(self, document: bytes, order: Order, images: Images) -> Inspection:
        """Return what is wrong with an issue; Busy or Stopping where it cannot wait."""
        return self._in_turn(lambda: self.workshop.check(document, order, images))

    def digest(self, document: bytes, order: Order, images: Images) -> str:
        """Return the plan digest of an issue; Busy or Stopping where it cannot wait."""
        return self._in_turn(lambda: self.workshop.digest(document, order, images))

    def stop(self) -> None:
        """Refuse new work from now on."""
        self._stopping = True

    def drain(self, seconds: float) -> bool:
        """Wait until all accepted work is done; False if the time was not enough."""
        deadline = time.monotonic() + seconds
        with self._idle:
            return self._idle.wait_for(
                lambda: self._working == 0, max(0.0, deadline - time.monotonic())
            )

    def _in_turn(self, work: Callable[[], Product]) -> Product:
        with self._place(), self._turn:
            return work()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self._stopping:
            raise Stopping("服务正在停止", hint="请稍后重试")
        if not self._places.acquire(blocking=False):
            raise Busy("等待排版的稿件过多", hint="请稍后重试")
        with self._idle:
            self._working += 1
        try:
            yield
        finally:
            self._places.release()
            with self._idle:
                self._working -= 1
                self._idle.notify_all()
