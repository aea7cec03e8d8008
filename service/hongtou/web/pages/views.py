"""The pages for people: the editor, its examples, and what each kind of problem means."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, current_app, render_template

from hongtou.config import Config
from hongtou.outputs import OUTPUTS
from hongtou.resources import resource_dir
from hongtou.web.api.openapi import error_kinds, limits
from hongtou.web.api.routes import OPERATIONS, ORDER_PARAMETERS
from hongtou.web.api.views import renders
from hongtou.web.problems import problem_kinds
from hongtou.web.security import SCOPES, AccessControl

# blob: is the PDF that the page itself was answered with.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

pages = Blueprint("pages", __name__)


def read_examples() -> dict[str, bytes]:
    """Return the example issues by the name of their layout."""
    return {
        path.stem: path.read_bytes() for path in sorted(resource_dir("examples").glob("*.json"))
    }


@pages.get("/")
def editor() -> str:
    """Show the page that takes JSON and gives the PDF or the findings."""
    layouts = renders().renderer.layouts
    examples = {name: layouts[name].title for name in _examples() if name in layouts}
    access = cast(AccessControl, current_app.extensions["gate"])
    return render_template(
        "editor.html", examples=examples, outputs=OUTPUTS.values(), needs_key=access.needs_key
    )


@pages.get("/docs")
def docs() -> str:
    """Show what every route takes and answers, from the same rows as the OpenAPI document."""
    config = cast(Config, current_app.extensions["config"])
    entries = [
        {
            "operation": one,
            "errors": error_kinds(one, config),
            "scope": SCOPES[one.endpoint] if config.keys else None,
        }
        for one in OPERATIONS
    ]
    return render_template(
        "docs.html",
        entries=entries,
        parameters=ORDER_PARAMETERS,
        limits=limits(config),
        needs_key=config.keys is not None,
    )


@pages.get("/examples/<name>.json")
def example(name: str) -> Response:
    """Answer with an example issue."""
    if name not in _examples():
        abort(404)
    return Response(_examples()[name], content_type="application/json")


@pages.get("/problems/<kind>")
def problem(kind: str) -> str:
    """Explain a kind of problem: the page that its ``type`` names."""
    found = problem_kinds().get(kind)
    if found is None:
        abort(404)
    return render_template("problem.html", kind=kind, problem=found)


@pages.after_request
def protect(answer: Response) -> Response:
    """Let a page load nothing but its own scripts, styles and the service's answers."""
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY
    return answer


def _examples() -> dict[str, bytes]:
    return cast(dict[str, bytes], current_app.extensions["examples"])
