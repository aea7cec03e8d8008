"""``/healthz``, ``/readyz`` and ``/metrics``, for operators."""

from __future__ import annotations

from flask import Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from hongtou import __version__
from hongtou.bulletin.errors import Stopping, Unavailable
from hongtou.keys import Scope
from hongtou.web.bodies import none_at_all
from hongtou.web.readiness import refuse_unready
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, TEXT, record
from hongtou.web.services import Services

# Of the database: there is none, it takes what is written, it does not.
ARCHIVE_STATES = ARCHIVE_ABSENT, ARCHIVE_WELL, ARCHIVE_FAULT = "none", "usable", "unusable"


def healthz(services: Services) -> Response:
    """Answer that the event loop and the threads run.

    Raises:
        Unavailable: one of them hangs.
    """
    hanging = services.watchdog.hanging()
    if hanging:
        raise Unavailable(f"{'、'.join(hanging)} 停住了", hint="服务若不自行恢复，请重新启动")
    return jsonify(status="ok", version=__version__)


def readyz(services: Services) -> Response:
    """Answer that new work is accepted and can be done.

    Raises:
        Stopping: the service is stopping.
        Unavailable: new work cannot be done now.
    """
    trial = services.archive_trial
    refuse_unready(services.config, services.renders, trial)
    if trial is None:
        return jsonify(status="ready", archive=ARCHIVE_ABSENT)
    return jsonify(status="ready", archive=ARCHIVE_FAULT if trial.fault() else ARCHIVE_WELL)


def metrics(services: Services) -> Response:
    """Answer with all metrics, for Prometheus."""
    return Response(services.metrics.page(), content_type=CONTENT_TYPE_LATEST)


ROUTES = (
    Route(
        endpoint="operations.healthz",
        method="GET",
        path="/healthz",
        view=healthz,
        scope=None,
        body_rule=none_at_all,
        title="进程活着",
        content={JSON: record({"status": TEXT, "version": TEXT})},
    ),
    Route(
        endpoint="operations.readyz",
        method="GET",
        path="/readyz",
        view=readyz,
        scope=None,
        body_rule=none_at_all,
        title="可以接受新的排版",
        content={JSON: record({"status": TEXT, "archive": {"enum": [*ARCHIVE_STATES]}})},
        kinds=(Stopping, Unavailable),
    ),
    Route(
        endpoint="operations.metrics",
        method="GET",
        path="/metrics",
        view=metrics,
        scope=Scope.READ,
        title="Prometheus 指标",
        content={"text/plain": TEXT},
    ),
)
