"""The door: decides by the head of a request, before its body is read, whether it is admitted.

The reading thread asks when the head is complete, the application again when the body is. The
decision depends on nothing but the head, the address it comes from, the routes, and the keys and
sessions in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from hongtou.accounts import Accounts
from hongtou.config import Config
from hongtou.rendering.observer import Task
from hongtou.web.access import AccessControl, Caller
from hongtou.web.bodies import checked_limit, unread
from hongtou.web.cookies import session_token
from hongtou.web.head import Head
from hongtou.web.proxies import client_address, uses_tls
from hongtou.web.route import Route


@dataclass(frozen=True, slots=True)
class Admission:
    """An admitted request; its body may have ``max_bytes``.

    ``client`` is the name of its sender, "" if none is required. ``task`` is the work for a worker,
    None if there is none. ``uses_archive`` is that of its route.
    """

    caller: Caller
    max_bytes: int
    task: Task | None = None
    uses_archive: bool = False

    @property
    def client(self) -> str:
        """Return the name of its sender."""
        return self.caller.name


@cache
def _compiled(routes: tuple[Route, ...]) -> Map:
    """Return the map of routes, which takes a while to compile, once for all doors."""
    rules = [
        Rule(route.path, endpoint=route, methods=[route.method, "OPTIONS"]) for route in routes
    ]
    return Map(rules, merge_slashes=False)


class Door:
    """Admits requests by their heads."""

    def __init__(
        self,
        config: Config,
        access: AccessControl,
        routes: Sequence[Route],
        accounts: Accounts | None = None,
    ) -> None:
        self._config = config
        self._accounts = accounts
        self._access = access
        self._routes = _compiled(tuple(routes)).bind("")

    def admit(self, head: Head, peer: str = "", *, again: bool = False) -> Admission:
        """Return the admission of a request from the address ``peer``.

        ``again`` tells that it was admitted before its body was read.

        Raises:
            ServiceError: it is refused.
            HTTPException: it is refused, or no route matches it.
        """
        checked_limit(self._config.request_bytes, head)
        token = session_token(head, is_secure=uses_tls(peer, head.fields, self._config))
        found = self._route(head)
        if not isinstance(found, Route):
            self._access.admit(head, token, None)
            raise found
        caller = self._access.admit(head, token, found.scope, is_personal=found.is_personal)
        if found.tries_password and not again:
            self._refuse_crowd(head, peer)
        if found.task and head.method == "OPTIONS":
            return Admission(caller, checked_limit(unread(head, self._config), head))
        limit = checked_limit(found.body_rule(head, self._config), head)
        return Admission(caller, limit, found.task, found.uses_archive)

    def _refuse_crowd(self, head: Head, peer: str) -> None:
        """Refuse a log-in that comes with very many others: hundreds a second take no thread."""
        if self._accounts:
            address = client_address(peer, head.fields, self._config)
            self._accounts.refuse_crowd(address, datetime.now(UTC))

    def _route(self, head: Head) -> Route | HTTPException:
        """Return the route of a request, or the error if none matches."""
        try:
            route: Route = self._routes.match(head.shown_path, head.method)[0]
        except HTTPException as unknown:
            return unknown
        return route
