"""``/healthz``, ``/readyz`` and ``/metrics``: for those who keep the service running."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from hongtou import __version__
from hongtou.bulletin.errors import Unavailable
from hongtou.config import Config
from hongtou.web.api.views import renders
from hongtou.web.readiness import refuse_unready
from hongtou.web.server.watchdog import Watchdog

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def healthz() -> Response:
    """Answer that the loop and the threads turn: it takes both to answer at all."""
    sick = cast(Watchdog, current_app.extensions["watchdog"]).sick()
    if sick:
        raise Unavailable(f"{'、'.join(sick)} 停住了", hint="服务若不自行恢复，请重新启动")
    return jsonify(status="ok", version=__version__)


@operations.get("/readyz")
def readyz() -> Response:
    """Answer that new work is taken and can be done; 503 with the reason where not."""
    refuse_unready(cast(Config, current_app.extensions["config"]), renders())
    return jsonify(status="ready")


@operations.get("/metrics")
def metrics() -> Response:
    """Answer with all counters, for Prometheus."""
    return Response(renders().metrics.page(), content_type=CONTENT_TYPE_LATEST)
