"""Refusals by the reading thread: whole responses as bytes.

Under overload there are hundreds a second, and the processor is needed for renders. So everything
but the request id and the date is made once per kind of refusal.
"""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from time import time

from waitress.utilities import build_http_date

from hongtou.web.access import HEADERS
from hongtou.web.problems import MEDIA_TYPE, ErrorAnswer, encoded, error_answer, problem_document

PLACEHOLDER = "\0"  # for the request id, which is the last text in a body
MAX_KINDS = 64  # held in memory; messages that quote the client would otherwise fill it


def refusal(
    error: Exception, request_id: str, *, keep_alive: bool, prefix: str, has_body: bool = True
) -> bytes:
    """Return a whole response.

    ``keep_alive`` tells whether the connection stays open; a response to HEAD has no body.
    """
    head, before, after = _parts(error_answer(error), prefix)
    name = request_id.encode()
    varying = (
        f"Content-Length: {len(before) + len(name) + len(after)}\r\n"
        f"Date: {build_http_date(time())}\r\n"
        f"X-Request-Id: {request_id}\r\n" + ("" if keep_alive else "Connection: close\r\n") + "\r\n"
    )
    body = (before, name, after) if has_body else ()
    return b"".join((head, varying.encode(), *body))


@lru_cache(maxsize=MAX_KINDS)
def _parts(found: ErrorAnswer, prefix: str) -> tuple[bytes, bytes, bytes]:
    """Return the shared parts of a refusal: its head, and its body before and after the id."""
    fixed = {**HEADERS, "Content-Type": MEDIA_TYPE, **dict(found.headers)}
    status = found.problem.status
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fixed.items()]
    body = encoded(
        problem_document(found.kind, found.problem, found.detail, PLACEHOLDER, prefix=prefix)
    )
    before, _, after = body.rpartition(b"\\u0000")
    return "".join(f"{line}\r\n" for line in lines).encode(), before, after
