"""The OpenAPI 3.1 document, made from the declarations that the code itself uses.

The issue comes from the models of the intake, errors from the table of problems, everything else
from the declarations of routes, outputs, scopes and limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from hongtou import __version__
from hongtou.bulletin.finding import Severity, Strength
from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.keys import Scope
from hongtou.pages.report import PageReport
from hongtou.web.api.forms import ISSUE_PART, PART_NAME
from hongtou.web.description import error_kinds, limits
from hongtou.web.problems import MEDIA_TYPE, TEMPORARY, problem_of
from hongtou.web.route import Route
from hongtou.web.schemas import BINARY, COUNT, JSON, TEXT, Schema, record, ref

DIALECT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPES = {"int": "integer", "float": "number", "str": "string"}


def openapi_document(config: Config, routes: Iterable[Route], layouts: Iterable[str]) -> Schema:
    """Return the document of a service with these settings, routes and layouts."""
    paths: dict[str, Schema] = {}
    for route in routes:
        if route.is_for_programs:
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, config)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "红头 hongtou",
            "version": __version__,
            "summary": "一期简报的 JSON 进，可以付印的 A4 PDF 出",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": config.prefix or "/"}],
        "paths": paths,
        "components": {"schemas": _schemas(layouts), "securitySchemes": _security_schemes(config)},
        "x-limits": limits(config),
    }


def _operation(route: Route, config: Config) -> Schema:
    answers = {"200": _success(route)}
    if route.headers:
        answers["304"] = {"description": "与 If-None-Match 所示的相同"}
    temporary = {problem_of(kind("")).status for kind in TEMPORARY}
    for status, titles in error_kinds(route, config).items():
        answers[str(status)] = _failure(titles, status in temporary)
    described: Schema = {
        "operationId": route.endpoint.partition(".")[2],
        "summary": route.title,
        "responses": answers,
    }
    if route.description:
        described["description"] = route.description
    if route.parameters:
        described["parameters"] = [_parameter(*parameter) for parameter in route.parameters]
    if route.task:
        described["requestBody"] = _body()
    if config.keys and route.scope is not None:
        described["security"] = [{"key": [route.scope.value]}]
    return described


def _success(route: Route) -> Schema:
    answer: Schema = {
        "description": route.title,
        "content": {kind: {"schema": schema} for kind, schema in route.content.items()},
    }
    if route.headers:
        answer["headers"] = {
            name: {"description": text, "schema": TEXT} for name, text in route.headers.items()
        }
    return answer


def _failure(titles: list[str], temporary: bool) -> Schema:
    answer: Schema = {
        "description": "；".join(titles),
        "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
    }
    if temporary:
        answer["headers"] = {"Retry-After": {"description": "几秒后重试", "schema": TEXT}}
    return answer


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _body() -> Schema:
    parts = {
        "type": "object",
        "properties": {ISSUE_PART: ref("Issue")},
        "required": [ISSUE_PART],
        "additionalProperties": BINARY,
        "propertyNames": {"pattern": PART_NAME},
        "description": "图片各占一个部分，部分名就是稿件里的图片名；"
        "收 JPEG、PNG、WebP、TIFF、BMP 与 GIF。",
    }
    encoding = {ISSUE_PART: {"contentType": JSON}}
    return {
        "required": True,
        "content": {
            JSON: {"schema": ref("Issue")},
            "multipart/form-data": {"schema": parts, "encoding": encoding},
        },
    }


def _schemas(layouts: Iterable[str]) -> dict[str, Schema]:
    issue = _moved(issue_schema())
    parts = issue.pop("$defs")
    issue.pop("$schema")
    issue["properties"]["layout"]["anyOf"][0] = {"enum": list(layouts)}
    return {
        "Issue": issue,
        **parts,
        "Problem": _problem(),
        "Inspection": _inspection(),
        "Finding": _finding(),
        "PageReport": _page_report(),
    }


def _moved(value: Any) -> Any:
    """Return a schema whose references point to the components of this document."""
    if isinstance(value, dict):
        return {key: _moved(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_moved(member) for member in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return value.replace("#/$defs/", "#/components/schemas/")
    return value


def _problem() -> Schema:
    fault = record({"pointer": TEXT, "code": TEXT, "message": TEXT, "hint": TEXT})
    return record(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "request_id": TEXT,
            "errors": {"type": "array", "items": fault, "maxItems": 100},
        }
    )


def _inspection() -> Schema:
    return record(
        {
            "findings": {"type": "array", "items": ref("Finding")},
            "pages": {"type": ["integer", "null"], "minimum": 1},
            "layout": {"type": "array", "items": ref("PageReport")},
        }
    )


def _finding() -> Schema:
    number = {"type": "number"}
    suggestion = record({"start": COUNT, "end": COUNT, "text": TEXT, "safe": {"type": "boolean"}})
    return record(
        {
            "code": TEXT,
            "severity": {"enum": list(Severity)},
            "message": TEXT,
            "hint": TEXT,
            "strength": {"enum": list(Strength)},
            "source": TEXT,
        },
        pointer=TEXT,
        page={"type": ["integer", "null"]},
        box_mm=record(dict.fromkeys(("x", "y", "width", "height"), number)),
        suggestion=suggestion,
        further={"type": "array", "items": suggestion},
    )


def _page_report() -> Schema:
    return record(
        {entry.name: {"type": JSON_TYPES[str(entry.type)]} for entry in fields(PageReport)}
    )


def _security_schemes(config: Config) -> Schema:
    if not config.keys:
        return {}
    scopes = "、".join(Scope)
    return {"key": {"type": "http", "scheme": "bearer", "description": f"密钥，范围有 {scopes}"}}
