"""A typesetter for many threads: every task goes to a worker that can be killed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, Protocol, TypeVar

from hongtou.bulletin.errors import RenderLimit, SetupError, Unavailable
from hongtou.bulletin.order import FinishedFile, Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.config import Config, settings_of_workers
from hongtou.importing import Imported
from hongtou.layouts import open_layouts
from hongtou.pages.edition import Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import Preview
from hongtou.rendering.caller import Caller
from hongtou.rendering.health import RenderHealth
from hongtou.rendering.inspected import draw, look_over, render
from hongtou.rendering.messages import Call, Checked, Reply, StartRequest
from hongtou.rendering.probe import RenderProbe
from hongtou.rendering.process import Cancelled, Deadline, Worker, WorkerDied
from hongtou.rendering.supervisor import Supervisor
from hongtou.rendering.workforce import Counts, OnProcessEvent, Workforce

TYPESETTER = "hongtou.pipeline:Typesetter.open"
ATTEMPTS = 2
IMPORT_SECONDS = 10  # of an issue with 200 pages, twice what one takes

Images = Mapping[str, bytes]
Product = TypeVar("Product")
Product_co = TypeVar("Product_co", covariant=True)


class Task(Protocol[Product_co]):
    """Work for a worker; returns its last reply, and the product if there is one."""

    def __call__(
        self, worker: Worker, deadline: Deadline, /
    ) -> tuple[Reply[Any], Product_co | None]: ...


class WorkerPool:
    """A fork server and as many workers as are needed at once; idle workers are reused.

    ``on_event`` is called for every process that died or was killed, with an event, its cause, and
    the id of the request concerned.
    """

    def __init__(
        self,
        config: Config,
        on_event: OnProcessEvent,
        *,
        documents: Sequence[bytes] = (),
        opener: str = TYPESETTER,
    ) -> None:
        """Open the typesetter in the fork server.

        ``documents`` are set there once; if there are any, wait until a worker has tried to
        render the shortest.

        Raises:
            SetupError: the installation is incomplete, or the system starts no more threads.
            ServiceError: the typesetter cannot be opened for another reason.
        """
        self.layouts = open_layouts(config.layouts_dir)
        self._config = config
        self._health = RenderHealth()
        request = StartRequest(opener, settings_of_workers(config))
        try:
            self._workforce = Workforce(request, documents, config, on_event)
        except WorkerDied as cause:
            raise SetupError("排版进程没有启动", hint="请运行 hongtou doctor") from cause
        self._proven = bool(documents)
        try:
            Supervisor(self._workforce, self._health).start()
            if documents:
                RenderProbe(self._workforce, self._health, config, min(documents, key=len)).start()
        except RuntimeError as cause:
            self.close()
            raise SetupError(
                "不能再启动线程", hint="请放宽地址空间（ulimit -v、LimitAS=）或进程数（ulimit -u）"
            ) from cause

    @property
    def protections(self) -> tuple[str, ...]:
        """Return the protections in force on the workers."""
        fork_server = self._workforce.fork_server
        return fork_server.protections if fork_server else ()

    def fault(self) -> str:
        """Return why renders may fail now, in words for the operator, or ""."""
        if not self._workforce.answers():
            return "排版进程未就绪"
        return self._health.fault(proven=self._proven)

    def beat_age(self) -> float:
        """Return the seconds since the supervisor's last round."""
        return self._health.beat_age

    def proof_age(self) -> float:
        """Return the seconds since the last successful render, infinite before the first."""
        return self._health.proof_age

    def counts(self) -> Counts:
        """Return how many workers are idle and busy."""
        return self._workforce.counts()

    def produce(
        self,
        document: bytes,
        order: Order,
        images: Images,
        caller: Caller,
        known: Collection[str] = (),
    ) -> FinishedFile | Unchanged:
        """Return the finished file of an issue, made and inspected, unless its digest is known."""
        product = self._do(_rendering(document, order, images, known), caller)
        if isinstance(product, FinishedFile):
            self._health.rendered()
        return product

    def check(self, document: bytes, order: Order, images: Images, caller: Caller) -> Inspection:
        """Return what is wrong with an issue."""
        found = self._do(_checking(document, order, images), caller)
        return Inspection(found.findings, found.page_count, found.layout)

    def preflight(
        self, document: bytes, order: Order, images: Images, caller: Caller
    ) -> Inspection:
        """Return what is wrong with an issue, and with the file that would be made of it."""
        found = self._do(_looking_over(document, order, images), caller)
        if found.faults == ():
            self._health.rendered()
        return found

    def preview(
        self, document: bytes, order: Order, wish: PreviewWish, images: Images, caller: Caller
    ) -> Preview:
        """Return the pages in view as pictures, made and inspected."""
        return self._do(_drawing(document, order, wish, images), caller)

    def read_file(self, content: bytes, kinds: bytes, caller: Caller) -> Imported:
        """Return the issue in a file of another form, and every doubt about it."""
        seconds = min(IMPORT_SECONDS, self._config.render_seconds)
        return self._do(_reading(content, kinds), caller, seconds, "导入")

    def close(self) -> None:
        """End every process."""
        self._workforce.close()

    def _do(
        self, task: Task[Product], caller: Caller, seconds: float = 0, work: str = "排版"
    ) -> Product:
        """Give a task to a worker, and once more to a new worker if the first died.

        Raises:
            ServiceError: an error of the typesetter, RenderLimit or Unavailable.
            Cancelled: the client left.
        """
        for attempt in range(ATTEMPTS):
            worker = self._workforce.take(caller, fresh=attempt > 0)
            deadline = Deadline.of(
                seconds or self._config.render_seconds, caller.is_cancelled, work
            )
            try:
                reply, product = task(worker, deadline)
            except WorkerDied as death:
                self._workforce.end_worker(worker, str(death), caller.request_id)
            except (RenderLimit, Cancelled) as reason:
                self._workforce.end_worker(worker, type(reason).__name__, caller.request_id)
                raise
            except BaseException as fault:  # of ours: it would be counted as busy for ever
                self._workforce.end_worker(worker, type(fault).__name__, caller.request_id)
                raise
            else:
                self._workforce.give_back(worker, reply, caller.request_id)
                if product is not None:
                    return product
                _raise(reply)
        raise Unavailable("排版进程意外结束", hint="请稍后重试；若总是如此，请联系管理员")


def _raise(reply: Reply[Any]) -> NoReturn:
    """Raise the failure in a reply, with the traceback of the worker for the log."""
    assert reply.failure is not None  # `Worker.do` lets no other reply pass
    error = reply.failure.error()
    if reply.trace:
        (error.__cause__ or error).add_note(reply.trace)
    raise error


def _rendering(
    document: bytes, order: Order, images: Images, known: Collection[str]
) -> Task[FinishedFile | Unchanged]:
    return lambda worker, deadline: render(worker, document, order, images, deadline, known)


def _drawing(document: bytes, order: Order, wish: PreviewWish, images: Images) -> Task[Preview]:
    return lambda worker, deadline: draw(worker, document, order, images, deadline, wish)


def _checking(document: bytes, order: Order, images: Images) -> Task[Checked]:
    def task(worker: Worker, deadline: Deadline) -> tuple[Reply[Any], Checked | None]:
        call = Call("check", order, tuple(images))
        reply, _ = worker.do(call, [document, *images.values()], deadline)
        return reply, reply.product

    return task


def _looking_over(document: bytes, order: Order, images: Images) -> Task[Inspection]:
    return lambda worker, deadline: look_over(worker, document, order, images, deadline)


def _reading(content: bytes, kinds: bytes) -> Task[Imported]:
    def task(worker: Worker, deadline: Deadline) -> tuple[Reply[Any], Imported | None]:
        reply, files = worker.do(Call("import", Order()), [content, kinds], deadline)
        if not isinstance(reply.product, Imported):
            return reply, None
        if len(files) != len(reply.product.pictures):
            raise WorkerDied("worker did not reply")
        pictures = dict(zip(reply.product.pictures, files, strict=True))
        return reply, replace(reply.product, pictures=pictures)

    return task
