"""The door to the typesetter: a cached edition is returned at once, other work takes its turn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from hongtou.bulletin.order import FinishedFile, Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.importing import Imported
from hongtou.layouts import Layout
from hongtou.pages.edition import Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import Preview
from hongtou.rendering.cache import EditionCache, key_of
from hongtou.rendering.caller import Caller
from hongtou.rendering.observer import PREVIEW, UNCHANGED, Ending, RenderObserver, Task
from hongtou.rendering.office import as_docx
from hongtou.rendering.queue import Place, RenderQueue

Images = Mapping[str, bytes]


class Renderer(Protocol):
    """The part of `WorkerPool` that is used here; many threads call it at once."""

    @property
    def layouts(self) -> Mapping[str, Layout]: ...

    def fault(self) -> str: ...

    def produce(
        self,
        document: bytes,
        order: Order,
        images: Images,
        caller: Caller,
        known: Collection[str] = (),
    ) -> FinishedFile | Unchanged: ...

    def check(
        self, document: bytes, order: Order, images: Images, caller: Caller
    ) -> Inspection: ...

    def preflight(
        self, document: bytes, order: Order, images: Images, caller: Caller
    ) -> Inspection: ...

    def preview(
        self, document: bytes, order: Order, wish: PreviewWish, images: Images, caller: Caller
    ) -> Preview: ...

    def read_file(self, content: bytes, kinds: bytes, caller: Caller) -> Imported: ...


class Renders:
    """The queue, cache and renderer of a service; the observer is told of every task.

    A caller may bring a place in the queue; without one the task enters the queue here.
    """

    def __init__(
        self,
        renderer: Renderer,
        queue: RenderQueue,
        cache: EditionCache,
        observer: RenderObserver,
    ) -> None:
        self.renderer = renderer
        self.queue = queue
        self.cache = cache
        self._observer = observer

    def enter(self, task: Task, tenant: str) -> Place:
        """Return a place in the queue.

        Raises:
            Busy: all places are taken.
            Stopping: the service is stopping.
        """
        with self._observer.entering(task):
            return self.queue.enter(tenant, gives_way=task == PREVIEW)

    def produce(
        self,
        document: bytes,
        order: Order,
        images: Images,
        caller: Caller,
        place: Place | None,
        known: Collection[str] = (),
    ) -> FinishedFile | Unchanged:
        """Return the edition of an issue, or Unchanged if the caller knows its plan digest.

        Takes one turn at most, whichever digests the caller knows.

        Raises:
            Busy: all places are taken, or this place was lost.
            Stopping: the service is stopping.
            Cancelled: the client left.
            ServiceError: an error of the renderer.
        """
        key = key_of(document, order, images, caller.tenant)
        edition = self.cache.get(key)
        if edition is not None:
            self._observer.found_in_cache("produce")
            digest = edition.plan_digest
            return Unchanged(digest) if digest in known else edition
        self._observer.missed_in_cache()
        with self._turn("produce", caller, place) as ending:
            product = self.renderer.produce(document, order, images, caller, known)
            if isinstance(product, Unchanged):
                ending.outcome = UNCHANGED
                return product
        self._observer.pages_set(product.page_count)
        self.cache.put(key, product)
        return product

    def check(
        self, document: bytes, order: Order, images: Images, caller: Caller, place: Place | None
    ) -> Inspection:
        """Return the findings of an issue.

        Raises:
            Busy: all places are taken, or this place was lost.
            Stopping: the service is stopping.
            Cancelled: the client left.
            ServiceError: an error of the renderer.
        """
        with self._turn("check", caller, place):
            return self.renderer.check(document, order, images, caller)

    def preflight(
        self, document: bytes, order: Order, images: Images, caller: Caller, place: Place | None
    ) -> Inspection:
        """Return the findings of an issue, and the faults of the file that would be made of it.

        Raises:
            ServiceError: as in `check`.
        """
        with self._turn("check", caller, place):
            return self.renderer.preflight(document, order, images, caller)

    def preview(
        self,
        document: bytes,
        order: Order,
        wish: PreviewWish,
        images: Images,
        caller: Caller,
        place: Place | None,
    ) -> Preview:
        """Return the pages in view of an issue that is being written.

        Raises:
            Busy: all places are taken, or this place was lost.
            Stopping: the service is stopping.
            Cancelled: the client left.
            ServiceError: an error of the renderer.
        """
        with self._turn(PREVIEW, caller, place):
            return self.renderer.preview(document, order, wish, images, caller)

    def read_file(
        self, content: bytes, kinds: bytes, caller: Caller, place: Place | None
    ) -> Imported:
        """Return the issue in a file of another form; nothing of it is kept.

        ``kinds`` is what a person says that lines are, as JSON.

        Raises:
            Busy: all places are taken, or this place was lost.
            Stopping: the service is stopping.
            Cancelled: the client left.
            ServiceError: an error of the renderer.
        """
        with self._turn("import", caller, place):
            content = as_docx(content, caller.is_cancelled)
            return self.renderer.read_file(content, kinds, caller)

    @contextmanager
    def _turn(self, task: Task, caller: Caller, place: Place | None) -> Iterator[Ending]:
        entered = place or self.enter(task, caller.tenant)
        try:
            with (
                self._observer.running(task) as ending,
                self.queue.turn(entered, caller.is_cancelled) as waited,
            ):
                self._observer.waited(waited)
                yield ending
        finally:
            if place is None:
                entered.leave()
