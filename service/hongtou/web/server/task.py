"""A request that came whole → the application, and what it answers → the connection."""

from __future__ import annotations

from typing import Any

from hongtou.web.arrival import ARRIVAL, Arrival
from hongtou.web.server.handover import ClosingTask


class PlacedTask(ClosingTask):
    """Hands the application what is known of a request from the door."""

    def get_environment(self) -> dict[str, Any]:
        """Return the request as the application reads it.

        Without waitress's way to send files, which keeps each open until its client has read it.
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
