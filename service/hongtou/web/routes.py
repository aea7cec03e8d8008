"""Every route of the service, from the rooms that answer them."""

from __future__ import annotations

from hongtou.web import operations
from hongtou.web.api import routes as api
from hongtou.web.pages import routes as pages
from hongtou.web.route import Route

ROUTES: tuple[Route, ...] = (*api.ROUTES, *operations.ROUTES, *pages.ROUTES)
