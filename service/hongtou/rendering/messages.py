"""Messages to and from a fork server or a worker, and what is accepted of them.

The JSON is checked strictly against the classes here and in the domain. A worker can choose neither
a class, nor a media type, nor a name that is unsafe in a header or a file system.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter

from hongtou.bulletin.causes import CAUSE_CHARS, RemoteCause, cause_of
from hongtou.bulletin.errors import (
    EngineFault,
    ImportRefused,
    MalformedDocument,
    RenderLimit,
    ReviewFailed,
    ServiceError,
    SetupError,
    TooLarge,
    UnknownOption,
)
from hongtou.bulletin.file_names import LONGEST
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import MAX_DRAWN, PreviewWish
from hongtou.config import Config
from hongtou.importing import Imported
from hongtou.pages.places import Place
from hongtou.pages.preview import DrawnPage
from hongtou.pages.report import PageReport
from hongtou.rendering.frames import OF_IMPORT, PICTURES, Bounds

Kind = Literal["make", "inspect", "check", "draft", "preview", "import"]
STRICT = ConfigDict(strict=True, allow_inf_nan=False)
FINDINGS, PAGES, TRACE_CHARS = 5_000, 10_000, 16_000  # more than any issue can produce
PLACES = 30_000  # of the pages that one preview draws
MAX_KNOWN = 32  # digests: an If-None-Match, which is bounded, holds 14
COUNT = 2**31 - 1
# Accepts no character that `hongtou.bulletin.file_names` removes from names.
SAFE = r'[^\x00-\x1f\x7f-\x9f/\\:*?"<>|\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'
ERRORS: Mapping[str, type[ServiceError]] = {
    kind.__name__: kind
    for kind in (
        MalformedDocument,
        UnknownOption,
        TooLarge,
        ReviewFailed,
        ImportRefused,
        RenderLimit,
    )
}

FileName = Annotated[str, Field(pattern=rf"^{SAFE}{{1,{LONGEST}}}\.[a-z]{{2,8}}$")]
AsciiName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.[a-z]{2,8}$")]
PictureName = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=COUNT)]
Findings = Annotated[tuple[Finding, ...], Field(max_length=FINDINGS, fail_fast=True)]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a typesetter's method; its blobs are a document and pictures, or files.

    ``images`` names the pictures in the order in which they come; an edition whose digest is
    ``known`` is not made; ``pages`` is what an inspection holds the files against; ``wish`` is what
    a preview shows.
    """

    kind: Kind
    order: Order
    images: tuple[str, ...] = ()
    known: Annotated[tuple[Digest, ...], Field(max_length=MAX_KNOWN)] = ()
    pages: Count = 0
    wish: PreviewWish | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A worker's description of the file that it made."""

    file_name: FileName
    ascii_name: AsciiName
    page_count: Count
    plan_digest: Digest
    finding_count: Count
    is_classified: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A worker's report that it made no file, as the client knows the edition of this digest."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # otherwise every `Made` would be valid

    plan_digest: Digest


@dataclass(frozen=True, slots=True)
class Checked:
    """What a worker found of an issue, and ``faults`` of its pages, of which no file is made.

    See `hongtou.pages.inspection.Inspection`.
    """

    findings: Findings
    page_count: Count | None
    layout: Annotated[tuple[PageReport, ...], Field(max_length=PAGES, fail_fast=True)]
    faults: Findings = ()


@dataclass(frozen=True, slots=True)
class Previewed:
    """A worker's preview: see `hongtou.pages.preview.Preview`; files come for ``pictures``."""

    findings: Findings
    page_count: Count | None
    drawn: Annotated[tuple[DrawnPage, ...], Field(max_length=MAX_DRAWN)]
    places: Annotated[tuple[Place, ...], Field(max_length=PLACES, fail_fast=True)]
    last_page_lines: Count
    layout: Annotated[tuple[PageReport, ...], Field(max_length=PAGES, fail_fast=True)]
    pictures: Annotated[tuple[PictureName, ...], Field(max_length=MAX_DRAWN)]


@dataclass(frozen=True, slots=True)
class Sound:
    """Files that were inspected and are as they should be."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way: its class by name, and what it carries.

    ``cause`` is for the log and for whoever starts the service, not for senders.
    """

    __pydantic_config__ = STRICT

    kind: Annotated[str, Field(max_length=40)]
    message: Annotated[str, Field(max_length=4_000)]
    hint: Annotated[str, Field(max_length=4_000)]
    findings: Findings = ()
    cause: Annotated[str, Field(max_length=CAUSE_CHARS)] = ""

    @classmethod
    def of(cls, error: ServiceError) -> Failure:
        """Return an error as it is sent; an EngineFault takes its cause along."""
        cause = cause_of(error) if isinstance(error, EngineFault) else ""
        return cls(type(error).__name__, error.message, error.hint, error.findings, cause)

    def error(self, known: Mapping[str, type[ServiceError]] = ERRORS) -> ServiceError:
        """Return the error; an unknown kind becomes an EngineFault."""
        kind = known.get(self.kind, EngineFault)
        error = kind(self.message, hint=self.hint, findings=self.findings)
        if self.cause:
            error.__cause__ = RemoteCause(self.cause)
        return error


Product = TypeVar("Product")


@dataclass(frozen=True, slots=True)
class Reply(Generic[Product]):
    """A product, or why there is none; ``trace`` is for the log alone.

    ``spent`` means that the worker has grown too large or that its state is unknown.
    """

    __pydantic_config__ = STRICT

    product: Product | None = None
    failure: Failure | None = None
    trace: Annotated[str, Field(max_length=TRACE_CHARS)] = ""
    spent: bool = False


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What the fork server opens: ``opener`` is ``module:name`` of a function of the configuration.

    Its blobs are documents that are set once before the first worker is forked.
    """

    opener: str
    config: Config


@dataclass(frozen=True, slots=True)
class Started:
    """The fork server's answer: the protections that are in force, or why it did not start."""

    protections: tuple[str, ...] = ()
    failure: Failure | None = None


CALL, START_REQUEST, STARTED = TypeAdapter(Call), TypeAdapter(StartRequest), TypeAdapter(Started)
MADE = TypeAdapter[Reply[Made | Skipped]](Reply[Made | Skipped])
CHECKED, INSPECTED = TypeAdapter(Reply[Checked]), TypeAdapter(Reply[Sound])
PREVIEWED, IMPORTED = TypeAdapter(Reply[Previewed]), TypeAdapter(Reply[Imported])
REPLIES: Mapping[Kind, TypeAdapter[Any]] = {
    "make": MADE,
    "inspect": INSPECTED,
    "check": CHECKED,
    "draft": CHECKED,
    "preview": PREVIEWED,
    "import": IMPORTED,
}
FILES: Mapping[Kind, Bounds] = {
    "preview": PICTURES,
    "import": OF_IMPORT,
}  # of others one file, or none
START_ERRORS = {**ERRORS, SetupError.__name__: SetupError}

# Once it is open, a fork server reads and writes nothing but these few bytes.
COMMAND = struct.Struct("!Bi")  # the command, and the worker it concerns
ANSWER = struct.Struct("!ii")  # of the two processes: their ids, or how they ended
NO_PROCESS = (0, 0)


class Command(IntEnum):
    """A command to the fork server. A worker is two processes: a maker and an inspector."""

    FORK = 1  # sent with two ends of socket pairs; answer: two process ids, or NO_PROCESS
    KILL = 2  # by the id of the maker; answer: both statuses of `os.waitpid`
    PING = 3
