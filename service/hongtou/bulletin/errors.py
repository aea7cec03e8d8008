"""The errors that end a run. Every kind has an HTTP status and an exit code.

    ServiceError
      ├─ RequestError            the sender must change the request
      │    ├─ MalformedDocument  not JSON, not UTF-8, too deep, duplicate keys
      │    ├─ UnknownOption      an unknown layout, output or option
      │    ├─ UnsupportedType    a body that is not application/json or multipart/form-data
      │    ├─ NotAcceptable      a media type that is not available
      │    ├─ WrongHost          a Host header that is not ours
      │    ├─ Unauthorized       a missing or unknown key or session
      │    ├─ Forbidden          a key without the scope, or a request from another site
      │    ├─ TooManyAttempts    a log-in too soon after failed ones
      │    ├─ NotKept            an issue, a publication, a revision that is not kept
      │    ├─ NumberTaken        an issue number that another issue has
      │    ├─ WrongState         a step that an issue in this state cannot take
      │    ├─ Stale              a change of a version that is no longer the present one
      │    ├─ VersionRequired    a change that does not say of which version
      │    └─ Locked             a change of an issue that is final
      ├─ TooLarge                over a limit of size
      ├─ ReviewFailed            an issue with errors; carries the findings
      ├─ ImportRefused           a file that no issue can be read from
      ├─ Busy                    the queue is full
      ├─ Stopping                the service is stopping
      ├─ Unavailable             no worker can do the work now
      ├─ NoArchive               the database cannot be used now
      ├─ NoProvider              the identity provider cannot be asked now
      ├─ StorageFull             the disk of the database is full
      ├─ OverQuota               a publication has as much as it may have
      ├─ RenderLimit             over the limit of time or memory; the worker was ended
      ├─ SetupError              at start: a font missing or changed, a library missing
      └─ EngineFault             a template or the engine failed: our fault

Faults of a *document* are findings (`finding.py`), which are collected and never raised alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hongtou.bulletin.finding import Finding


class ServiceError(Exception):
    """An error that ends a run; ``message`` and ``hint`` are for people, in Chinese."""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        findings: Sequence[Finding] = (),
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Keep what happened; ``details`` are for a program that goes on by itself."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = tuple(findings)
        self.details = dict(details or {})


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
    """The request has no key or session, or none that is known."""


class Forbidden(RequestError):
    """The key lacks the scope, or a page of another site makes a browser send the request."""


class TooManyAttempts(RequestError):
    """A log-in comes too soon after failed ones; ``details`` say for how many seconds."""


class NotKept(RequestError):
    """No issue, publication, revision or file of this name is kept."""


class NumberTaken(RequestError):
    """Another issue has this number; ``details`` holds one that is free."""


class WrongState(RequestError):
    """An issue or a publication in this state cannot take this step."""


class Stale(RequestError):
    """The version that is to be changed is not the present one, which ``details`` names."""


class VersionRequired(RequestError):
    """A change must say which version it is of."""


class Locked(RequestError):
    """The issue is final and can be changed no more, unless it is unlocked."""


class TooLarge(ServiceError):
    """The request is over a limit of size."""


class ReviewFailed(ServiceError):
    """The issue has errors and is not set; ``findings`` holds them all."""


class ImportRefused(ServiceError):
    """A file that no issue can be read from: without text, encrypted, or a danger to read."""


class Busy(ServiceError):
    """The queue is full; the same request may succeed a little later."""


class Stopping(ServiceError):
    """The service is stopping and accepts no new work."""


class Unavailable(ServiceError):
    """No worker can do the work now; the same request may succeed a little later."""


class NoArchive(ServiceError):
    """The database cannot be used now; the same request may succeed a little later."""


class NoProvider(ServiceError):
    """The identity provider cannot be asked now; whoever has a password can still log in."""


class StorageFull(ServiceError):
    """There is no room on the disk: the database cannot grow, or a file cannot be written."""


class OverQuota(ServiceError):
    """A publication has as much as it may have; ``details`` hold both numbers of bytes."""


class RenderLimit(ServiceError):
    """A render exceeded its time or memory and was ended."""


class SetupError(ServiceError):
    """The installation is incomplete: a font is missing or changed, or a library is missing."""


class EngineFault(ServiceError):
    """A template or the engine failed; the cause goes to the log, not to the sender."""
