"""The OpenAPI document says what the routes do, no more and no less."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator, meta

from hongtou.bulletin import errors
from hongtou.bulletin.finding import Box, Finding, Severity, Suggestion
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.keys import OF_KEYS, key_line
from hongtou.outputs import OUTPUTS
from hongtou.pages.report import PageReport
from hongtou.records import inspection_record
from hongtou.web.api.archive.schemas import DAY
from hongtou.web.app import create_app
from hongtou.web.problems import PROBLEMS
from tests.support.fakes import HALF_WIDTH, FakeTypesetter
from tests.support.house import House, cheap_hashes
from tests.support.shop import layouts

__all__ = ["cheap_hashes"]
ROOT = Path(__file__).parents[1]
OF_THE_ARCHIVE = {
    errors.NotKept,
    errors.TooManyAttempts,
    errors.NumberTaken,
    errors.WrongState,
    errors.Stale,
    errors.VersionRequired,
    errors.Locked,
    errors.NoArchive,
    errors.NoProvider,
    errors.StorageFull,
    errors.OverQuota,
}
FOR_PEOPLE = (
    "/",
    "/advanced",
    "/help",
    "/guide/",
    "/login",
    "/setup",
    "/password",
    "/accounts",
    "/docs",
    "/desk",
    "/events",
    "/examples/",
    "/issues/",
    "/publications/",
    "/problems/",
    "/static/",
)


@pytest.fixture
def app() -> Flask:
    return create_app(Config(limits=Limits(pages=77)), FakeTypesetter())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/v1/openapi.json")
    assert answer.content_type == "application/json"
    return dict(json.loads(answer.data))


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def validator(document: dict[str, Any], name: str) -> Draft202012Validator:
    """Return what holds a value against one of the document's schemas."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return Draft202012Validator(whole)


@pytest.mark.slow
def test_routes_and_document_are_the_same(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in FOR_PEOPLE and not rule.rule.startswith(FOR_PEOPLE[2:])
    }
    assert set(operations(document)) == routes


@pytest.mark.slow
def test_the_issue_is_that_of_the_models(document: dict[str, Any]) -> None:
    moved = json.dumps(issue_schema(), ensure_ascii=False).replace(
        "#/$defs/", "#/components/schemas/"
    )
    expected = json.loads(moved)
    schemas = document["components"]["schemas"]
    assert {name: schemas[name] for name in expected["$defs"]} == expected["$defs"]
    layout = schemas["Issue"]["properties"].pop("layout")
    assert layout["anyOf"][0] == {"enum": list(layouts())}
    del expected["properties"]["layout"]
    assert schemas["Issue"]["properties"] == expected["properties"]


@pytest.mark.slow
def test_bounds_are_told_in_the_words_of_json_schema(document: dict[str, Any]) -> None:
    masthead = document["components"]["schemas"]["Masthead"]["properties"]
    number = masthead["issue_number"]
    assert (number["minimum"], number["maximum"]) == (1, 9999)
    assert re.findall(r'"(?:[gl][et]|multiple_of)":', json.dumps(document)) == []


@pytest.mark.slow
def test_every_schema_is_one_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert meta.is_valid({**schema, "$schema": document["jsonSchemaDialect"]}), name
    for target in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
        assert target in document["components"]["schemas"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "example", sorted((ROOT / "examples").glob("*.json")), ids=lambda path: path.stem
)
def test_the_examples_are_issues(document: dict[str, Any], example: Path) -> None:
    assert validator(document, "Issue").is_valid(json.loads(example.read_bytes()))


@pytest.mark.slow
def test_problems_are_as_described(client: FlaskClient, document: dict[str, Any]) -> None:
    problem = validator(document, "Problem")
    for path in ("/nowhere", "/v1/outputs?a", "/v1/render"):
        answer = client.post(path, data=b"{")
        assert problem.is_valid(json.loads(answer.data)), answer.text


def test_findings_are_as_described(document: dict[str, Any]) -> None:
    findings = [
        HALF_WIDTH,
        Finding(
            code="a/b",
            severity=Severity.NOTE,
            message="",
            page=1,
            box_mm=Box(1, 2, 3, 4),
            suggestion=Suggestion(0, 1, "，", safe=True),
        ),
    ]
    pages = [PageReport(1, 20, 0.01, -0.01, 2, 0, "㙓")]
    inspection = validator(document, "Inspection")
    assert inspection.is_valid(inspection_record(findings, 1, pages))
    assert inspection.is_valid(inspection_record([], None))
    assert not inspection.is_valid({"findings": [{}], "pages": 1, "layout": []})


@pytest.mark.slow
def test_the_headers_of_a_render_are_those_described(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    answer = client.post("/v1/render", data=b"{}", content_type="application/json")
    described = document["paths"]["/v1/render"]["post"]["responses"]["200"]["headers"]
    own = set(answer.headers.keys()) - set(client.get("/healthz").headers.keys())
    assert own == set(described)
    assert "Repr-Digest" in client.get("/docs").text


def test_outputs_and_limits_are_those_in_force(document: dict[str, Any]) -> None:
    render = document["paths"]["/v1/render"]["post"]
    assert set(render["responses"]["200"]["content"]) == {
        kind.media_type for one in OUTPUTS.values() for kind in one.kinds
    }
    named = {one["name"]: one["schema"] for one in render["parameters"]}
    assert named["output"]["enum"] == list(OUTPUTS)
    values = {one["variable"]: one["value"] for one in document["x-limits"]}
    assert values["HONGTOU_MAX_PAGES"] == 77
    assert values["HONGTOU_QUEUE"] == Config().queue


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/v1/render", "/v1/check"])
def test_whatever_may_be_chosen_of_an_output_is_a_parameter(
    document: dict[str, Any], path: str
) -> None:
    named = {one["name"]: one for one in document["paths"][path]["post"]["parameters"]}
    names = {name for output in OUTPUTS.values() for name in output.option_names}
    assert set(named) == {"output", "purpose", "normalize", *names}
    for output in OUTPUTS.values():
        for option in output.options:
            schema, told = named[option.name]["schema"], named[option.name]["description"]
            default = {"default": schema["default"]} if "default" in schema else {}
            own = {**option.schema, **default}
            if "enum" in own and {*own["enum"]} <= {*schema["enum"]}:  # others take further words
                own |= {name: schema[name] for name in ("enum", "description")}
            assert own == {"default": option.default, **schema}
            assert default.get("default", option.default) == option.default
            assert default or f"{output.name} 默认 {option.default}" in told
            assert option.title in told
            assert output.name in told


def test_outputs_are_as_described(client: FlaskClient, document: dict[str, Any]) -> None:
    answers = document["paths"]["/v1/outputs"]["get"]["responses"]
    schema = Draft202012Validator(answers["200"]["content"]["application/json"]["schema"])
    told = client.get("/v1/outputs").json
    assert schema.is_valid(told)
    del told["outputs"][1]["options"][0]["title"]
    assert not schema.is_valid(told)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_every_problem_of_a_render_is_described(
    kind: type[errors.ServiceError], document: dict[str, Any]
) -> None:
    if kind in (errors.SetupError, errors.Unauthorized):  # 500 anyway; without keys no 401
        return
    if kind in OF_THE_ARCHIVE:
        return
    path = "/v1/imports" if kind is errors.ImportRefused else "/v1/render"
    answers = document["paths"][path]["post"]["responses"]
    described = answers[str(PROBLEMS[kind].status)]
    assert PROBLEMS[kind].title in described["description"]
    assert "application/problem+json" in described["content"]


class TestKeys:
    @pytest.fixture
    def locked(self, tmp_path: Path) -> FlaskClient:
        keys = tmp_path / "keys"
        keys.write_text(key_line("hongtou_a", OF_KEYS, "测试"), encoding="utf-8")
        return create_app(Config(keys=keys), FakeTypesetter()).test_client()

    @pytest.mark.slow
    def test_scopes_are_told_where_keys_are_asked_for(self, locked: FlaskClient) -> None:
        answer = locked.get("/v1/openapi.json", headers={"Authorization": "Bearer hongtou_a"})
        told = operations(json.loads(answer.data))
        assert told["POST", "/v1/render"]["security"] == [{"key": ["render"]}]
        assert "401" in told["POST", "/v1/render"]["responses"]
        assert "security" not in told["GET", "/healthz"]

    @pytest.mark.slow
    def test_the_page_says_so_too(self, locked: FlaskClient) -> None:
        assert "Authorization: Bearer" in locked.get("/docs").text


class TestPage:
    @pytest.mark.slow
    def test_tells_of_every_route_and_limit(
        self, client: FlaskClient, document: dict[str, Any]
    ) -> None:
        page = client.get("/docs").text
        for method, path in operations(document):
            assert f"{method} {path}" in page
        for limit in document["x-limits"]:
            assert limit["variable"] in page

    @pytest.mark.slow
    def test_loads_nothing_from_elsewhere(self, client: FlaskClient) -> None:
        answer = client.get("/docs")
        assert "<style" not in answer.text
        assert "style=" not in answer.text
        assert "<script" not in answer.text
        assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)
        for path in re.findall(r'href="(/[^"]*)"', answer.text):
            with client.get(path) as linked:
                assert linked.status_code == 200, path


def test_a_day_is_every_day_of_the_calendar_and_no_other() -> None:
    """Of every kind of year: divided by 4, by 100, by 400, and by none of them."""
    is_day = re.compile(DAY["pattern"])
    for year in (1900, 1904, 2000, 2026, 2028, 2096, 2100, 2400, 2999):
        for month, day in product(range(14), range(33)):
            shown = f"{year}-{month:02}-{day:02}"
            try:
                date.fromisoformat(shown)
            except ValueError:
                assert not is_day.search(shown), shown
            else:
                assert is_day.search(shown), shown
    assert not any(is_day.search(f"{year}-01-01") for year in ("1899", "3000", "0001", "9999"))


@pytest.mark.slow
def test_where_people_log_in_without_keys_a_session_is_asked_for(tmp_path: Path) -> None:
    house = House(tmp_path / "hongtou.db")
    told = house.app.test_client().get("/v1/openapi.json").json
    assert told["components"]["securitySchemes"] == {}
    house.people()
    told = house.browser("editor").send("GET", "/v1/openapi.json").json
    (session,) = told["components"]["securitySchemes"].values()
    assert (session["in"], session["name"]) == ("cookie", "hongtou-session")
    for path, method, scopes in (
        ("/v1/render", "post", ["render"]), ("/v1/issues", "get", ["edit"]), ("/v1/session", "get", []),
    ):  # fmt: skip
        asked = told["paths"][path][method]
        assert asked["security"] == [{"session": scopes}]
        assert {"401"} <= asked["responses"].keys()
    assert "403" in told["paths"]["/v1/render"]["post"]["responses"]
    assert "security" not in told["paths"]["/v1/session"]["post"]
    house.archive.close()
