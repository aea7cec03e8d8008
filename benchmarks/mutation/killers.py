"""Which test killed a mutant: kept in the repository, so that the next run begins with it.

A whole run with all tests takes hours; that the tests still see what they saw takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.mutation.verdict import HERE, KILLED, Verdict

FILE = HERE / "killers.json"


def kept_killers(file: Path = FILE) -> dict[str, str]:
    """Return the test that killed each mutant, by its name."""
    killers: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return killers


def keep_killers(verdicts: Iterable[Verdict], names: set[str], file: Path = FILE) -> None:
    """Add what killed mutants now; drop those that survived, or are none of this code any more.

    ``names`` are those of all mutants.
    """
    verdicts = [*verdicts]
    killed = {one.name: one.why for one in verdicts if one.what == KILLED}
    gone = {one.name for one in verdicts if one.what != KILLED}
    known = {name: test for name, test in kept_killers(file).items() if name in names - gone}
    told = json.dumps(known | killed, ensure_ascii=False, indent=0, sort_keys=True)
    file.write_text(f"{told}\n", encoding="utf-8")
