"""The errors that end a run. Every kind has an HTTP status and an exit code.

    ServiceError
      ├─ RequestError            the sender must change the request
      │    ├─ MalformedDocument  not JSON, not UTF-8, too deep, duplicate keys
      │    ├─ UnknownOption      an unknown layout, output or option
      │    ├─ UnsupportedType    a body that is not application/json or multipart/form-data
      │    ├─ NotAcceptable      a media type that is not available
      │    ├─ WrongHost          a Host header that is not ours
      │    ├─ Unauthorized       a missing or unknown key
      │    └─ Forbidden          a key without the scope, or a request from another site
      ├─ TooLarge                over a limit of size
      ├─ ReviewFailed            an issue with errors; carries the findings
      ├─ Busy                    the queue is full
      ├─ Stopping                the service is stopping
      ├─ Unavailable             no worker can do the work now
      ├─ RenderLimit             over the limit of time or memory; the worker was ended
      ├─ SetupError              at start: a font missing or changed, a library missing
      └─ EngineFault             a template or the engine failed: our fault

Faults of a *document* are findings (`finding.py`), which are collected and never raised alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.finding import Finding


class ServiceError(Exception):
    """An error that ends a run; ``message`` and ``hint`` are for people, in Chinese."""

    def __init__(self, message: str, *, hint: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = tuple(findings)


class RequestError(ServiceError):
    """The sender must change the request."""


class MalformedDocument(RequestError):
    """The bytes are not a JSON document that can be read."""


class UnknownOption(RequestError):
    """The request names an unknown layout, output or option."""


class UnsupportedType(RequestError):
    """The request's content type is neither JSON nor multipart form data."""


class NotAcceptable(RequestError):
    """The client does not accept the media type of the output."""


class WrongHost(RequestError):
    """The Host header is not a name of this service."""


class Unauthorized(RequestError):
    """The request has no key, or an unknown key."""


class Forbidden(RequestError):
    """The key lacks the scope, or a page of another site makes a browser send the request."""


class TooLarge(ServiceError):
    """The request is over a limit of size."""


class ReviewFailed(ServiceError):
    """The issue has errors and is not set; ``findings`` holds them all."""


class Busy(ServiceError):
    """The queue is full; the same request may succeed a little later."""


class Stopping(ServiceError):
    """The service is stopping and accepts no new work."""


class Unavailable(ServiceError):
    """No worker can do the work now; the same request may succeed a little later."""


class RenderLimit(ServiceError):
    """A render exceeded its time or memory and was ended."""


class SetupError(ServiceError):
    """The installation is incomplete: a font is missing or changed, or a library is missing."""


class EngineFault(ServiceError):
    """A template or the engine failed; the cause goes to the log, not to the sender."""
