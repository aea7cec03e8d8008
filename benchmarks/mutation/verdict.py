"""What became of a mutant."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.mutation.mutant import Mutant
from benchmarks.mutation.sight import Sight, Test
from benchmarks.mutation.tree import SUDDEN, Tree

HERE = Path(__file__).parent
GROUPS = (5.0, 20.0, 60.0, float("inf"))  # seconds of the tests that are run in one go
FIRST = 60.0  # seconds that any tests have, to begin and to end
HOUR = 3600.0
KILLED, SURVIVED, EQUIVALENT, SAVES_TIME = "killed", "survived", "equivalent", "saves time"
TABLES = {EQUIVALENT: "equivalent", SAVES_TIME: "saves_time", SURVIVED: "survivor"}


@dataclass(frozen=True)
class Verdict:
    """``what`` came of it, by which test or for which reason, and how many tests could see it."""

    name: str
    room: str
    what: str
    why: str
    tests: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge_soon(mutant: Mutant, tree: Tree, killers: Mapping[str, str]) -> Verdict | None:
    """Return what is known of a mutant, or that the test kills it which did before; else None."""
    known = told_of(mutant.name)
    if known and known.what != SURVIVED:
        return Verdict(mutant.name, mutant.room, known.what, known.why, 0)
    killer = killers.get(mutant.name)
    if killer and _is_to_blame(mutant, tree, [killer]):
        return Verdict(mutant.name, mutant.room, KILLED, killer, 1)
    return None


def judge(mutant: Mutant, tree: Tree, sight: Sight, seconds: float) -> Verdict:
    """Run the tests that can see a mutant until one fails, and fails for no other reason."""
    tests, are_all = sight.of(mutant, seconds)
    killer = next(_killers(mutant, tree, tests), None)
    if killer:
        return Verdict(mutant.name, mutant.room, KILLED, killer, len(tests))
    tried = f"{len(tests)} tests pass, {'all' if are_all else 'the likeliest'} that can see it"
    return Verdict(mutant.name, mutant.room, SURVIVED, tried, len(tests))


def _killers(mutant: Mutant, tree: Tree, tests: list[Test]) -> Iterator[str]:
    for group in _groups(tests):
        left = [test.name for test in group]
        while left:
            with tree.altered(mutant):
                fault = tree.first_fault(left, _limit(group))
            if fault is None:
                break
            if _is_to_blame(mutant, tree, left if fault in SUDDEN else [fault]):
                yield fault
                return
            if fault not in left:  # a machine that is busy, or a fault of no single test
                break
            left.remove(fault)  # it fails now and then, or always


def _is_to_blame(mutant: Mutant, tree: Tree, tests: list[str]) -> bool:
    """Tell whether tests pass without a mutant and then fail with it once more.

    They have as long as three times what they just took without it, so that a machine that is
    busy with other work kills none.
    """
    began = time.monotonic()
    if tree.first_fault(tests, HOUR) is not None:
        return False
    seconds = FIRST + 3 * (time.monotonic() - began)
    with tree.altered(mutant):
        return tree.first_fault(tests, seconds) is not None


def _limit(tests: list[Test]) -> float:
    """Return after how many seconds tests are suspected not to end."""
    return FIRST + 3 * sum(test.seconds for test in tests)


def _groups(tests: list[Test]) -> Iterator[list[Test]]:
    """Yield groups of tests, each longer than the last: most mutants are killed by the first."""
    left = [*tests]
    for seconds in GROUPS:
        spent, count = 0.0, 0
        while count < len(left) and (count == 0 or spent + left[count].seconds <= seconds):
            spent += left[count].seconds
            count += 1
        if count:
            yield _by_file(left[:count])
        left = left[count:]


def _by_file(tests: list[Test]) -> list[Test]:
    """Return tests so that those of a file, which may share a service, follow each other."""
    files = {test.file: number for number, test in reversed([*enumerate(tests)])}
    return sorted(tests, key=lambda test: files[test.file])


@dataclass(frozen=True)
class Known:
    """What is known of a mutant: that nobody could see it, or why no test looks for it."""

    what: str
    why: str


def told_of(name: str) -> Known | None:
    """Return what `known.toml` tells of a mutant, by its name."""
    return known().get(name)


@cache
def known() -> dict[str, Known]:
    """Return what is known of single mutants, by their names."""
    listed = tomllib.loads((HERE / "known.toml").read_text(encoding="utf-8"))
    return {
        entry["mutant"]: Known(what, entry["why"])
        for what, table in TABLES.items()
        for entry in listed.get(table, ())
    }
