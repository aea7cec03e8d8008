"""The door: decides by the head of a request, before its body is read, whether it is admitted.

The reading thread asks when the head is complete, the application again when the body is. The
decision depends on nothing but the head, the keys in memory and the routes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from hongtou.config import Config
from hongtou.rendering.observer import Task
from hongtou.web.access import AccessControl
from hongtou.web.bodies import checked_limit, unread
from hongtou.web.head import Head
from hongtou.web.route import Route


@dataclass(frozen=True, slots=True)
class Admission:
    """An admitted request; its body may have ``max_bytes``.

    ``client`` is the name of its key, "" if none is required. ``task`` is the work for a worker,
    None if there is none.
    """

    client: str
    max_bytes: int
    task: Task | None = None


class Door:
    """Admits requests by their heads."""

    def __init__(self, config: Config, access: AccessControl, routes: Sequence[Route]) -> None:
        self._config = config
        self._access = access
        rules = [
            Rule(route.path, endpoint=route, methods=[route.method, "OPTIONS"]) for route in routes
        ]
        self._routes = Map(rules, merge_slashes=False).bind("")

    def admit(self, head: Head) -> Admission:
        """Return the admission of a request.

        Raises:
            ServiceError: it is refused.
            HTTPException: it is refused, or no route matches it.
        """
        checked_limit(self._config.request_bytes, head)
        found = self._route(head)
        scope = found.scope if isinstance(found, Route) else None
        client = self._access.admit(head, scope)
        if not isinstance(found, Route):
            raise found
        if found.task and head.method == "OPTIONS":
            return Admission(client, checked_limit(unread(head, self._config), head))
        limit = checked_limit(found.body_rule(head, self._config), head)
        return Admission(client, limit, found.task)

    def _route(self, head: Head) -> Route | HTTPException:
        """Return the route of a request, or the error if none matches."""
        try:
            route: Route = self._routes.match(head.shown_path, head.method)[0]
        except HTTPException as unknown:
            return unknown
        return route
