"""What is known of a request that the server has taken, handed to the application with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from hongtou.rendering.caller import IsCancelled
from hongtou.rendering.queue import Place
from hongtou.web.head import request_id

ARRIVAL = "hongtou.arrival"  # its name in WSGI's environment


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request at our door: ``tenant`` is for whom it is counted, "" where nobody has looked.

    ``place`` is the one it was given in the queue, if it wants a worker and was given one;
    ``is_cancelled`` tells whether its client went away.
    """

    request_id: str
    tenant: str = ""
    place: Place | None = None
    is_cancelled: IsCancelled = lambda: False


def arrival_of(environ: Mapping[str, Any]) -> Arrival:
    """Return what came with a request, or what there is to know without our server before it."""
    given = cast("Arrival | None", environ.get(ARRIVAL))
    return given or Arrival(request_id({"x-request-id": environ.get("HTTP_X_REQUEST_ID", "")}))
