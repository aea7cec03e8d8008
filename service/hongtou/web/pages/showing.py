"""A page for people, with the policy that binds what it may load."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template

# A page loads only our scripts and styles, calls only this service and sends its forms, which are
# searches, nowhere else; blob: is a received PDF.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def page(template: str, **values: Any) -> Response:
    """Return a page made from a template, which knows who is logged in."""
    person = g.caller.person if "caller" in g else None  # nobody has been let in
    answer = Response(render_template(template, me=person and person.account, **values))
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY
    return answer
