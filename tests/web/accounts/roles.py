"""Who may do what: the roles, and the routes by what they ask for."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from hongtou.accounts.role import Role
from hongtou.keys import Scope
from hongtou.web.routes import ROUTES
from tests.support.house import STRANGER

SAFE = ("GET", "HEAD", "OPTIONS")
BY_ROLE: dict[str, frozenset[Scope]] = {
    STRANGER: frozenset(),
    **{role.value: role.scopes for role in Role},
}
WITH_SCOPE = [route for route in ROUTES if route.scope]
PERSONAL = [route for route in ROUTES if route.is_personal]
PAGES = [route for route in ROUTES if route.page_scope]
CHANGING = [route for route in (*WITH_SCOPE, *PERSONAL) if route.method not in SAFE]
by_route = pytest.mark.parametrize("route", WITH_SCOPE, ids=lambda route: route.endpoint)
by_page = pytest.mark.parametrize("route", PAGES, ids=lambda route: route.endpoint)
by_role = pytest.mark.parametrize("who", BY_ROLE)


def told(answer: TestResponse) -> str:
    """Return the kind of problem that is answered."""
    return str(answer.json["type"]).rpartition("/")[2] if answer.json else ""
