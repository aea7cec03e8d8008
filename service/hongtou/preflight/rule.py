"""What a rule of the preflight is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Inspected = TypeVar("Inspected")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Inspected]):
    """One thing a file must be; ``faults`` gives a sentence for each way in which it is not."""

    code: str
    faults: Callable[[Inspected], Iterable[str]]
