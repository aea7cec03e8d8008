"""The application: its routes, and what every request and answer has in common."""

from __future__ import annotations

import time
from http import HTTPStatus

from flask import Flask, Response, current_app, g, request
from flask.json.provider import DefaultJSONProvider

from hongtou.config import Config
from hongtou.keys import Notice, unheard
from hongtou.rendering.cache import EditionCache
from hongtou.rendering.queue import RenderQueue
from hongtou.web.api.views import api
from hongtou.web.log import configure_log, log_answer
from hongtou.web.metrics import NO_ROUTE, Metrics
from hongtou.web.operations import operations
from hongtou.web.pages.views import pages, read_examples
from hongtou.web.problems import handle_errors
from hongtou.web.readiness import is_ready
from hongtou.web.renders import Renderer, Renders
from hongtou.web.security import AccessControl, protect_answers
from hongtou.web.server.door import Door
from hongtou.web.server.head import head_of, request_id
from hongtou.web.server.watchdog import Watchdog

PHRASES = {one.value: one.phrase for one in HTTPStatus}


class ReadableJson(DefaultJSONProvider):
    """JSON in the order in which it was made, Chinese as it is."""

    ensure_ascii = False
    sort_keys = False


def create_app(
    config: Config, renderer: Renderer, metrics: Metrics | None = None, notice: Notice = unheard
) -> Flask:
    """Return the application of a typesetter.

    ``metrics`` where others count in them too; ``notice`` is told of faults of the keys.
    """
    configure_log()
    app = Flask(
        __name__,
        static_folder="pages/static",
        static_url_path="/static",
        template_folder="pages/templates",
    )
    app.json = ReadableJson(app)
    app.extensions["config"] = config
    app.extensions["renders"] = _renders(config, renderer, metrics or Metrics())
    app.extensions["watchdog"] = Watchdog()
    app.extensions["examples"] = read_examples()
    app.extensions["gate"] = AccessControl(config, notice)
    app.url_map.merge_slashes = False  # an address that is written otherwise is another one
    app.before_request(_begin)
    app.before_request(_admit)
    app.after_request(_finish)
    protect_answers(app)
    handle_errors(app)
    for blueprint in (api, operations, pages):
        app.register_blueprint(blueprint)
    app.extensions["door"] = Door(config, app.extensions["gate"], app.url_map)
    return app


def _renders(config: Config, renderer: Renderer, metrics: Metrics) -> Renders:
    """Return the renders of a service, whose state the metrics show."""
    queue = RenderQueue(config.workers, config.queue)
    cache = EditionCache(config.cache_bytes)
    renders = Renders(renderer, queue, cache, metrics)
    metrics.watch(
        "requests",
        "Requests at work and in the queue",
        running=lambda: queue.running,
        waiting=lambda: queue.waiting,
    )
    metrics.watch("cache_bytes", "Memory of kept editions", lambda: cache.held_bytes)
    metrics.watch("ready", "Whether new work is taken", lambda: is_ready(config, renders))
    return renders


def _begin() -> None:
    """Give the request its id; the one from the door has been told to a worker's caller already."""
    given = request.environ.get("hongtou.request_id")
    g.request_id = given or request_id({"x-request-id": request.headers.get("X-Request-Id", "")})
    g.began = time.monotonic()


def _admit() -> None:
    """Hold the head against the rules of the door, once more: a key may be gone meanwhile."""
    door: Door = current_app.extensions["door"]
    g.client = door.admit(head_of(request.environ)).client


def _finish(answer: Response) -> Response:
    code = answer.status_code
    answer.status = f"{code} {PHRASES.get(code, '')}".rstrip()  # in capitals, if Flask had its way
    answer.headers["X-Request-Id"] = g.request_id
    current_app.extensions["renders"].metrics.answered(
        request.endpoint or NO_ROUTE, answer.status_code
    )
    length = answer.content_length or answer.calculate_content_length() or 0
    log_answer(
        request_id=g.request_id,
        address=request.remote_addr or "",
        method=request.method,
        path=request.path,
        client=g.get("client", ""),
        status=answer.status_code,
        length=length,
        milliseconds=round((time.monotonic() - g.began) * 1000),
    )
    return answer
