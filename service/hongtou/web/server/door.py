"""What a request has to pass before anything of its body is taken: one function of its head.

The thread that reads asks it when the head is whole, the application once more when the body is.
It looks at nothing but the head, the keys in memory and the table of routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from hongtou.config import Config
from hongtou.outputs import OUTPUTS
from hongtou.web.api.negotiation import read_order, refuse_unwanted
from hongtou.web.api.routes import JSON, OPERATIONS
from hongtou.web.api.submission import most_body_bytes, too_large
from hongtou.web.security import AccessControl
from hongtou.web.server.head import Head, HeadFault

MOST_UNWANTED_BYTES = 1024
BODILESS = frozenset({"operations.healthz", "operations.readyz"})  # asked while all else is busy
TASKS = {one.endpoint: one.task for one in OPERATIONS}


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that may come in: its view, who sends it, and how large its body may be.

    ``client`` is the name of the key, "" where none is asked for. ``task`` is what a worker does
    for it, "" for nothing.
    """

    endpoint: str
    client: str
    most_bytes: int
    task: str = ""


class Door:
    """Lets requests in by their heads."""

    def __init__(self, config: Config, access: AccessControl, routes: Map) -> None:
        self._config = config
        self._gate = access
        self._routes = routes.bind("")

    def admit(self, head: Head) -> Admission:
        """Return what a request may do.

        Raises:
            ServiceError, HTTPException: it may do nothing; in the order in which the contract
                names the reasons.
        """
        _held_to(self._config.request_bytes, head)
        endpoint, unknown = self._route(head)
        client = self._gate.admit(head, endpoint)
        if unknown is not None:
            raise unknown
        task = TASKS.get(endpoint, "")
        if not task or head.method == "OPTIONS":
            return Admission(endpoint, client, _most_unwanted_bytes(head, endpoint))
        return Admission(endpoint, client, self._look_at_submission(head, endpoint), task)

    def _route(self, head: Head) -> tuple[str, HTTPException | None]:
        """Return the endpoint, or why there is none."""
        try:
            return str(self._routes.match(head.shown_path, head.method)[0]), None
        except HTTPException as unknown:
            return "", unknown

    def _look_at_submission(self, head: Head, endpoint: str) -> int:
        """Return how large the body may be that carries an issue."""
        order = read_order(head.query)
        makes = OUTPUTS[order.output].media_type if endpoint == "api.render" else JSON
        refuse_unwanted(head.fields.get("accept", ""), makes)
        most = most_body_bytes(head.fields, self._config)
        return _held_to(most, head)


def _most_unwanted_bytes(head: Head, endpoint: str) -> int:
    """Return how large a body may be that nobody reads (RFC 9110 §9.3.1)."""
    if head.has_body and endpoint in BODILESS:
        raise HeadFault(HTTPStatus.BAD_REQUEST, "这个地址不收请求体")
    return _held_to(MOST_UNWANTED_BYTES, head)


def _held_to(most: int, head: Head) -> int:
    if head.length is not None and head.length > most:
        raise too_large(most)
    return most
