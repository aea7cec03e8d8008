"""The type of a profile: how a kind of file is opened, and the rules that it must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from hongtou.bulletin.order import OptionValue
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Fault, Inspected, Rule
from hongtou.preflight.standing import Standard

if TYPE_CHECKING:
    from hongtou.preflight.laid_out import LaidOut

Parts = Callable[[bytes, Expectation], Iterable[tuple[bytes, Expectation]]]


def whole(content: bytes, expectation: Expectation) -> Iterable[tuple[bytes, Expectation]]:
    """Return a file that is one."""
    return ((content, expectation),)


@dataclass(frozen=True, slots=True)
class Profile(Generic[Inspected]):
    """The rules for a kind of file; ``open`` opens it for them, or raises ValueError.

    Those on pages as they were ``laid_out`` are asked before it is made.
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
    laid_out: tuple[Rule[LaidOut], ...] = ()

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

    def faults_laid_out(self, laid_out: LaidOut) -> list[tuple[str, Fault]]:
        """Return the faults of pages, each with the code of the broken rule."""
        return [*_faults(self.laid_out, laid_out)]

    def faults(self, content: bytes, expectation: Expectation) -> list[tuple[str, Fault]]:
        """Return the faults of a file, each with the code of the broken rule.

        Raises:
            ValueError: the file is damaged, or not of this kind.
        """
        for part, expected in self.parts(content, expectation):
            with self.open(part, expected) as inspected:
                for rules in self.stages:
                    if faults := [*_faults(rules, inspected)]:
                        return faults
        return []


def _faults(rules: Iterable[Rule[Inspected]], inspected: Inspected) -> Iterator[tuple[str, Fault]]:
    """Yield what the rules find, each fault with the code of its rule."""
    for rule in rules:
        for fault in rule.faults(inspected):
            yield rule.code, Fault(fault) if isinstance(fault, str) else fault
