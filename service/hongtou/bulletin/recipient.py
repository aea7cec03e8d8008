"""Who gets numbered copies (份号领受单位), and which numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Recipient:
    """A body, and how many numbered copies it gets."""

    name: str
    copies: int = 1


class Share(NamedTuple):
    """The numbers of the copies that one recipient gets; nobody is named ""."""

    name: str
    numbers: range


def shares(recipients: Iterable[Recipient], numbers: range) -> Iterator[Share]:
    """Yield who gets which of these numbers, which run on through the recipients.

    What is left over is nobody's; recipients after the last number get none.
    """
    for recipient in recipients:
        if own := numbers[: recipient.copies]:
            yield Share(recipient.name, own)
        numbers = numbers[recipient.copies :]
    if numbers:
        yield Share("", numbers)
