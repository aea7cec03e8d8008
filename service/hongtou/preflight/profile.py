"""The type of a profile: how a kind of file is opened, and the rules that it must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Generic

from hongtou.bulletin.order import OptionValue
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Fault, Inspected, Rule
from hongtou.preflight.standing import Standard

Parts = Callable[[bytes, Expectation], Iterable[tuple[bytes, Expectation]]]


def whole(content: bytes, expectation: Expectation) -> Iterable[tuple[bytes, Expectation]]:
    """Return a file that is one."""
    return ((content, expectation),)


@dataclass(frozen=True, slots=True)
class Profile(Generic[Inspected]):
    """The rules for a kind of file; ``open`` opens it for them, or raises ValueError.

    Rules of a stage rely on those of the stages before, and are left out if one of those is broken.
    ``standards`` are what its files keep to, by the value of the option that chooses one; the first
    is that of the default. ``parts`` takes a file that is several apart, each with what is expected
    of it, or raises ValueError.

    Raises:
        ValueError: there are no rules, so that any file would pass.
    """

    open: Callable[[bytes, Expectation], AbstractContextManager[Inspected]]
    stages: tuple[tuple[Rule[Inspected], ...], ...]
    standards: Mapping[str, Standard] = field(default_factory=lambda: {"": Standard("")})
    parts: Parts = whole

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("a profile without rules")

    @property
    def rules(self) -> tuple[Rule[Inspected], ...]:
        """Return the rules of all stages."""
        return tuple(rule for stage in self.stages for rule in stage)

    def standard(self, options: Mapping[str, OptionValue]) -> Standard:
        """Return the standard that a file with these options keeps to."""
        values = map(str, options.values())
        asked = [self.standards[value] for value in values if value in self.standards]
        return next(iter((*asked, *self.standards.values())))

    def faults(self, content: bytes, expectation: Expectation) -> list[tuple[str, Fault]]:
        """Return the faults of a file, each with the code of the broken rule.

        Raises:
            ValueError: the file is damaged, or not of this kind.
        """
        for part, expected in self.parts(content, expectation):
            with self.open(part, expected) as inspected:
                for rules in self.stages:
                    faults = [
                        (rule.code, _placed(fault))
                        for rule in rules
                        for fault in rule.faults(inspected)
                    ]
                    if faults:
                        return faults
        return []


def _placed(fault: Fault | str) -> Fault:
    return Fault(fault) if isinstance(fault, str) else fault
