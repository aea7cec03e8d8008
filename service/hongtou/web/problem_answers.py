"""Errors of the application → responses with a problem document."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import Finding, Severity
from hongtou.rendering import Cancelled
from hongtou.web.problems import MEDIA_TYPE, ErrorAnswer, error_answer, problem_body, problem_of

MAX_ERRORS = 100
CLIENT_CLOSED = 499

log = structlog.get_logger("hongtou")


def handle_errors(app: Flask) -> None:
    """Answer every error of an application with a problem document."""
    app.register_error_handler(ServiceError, _service_error)
    app.register_error_handler(Cancelled, _cancelled)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _service_error(error: ServiceError) -> Response:
    if problem_of(error).status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("fault", request_id=g.request_id, cause=cause_of(error), exc_info=error)
    return _answer(error_answer(error), _faults(error.findings), error.details)


def _cancelled(error: Cancelled) -> Response:
    """Answer with the status that nginx logs for a client that has closed its connection."""
    return Response(status=CLIENT_CLOSED)


def _http_error(error: HTTPException) -> Response:
    return _answer(error_answer(error))


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen", request_id=g.request_id, exc_info=error)
    return _answer(error_answer(error))


def _answer(
    found: ErrorAnswer,
    faults: list[dict[str, str]] | None = None,
    details: Mapping[str, object] | None = None,
) -> Response:
    body = problem_body(
        found.kind,
        found.problem,
        found.detail,
        g.request_id,
        faults,
        prefix=request.script_root,
        details=details,
    )
    answer = Response(body, found.problem.status, content_type=MEDIA_TYPE)
    for name, value in found.headers:
        answer.headers[name] = value
    return answer


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
