"""Who is there to work: one fork server, and the workers that it hires, each for one tenant."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hongtou.bulletin.errors import EngineFault, RenderLimit, Unavailable
from hongtou.config import Config
from hongtou.rendering.caller import Caller
from hongtou.rendering.fork_server import ForkServerClient
from hongtou.rendering.idle_workers import IdleWorkers
from hongtou.rendering.messages import Reply, StartRequest
from hongtou.rendering.process import LOOK_SECONDS, Cancelled, Worker, WorkerDied

PATIENCE_SECONDS = 10.0  # for a fork server that is being replaced
KEPT_BESIDE = 2  # workers beside those that can be busy: one that nobody had, one for a change
ANSWERS_SECONDS = 1.0  # for a fork server to say that it lives
OURS = (RenderLimit, EngineFault)  # errors that say something of a worker, not of a document

Notice = Callable[[str, str, str], None]  # an event, its cause, the id of the request that met it


@dataclass(frozen=True, slots=True)
class Counts:
    """How many workers there are, waiting for work and at work."""

    idle: int
    busy: int


class Workforce:
    """The workers of a worker pool; whoever takes one gives it back or dismisses it."""

    def __init__(
        self, request: StartRequest, documents: Sequence[bytes], config: Config, notice: Notice
    ) -> None:
        """Open the typesetter in a process of its own; WorkerDied or ServiceError if not."""
        self._request = request
        self._documents = documents
        self._config = config
        self._notice = notice
        self._idle = IdleWorkers(config.workers + KEPT_BESIDE)
        self._busy = 0
        self._lock = threading.Lock()
        self.closed = threading.Event()
        self.wanted = threading.Event()  # a spare worker is
        self.fork_server: ForkServerClient | None = self._open()

    def tell(self, event: str, cause: str, request_id: str = "") -> None:
        """Give notice; one that cannot be written must not end a thread that others need."""
        if self.closed.is_set():  # what ends now was ended by us
            return
        with suppress(Exception):
            self._notice(event, cause, request_id)

    def counts(self) -> Counts:
        """Return how many workers wait and work."""
        return Counts(len(self._idle), self._busy)

    def take(self, caller: Caller, *, fresh: bool) -> Worker:
        """Return a worker that has seen nobody else's documents; a new one if ``fresh``.

        Raises:
            Cancelled: the client went away.
            Unavailable: none is to be had.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.closed.is_set() and time.monotonic() < deadline:
            worker = None if fresh else self._idle.take(caller.tenant)
            worker = worker or self._hired(caller)
            if worker:
                worker.tenant = caller.tenant
                self._count(+1)
                self.wanted.set()
                return worker
            if caller.is_cancelled():
                raise Cancelled
            self.closed.wait(LOOK_SECONDS)  # the supervisor is about to replace the fork server
        raise Unavailable("排版进程暂不可用", hint="请稍后重试")

    def take_unused(self) -> Worker | None:
        """Return a worker that nobody had, if one is there or can be had at once."""
        worker = self._idle.take_unused() or self._hired(Caller(self.closed.is_set))
        self._count(+1 if worker else 0)
        return worker

    def give_back(self, worker: Worker, reply: Reply[Any], request_id: str = "") -> None:
        """Let a worker wait for its next task, or end it where it has done its number."""
        worker.done += 1
        if reply.failure and reply.spent and isinstance(reply.failure.error(), OURS):
            self.dismiss(worker, reply.failure.kind, request_id)
        elif reply.spent or worker.done >= self._config.renders_per_worker:
            self._count(-1)
            worker.dismiss()
        else:
            self._count(-1)
            self._keep(worker)

    def dismiss(self, worker: Worker, cause: str, request_id: str = "") -> None:
        """End a worker that is at work, and give notice why; wait a little until it is gone."""
        self._count(-1)
        with suppress(TimeoutError, WorkerDied, CancelledError):
            worker.dismiss().result(LOOK_SECONDS)
        self.tell("worker-ended", cause, request_id)

    def add_spare(self) -> bool:
        """See that a worker is ready that nobody had; False where none is to be had."""
        if self._idle.has_unused():
            return True
        worker = self._hired(Caller(self.closed.is_set))
        if worker:
            self._keep(worker)
        return worker is not None

    def drop_dead(self) -> None:
        """End the workers that died, or speak unasked, while they wait."""
        for worker in self._idle.drop(lambda one: not one.is_idle()):
            worker.dismiss()
            self.tell("worker-ended", "idle")

    def answers(self) -> bool:
        """Tell whether a fork server is in office and answers at once."""
        fork_server = self.fork_server
        return fork_server is not None and fork_server.is_alive(ANSWERS_SECONDS)

    def replace(self, fork_server: ForkServerClient | None) -> None:
        """Open a successor to a fork server that does not answer, or to none."""
        if fork_server is not None and not self.closed.is_set():
            self.tell("fork-server-ended", "lost")
            self.fork_server = None
            fork_server.end()
            self._dismiss_idle()
        successor = self._open()
        with self._lock:
            self.fork_server = successor
        if self.closed.is_set():
            successor.end()

    def close(self) -> None:
        """End every process."""
        self.closed.set()
        self.wanted.set()
        fork_server, self.fork_server = self.fork_server, None
        if fork_server:
            fork_server.end()
        self._dismiss_idle()

    def _dismiss_idle(self) -> None:
        for worker in self._idle.drop(lambda _: True):
            worker.dismiss()

    def _open(self) -> ForkServerClient:
        return ForkServerClient(self._request, self._documents)

    def _hired(self, caller: Caller) -> Worker | None:
        """Return a new worker; where the client does not wait for it, it waits for another."""
        fork_server = self.fork_server
        if fork_server is None:
            return None
        hired = fork_server.hire()
        while True:
            try:
                return hired.result(LOOK_SECONDS)
            except TimeoutError:
                if caller.is_cancelled():
                    hired.add_done_callback(self._keep_hired)
                    raise Cancelled from None
            except (WorkerDied, CancelledError):
                return None

    def _keep_hired(self, hired: Future[Worker]) -> None:
        with suppress(WorkerDied, CancelledError):
            self._keep(hired.result())

    def _keep(self, worker: Worker) -> None:
        """Let a worker wait, but not longer than its fork server is in office."""
        with self._lock:
            leaving = (
                self._idle.keep(worker) if worker.fork_server is self.fork_server else [worker]
            )
        for one in leaving:
            one.dismiss()

    def _count(self, more: int) -> None:
        with self._lock:
            self._busy += more
