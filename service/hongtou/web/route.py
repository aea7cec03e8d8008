"""The declaration of a route, from which everything else about it follows.

Flask's URL map, the door, the scopes of keys, the metrics, OpenAPI and `/docs` are all made from
the declarations that `routes.py` collects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin.errors import ServiceError
from hongtou.config import Config
from hongtou.keys import Scope
from hongtou.rendering.observer import Task
from hongtou.web.bodies import unread
from hongtou.web.head import Head
from hongtou.web.schemas import Schema

View = Callable[..., Any]  # called with the services and the variable parts of the path
BodyRule = Callable[[Head, Config], int]
Kinds = tuple[type[ServiceError], ...]
Parameter = tuple[str, str, Schema]  # of the query: its name, description and schema


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """A method of a path.

    ``endpoint`` is its name in links and metrics. ``scope`` is the scope that a key must have; None
    means that no key is needed. ``task`` is the work for a worker, None if there is none.
    ``body_rule`` returns the maximum size of the body in bytes, or raises the error that refuses
    the request.

    The other fields describe it to callers: ``content`` is the schema of its 200 responses by media
    type, empty for pages for people; ``kinds`` are its errors besides those of every route.
    """

    endpoint: str
    method: str
    path: str
    view: View
    scope: Scope | None
    task: Task | None = None
    body_rule: BodyRule = unread
    title: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    kinds: Kinds = ()

    @property
    def is_for_programs(self) -> bool:
        """Tell whether the route is part of the documented API."""
        return bool(self.content)
