"""What goes to a worker and what comes back."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from service.config import Config
from service.errors import ServiceError
from service.order import Edition, Order
from service.pipeline import Inspection

Kind = Literal["produce", "check", "digest"]
Product = Edition | Inspection | str
WISH = struct.Struct("!Bi")  # what is wanted, and of which process
ANSWER = struct.Struct("!i")
NOBODY = 0


class Wish(IntEnum):
    """What the foreman can be asked."""

    HIRE = 1  # comes with one end of a socket pair; answer: its process id, or NOBODY
    DISMISS = 2  # answer: how it ended, as `os.waitpid` tells
    PING = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """What the foreman opens: ``opener`` is ``module:name`` of a function of the configuration.

    Each of ``documents`` is checked once before the first worker is hired.
    """

    opener: str
    config: Config
    documents: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The foreman's answer: the shields that this system let it raise."""

    shields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One call of a workshop's method."""

    kind: Kind
    document: bytes
    order: Order
    images: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    """A product, or why there is none; ``trace`` is for the log alone.

    A worker whose reply says ``spent`` ends by itself: it has done its number of renders,
    grown too large, or no longer knows its own state.
    """

    product: Product | None = None
    error: ServiceError | None = None
    trace: str = ""
    spent: bool = False
