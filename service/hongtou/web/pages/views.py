"""The views that need nothing kept: the desk, the page that takes JSON, examples, explanations."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Response, abort, g, send_from_directory

from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import OUTPUT, PURPOSE
from hongtou.web.description import error_kinds, limits
from hongtou.web.pages import kept
from hongtou.web.pages.desk_page import desk_page
from hongtou.web.pages.showing import page
from hongtou.web.problems import problem_kinds
from hongtou.web.services import Services

STATIC = Path(__file__).with_name("static")


def home(services: Services) -> Response:
    """Show the issues that are kept; where none can be, the page that takes JSON."""
    return kept.issues(services) if kept.keeps(services) else editor(services)


def editor(services: Services) -> Response:
    """Show the page that takes JSON and shows the PDF or the findings."""
    layouts = services.layouts
    examples = {name: layouts[name].title for name in services.examples if name in layouts}
    return page(
        "editor.html",
        examples=examples,
        common=(OUTPUT, PURPOSE),
        outputs=OUTPUTS.values(),
        needs_key=not services.access.is_open and not g.caller.person,
    )


def desk(services: Services) -> Response:
    """Show the desk, on which an issue is written beside its pages."""
    examples = services.examples
    issue = json.loads(examples[min(examples)]) if examples else {}
    return desk_page(services, {"id": "", "version": 0, "document": issue}, title="编辑")


def docs(services: Services) -> Response:
    """Show the documentation of the API, from the declarations behind the OpenAPI document."""
    config, is_open = services.config, services.access.is_open
    entries = [
        {
            "operation": route,
            "errors": error_kinds(route, is_open=is_open),
            "scope": None if is_open else route.scope,
        }
        for route in services.routes
        if route.is_for_programs
    ]
    return page(
        "docs.html", entries=entries, limits=limits(config), needs_key=config.keys is not None
    )


def example(services: Services, name: str) -> Response:
    """Answer with an example issue."""
    if name not in services.examples:
        abort(404)
    return Response(services.examples[name], content_type="application/json")


def problem(services: Services, kind: str) -> Response:
    """Explain a kind of problem, at the address in its ``type``."""
    found = problem_kinds().get(kind)
    if found is None:
        abort(404)
    return page("problem.html", kind=kind, problem=found)


def static(services: Services, filename: str) -> Response:
    """Answer with a script, a style or a picture of the pages."""
    return send_from_directory(STATIC, filename)
