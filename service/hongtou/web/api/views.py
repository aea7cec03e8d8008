"""The views of ``/v1``."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache

import structlog
from flask import Response, g, jsonify, request

from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.intake.wish import read_wish
from hongtou.outputs import OUTPUTS
from hongtou.pages.edition import Unchanged
from hongtou.records import (
    import_record,
    inspection_record,
    layout_record,
    order_preflight,
    output_record,
)
from hongtou.rendering.caller import Caller
from hongtou.web.api.answers import file_answer, preview_answer, unchanged_answer
from hongtou.web.api.negotiation import (
    names_output,
    read_order,
    read_preview_order,
    refuse_unwanted,
)
from hongtou.web.api.openapi import openapi_document
from hongtou.web.api.submission import read_import, read_submission
from hongtou.web.arrival import Arrival
from hongtou.web.route import Route
from hongtou.web.schemas import JSON
from hongtou.web.services import Services

SCHEMA = "application/schema+json"
DIGEST = re.compile(r"[0-9a-f]{64}")

log = structlog.get_logger("hongtou")


def render(services: Services) -> Response:
    """Answer with the finished file, or with 304 if the client has it."""
    order = read_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, services.config)
    arrival: Arrival = g.arrival
    product = services.renders.produce(
        sent.document, order, sent.images, caller_of(arrival), arrival.place, _known_digests()
    )
    if isinstance(product, Unchanged):
        return unchanged_answer(product.plan_digest)
    return file_answer(product, OUTPUTS[order.output].kind(order).media_type)


def check(services: Services) -> Response:
    """Answer with all findings and the number of pages; where an output is named, its preflight."""
    query = request.query_string.decode("latin-1")
    order = read_order(query)
    sent = read_submission(request, services.config)
    arrival: Arrival = g.arrival
    asked = sent.document, order, sent.images, caller_of(arrival), arrival.place
    if not names_output(query):
        found = services.renders.check(*asked)
        return jsonify(inspection_record(found.findings, found.page_count, found.layout))
    found = services.renders.preflight(*asked)
    if found.faults:  # always ours, though the answer is no error
        codes = "、".join(sorted({fault.code for fault in found.faults}))
        log.error("fault", request_id=g.request_id, cause=f"成品未通过出厂检查：{codes}")
    inspection = inspection_record(found.findings, found.page_count, found.layout)
    return jsonify({**inspection, "preflight": order_preflight(order, found.faults)})


def preview(services: Services) -> Response:
    """Answer with the pages in view as pictures, and where every text on them stands."""
    order = read_preview_order(request.query_string.decode("latin-1"))
    sent = read_submission(request, services.config, has_wish=True)
    wish = read_wish(sent.wish)
    arrival: Arrival = g.arrival
    seen = services.renders.preview(
        sent.document, order, wish, sent.images, caller_of(arrival), arrival.place
    )
    return preview_answer(seen)


def import_file(services: Services) -> Response:
    """Answer with the issue in a file, every line of it and every doubt; keep nothing."""
    sent = read_import(request, services.config)
    arrival: Arrival = g.arrival
    found = services.renders.read_file(sent.content, sent.kinds, caller_of(arrival), arrival.place)
    return jsonify(import_record(found, with_pictures=sent.wants_pictures))


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
    has_accounts = services.access.has_accounts
    page = _openapi(
        services.config, tuple(services.routes), tuple(services.layouts), has_accounts=has_accounts
    )
    return Response(page, content_type=JSON)


def caller_of(arrival: Arrival) -> Caller:
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
def _openapi(
    config: Config, routes: tuple[Route, ...], layouts: tuple[str, ...], *, has_accounts: bool
) -> bytes:
    document = openapi_document(config, routes, layouts, has_accounts=has_accounts)
    return json.dumps(document, ensure_ascii=False).encode()


def _refuse_unwanted(media_type: str) -> None:
    refuse_unwanted(request.headers.get("Accept", ""), media_type)
