"""What a profile is: how a kind of file is opened, and every rule that it must pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic

from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Inspected, Rule


@dataclass(frozen=True, slots=True)
class Profile(Generic[Inspected]):
    """A kind of file; ``open`` gives what the rules look at, ValueError for what is not whole.

    Raises:
        ValueError: it has no rules, so that anything would pass.
    """

    open: Callable[[bytes, Expectation], AbstractContextManager[Inspected]]
    rules: tuple[Rule[Inspected], ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("a profile without rules")

    def faults(self, content: bytes, expectation: Expectation) -> list[tuple[str, str]]:
        """Return the code of each rule that a file breaks, and how.

        Raises:
            ValueError: the file is not whole, or not of this kind.
        """
        with self.open(content, expectation) as inspected:
            return [(rule.code, fault) for rule in self.rules for fault in rule.faults(inspected)]
