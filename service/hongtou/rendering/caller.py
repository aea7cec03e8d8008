"""The client for whom a worker renders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Caller:
    """The client of a render.

    ``is_cancelled`` tells whether the client has gone; ``request_id`` is for the log. ``tenant`` is
    the name of the key, or the address where keys are not required: tenants never share a worker.
    """

    is_cancelled: IsCancelled
    tenant: str = ""
    request_id: str = ""
