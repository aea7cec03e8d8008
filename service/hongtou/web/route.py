"""The declaration of a route, from which everything else about it follows.

Flask's URL map, the door, the scopes of keys, the metrics, OpenAPI and `/docs` are all made from
the declarations that `routes.py` collects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from hongtou.bulletin.errors import ServiceError
from hongtou.config import Config
from hongtou.keys import Scope
from hongtou.rendering.observer import Task
from hongtou.web.bodies import unread
from hongtou.web.head import Head
from hongtou.web.schemas import Schema

VARIABLE = re.compile(r"<(?:(\w+):)?(\w+)>")  # in a path: its kind, its name
View = Callable[..., Any]  # called with the services and the variable parts of the path
BodyRule = Callable[[Head, Config], int]
Kinds = tuple[type[ServiceError], ...]
Parameter = tuple[str, str, Schema]  # of the query: its name, description and schema


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """A method of a path.

    ``endpoint`` is its name in links and metrics. ``scope`` is the scope that a key must have; None
    means that none is needed. ``page_scope`` is what somebody must be allowed who sees a page,
    where people log in; ``is_personal`` tells that it is about the session that it comes with,
    ``tries_password`` that it is a log-in.
    ``task`` is the work for a worker, None if there is none. ``uses_archive`` means that it may
    have to wait for the database or the identity provider. ``body_rule`` returns the maximum size
    of the body in bytes, or raises the error that refuses the request. ``has_wish`` means that its
    form has a part for the wish of a preview.

    The other fields describe it to callers: ``content`` is the schema of its responses by media
    type, empty for pages for people and for 204; ``status`` is theirs; ``body`` is the schema of
    its requests by media type, left out where a ``task`` takes a submission. ``changes_version``
    tells that the header If-Match must name the version that is changed. ``kinds`` are its errors
    besides those of every route.
    """

    endpoint: str
    method: str
    path: str
    view: View
    scope: Scope | None
    page_scope: Scope | None = None
    is_personal: bool = False
    tries_password: bool = False
    task: Task | None = None
    uses_archive: bool = False
    body_rule: BodyRule = unread
    has_wish: bool = False
    title: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    body: Mapping[str, Schema] = field(default_factory=dict)
    changes_version: bool = False
    kinds: Kinds = ()

    @property
    def shown_path(self) -> str:
        """Return its path as OpenAPI has it, such as /v1/issues/{issue}."""
        return VARIABLE.sub(r"{\2}", self.path)

    @property
    def is_for_programs(self) -> bool:
        """Tell whether the route is part of the documented API."""
        return bool(self.content) or self.status == HTTPStatus.NO_CONTENT
