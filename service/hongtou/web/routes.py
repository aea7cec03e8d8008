"""All routes of the service."""

from __future__ import annotations

from hongtou.web.api.routes import ROUTES as API
from hongtou.web.operations import ROUTES as OPERATIONS
from hongtou.web.pages.routes import ROUTES as PAGES
from hongtou.web.route import Route

ROUTES: tuple[Route, ...] = (*API, *OPERATIONS, *PAGES)
