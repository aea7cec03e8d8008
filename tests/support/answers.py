"""Requests to an application, and what every answer of its API must hold."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.config import Config

CONFIG = Config()
JSON = {"Content-Type": "application/json"}


def post(client: FlaskClient, path: str, body: bytes = b"{}", **headers: str) -> TestResponse:
    given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, data=body, headers={**JSON, **given_headers})


def assert_bytes_are_those_of_the_digest(answer: TestResponse) -> None:
    """Hold a body against its Repr-Digest, as a client of RFC 9530 does."""
    told = re.fullmatch(r"sha-256=:([A-Za-z0-9+/]{43}=):", answer.headers["Repr-Digest"])
    assert told
    assert base64.b64decode(told.group(1)) == hashlib.sha256(answer.data).digest()


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """Return a problem document, which every answer outside 2xx must be."""
    assert answer.status == f"{status} {HTTPStatus(status).phrase}"  # as a refusal at the door
    assert answer.content_type == "application/problem+json"
    found = json.loads(answer.data)
    assert set(found) == {"type", "title", "status", "detail", "request_id", "errors"}
    assert found["status"] == status
    assert found["request_id"] == answer.headers["X-Request-Id"]
    assert re.search(r"[\u4e00-\u9fff]", found["title"])
    return found
