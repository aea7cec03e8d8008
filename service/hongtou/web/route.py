"""What a route is. It is declared once, in the room that answers it.

Flask's map of addresses, the door, the scopes of keys, the metrics, OpenAPI and `/docs` all follow
from the declarations that `routes.py` collects.
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

View = Callable[..., Any]  # of the services, and of what stands in <> in the path
BodyRule = Callable[[Head, Config], int]
Kinds = tuple[type[ServiceError], ...]
Parameter = tuple[str, str, Schema]  # of the query: its name, what it is for, what it may be


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """One method of one path.

    ``endpoint`` is its name in links and metrics. ``scope`` is what a key must hold; None: open to
    all who reach the service. ``task`` is what a worker does for it, if anything. ``body_rule``
    returns how many bytes its body may have, or raises why the request may not come in.

    The rest describes it to who calls it: ``content`` is its 200 by media type, and a route without
    any is for people; ``kinds`` are the errors that it answers with beside those of every route.
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
        """Tell whether the route is part of the interface that is described."""
        return bool(self.content)
