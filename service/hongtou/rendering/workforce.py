"""The processes of a worker pool: one fork server and its workers, each serving one tenant."""

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

REPLACEMENT_SECONDS = 10.0  # to wait while the fork server is replaced
SPARE_WORKERS = 2  # beyond those that can be busy: one unused, one for a change of tenant
PING_SECONDS = 1.0  # for the fork server to answer that it is alive
WORKER_FAULTS = (RenderLimit, EngineFault)  # errors that concern the worker, not the document

OnProcessEvent = Callable[[str, str, str], None]  # called with an event, its cause, a request id


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of idle and of busy workers."""

    idle: int
    busy: int


class Workforce:
    """The workers of a pool; a worker that was taken must be given back or ended."""

    def __init__(
        self,
        request: StartRequest,
        documents: Sequence[bytes],
        config: Config,
        on_event: OnProcessEvent,
    ) -> None:
        """Start the fork server, which opens the typesetter.

        Raises:
            ServiceError: the typesetter cannot be opened.
            WorkerDied: the fork server did not start.
        """
        self._request = request
        self._documents = documents
        self._config = config
        self._on_event = on_event
        self._idle = IdleWorkers(config.workers + SPARE_WORKERS)
        self._busy = 0
        self._lock = threading.Lock()
        self.closed = threading.Event()
        self.wanted = threading.Event()  # set when a spare worker is wanted
        self.fork_server: ForkServerClient | None = self._open()

    def tell(self, event: str, cause: str, request_id: str = "") -> None:
        """Report an event; a report that fails must not end the thread that makes it."""
        if self.closed.is_set():  # processes end because we end them
            return
        with suppress(Exception):
            self._on_event(event, cause, request_id)

    def counts(self) -> Counts:
        """Return how many workers are idle and busy."""
        return Counts(len(self._idle), self._busy)

    def take(self, caller: Caller, *, fresh: bool) -> Worker:
        """Return a worker that has seen no other tenant's documents; a new one if ``fresh``.

        Raises:
            Cancelled: the client left.
            Unavailable: no worker can be started.
        """
        deadline = time.monotonic() + REPLACEMENT_SECONDS
        while not self.closed.is_set() and time.monotonic() < deadline:
            worker = None if fresh else self._idle.take(caller.tenant)
            worker = worker or self._new_worker(caller)
            if worker:
                worker.tenant = caller.tenant
                self._count(+1)
                self.wanted.set()
                return worker
            if caller.is_cancelled():
                raise Cancelled
            self.closed.wait(LOOK_SECONDS)  # until the supervisor has replaced the fork server
        raise Unavailable("排版进程暂不可用", hint="请稍后重试")

    def take_unused(self) -> Worker | None:
        """Return an unused worker, or None if none is idle and none can be started."""
        worker = self._idle.take_unused() or self._new_worker(Caller(self.closed.is_set))
        self._count(+1 if worker else 0)
        return worker

    def give_back(self, worker: Worker, reply: Reply[Any], request_id: str = "") -> None:
        """Make a worker idle, or end it if it is spent or has served its number of renders."""
        worker.done += 1
        if reply.failure and reply.spent and isinstance(reply.failure.error(), WORKER_FAULTS):
            self.end_worker(worker, reply.failure.kind, request_id)
        elif reply.spent or worker.done >= self._config.renders_per_worker:
            self._count(-1)
            worker.end()
        else:
            self._count(-1)
            self._keep(worker)

    def end_worker(self, worker: Worker, cause: str, request_id: str = "") -> None:
        """Kill a busy worker and report why; wait briefly for its end."""
        self._count(-1)
        with suppress(TimeoutError, WorkerDied, CancelledError):
            worker.end().result(LOOK_SECONDS)
        self.tell("worker-ended", cause, request_id)

    def add_spare(self) -> bool:
        """Make sure that an unused worker is ready; return False if none can be started."""
        if self._idle.has_unused():
            return True
        worker = self._new_worker(Caller(self.closed.is_set))
        if worker:
            self._keep(worker)
        return worker is not None

    def drop_dead(self) -> None:
        """End idle workers that died or sent something unasked."""
        for worker in self._idle.drop(lambda worker: not worker.is_idle()):
            worker.end()
            self.tell("worker-ended", "idle")

    def answers(self) -> bool:
        """Tell whether there is a fork server that answers at once."""
        fork_server = self.fork_server
        return fork_server is not None and fork_server.is_alive(PING_SECONDS)

    def replace(self, fork_server: ForkServerClient | None) -> None:
        """Start a new fork server in place of one that does not answer, or of none."""
        if fork_server is not None and not self.closed.is_set():
            self.tell("fork-server-ended", "lost")
            self.fork_server = None
            fork_server.end()
            self._end_idle()
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
        self._end_idle()

    def _end_idle(self) -> None:
        for worker in self._idle.drop(lambda _: True):
            worker.end()

    def _open(self) -> ForkServerClient:
        return ForkServerClient(self._request, self._documents)

    def _new_worker(self, caller: Caller) -> Worker | None:
        """Return a new worker, None if none can be started.

        Raises:
            Cancelled: the client left first; the worker becomes idle when it is ready.
        """
        fork_server = self.fork_server
        if fork_server is None:
            return None
        started = fork_server.fork_worker()
        while True:
            try:
                return started.result(LOOK_SECONDS)
            except TimeoutError:
                if caller.is_cancelled():
                    started.add_done_callback(self._keep_started)
                    raise Cancelled from None
            except (WorkerDied, CancelledError):
                return None

    def _keep_started(self, started: Future[Worker]) -> None:
        with suppress(WorkerDied, CancelledError):
            self._keep(started.result())

    def _keep(self, worker: Worker) -> None:
        """Make a worker idle, or end it if its fork server has been replaced."""
        with self._lock:
            leaving = (
                self._idle.keep(worker) if worker.fork_server is self.fork_server else [worker]
            )
        for excess in leaving:
            excess.end()

    def _count(self, more: int) -> None:
        with self._lock:
            self._busy += more
