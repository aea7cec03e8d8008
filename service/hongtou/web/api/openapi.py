"""The OpenAPI 3.1 document, made from what the code itself holds to.

Issue: the intake's models. Errors: the table of problems. Outputs, scopes, limits: their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from hongtou import __version__
from hongtou.bulletin import errors
from hongtou.bulletin.finding import Severity, Strength
from hongtou.config import LIMIT_PREFIX, LIMIT_TITLES, Config
from hongtou.intake import issue_schema
from hongtou.keys import Scope
from hongtou.pages.report import PageReport
from hongtou.web.api.forms import ISSUE_PART, PART_NAME
from hongtou.web.api.routes import (
    BINARY,
    COUNT,
    EVERYWHERE,
    JSON,
    OPERATIONS,
    ORDER_PARAMETERS,
    TEXT,
    Operation,
    Schema,
    record,
    ref,
)
from hongtou.web.problems import HTTP_PROBLEMS, MEDIA_TYPE, PASSING, problem_of
from hongtou.web.security import SCOPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OF_HEADS = ("bad-request", "address-too-long", "head-too-long")  # of every route, from the door
JSON_TYPES = {"int": "integer", "float": "number", "str": "string"}


def openapi_document(config: Config, layouts: Iterable[str]) -> Schema:
    """Return the document of a service with these settings and layouts."""
    paths: dict[str, Schema] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, config)
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


def limits(config: Config) -> list[dict[str, Any]]:
    """Return every limit of size and time that is in force, with its variable."""
    own = {
        "request_bytes": "整个请求的字节数",
        "image_bytes": "每张图片的字节数",
        "images": "每期图片的张数",
        "queue": "等待排版的请求数",
        "render_seconds": "排一期的秒数",
    }
    return [
        *(
            _limit(f"HONGTOU_{name.upper()}", title, getattr(config, name))
            for name, title in own.items()
        ),
        *(
            _limit(f"{LIMIT_PREFIX}{name.upper()}", LIMIT_TITLES[name], value)
            for name, value in asdict(config.limits).items()
        ),
    ]


def error_kinds(operation: Operation, config: Config) -> dict[int, list[str]]:
    """Return the titles of the problems that a route may answer with, by status."""
    kinds = [*EVERYWHERE, *operation.kinds]
    if config.keys and SCOPES[operation.endpoint]:
        kinds += [errors.Unauthorized, errors.Forbidden]
    problems = [problem_of(kind("")) for kind in dict.fromkeys(kinds)]
    problems += [HTTP_PROBLEMS[kind] for kind in OF_HEADS]
    found: dict[int, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.status, []).append(problem.title)
    return dict(sorted(found.items()))


def _limit(variable: str, title: str, value: int) -> dict[str, Any]:
    return {"variable": variable, "title": title, "value": value}


def _operation(operation: Operation, config: Config) -> Schema:
    scope = SCOPES[operation.endpoint]
    answers = {"200": _success(operation)}
    if operation.headers:
        answers["304"] = {"description": "与 If-None-Match 所示的相同"}
    passing = {problem_of(kind("")).status for kind in PASSING}
    for status, titles in error_kinds(operation, config).items():
        answers[str(status)] = _failure(titles, status in passing)
    described: Schema = {
        "operationId": operation.endpoint.partition(".")[2],
        "summary": operation.title,
        "responses": answers,
    }
    if operation.description:
        described["description"] = operation.description
    if operation.takes_issue:
        described["parameters"] = [_parameter(*one) for one in ORDER_PARAMETERS]
        described["requestBody"] = _body()
    if config.keys and scope is not None:
        described["security"] = [{"key": [scope.value]}]
    return described


def _success(operation: Operation) -> Schema:
    answer: Schema = {
        "description": operation.title,
        "content": {kind: {"schema": schema} for kind, schema in operation.content.items()},
    }
    if operation.headers:
        answer["headers"] = {
            name: {"description": text, "schema": TEXT} for name, text in operation.headers.items()
        }
    return answer


def _failure(titles: list[str], passing: bool) -> Schema:
    answer: Schema = {
        "description": "；".join(titles),
        "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
    }
    if passing:
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
        "description": "图片各占一个部分，部分名就是稿件里的图片名；只收 PNG 与 JPEG。",
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
    """Return a schema whose references lead to the document's components."""
    if isinstance(value, dict):
        return {key: _moved(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one) for one in value]
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
        suggestion=record(
            {"start": COUNT, "end": COUNT, "text": TEXT, "safe": {"type": "boolean"}}
        ),
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
