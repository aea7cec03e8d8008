"""What a request has to pass before anything of its body is taken: one function of its head.

The thread that reads asks it when the head is whole, the application once more when the body is.
It looks at nothing but the head, the keys in memory and the routes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from hongtou.config import Config
from hongtou.rendering.observer import Task
from hongtou.web.access import AccessControl
from hongtou.web.bodies import held_to, unread
from hongtou.web.head import Head
from hongtou.web.route import Route


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that may come in: who sends it, and how large its body may be.

    ``client`` is the name of the key, "" where none is asked for. ``task`` is what a worker does
    for it, if anything.
    """

    client: str
    most_bytes: int
    task: Task | None = None


class Door:
    """Lets requests in by their heads."""

    def __init__(self, config: Config, access: AccessControl, routes: Sequence[Route]) -> None:
        self._config = config
        self._access = access
        rules = [
            Rule(route.path, endpoint=route, methods=[route.method, "OPTIONS"]) for route in routes
        ]
        self._routes = Map(rules, merge_slashes=False).bind("")

    def admit(self, head: Head) -> Admission:
        """Return what a request may do.

        Raises:
            ServiceError, HTTPException: it may do nothing; in the order in which the contract
                names the reasons.
        """
        held_to(self._config.request_bytes, head)
        found = self._route(head)
        scope = found.scope if isinstance(found, Route) else None
        client = self._access.admit(head, scope)
        if not isinstance(found, Route):
            raise found
        if found.task and head.method == "OPTIONS":
            return Admission(client, held_to(unread(head, self._config), head))
        return Admission(client, held_to(found.body_rule(head, self._config), head), found.task)

    def _route(self, head: Head) -> Route | HTTPException:
        """Return the route, or why there is none."""
        try:
            route: Route = self._routes.match(head.shown_path, head.method)[0]
        except HTTPException as unknown:
            return unknown
        return route
