"""The Flask application: its routes, and what all requests and responses share."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from flask import Flask, Response, g, request
from flask.json.provider import DefaultJSONProvider

from hongtou.accounts import Accounts
from hongtou.accounts.sign_on import IdentityProvider
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.keys import OnKeyEvent, ignore_event
from hongtou.rendering.renders import Renderer
from hongtou.web.access import HEADERS
from hongtou.web.arrival import arrival_of
from hongtou.web.exposure import Exposure
from hongtou.web.head import head_of
from hongtou.web.log import configure_log, log_answer
from hongtou.web.metrics import NO_ROUTE, Metrics
from hongtou.web.pages.people import sign_on_page, turned_away
from hongtou.web.pages.showing import page
from hongtou.web.problem_answers import handle_errors
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from hongtou.web.services import Services, open_services

PHRASES = {status.value: status.phrase for status in HTTPStatus}


class ReadableJson(DefaultJSONProvider):
    """JSON with its keys in their given order and Chinese unescaped."""

    ensure_ascii = False
    sort_keys = False


class Application(Flask):
    """The application around its services, which every view receives."""

    json_provider_class = ReadableJson

    def __init__(self, services: Services) -> None:
        super().__init__(__name__, static_folder=None, template_folder="pages/templates")
        self.services = services
        self.jinja_env.globals["sign_on"] = sign_on_page(services)  # its endpoint
        self.exposure = Exposure(services.config, services.access)
        self.url_map.merge_slashes = False  # no redirect to an address that was not asked for
        for route in services.routes:
            view = partial(route.view, services)
            self.add_url_rule(route.path, route.endpoint, view, methods=[route.method])
        self.before_request(_begin)
        self.before_request(partial(_admit, services, self.exposure))
        by_endpoint = {route.endpoint: route for route in services.routes}
        self.before_request(partial(_guide, services, by_endpoint))
        self.after_request(partial(_finish, services))
        self.after_request(_protect)  # Flask calls these in reverse order: first this, then _finish
        handle_errors(self, lambda problem: page("refused.html", problem=problem))


def create_app(
    config: Config,
    renderer: Renderer,
    metrics: Metrics | None = None,
    on_key_event: OnKeyEvent = ignore_event,
    desk: Desk | None = None,
    accounts: Accounts | None = None,
    provider: IdentityProvider | None = None,
) -> Application:
    """Return the application around a renderer.

    ``metrics`` may be shared with other parts of the service; ``on_key_event`` is called with
    changes and faults of the keys; ``desk`` and ``accounts`` are None where nothing is kept, and
    ``provider`` where people log in by passwords alone.

    Raises:
        SetupError: other machines could connect without a key or an account, or the keys
            cannot be read.
    """
    configure_log()
    metrics = metrics or Metrics(ROUTES)
    return Application(
        open_services(config, renderer, ROUTES, metrics, on_key_event, desk, accounts, provider)
    )


def _begin() -> None:
    """Start the clock of a request and give it the id that the server has given it."""
    g.began = time.monotonic()
    g.arrival = arrival_of(request.environ)
    g.request_id = g.arrival.request_id


def _admit(services: Services, exposure: Exposure) -> None:
    """Ask the door again, as a key may have been deleted or a session ended since the head came."""
    head = head_of(request.environ)
    g.caller = services.door.admit(head, request.remote_addr or "", again=True).caller
    exposure.look_at_request(head)
    g.client = g.caller.name
    if g.caller.person and services.accounts:
        services.accounts.sessions.use(g.caller.person, datetime.now(UTC))


def _guide(services: Services, routes: Mapping[str, Route]) -> Response | None:
    """Lead to the log-in whoever opens a page that asks for it."""
    return turned_away(services, routes[request.endpoint]) if request.endpoint else None


def _protect(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def _finish(services: Services, answer: Response) -> Response:
    code = answer.status_code
    answer.status = f"{code} {PHRASES.get(code, '')}".rstrip()  # Flask would write it in capitals
    answer.headers["X-Request-Id"] = g.request_id
    services.metrics.answered(request.endpoint or NO_ROUTE, answer.status_code)
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
