"""Connections: what never reaches the application is answered here, also as problem documents.

That is what is no request at all, and what comes while every place is taken: a refusal from the
thread that reads costs a third of one that first finds a thread, Flask and the bench, and under
overload it is refusals that would take the processor from the renders (`docs/reliability.md`).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from waitress.channel import ClientDisconnected
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from service.errors import ServiceError
from service.web.app import request_id
from service.web.bench import Bench
from service.web.patience import PatientChannel
from service.web.problems import MEDIA_TYPE, RETRY_AFTER_SECONDS, problem_body, problem_of_status
from service.web.refusal import RefusalTask
from service.web.routes import OPERATIONS
from service.web.security import HEADERS
from service.web.transport import Parser

RENDERS = {(one.method.upper(), one.path): one.task for one in OPERATIONS if one.task}


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """Answers what is not even a request, and so never reaches the application."""

    def execute(self) -> None:
        """Write a problem document instead of waitress's plain text."""
        error = self.request.error
        kind, problem = problem_of_status(error.code)
        asked_as = request_id("")
        body = problem_body(kind, problem, problem.advice, asked_as)
        own = {"Content-Type": MEDIA_TYPE, "X-Request-Id": asked_as}
        if error.code == HTTPStatus.SERVICE_UNAVAILABLE:
            own["Retry-After"] = str(RETRY_AFTER_SECONDS)
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [*HEADERS.items(), *own.items()]
        self.content_length = len(body)
        self.set_close_on_finish()
        self.write(body)


class ProblemChannel(PatientChannel):
    """A connection whose refusals and protocol errors are problem documents."""

    error_task_class = ProblemTask
    parser_class = Parser
    is_reading = False
    refusal: ServiceError | None = None

    def handle_read(self) -> None:
        """Read, and answer at once what `Doorkeeper` turned away."""
        self.is_reading = True
        super().handle_read()
        self.is_reading = False
        if self.refusal is not None:
            self._refuse()

    def _refuse(self) -> None:
        """Do what waitress's `service` does, in this thread, and send the answer at once.

        Without a turn of the loop for the trigger and one for the answer: each looks at every
        connection there is.
        """
        request = self.requests[0]
        task = RefusalTask(self, request)
        try:
            task.service()
        except ClientDisconnected:
            task.close_on_finish = True
        request.close()
        with self.requests_lock:
            self.refusal = None
            self.requests.pop(0)
            self.close_when_flushed = task.close_on_finish
            if self.requests and not self.close_when_flushed:
                self.server.add_task(self)
        self.handle_write()


class Doorkeeper(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Hands requests to threads, but for those that the bench would refuse anyway."""

    def __init__(self, bench: Bench, threads: int) -> None:
        super().__init__()
        self._bench = bench
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Take a channel whose first request is whole."""
        request = task.requests[0]
        if task.is_reading and not request.error:
            name = RENDERS.get((request.command, request.path))
            task.refusal = self._bench.turned_away(name) if name else None
        if task.refusal is None:
            super().add_task(task)
