"""``/v1``: issues in, files and findings out."""

from __future__ import annotations

import json
from functools import cache
from typing import cast

from flask import Blueprint, Response, current_app, g, jsonify, request

from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.outputs import OUTPUTS
from hongtou.records import inspection_record, layout_record, output_record
from hongtou.rendering.caller import Caller, IsCancelled
from hongtou.rendering.queue import Place
from hongtou.web.api.answers import file_answer, unchanged_answer
from hongtou.web.api.negotiation import read_order, refuse_unwanted
from hongtou.web.api.openapi import openapi_document
from hongtou.web.api.submission import read_submission
from hongtou.web.renders import Renders

JSON = "application/json"
SCHEMA = "application/schema+json"

api = Blueprint("api", __name__, url_prefix="/v1")


def renders() -> Renders:
    """Return the application's renders."""
    return cast(Renders, current_app.extensions["renders"])


def _config() -> Config:
    return cast(Config, current_app.extensions["config"])


def _caller() -> Caller:
    """Return who asks; waitress knows whether the client went away."""
    is_cancelled = cast(
        IsCancelled, request.environ.get("waitress.client_disconnected", lambda: False)
    )
    tenant = request.environ.get("hongtou.tenant", g.get("client") or request.remote_addr or "")
    return Caller(is_cancelled, tenant, g.request_id)


def _place() -> Place | None:
    """Return the place that this request was given at the door."""
    return cast("Place | None", request.environ.get("hongtou.place"))


@api.post("/render")
def render() -> Response:
    """Answer with the finished file, or 304 where the client has it already."""
    order = read_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, _config())
    known = request.if_none_match
    if known and not known.star_tag:
        digest = renders().digest(sent.document, order, sent.images, _caller(), _place())
        if known.contains_weak(digest):
            return unchanged_answer(digest)
    file = renders().produce(sent.document, order, sent.images, _caller(), _place())
    return file_answer(file, OUTPUTS[order.output].media_type)


@api.post("/check")
def check() -> Response:
    """Answer with every finding and the number of pages."""
    order = read_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, _config())
    found = renders().check(sent.document, order, sent.images, _caller(), _place())
    return jsonify(inspection_record(found.findings, found.page_count, found.layout))


@api.get("/schema")
def schema() -> Response:
    """Answer with the JSON Schema of an issue."""
    _refuse_unwanted(SCHEMA)
    return Response(_schema(), content_type=SCHEMA)


@api.get("/layouts")
def layouts() -> Response:
    """Answer with the layouts on offer."""
    _refuse_unwanted(JSON)
    return jsonify(layouts=[layout_record(one) for one in renders().renderer.layouts.values()])


@api.get("/outputs")
def outputs() -> Response:
    """Answer with the outputs on offer."""
    _refuse_unwanted(JSON)
    return jsonify(outputs=[output_record(one) for one in OUTPUTS.values()])


@api.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of this service for machines."""
    _refuse_unwanted(JSON)
    page: bytes | None = current_app.extensions.get("openapi")
    if page is None:
        document = openapi_document(_config(), renders().renderer.layouts)
        page = json.dumps(document, ensure_ascii=False).encode()
        current_app.extensions["openapi"] = page
    return Response(page, content_type=JSON)


@cache
def _schema() -> bytes:
    return json.dumps(issue_schema(), ensure_ascii=False).encode()


def _refuse_unwanted(media_type: str) -> None:
    refuse_unwanted(request.headers.get("Accept", ""), media_type)
