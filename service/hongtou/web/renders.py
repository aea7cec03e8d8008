"""What the web asks of the typesetter: kept editions at once, everything else in its turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from hongtou.bulletin.order import FinishedFile, Order
from hongtou.layouts.layout import Layout
from hongtou.pipeline import Inspection
from hongtou.rendering import Caller
from hongtou.rendering.cache import EditionCache, key_of
from hongtou.rendering.queue import Place, RenderQueue
from hongtou.web.metrics import Metrics

Images = Mapping[str, bytes]


class Renderer(Protocol):
    """What the web needs of a `WorkerPool`: it may be called by many threads at once."""

    @property
    def layouts(self) -> Mapping[str, Layout]: ...

    def fault(self) -> str: ...

    def produce(
        self, document: bytes, order: Order, images: Images, caller: Caller
    ) -> FinishedFile: ...

    def check(
        self, document: bytes, order: Order, images: Images, caller: Caller
    ) -> Inspection: ...

    def digest(self, document: bytes, order: Order, images: Images, caller: Caller) -> str: ...


class Renders:
    """The renders of one service, counted.

    A request that found its place at the door hands it on; else it enters the queue here. Busy or
    Stopping where it may not, Cancelled where the client went away.
    """

    def __init__(
        self, renderer: Renderer, queue: RenderQueue, cache: EditionCache, metrics: Metrics
    ) -> None:
        self.renderer = renderer
        self.queue = queue
        self.metrics = metrics
        self._cache = cache

    def enter(self, task: str, tenant: str) -> Place:
        """Return a place in the queue, and count where there is none."""
        with self.metrics.refusals_of(task):
            return self.queue.enter(tenant)

    def produce(
        self, document: bytes, order: Order, images: Images, caller: Caller, place: Place | None
    ) -> FinishedFile:
        """Return the edition of an issue."""
        key = key_of(document, order, images, caller.tenant)
        kept = self._kept("produce", key)
        if kept is not None:
            return kept
        with self._turn("produce", caller, place):
            edition = self.renderer.produce(document, order, images, caller)
        self.metrics.pages.inc(edition.page_count)
        self._cache.put(key, edition)
        return edition

    def check(
        self, document: bytes, order: Order, images: Images, caller: Caller, place: Place | None
    ) -> Inspection:
        """Return what is wrong with an issue."""
        with self._turn("check", caller, place):
            return self.renderer.check(document, order, images, caller)

    def digest(
        self, document: bytes, order: Order, images: Images, caller: Caller, place: Place | None
    ) -> str:
        """Return the plan digest of an issue."""
        kept = self._kept("digest", key_of(document, order, images, caller.tenant))
        if kept is not None:
            return kept.plan_digest
        with self._turn("digest", caller, place):
            return self.renderer.digest(document, order, images, caller)

    def _kept(self, task: str, key: bytes) -> FinishedFile | None:
        kept = self._cache.get(key)
        if kept is not None:
            self.metrics.kept(task)
        elif task == "produce":  # an ETag that is stale is looked for once more, to be made
            self.metrics.misses.inc()
        return kept

    @contextmanager
    def _turn(self, task: str, caller: Caller, place: Place | None) -> Iterator[None]:
        own = place or self.enter(task, caller.tenant)
        try:
            with self.metrics.task(task), self.queue.turn(own, caller.is_cancelled) as waited:
                self.metrics.queue_wait.observe(waited)
                yield
        finally:
            if place is None:
                own.leave()
