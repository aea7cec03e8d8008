"""What the server tells the application of a request that it has received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from hongtou.rendering.caller import IsCancelled
from hongtou.rendering.queue import Place
from hongtou.web.head import request_id

ARRIVAL = "hongtou.arrival"  # its key in the WSGI environment


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that was received: ``tenant`` is "" if the server has not determined it.

    ``place`` is its place in the render queue, None if it needs none or has none yet;
    ``is_cancelled`` tells whether the client has left.
    """

    request_id: str
    tenant: str = ""
    place: Place | None = None
    is_cancelled: IsCancelled = lambda: False


def arrival_of(environ: Mapping[str, Any]) -> Arrival:
    """Return the arrival of a request, made from its headers if another server received it."""
    given = cast("Arrival | None", environ.get(ARRIVAL))
    return given or Arrival(request_id({"x-request-id": environ.get("HTTP_X_REQUEST_ID", "")}))
