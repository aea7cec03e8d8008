"""A route is declared once, and all that knows of routes follows from the declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from hongtou.bulletin.errors import ServiceError
from hongtou.config import Config
from hongtou.keys import OF_KEYS, Scope, key_line
from hongtou.web.app import Application, create_app
from hongtou.web.head import Head
from hongtou.web.problems import problem_of
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from tests.support.fakes import FakeTypesetter

NUMBER = re.compile(r"<int:\w+>")
# What a view of the archive answers itself: no database, no version, a body that is none, and for
# people that nothing is kept.
OF_A_VIEW = {503, 428, 400, 404}
OF_WHAT_IS_KEPT = {
    *("pages.issue", "pages.history", "pages.publication", "pages.new_publication"),
    *("pages.importing", "pages.events"),
}
OF_THE_ARCHIVE = ("/publications", "/issues", "/events", "/session", "/links", "/accounts")
# Nobody logs in where there is no database: the pages are not there, the API says so.
OF_ACCOUNTS = {"pages.log_in": 404, "pages.link": 404, "pages.password": 404, "pages.accounts": 404}
OF_ACCOUNTS |= {"pages.depart": 404, "pages.arrive": 404, "pages.enter": 404}
OF_ACCOUNTS |= {"api.log_in": 415, "api.whose_link": 415, "api.use_link": 415}
ADDED = {"HEAD", "OPTIONS"}  # by Flask, to whatever can be read
pytestmark = pytest.mark.slow


@pytest.fixture
def app() -> Application:
    return create_app(Config(), FakeTypesetter())


def registered(app: Flask) -> set[tuple[str, str, str]]:
    """Return what an application answers: method, path, endpoint."""
    return {
        (method, rule.rule, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - ADDED
    }


def declared() -> set[tuple[str, str, str]]:
    return {(route.method, route.path, route.endpoint) for route in ROUTES}


def filled(route: Route) -> str:
    """Return an address of a route that is there."""
    values = {
        "<path:filename>": "page.css",
        "/guide/<name>": "/guide/clash",
        "<name>": "jianbao",
        "<kind>": "busy",
        "<sha256>": "ab" * 32,
    }
    path = NUMBER.sub("1", route.path)
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def test_nothing_is_registered_but_what_is_declared(app: Application) -> None:
    assert registered(app) == declared()
    assert app.blueprints == {}


def test_a_route_that_is_registered_otherwise_would_be_seen(app: Application) -> None:
    app.add_url_rule("/v1/secret", "api.secret", lambda: "", methods=["GET"])
    assert registered(app) - declared() == {("GET", "/v1/secret", "api.secret")}


def test_each_has_a_name_of_its_own() -> None:
    assert len({route.endpoint for route in ROUTES}) == len(ROUTES)


@cache
def with_keys_of_others(scope: Scope | None, folder: Path) -> Application:
    """Return an application with a key for every scope but one."""
    keys = folder / str(scope)
    others = [other for other in OF_KEYS if other is not scope]
    keys.write_text(key_line("hongtou_other", others, "别的"), encoding="utf-8")
    return create_app(Config(keys=keys), FakeTypesetter())


def expected(route: Route) -> tuple[int, int]:
    """Return what is answered without a key, and with one of another scope."""
    if route.endpoint in OF_WHAT_IS_KEPT:  # no key comes with a page: it is shown to nobody
        return 404, 404
    if route.endpoint in OF_ACCOUNTS:
        return OF_ACCOUNTS[route.endpoint], OF_ACCOUNTS[route.endpoint]
    if route.is_personal:  # which a key is not
        return 401, 401
    return (401, 403) if route.scope else (200, 200)


def test_the_scope_of_each_is_asked_for(tmp_path: Path) -> None:
    wrong = []
    for route in ROUTES:
        client = with_keys_of_others(route.scope, tmp_path).test_client()
        send = {"method": route.method, "path": filled(route)}
        other = {"Authorization": "Bearer hongtou_other"}
        with client.open(**send) as without, client.open(**send, headers=other) as with_other:
            told = (without.status_code, with_other.status_code)
        if told != expected(route):
            wrong.append((route.endpoint, told))
    assert wrong == []


def heads() -> Iterator[Head]:
    for path in (*map(filled, ROUTES), "/v1", "/v1/render/", "/v1//render", "/static/", "/none"):
        for method in ("GET", "HEAD", "POST", "OPTIONS", "DELETE", "PUT"):
            fields = {"host": "localhost", "content-type": "application/json"}
            yield Head(method, path, "", fields, 2 if method == "POST" else 0)


def answered(app: Application, head: Head) -> int:
    body = b"{}" if head.method == "POST" else b""
    with app.test_client().open(
        head.path, method=head.method, data=body, content_type="application/json"
    ) as answer:
        return answer.status_code


def admitted(app: Application, head: Head) -> int:
    try:
        app.services.door.admit(head)
    except HTTPException as error:
        return error.code or 0
    except ServiceError as error:
        return problem_of(error).status
    return 200


def test_the_door_knows_the_routes_that_the_application_answers(app: Application) -> None:
    wrong = []
    for head in heads():
        said, told = answered(app, head), admitted(app, head)
        is_of_the_archive = any(place in head.path for place in OF_THE_ARCHIVE)
        is_of_people = head.path.startswith(("/login", "/setup", "/password"))
        is_of_a_view = told == 200 and (is_of_the_archive or is_of_people) and said in OF_A_VIEW
        if told != said and not is_of_a_view:
            wrong.append((head.method, head.path, told, said))
    assert wrong == []


def test_metrics_count_every_route_from_the_start(app: Application) -> None:
    page = app.test_client().get("/metrics").text
    for route in ROUTES:
        assert f'hongtou_http_answers_total{{route="{route.endpoint}",status="200"}}' in page
