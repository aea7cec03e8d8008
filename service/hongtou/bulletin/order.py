"""An order for an issue, and the file that is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OptionValue = bool | int | str
OrderOptions = tuple[tuple[str, OptionValue], ...]


class Purpose(StrEnum):
    """A proof (校样) is marked on every page; a press edition (付印) is final."""

    PROOF = "proof"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of an issue; ``output`` names an entry of `hongtou.outputs`.

    ``options`` are those of the output as `hongtou.outputs.ordering.settled` returns them: sorted
    and without default values, so that equal orders compare equal.
    """

    output: str = "screen"
    purpose: Purpose = Purpose.PRESS
    normalize: bool = False
    options: OrderOptions = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFile:
    """A file that was made and inspected, for the answer and the cache; findings are a number."""

    content: bytes
    file_name: str
    ascii_name: str
    page_count: int
    plan_digest: str
    finding_count: int
    is_classified: bool = False
