"""The OpenAPI 3.1 document, made from the declarations that the code itself uses.

The issue comes from the models of the intake, errors from the table of problems, everything else
from the declarations of routes, outputs, scopes and limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hongtou import __version__
from hongtou.config import Config
from hongtou.importing import Kind
from hongtou.intake import issue_schema
from hongtou.intake.wish import wish_schema
from hongtou.keys import OF_KEYS
from hongtou.web.api.accounts.schemas import SCHEMAS as ACCOUNT_SCHEMAS
from hongtou.web.api.answers import PREVIEW_PART
from hongtou.web.api.archive.schemas import SCHEMAS as ARCHIVE_SCHEMAS
from hongtou.web.api.forms import ISSUE_PART, PART_NAME, WISH_PART
from hongtou.web.api.inspections import SCHEMAS as INSPECTION_SCHEMAS
from hongtou.web.cookies import SECURE, SESSION
from hongtou.web.description import error_kinds, limits
from hongtou.web.problems import MEDIA_TYPE, TEMPORARY, problem_of
from hongtou.web.route import VARIABLE, Route
from hongtou.web.schemas import BINARY, COUNT, JSON, NUMBER, TEXT, Schema, record, ref, rows

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
NAME: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "pattern": r"^[^/\\\x00-\x1f\x7f]+$",
}
SESSION_SCHEME = "session"
VERSION = '^"[0-9]{1,9}"$'


def openapi_document(
    config: Config, routes: Iterable[Route], layouts: Iterable[str], *, has_accounts: bool = False
) -> Schema:
    """Return the document of a service with these settings, routes and layouts.

    ``has_accounts`` tells whether people log in there.
    """
    schemes = _security_schemes(config, has_accounts=has_accounts)
    paths: dict[str, Schema] = {}
    for route in routes:
        if route.is_for_programs:
            paths.setdefault(route.shown_path, {})[route.method.lower()] = _operation(
                route, schemes
            )
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
        "components": {"schemas": _schemas(layouts), "securitySchemes": schemes},
        "x-limits": limits(config),
    }


def _operation(route: Route, schemes: Schema) -> Schema:
    answers = {str(route.status): _success(route)}
    if "ETag" in route.headers and (route.task or route.method == "GET"):
        answers["304"] = {"description": "与 If-None-Match 所示的相同"}
    temporary = {problem_of(kind("")).status for kind in TEMPORARY}
    for status, titles in error_kinds(route, is_open=not schemes).items():
        answers[str(status)] = _failure(titles, status in temporary)
    described: Schema = {
        "operationId": route.endpoint.partition(".")[2],
        "summary": route.title,
        "responses": answers,
    }
    if route.description:
        described["description"] = route.description
    if parameters := [*_path_parameters(route), *_parameters(route)]:
        described["parameters"] = parameters
    if route.body:
        content = {kind: {"schema": schema} for kind, schema in route.body.items()}
        described["requestBody"] = {"required": True, "content": content}
    elif route.task:
        described["requestBody"] = _body(has_wish=route.has_wish)
    if schemes and route.scope is not None:
        described["security"] = [{name: [route.scope.value]} for name in schemes]
    elif route.is_personal and SESSION_SCHEME in schemes:
        described["security"] = [{SESSION_SCHEME: []}]
    return described


def _success(route: Route) -> Schema:
    answer: Schema = {"description": route.title}
    if route.content:
        answer["content"] = {kind: {"schema": schema} for kind, schema in route.content.items()}
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


def _path_parameters(route: Route) -> list[Schema]:
    """Return the variables in the path of a route, whole numbers where it says so."""
    kinds: dict[str, Schema] = {"int": ID}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, NAME)}
        for kind, name in VARIABLE.findall(route.path)
    ]


def _parameters(route: Route) -> list[Schema]:
    """Return the parameters of the query, and If-Match where a version is changed."""
    parameters = [_parameter(*parameter) for parameter in route.parameters]
    if route.changes_version:
        text = "所改的版本，即取得时的 ETag"
        schema = {"type": "string", "pattern": VERSION}
        match = {"name": "If-Match", "in": "header", "required": True, "schema": schema}
        parameters.append({**match, "description": text})
    return parameters


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _body(*, has_wish: bool) -> Schema:
    own = {ISSUE_PART: ref("Issue")} | ({WISH_PART: ref("Wish")} if has_wish else {})
    parts = {
        "type": "object",
        "properties": own,
        "required": [ISSUE_PART],
        "additionalProperties": BINARY,
        "propertyNames": {"pattern": PART_NAME},
        "description": "图片各占一个部分，部分名就是稿件里的图片名；"
        "收 JPEG、PNG、WebP、TIFF、BMP 与 GIF。",
    }
    encoding = {name: {"contentType": JSON} for name in own}
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
        "Wish": wish_schema(),
        "Preview": _preview(),
        "PreviewForm": _preview_form(),
        "Imported": _imported(),
        **INSPECTION_SCHEMAS,
        **ARCHIVE_SCHEMAS,
        **ACCOUNT_SCHEMAS,
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
        },
        details={"type": "object"},
    )


def _preview() -> Schema:
    """Return the schema of a preview; a place is page, box in mm, pointer, start and end."""
    drawn = rows(COUNT, TEXT, COUNT, COUNT)
    places = rows(COUNT, NUMBER, NUMBER, NUMBER, NUMBER, TEXT, COUNT, COUNT)
    inspection = INSPECTION_SCHEMAS["Inspection"]
    told = {name: inspection["properties"][name] for name in inspection["required"]}
    return record({**told, "drawn": drawn, "places": places, "last_page_lines": COUNT})


def _imported() -> Schema:
    """Return the schema of an import; its issue may lack what a person must still add."""
    line = record(
        {"number": COUNT, "text": TEXT, "kind": {"enum": [kind.value for kind in Kind]}}
        | dict.fromkeys(("pointer", "why", "doubt"), TEXT)
    )
    doubt = record({"message": TEXT, "line": COUNT, "pointer": TEXT})
    return record(
        {
            "issue": {"type": "object"},
            "lines": {"type": "array", "items": line},
            "doubts": {"type": "array", "items": doubt},
        },
        pictures={
            "type": "object",
            "additionalProperties": {"type": "string", "contentEncoding": "base64"},
            "description": "按名称的图片，写明 pictures 时才有",
        },
    )


def _preview_form() -> Schema:
    return {
        "type": "object",
        "properties": {PREVIEW_PART: ref("Preview")},
        "required": [PREVIEW_PART],
        "additionalProperties": BINARY,
    }


def _security_schemes(config: Config, *, has_accounts: bool) -> Schema:
    schemes: Schema = {}
    if config.keys:
        scopes = f"密钥，范围有 {'、'.join(OF_KEYS)}"
        schemes["key"] = {"type": "http", "scheme": "bearer", "description": scopes}
    if has_accounts:
        told = f"登录；经 TLS 的，名称前有 {SECURE}。改动另须请求头 X-CSRF-Token"
        cookie = {"type": "apiKey", "in": "cookie", "name": SESSION}
        schemes[SESSION_SCHEME] = {**cookie, "description": told}
    return schemes
