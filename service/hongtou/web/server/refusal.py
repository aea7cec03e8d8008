"""What a sender reads who is turned away by the thread that reads: one piece of bytes.

Under overload there are hundreds of these a second, beside the renders that the processor is for:
of what is told again and again all but the request's id and the time is made once.
"""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from time import time

from waitress.utilities import build_http_date

from hongtou.web.access import HEADERS
from hongtou.web.problems import MEDIA_TYPE, ErrorAnswer, error_answer, problem_body

PLACE = "\0"  # of the request's id, which is the last text in a body
KINDS_KEPT = 64  # a client that has words of its own told back to it makes them anew each time


def refusal(
    error: Exception, asked_as: str, *, keeps: bool, prefix: str, has_body: bool = True
) -> bytes:
    """Return a whole answer.

    ``keeps`` tells whether the connection stays open behind it; the answer to HEAD has no body.
    """
    head, before, after = _parts(error_answer(error), prefix)
    name = asked_as.encode()
    own = (
        f"Content-Length: {len(before) + len(name) + len(after)}\r\n"
        f"Date: {build_http_date(time())}\r\n"
        f"X-Request-Id: {asked_as}\r\n" + ("" if keeps else "Connection: close\r\n") + "\r\n"
    )
    body = (before, name, after) if has_body else ()
    return b"".join((head, own.encode(), *body))


@lru_cache(maxsize=KINDS_KEPT)
def _parts(found: ErrorAnswer, prefix: str) -> tuple[bytes, bytes, bytes]:
    """Return what all refusals of a kind share: the head, and the body around the request's id."""
    fixed = {**HEADERS, "Content-Type": MEDIA_TYPE, **dict(found.headers)}
    status = found.problem.status
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fixed.items()]
    body = problem_body(found.kind, found.problem, found.detail, PLACE, prefix=prefix)
    before, _, after = body.rpartition(b"\\u0000")
    return "".join(f"{line}\r\n" for line in lines).encode(), before, after
