"""The application: its routes, and what every request and answer has in common."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from flask import Flask, Response, g, request
from flask.json.provider import DefaultJSONProvider

from service.config import Config
from service.web.api import api
from service.web.edition_cache import EditionCache
from service.web.log import configure_log
from service.web.metrics import Metrics
from service.web.operations import operations
from service.web.pages import pages, read_examples
from service.web.problems import handle_errors
from service.web.readiness import is_ready
from service.web.render_queue import RenderQueue
from service.web.renders import Renders, Workshop
from service.web.security import guard
from service.web.watchdog import Watchdog

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = structlog.get_logger("hongtou")


class ReadableJson(DefaultJSONProvider):
    """JSON in the order in which it was made, Chinese as it is."""

    ensure_ascii = False
    sort_keys = False


def create_app(config: Config, workshop: Workshop, metrics: Metrics | None = None) -> Flask:
    """Return the application of a workshop; ``metrics`` where others count in them too."""
    configure_log()
    app = Flask(__name__)
    app.json = ReadableJson(app)
    app.extensions["config"] = config
    app.extensions["renders"] = _renders(config, workshop, metrics or Metrics())
    app.extensions["watchdog"] = Watchdog()
    app.extensions["examples"] = read_examples()
    app.before_request(_begin)
    app.after_request(_finish)
    app.extensions["gate"] = guard(app, config)
    handle_errors(app)
    for blueprint in (api, operations, pages):
        app.register_blueprint(blueprint)
    return app


def _renders(config: Config, workshop: Workshop, metrics: Metrics) -> Renders:
    """Return the renders of a service, whose state the metrics show."""
    queue = RenderQueue(config.workers, config.queue)
    cache = EditionCache(config.shelf_bytes)
    renders = Renders(workshop, queue, cache, metrics)
    metrics.watch(
        "requests", "Requests at work and in the queue",
        running=lambda: queue.running, waiting=lambda: queue.waiting,
    )
    metrics.watch("cache_bytes", "Memory of kept editions", lambda: cache.held_bytes)
    metrics.watch("ready", "Whether new work is taken", lambda: is_ready(config, renders))
    return renders


def request_id(wanted: str) -> str:
    """Return the client's own request id if it is harmless, else a new one."""
    return wanted if REQUEST_ID.fullmatch(wanted) else uuid.uuid4().hex


def _begin() -> None:
    g.request_id = request_id(request.headers.get("X-Request-Id", ""))
    g.began = time.monotonic()


def _finish(answer: Response) -> Response:
    answer.headers["X-Request-Id"] = g.request_id
    log.info(
        "request",
        request_id=g.request_id,
        method=request.method,
        path=request.path[:200],
        client=g.get("client", ""),
        status=answer.status_code,
        milliseconds=round((time.monotonic() - g.began) * 1000),
    )
    return answer
