"""A workshop for many threads: every task goes to a worker that can be ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from service.config import Config
from service.errors import RenderLimit, ServiceError, SetupError, Unavailable
from service.layouts import open_layouts
from service.order import Edition, Order
from service.pipeline import Inspection
from service.workers.contact import LOOK_SECONDS, Abandoned, Foreman, Gone, Lost, Worker
from service.workers.task import Opening, Product, Reply, Task

WORKSHOP = "service.pipeline:Workshop.open"
ATTEMPTS = 2
PATIENCE_SECONDS = 10.0  # for a foreman that is being replaced
ROUND_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 5.0

Notice = Callable[[str, str], None]


class TraceOfWorker(Exception):
    """The traceback of an error in another process, as text, for the log."""


class Crew:
    """One foreman and as many workers as are needed at once; idle ones are kept.

    ``notice`` is told of every process that was lost or ended: an event and its cause.
    """

    def __init__(
        self,
        config: Config,
        notice: Notice,
        *,
        documents: Sequence[bytes] = (),
        opener: str = WORKSHOP,
    ) -> None:
        """Open the workshop in a process of its own.

        Raises:
            ServiceError: SetupError if the installation is not whole.
        """
        self.layouts = open_layouts(config.layouts_dir)
        self._config = config
        self._notice = notice
        self._opening = Opening(opener, config, tuple(documents))
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        try:
            self._foreman: Foreman | None = self._open()
        except Lost as cause:
            raise SetupError("排版进程没有启动", hint="请运行 hongtou doctor") from cause
        threading.Thread(target=self._supervise, name="supervisor", daemon=True).start()

    @property
    def shields(self) -> tuple[str, ...]:
        """Return what keeps the workers from the network and from other programs."""
        foreman = self._foreman
        return foreman.shields if foreman else ()

    def is_ready(self) -> bool:
        """Tell whether a worker can be had now; hire one ahead where none is idle."""
        foreman = self._foreman
        if foreman is None or not foreman.is_alive():
            return False
        with self._lock:
            if self._idle:
                return True
        try:
            self._keep(foreman.hire())
        except Lost:
            return False
        return True

    def produce(
        self, document: bytes, order: Order, images: Mapping[str, bytes], gone: Gone
    ) -> Edition:
        """Return the edition of an issue."""
        return cast(Edition, self._do(Task("produce", document, order, images), gone))

    def check(
        self, document: bytes, order: Order, images: Mapping[str, bytes], gone: Gone
    ) -> Inspection:
        """Return what is wrong with an issue."""
        return cast(Inspection, self._do(Task("check", document, order, images), gone))

    def digest(
        self, document: bytes, order: Order, images: Mapping[str, bytes], gone: Gone
    ) -> str:
        """Return the plan digest of an issue."""
        return cast(str, self._do(Task("digest", document, order, images), gone))

    def close(self) -> None:
        """End every process."""
        self._closed.set()
        foreman, self._foreman = self._foreman, None
        if foreman:
            foreman.end()
        self._forget_idle()

    def _do(self, task: Task, gone: Gone) -> Product:
        """Give a task to a worker, and once more to a new one if the first was lost.

        Raises:
            ServiceError: the workshop's own errors, RenderLimit and Unavailable.
            Abandoned: the client went away.
        """
        for attempt in range(ATTEMPTS):
            worker = self._take(gone, fresh=attempt > 0)
            try:
                reply = worker.do(task, self._config.render_seconds, gone)
            except Lost as death:
                self._dismiss(worker, str(death))
            except (RenderLimit, Abandoned) as reason:
                self._dismiss(worker, type(reason).__name__)
                raise
            else:
                self._give_back(worker, reply)
                return _product(reply)
        raise Unavailable("排版进程意外结束", hint="请稍后重试；若总是如此，请联系管理员")

    def _take(self, gone: Gone, *, fresh: bool) -> Worker:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._closed.is_set() and time.monotonic() < deadline:
            with self._lock:
                if self._idle and not fresh:
                    return self._idle.pop()
                foreman = self._foreman
            try:
                if foreman:
                    return foreman.hire()
            except Lost:
                pass  # the supervisor is about to replace it
            if gone():
                raise Abandoned
            time.sleep(LOOK_SECONDS)
        raise Unavailable("排版进程暂不可用", hint="请稍后重试")

    def _give_back(self, worker: Worker, reply: Reply) -> None:
        if not reply.spent:
            self._keep(worker)
        elif reply.error is not None:
            self._dismiss(worker, type(reply.error).__name__)
        else:
            worker.dismiss()

    def _keep(self, worker: Worker) -> None:
        """Let a worker wait for work, but not longer than its foreman is in office."""
        with self._lock:
            if worker.foreman is self._foreman:
                self._idle.append(worker)
                return
        worker.dismiss()

    def _dismiss(self, worker: Worker, cause: str) -> None:
        worker.dismiss()
        self._notice("worker-ended", cause)

    def _supervise(self) -> None:
        """Replace a foreman that is dead or hangs, and workers that died while idle."""
        pause = ROUND_SECONDS
        while not self._closed.wait(pause):
            foreman = self._foreman
            if foreman is not None and foreman.is_alive():
                self._drop_dead()
                continue
            pause = self._replace(foreman)

    def _replace(self, foreman: Foreman | None) -> float:
        """Open a successor and return the seconds until the next look."""
        if foreman is not None and not self._closed.is_set():
            self._notice("foreman-ended", "lost")
            self._foreman = None
            foreman.end()
            self._forget_idle()
        try:
            successor = self._open()
        except Lost:
            return ROUND_SECONDS
        except ServiceError as cause:  # the installation has changed: it may take a while
            self._notice("foreman-missing", str(cause))
            return AFTER_FAILURE_SECONDS
        with self._lock:
            self._foreman = successor
        if self._closed.is_set():
            successor.end()
        return ROUND_SECONDS

    def _open(self) -> Foreman:
        return Foreman(self._opening)

    def _drop_dead(self) -> None:
        with self._lock:
            dead = [worker for worker in self._idle if not worker.is_alive()]
            self._idle = [worker for worker in self._idle if worker not in dead]
        for worker in dead:
            self._dismiss(worker, "idle")

    def _forget_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.peer.close()


def _product(reply: Reply) -> Product:
    if reply.error is not None:
        raise reply.error from (TraceOfWorker(reply.trace) if reply.trace else None)
    return cast(Product, reply.product)
