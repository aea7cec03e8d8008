"""The views of the web pages: the editor, its examples, and explanations of problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, abort, render_template, send_from_directory

from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import OUTPUT, PURPOSE
from hongtou.web.description import error_kinds, limits
from hongtou.web.problems import problem_kinds
from hongtou.web.services import Services

STATIC = Path(__file__).with_name("static")

# A page loads only our scripts and styles and calls only this service; blob: is a received PDF.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def editor(services: Services) -> Response:
    """Show the page that takes JSON and shows the PDF or the findings."""
    layouts = services.layouts
    examples = {name: layouts[name].title for name in services.examples if name in layouts}
    return _page(
        "editor.html",
        examples=examples,
        common=(OUTPUT, PURPOSE),
        outputs=OUTPUTS.values(),
        needs_key=services.access.needs_key,
    )


def docs(services: Services) -> Response:
    """Show the documentation of the API, from the declarations behind the OpenAPI document."""
    config = services.config
    entries = [
        {
            "operation": route,
            "errors": error_kinds(route, config),
            "scope": route.scope if config.keys else None,
        }
        for route in services.routes
        if route.is_for_programs
    ]
    return _page(
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
    return _page("problem.html", kind=kind, problem=found)


def static(services: Services, filename: str) -> Response:
    """Answer with a script, a style or a picture of the pages."""
    return send_from_directory(STATIC, filename)


def _page(template: str, **values: Any) -> Response:
    answer = Response(render_template(template, **values))
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY
    return answer
