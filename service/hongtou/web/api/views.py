"""The views of ``/v1``."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache

from flask import Response, g, jsonify, request

from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.outputs import OUTPUTS
from hongtou.pages.edition import Unchanged
from hongtou.records import inspection_record, layout_record, output_record
from hongtou.rendering.caller import Caller
from hongtou.web.api.answers import file_answer, unchanged_answer
from hongtou.web.api.negotiation import read_order, refuse_unwanted
from hongtou.web.api.openapi import openapi_document
from hongtou.web.api.submission import read_submission
from hongtou.web.arrival import Arrival
from hongtou.web.route import Route
from hongtou.web.schemas import JSON
from hongtou.web.services import Services

SCHEMA = "application/schema+json"
DIGEST = re.compile(r"[0-9a-f]{64}")


def render(services: Services) -> Response:
    """Answer with the finished file, or with 304 if the client has it."""
    order = read_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, services.config)
    arrival: Arrival = g.arrival
    product = services.renders.produce(
        sent.document, order, sent.images, _caller(arrival), arrival.place, _known_digests()
    )
    if isinstance(product, Unchanged):
        return unchanged_answer(product.plan_digest)
    return file_answer(product, OUTPUTS[order.output].media_type)


def check(services: Services) -> Response:
    """Answer with all findings and the number of pages."""
    order = read_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, services.config)
    arrival: Arrival = g.arrival
    found = services.renders.check(
        sent.document, order, sent.images, _caller(arrival), arrival.place
    )
    return jsonify(inspection_record(found.findings, found.page_count, found.layout))


def schema(services: Services) -> Response:
    """Answer with the JSON Schema of an issue."""
    _refuse_unwanted(SCHEMA)
    return Response(_schema(), content_type=SCHEMA)


def layouts(services: Services) -> Response:
    """Answer with the available layouts."""
    _refuse_unwanted(JSON)
    return jsonify(layouts=[layout_record(layout) for layout in services.layouts.values()])


def outputs(services: Services) -> Response:
    """Answer with the available outputs."""
    _refuse_unwanted(JSON)
    return jsonify(outputs=[output_record(output) for output in OUTPUTS.values()])


def openapi(services: Services) -> Response:
    """Answer with the OpenAPI document of this service."""
    _refuse_unwanted(JSON)
    page = _openapi(services.config, tuple(services.routes), tuple(services.layouts))
    return Response(page, content_type=JSON)


def _caller(arrival: Arrival) -> Caller:
    """Return the caller; under another server its tenant is its key or its address."""
    tenant = arrival.tenant or g.client or request.remote_addr or ""
    return Caller(arrival.is_cancelled, tenant, arrival.request_id)


def _known_digests() -> tuple[str, ...]:
    """Return the plan digests in If-None-Match; other tags cannot be ours."""
    tags = request.if_none_match.as_set(include_weak=True)
    return tuple(sorted(tag for tag in tags if DIGEST.fullmatch(tag)))


@cache
def _schema() -> bytes:
    return json.dumps(issue_schema(), ensure_ascii=False).encode()


@lru_cache(maxsize=1)
def _openapi(config: Config, routes: tuple[Route, ...], layouts: tuple[str, ...]) -> bytes:
    return json.dumps(openapi_document(config, routes, layouts), ensure_ascii=False).encode()


def _refuse_unwanted(media_type: str) -> None:
    refuse_unwanted(request.headers.get("Accept", ""), media_type)
