"""Passes a complete request to the application, and its response to the connection."""

from __future__ import annotations

from typing import Any

from hongtou.web.arrival import ARRIVAL, Arrival
from hongtou.web.server.handover import ClosingTask


class PlacedTask(ClosingTask):
    """Adds the arrival of a request to its WSGI environment."""

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment of the request.

        waitress's file wrapper is removed, as it holds files open until their clients have read.
        """
        environ: dict[str, Any] = super().get_environment()
        environ.pop("wsgi.file_wrapper", None)
        request = self.request
        environ[ARRIVAL] = Arrival(
            request.request_id,
            request.tenant,
            request.place,
            environ["waitress.client_disconnected"],
        )
        return environ
