"""What a sender reads who is turned away at the door: one piece of bytes, nearly all made once.

Under overload there are hundreds of these a second, beside the renders that the processor is for.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from time import time

import structlog
from waitress.task import Task
from waitress.utilities import build_http_date

from service.errors import ServiceError
from service.report import error_kind
from service.web.app import request_id
from service.web.problems import (
    MEDIA_TYPE,
    RETRY_AFTER_SECONDS,
    Problem,
    problem_body,
    problem_detail,
    problem_of,
)
from service.web.security import HEADERS

PLACE = "%"  # of the request's id in a body: in no text of ours

log = structlog.get_logger("hongtou")


class RefusalTask(Task):  # type: ignore[misc]
    """Tells a sender that every place is taken, or that the service is going down."""

    def execute(self) -> None:
        """Write the refusal and log it as the application would."""
        error: ServiceError = self.channel.refusal
        asked_as = request_id(self.request.headers.get("X_REQUEST_ID", ""))
        asks_to_close = self.request.headers.get("CONNECTION", "").lower() == "close"
        keeps = self.version == "1.1" and not asks_to_close
        self.wrote_header, self.close_on_finish = True, not keeps
        prefix = self.channel.adj.url_prefix
        self.channel.write_soon(refusal(error, asked_as, keeps=keeps, prefix=prefix))
        log.info(
            "request", request_id=asked_as, method=self.request.command,
            path=self.request.path[:200], client="", status=problem_of(error).status,
            milliseconds=0,
        )


def refusal(error: ServiceError, asked_as: str, *, keeps: bool, prefix: str) -> bytes:
    """Return a whole answer; ``keeps`` tells whether the connection stays open behind it."""
    head, before, after = _parts(
        problem_of(error), error_kind(error), problem_detail(error), prefix
    )
    name = asked_as.encode()
    own = (
        f"Content-Length: {len(before) + len(name) + len(after)}\r\n"
        f"Date: {build_http_date(time())}\r\n"
        f"X-Request-Id: {asked_as}\r\n" + ("" if keeps else "Connection: close\r\n") + "\r\n"
    )
    return b"".join((head, own.encode(), before, name, after))


@cache
def _parts(
    problem: Problem, kind: str, detail: str, prefix: str
) -> tuple[bytes, bytes, bytes]:
    """Return what all refusals of a kind share: the head, and the body around the request's id."""
    fixed = {**HEADERS, "Content-Type": MEDIA_TYPE, "Retry-After": str(RETRY_AFTER_SECONDS)}
    lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fixed.items()]
    body = problem_body(kind, problem, detail, PLACE, prefix=prefix)
    before, after = body.split(PLACE.encode())
    return "".join(f"{line}\r\n" for line in lines).encode(), before, after
