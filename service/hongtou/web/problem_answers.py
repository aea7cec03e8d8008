"""Errors of the application → responses with a problem document, for a person on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import NoArchive, ServiceError, StorageFull
from hongtou.bulletin.finding import Finding, Severity
from hongtou.rendering import Cancelled
from hongtou.web.problems import (
    MEDIA_TYPE,
    ErrorAnswer,
    encoded,
    error_answer,
    problem_document,
    problem_of,
)

MAX_ERRORS = 100
CLIENT_CLOSED = 499

Show = Callable[[Any], Response]  # a problem document on a page

log = structlog.get_logger("hongtou")


def handle_errors(app: Flask, show: Show) -> None:
    """Answer every error of an application with a problem document, which a person is shown."""
    app.register_error_handler(ServiceError, partial(_service_error, show))
    app.register_error_handler(Cancelled, _cancelled)
    app.register_error_handler(HTTPException, partial(_http_error, show))
    app.register_error_handler(Exception, partial(_unforeseen, show))


def _service_error(show: Show, error: ServiceError) -> Response:
    if problem_of(error).status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("fault", request_id=g.request_id, cause=cause_of(error), exc_info=error)
    elif isinstance(error, NoArchive | StorageFull) and (cause := cause_of(error)):
        log.warning("archive-fault", request_id=g.request_id, cause=cause)
    return _answer(show, error_answer(error), _faults(error.findings), error.details)


def _cancelled(error: Cancelled) -> Response:
    """Answer with the status that nginx logs for a client that has closed its connection."""
    return Response(status=CLIENT_CLOSED)


def _http_error(show: Show, error: HTTPException) -> Response:
    return _answer(show, error_answer(error))


def _unforeseen(show: Show, error: Exception) -> Response:
    log.error("unforeseen", request_id=g.request_id, exc_info=error)
    return _answer(show, error_answer(error))


def _answer(
    show: Show,
    found: ErrorAnswer,
    faults: list[dict[str, str]] | None = None,
    details: Mapping[str, object] | None = None,
) -> Response:
    document = problem_document(
        found.kind,
        found.problem,
        found.detail,
        g.request_id,
        faults,
        prefix=request.script_root,
        details=details,
    )
    if _is_for_person():
        answer = show(document)
        answer.status_code = found.problem.status
    else:
        answer = Response(encoded(document), found.problem.status, content_type=MEDIA_TYPE)
    for name, value in found.headers:
        answer.headers[name] = value
    return answer


def _is_for_person() -> bool:
    """Tell whether a browser opens a page of ours, or an address that leads nowhere."""
    is_page = (request.endpoint or "pages.").startswith("pages.")
    asks_for_page = "text/html" in request.headers.get("Accept", "")
    return is_page and asks_for_page


def _faults(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [
        {
            "pointer": finding.pointer or "",
            "code": finding.code,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
        if finding.severity is Severity.ERROR
    ][:MAX_ERRORS]
