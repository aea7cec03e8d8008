"""Who is there to work: one foreman, and the workers that it hires, each for one tenant."""

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
from hongtou.rendering.fork_server import Foreman
from hongtou.rendering.idle_workers import Pool
from hongtou.rendering.messages import Opening, Reply
from hongtou.rendering.process import LOOK_SECONDS, Abandoned, Lost, Worker

PATIENCE_SECONDS = 10.0  # for a foreman that is being replaced
KEPT_BESIDE = 2  # workers beside those that can be busy: one that nobody had, one for a change
ANSWERS_SECONDS = 1.0  # for a foreman to say that it lives, to whoever asks whether we are ready
OURS = (RenderLimit, EngineFault)  # errors that say something of a worker, not of a document

Notice = Callable[[str, str, str], None]  # an event, its cause, the id of the request that met it


@dataclass(frozen=True, slots=True)
class Counts:
    """How many workers there are, waiting for work and at work."""

    idle: int
    busy: int


class Staff:
    """The workers of a crew; whoever takes one gives it back or dismisses it."""

    def __init__(
        self, opening: Opening, documents: Sequence[bytes], config: Config, notice: Notice
    ) -> None:
        """Open the workshop in a process of its own; Lost or ServiceError where it cannot be."""
        self._opening = opening
        self._documents = documents
        self._config = config
        self._notice = notice
        self._pool = Pool(config.workers + KEPT_BESIDE)
        self._busy = 0
        self._lock = threading.Lock()
        self.closed = threading.Event()
        self.wanted = threading.Event()  # a spare worker is
        self.foreman: Foreman | None = self._open()

    def tell(self, event: str, cause: str, request_id: str = "") -> None:
        """Give notice; one that cannot be written must not end a thread that others need."""
        if self.closed.is_set():  # what ends now was ended by us
            return
        with suppress(Exception):
            self._notice(event, cause, request_id)

    def counts(self) -> Counts:
        """Return how many workers wait and work."""
        return Counts(len(self._pool), self._busy)

    def take(self, caller: Caller, *, fresh: bool) -> Worker:
        """Return a worker that has seen nobody else's documents; a new one if ``fresh``.

        Raises:
            Abandoned: the client went away.
            Unavailable: none is to be had.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.closed.is_set() and time.monotonic() < deadline:
            worker = None if fresh else self._pool.take(caller.tenant)
            worker = worker or self._hired(caller)
            if worker:
                worker.tenant = caller.tenant
                self._count(+1)
                self.wanted.set()
                return worker
            if caller.gone():
                raise Abandoned
            self.closed.wait(LOOK_SECONDS)  # the supervisor is about to replace the foreman
        raise Unavailable("排版进程暂不可用", hint="请稍后重试")

    def take_unused(self) -> Worker | None:
        """Return a worker that nobody had, if one is there or can be had at once."""
        worker = self._pool.take_unused() or self._hired(Caller(self.closed.is_set))
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
        with suppress(TimeoutError, Lost, CancelledError):
            worker.dismiss().result(LOOK_SECONDS)
        self.tell("worker-ended", cause, request_id)

    def add_spare(self) -> bool:
        """See that a worker is ready that nobody had; False where none is to be had."""
        if self._pool.has_unused():
            return True
        worker = self._hired(Caller(self.closed.is_set))
        if worker:
            self._keep(worker)
        return worker is not None

    def drop_dead(self) -> None:
        """End the workers that died, or speak unasked, while they wait."""
        for worker in self._pool.drop(lambda one: not one.is_idle()):
            worker.dismiss()
            self.tell("worker-ended", "idle")

    def answers(self) -> bool:
        """Tell whether a foreman is in office and answers at once."""
        foreman = self.foreman
        return foreman is not None and foreman.is_alive(ANSWERS_SECONDS)

    def replace(self, foreman: Foreman | None) -> None:
        """Open a successor to a foreman that does not answer, or to none."""
        if foreman is not None and not self.closed.is_set():
            self.tell("foreman-ended", "lost")
            self.foreman = None
            foreman.end()
            self._dismiss_idle()
        successor = self._open()
        with self._lock:
            self.foreman = successor
        if self.closed.is_set():
            successor.end()

    def close(self) -> None:
        """End every process."""
        self.closed.set()
        self.wanted.set()
        foreman, self.foreman = self.foreman, None
        if foreman:
            foreman.end()
        self._dismiss_idle()

    def _dismiss_idle(self) -> None:
        for worker in self._pool.drop(lambda _: True):
            worker.dismiss()

    def _open(self) -> Foreman:
        return Foreman(self._opening, self._documents)

    def _hired(self, caller: Caller) -> Worker | None:
        """Return a new worker; where the client does not wait for it, it waits for another."""
        foreman = self.foreman
        if foreman is None:
            return None
        hired = foreman.hire()
        while True:
            try:
                return hired.result(LOOK_SECONDS)
            except TimeoutError:
                if caller.gone():
                    hired.add_done_callback(self._keep_hired)
                    raise Abandoned from None
            except (Lost, CancelledError):
                return None

    def _keep_hired(self, hired: Future[Worker]) -> None:
        with suppress(Lost, CancelledError):
            self._keep(hired.result())

    def _keep(self, worker: Worker) -> None:
        """Let a worker wait, but not longer than its foreman is in office."""
        with self._lock:
            leaving = self._pool.keep(worker) if worker.foreman is self.foreman else [worker]
        for one in leaving:
            one.dismiss()

    def _count(self, more: int) -> None:
        with self._lock:
            self._busy += more
