"""The routes of the web pages. They need no key; the routes of the API that they call do."""

from __future__ import annotations

from hongtou.web.pages import views
from hongtou.web.route import Route

ROUTES = (
    Route(endpoint="pages.editor", method="GET", path="/", view=views.editor, scope=None),
    Route(endpoint="pages.docs", method="GET", path="/docs", view=views.docs, scope=None),
    Route(
        endpoint="pages.example",
        method="GET",
        path="/examples/<name>.json",
        view=views.example,
        scope=None,
    ),
    Route(
        endpoint="pages.problem",
        method="GET",
        path="/problems/<kind>",
        view=views.problem,
        scope=None,
    ),
    Route(
        endpoint="static",
        method="GET",
        path="/static/<path:filename>",
        view=views.static,
        scope=None,
    ),
)
