"""The type of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from hongtou.bulletin.finding import Box

Inspected = TypeVar("Inspected")


class Fault(NamedTuple):
    """A violation: a sentence, the page that it is on, None for the file as a whole, and where."""

    message: str
    page: int | None = None
    box_mm: Box | None = None


def on_page(number: int, what: str) -> Fault:
    """Return a violation on a page, of which the sentence tells."""
    return Fault(f"第 {number} 页{what}", number)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Inspected]):
    """A rule with its code; ``faults`` yields every violation, a sentence alone if of no page."""

    code: str
    faults: Callable[[Inspected], Iterable[Fault | str]]
