"""For whom a worker works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: ``gone`` tells whether the client went away, ``request_id`` is for the log.

    ``tenant`` is the name of the key, or the address where no key is asked for: two tenants never
    share a worker.
    """

    is_cancelled: IsCancelled
    tenant: str = ""
    request_id: str = ""
