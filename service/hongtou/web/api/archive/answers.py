"""Answers of the archive: JSON with the version as ETag, documents and files."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request

from hongtou.web.schemas import JSON


def versioned(record: Mapping[str, Any], version: int, location: str = "") -> Response:
    """Return a record with its version as ETag; with a location it was made just now."""
    answer: Response = jsonify(record)
    answer.set_etag(str(version))
    if location:
        answer.status_code = HTTPStatus.CREATED
        answer.headers["Location"] = f"{request.script_root}{location}"
    return answer


def document_answer(document: bytes, version: int | None = None) -> Response:
    """Return a document byte for byte; 304 if the client has this version."""
    answer = Response(document, content_type=JSON)
    if version is not None:
        answer.set_etag(str(version))
        answer.make_conditional(request)
    return answer


def nothing(version: int | None = None) -> Response:
    """Return 204, with the version that there is now."""
    answer = Response(status=HTTPStatus.NO_CONTENT)
    if version is not None:
        answer.set_etag(str(version))
    return answer
