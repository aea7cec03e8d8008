"""What is to be made of an issue, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OptionValue = bool | int | str
OrderOptions = tuple[tuple[str, OptionValue], ...]


class Purpose(StrEnum):
    """A proof (校样) says so on every page; a press edition (付印) is what goes out."""

    PROOF = "proof"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of an issue; ``output`` names an entry of `hongtou.outputs`.

    ``options`` are the output's own, by name, as `hongtou.outputs.ordering.settled` leaves them:
    sorted, and without those whose value is the default, so that equal orders look alike.
    """

    output: str = "screen"
    purpose: Purpose = Purpose.PRESS
    normalize: bool = False
    options: OrderOptions = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFile:
    """A file that was made and inspected, as it is answered and kept: what was found is counted."""

    content: bytes
    file_name: str
    ascii_name: str
    page_count: int
    plan_digest: str
    finding_count: int
    is_classified: bool = False
