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

    Rules of a stage rely on those of the stages before, and are left out if one of those is broken.

    Raises:
        ValueError: there are no rules, so that any file would pass.
    """

    open: Callable[[bytes, Expectation], AbstractContextManager[Inspected]]
    stages: tuple[tuple[Rule[Inspected], ...], ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("a profile without rules")

    @property
    def rules(self) -> tuple[Rule[Inspected], ...]:
        """Return the rules of all stages."""
        return tuple(rule for stage in self.stages for rule in stage)

    def faults(self, content: bytes, expectation: Expectation) -> list[tuple[str, str]]:
        """Return the faults of a file: the code of the broken rule, and a sentence.

        Raises:
            ValueError: the file is damaged, or not of this kind.
        """
        faults: list[tuple[str, str]] = []
        with self.open(content, expectation) as inspected:
            for rules in self.stages:
                faults += [(rule.code, fault) for rule in rules for fault in rule.faults(inspected)]
                if faults:
                    break
        return faults
