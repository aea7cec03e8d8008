"""Connections: what never reaches the application is answered here, also as problem documents.

That is what is no request at all, and what comes while every place is taken: a refusal from the
thread that reads costs a third of one that first finds a thread, Flask and the queue, and under
overload it is refusals that would take the processor from the renders (`docs/reliability.md`).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from waitress.channel import ClientDisconnected
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from service.errors import Busy, ServiceError, Stopping
from service.web.app import request_id
from service.web.handover import ClosingTask, close_if_leaving
from service.web.patience import PatientChannel
from service.web.problems import MEDIA_TYPE, RETRY_AFTER_SECONDS, problem_body, problem_of_status
from service.web.refusal import RefusalTask
from service.web.renders import Renders
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
        prefix = self.channel.adj.url_prefix
        body = problem_body(kind, problem, problem.advice, asked_as, prefix=prefix)
        own = {"Content-Type": MEDIA_TYPE, "X-Request-Id": asked_as}
        if error.code == HTTPStatus.SERVICE_UNAVAILABLE:
            own["Retry-After"] = str(RETRY_AFTER_SECONDS)
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [*HEADERS.items(), *own.items()]
        self.content_length = len(body)
        self.set_close_on_finish()
        self.write(body)


class PlacedTask(ClosingTask):
    """Hands the application the place that a request was given at the door."""

    def get_environment(self) -> dict[str, Any]:
        """Return the request as the application reads it."""
        environ: dict[str, Any] = super().get_environment()
        environ["hongtou.place"] = self.request.place
        return environ


class ProblemChannel(PatientChannel):
    """A connection whose refusals and protocol errors are problem documents."""

    error_task_class = ProblemTask
    task_class = PlacedTask
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
        close_if_leaving(self, request)
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
    """Hands requests to threads; those that want a render have found their place before."""

    def __init__(self, renders: Renders, threads: int) -> None:
        super().__init__()
        self._renders = renders
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Take a channel whose first request is whole."""
        request = task.requests[0]
        name = None if request.error else RENDERS.get((request.command, request.path))
        if name:
            try:
                request.place = self._renders.enter(name, task.addr[0])
            except (Busy, Stopping) as refusal:
                if task.is_reading:
                    task.refusal = refusal
                    return
        super().add_task(task)
