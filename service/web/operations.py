"""``/healthz``, ``/readyz`` and ``/metrics``: for those who keep the service running."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from service import __version__
from service.config import Config
from service.web.api import bench
from service.web.readiness import refuse_unready

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def healthz() -> Response:
    """Answer that the process lives."""
    return jsonify(status="ok", version=__version__)


@operations.get("/readyz")
def readyz() -> Response:
    """Answer that new work is taken and can be done; 503 with the reason where not."""
    refuse_unready(cast(Config, current_app.extensions["config"]), bench())
    return jsonify(status="ready")


@operations.get("/metrics")
def metrics() -> Response:
    """Answer with all counters, for Prometheus."""
    own = bench()
    page = own.metrics.page(own.running, own.waiting)
    return Response(page, content_type=CONTENT_TYPE_LATEST)
