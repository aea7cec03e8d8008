"""Why a run could not go on. Each kind has one HTTP status and one exit code.

    ServiceError
      ├─ RequestError            the sender must change the request
      │    ├─ MalformedDocument  not JSON, not UTF-8, too deep, duplicate keys
      │    ├─ UnknownOption      a layout, output or purpose that is not on offer
      │    ├─ UnsupportedType    a body that is not application/json or multipart/form-data
      │    ├─ NotAcceptable      the wanted type is not on offer
      │    ├─ WrongHost          the request is meant for another name than ours
      │    ├─ Unauthorized       no key, or none that is known
      │    └─ Forbidden          the key does not go so far, or another site's page asks
      ├─ TooLarge                over a limit of size
      ├─ ReviewFailed            the issue holds errors; carries the findings
      ├─ Busy                    the queue is full
      ├─ Stopping                the service is going down
      ├─ Unavailable             no worker can take or finish the work now
      ├─ RenderLimit             seconds or memory spent; the worker was ended
      ├─ SetupError              at start: a font missing or altered, a library absent
      └─ EngineFault             a template or the engine broke: our fault

What is wrong in a *document* is a finding (`finding.py`), collected and never raised alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.finding import Finding


class ServiceError(Exception):
    """A run that could not go on; ``message`` and ``hint`` are for people, in Chinese."""

    def __init__(self, message: str, *, hint: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = tuple(findings)


class RequestError(ServiceError):
    """The sender must change the request."""


class MalformedDocument(RequestError):
    """The bytes are not one JSON document that can be read."""


class UnknownOption(RequestError):
    """A layout, output or purpose was named that is not on offer."""


class UnsupportedType(RequestError):
    """The request's content type is neither JSON nor multipart form data."""


class NotAcceptable(RequestError):
    """The client wants a media type that the output does not give."""


class WrongHost(RequestError):
    """The request is meant for another name than the service's."""


class Unauthorized(RequestError):
    """The request carries no key, or none that is known."""


class Forbidden(RequestError):
    """The key does not go so far, or a page of another site makes a browser ask."""


class TooLarge(ServiceError):
    """The request is over a limit of size."""


class ReviewFailed(ServiceError):
    """The issue holds errors and is not set; ``findings`` names them all."""


class Busy(ServiceError):
    """The queue is full; the same request may succeed a little later."""


class Stopping(ServiceError):
    """The service is going down and takes no new work."""


class Unavailable(ServiceError):
    """No worker can take or finish the work now; the same request may succeed a little later."""


class RenderLimit(ServiceError):
    """A render passed its time or memory and was ended."""


class SetupError(ServiceError):
    """The installation is not whole: a font is missing or altered, a library is absent."""


class EngineFault(ServiceError):
    """A template or the engine broke; the cause goes to the log, not to the sender."""
