"""What became of a mutant."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.mutation.mutant import Mutant
from benchmarks.mutation.sight import Sight
from benchmarks.mutation.tree import SUDDEN, Tree

HERE = Path(__file__).parent
FIRST = 4  # test files that are tried before all the others are even read; then twice as many
KILLED, SURVIVED, EQUIVALENT = "killed", "survived", "equivalent"


@dataclass(frozen=True)
class Verdict:
    """``what`` came of it, by which test or for which reason, and how many test files saw it."""

    name: str
    room: str
    what: str
    why: str
    files: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(mutant: Mutant, tree: Tree, sight: Sight) -> Verdict:
    """Run the tests that can see a mutant until one fails, and fails for no other reason."""
    name = mutant.told((tree.folder / mutant.path).read_bytes())
    files = sight.of(mutant)
    reason = equivalents().get(without_line(name))
    if reason:
        return Verdict(name, mutant.room, EQUIVALENT, reason, len(files))
    killer = next(_killers(mutant, tree, sight, files), None)
    what = KILLED if killer else SURVIVED
    return Verdict(name, mutant.room, what, killer or "", len(files))


def _killers(mutant: Mutant, tree: Tree, sight: Sight, files: list[str]) -> Iterator[str]:
    for group in _groups(files):
        seconds = 30 + 2 * sum(sight.seconds[file] for file in group)
        left_out: list[str] = []
        while True:
            with tree.altered(mutant):
                fault = tree.first_fault([*group, *left_out], seconds)
                again = [*group, *left_out] if fault in SUDDEN else [fault or ""]
                stays = fault is not None and tree.first_fault(again, seconds)
            if stays and (fault in SUDDEN or _passes_without(fault or "", tree, seconds)):
                yield fault or ""
                return
            if fault is None or fault in SUDDEN or f"--deselect={fault}" in left_out:
                break
            left_out.append(f"--deselect={fault}")  # it fails now and then, or always


def _groups(files: list[str]) -> Iterator[list[str]]:
    """Yield groups of test files, each larger than the last: a mutant that hangs costs little."""
    start, size = 0, FIRST
    while start < len(files):
        yield files[start : start + size]
        start, size = start + size, 2 * size


_PASSING: dict[tuple[Path, str], bool] = {}


def _passes_without(fault: str, tree: Tree, seconds: float) -> bool:
    """Tell whether a test passes in this tree while nothing is altered."""
    key = (tree.folder, fault)
    if key not in _PASSING:
        _PASSING[key] = tree.first_fault([fault], seconds) is None
    return _PASSING[key]


@cache
def equivalents() -> dict[str, str]:
    """Return why a mutant is none, by its name."""
    listed = tomllib.loads((HERE / "equivalent.toml").read_text(encoding="utf-8"))
    return {without_line(entry["mutant"]): entry["why"] for entry in listed["equivalent"]}


def without_line(name: str) -> str:
    """Return the name of a mutant that stays when lines are added above it."""
    place, _, change = name.partition(" ")
    return f"{place.partition(':')[0]} {change}"
