"""The type of a profile: how a kind of file is opened, and the rules that it must pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic

from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Inspected, Rule


@dataclass(frozen=True, slots=True)
class Profile(Generic[Inspected]):
    """The rules for a kind of file; ``open`` opens it for them, or raises ValueError.

    Raises:
        ValueError: there are no rules, so that any file would pass.
    """

    open: Callable[[bytes, Expectation], AbstractContextManager[Inspected]]
    rules: tuple[Rule[Inspected], ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("a profile without rules")

    def faults(self, content: bytes, expectation: Expectation) -> list[tuple[str, str]]:
        """Return the faults of a file: the code of the broken rule, and a sentence.

        Raises:
            ValueError: the file is damaged, or not of this kind.
        """
        with self.open(content, expectation) as inspected:
            return [(rule.code, fault) for rule in self.rules for fault in rule.faults(inspected)]
