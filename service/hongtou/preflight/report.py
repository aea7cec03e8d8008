"""What came of a preflight, rule by rule: for whoever has to show that a file was looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.order import OptionValue
from hongtou.preflight.checking import UNREADABLE
from hongtou.preflight.profile import Profile
from hongtou.preflight.standing import Standing


class RuleOutcome(StrEnum):
    """What came of a rule; one is skipped where those that it relies on are broken."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class RuleReport:
    """A rule with what it asks for, and its faults."""

    code: str
    standing: Standing
    outcome: RuleOutcome
    faults: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """The rules of a profile, in the order in which they are asked; the file leaves if all pass."""

    profile: str
    standard: str
    rules: tuple[RuleReport, ...]

    @property
    def passed(self) -> bool:
        """Tell whether every rule was kept."""
        return all(rule.outcome is RuleOutcome.PASSED for rule in self.rules)


def preflight_report(
    name: str,
    profile: Profile[Any],
    options: Mapping[str, OptionValue],
    faults: Sequence[Finding] = (),
) -> PreflightReport:
    """Return the report on a file of an output, from the faults that were found, if any.

    A file that has left had none: every rule was asked.
    """
    standard = profile.standard(options)
    rules = _rules(profile, standard.standings, faults)
    return PreflightReport(name, standard.name, tuple(rules))


def _rules(
    profile: Profile[Any], standings: Mapping[str, Standing], faults: Sequence[Finding]
) -> Iterator[RuleReport]:
    """Yield the rules, each once: some are asked of the objects and of the pages again."""
    by_code: dict[str, list[Finding]] = {}
    for fault in faults:
        by_code.setdefault(fault.code, []).append(fault)
    laid_out = [rule.code for rule in profile.laid_out]
    stages = [laid_out, [UNREADABLE], *([rule.code for rule in stage] for stage in profile.stages)]
    last = _last_stage(stages, by_code)
    asked = {code for stage in stages[: last + 1] for code in stage}
    for code in dict.fromkeys(chain.from_iterable(stages)):
        outcome = RuleOutcome.PASSED if code in asked else RuleOutcome.SKIPPED
        outcome = RuleOutcome.FAILED if code in by_code else outcome
        standing = standings.get(code, Standing(code))
        yield RuleReport(code, standing, outcome, tuple(by_code.get(code, ())))


def _last_stage(stages: Sequence[Collection[str]], broken: Collection[str]) -> int:
    """Return the number of the last stage that was asked: all faults are of one stage."""
    holding = (at for at, codes in enumerate(stages) if broken and {*broken} <= {*codes})
    return next(holding, len(stages) - 1)
