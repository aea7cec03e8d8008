"""A small real render whenever no client has asked for one lately: it shows that renders work."""

from __future__ import annotations

import threading

from hongtou.bulletin.errors import RenderLimit
from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.rendering.health import RenderHealth
from hongtou.rendering.inspected import render
from hongtou.rendering.process import Cancelled, Deadline, WorkerDied
from hongtou.rendering.sandbox import memory_ceiling
from hongtou.rendering.workforce import Workforce

DUE_SECONDS = 10.0  # after the last successful render
ROUND_SECONDS = 1.0
ATTEMPTS = 2  # as for any render: the process may be killed by chance


class RenderProbe:
    """Renders one of our own documents on a worker that no tenant has used, outside the queue.

    The worker stays free for any tenant, as it has seen no stranger's document, and is warm.
    """

    def __init__(
        self, workforce: Workforce, health: RenderHealth, config: Config, document: bytes
    ) -> None:
        self._workforce = workforce
        self._health = health
        self._config = config
        self._document = document
        self._told = ""
        self._tried = threading.Event()

    def start(self) -> None:
        """Start the thread and wait for its first attempt.

        Raises:
            RuntimeError: the system allows no more threads.
        """
        threading.Thread(target=self._run, name="probe", daemon=True).start()
        self._tried.wait(ATTEMPTS * self._config.render_seconds)

    def _run(self) -> None:
        while not self._workforce.closed.is_set():
            try:
                if self._health.proof_age > DUE_SECONDS:
                    self._probe()
            except Exception as cause:  # this thread is the only one that probes
                self._workforce.tell(
                    "supervisor-stumbled", f"{type(cause).__name__}: {cause}"[:200]
                )
            self._tried.set()
            self._workforce.closed.wait(ROUND_SECONDS)

    def _probe(self) -> None:
        fault = ""
        for _ in range(ATTEMPTS):
            try:
                done, fault = self._attempt()
            except Cancelled:
                return
            if done:
                break
        if fault and fault != self._told:
            self._workforce.tell("proof-failed", fault)
        self._told = fault

    def _attempt(self) -> tuple[bool, str]:
        """Return whether the attempt came to a result, and what is wrong with it, if anything."""
        worker = self._workforce.take_unused()
        if worker is None:  # the supervisor reports that
            return True, ""
        deadline = Deadline.of(self._config.render_seconds, self._workforce.closed.is_set)
        try:
            reply, file = render(worker, self._document, Order(), {}, deadline)
        except (WorkerDied, RenderLimit, Cancelled) as cause:
            self._workforce.end_worker(worker, str(cause) or type(cause).__name__)
            if isinstance(cause, Cancelled):
                raise
            return isinstance(cause, RenderLimit), self._failed(str(cause), memory=True)
        self._workforce.give_back(worker, reply)
        if file is None:
            failure = reply.failure
            out_of_memory = failure is not None and failure.kind == RenderLimit.__name__
            words = failure.message if failure else "没有成品"
            return True, self._failed(words, memory=out_of_memory)
        self._health.rendered()
        return True, ""

    def _failed(self, words: str, *, memory: bool) -> str:
        ceiling = memory_ceiling(self._config.render_memory_bytes)
        cause = f"试排失败：{words}" + (f"；{ceiling}" if memory else "")
        self._health.failed(cause)
        return cause
