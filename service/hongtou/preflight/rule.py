"""The type of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Inspected = TypeVar("Inspected")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Inspected]):
    """A rule with its code; ``faults`` yields a sentence for every violation."""

    code: str
    faults: Callable[[Inspected], Iterable[str]]
