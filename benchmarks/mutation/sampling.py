"""Which mutants are tried: some of every room, of every operator, the same for the same seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

from benchmarks.mutation.mutant import ROOT, Mutant

MIN_OF_A_ROOM = 5


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """Return about this many mutants; a room has as many as its size, but never too few."""
    rooms: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        rooms[mutant.room].append(mutant)
    chosen: list[Mutant] = []
    for _, there in sorted(rooms.items()):
        share = max(MIN_OF_A_ROOM, round(count * len(there) / len(mutants)))
        chosen += islice(_sound(in_order(there, seed)), share)
    return chosen


def in_order(mutants: Iterable[Mutant], seed: int) -> list[Mutant]:
    """Return mutants so that the first of all operators come first, then the second of each.

    Texts and numbers are many, but so are they alike. Where a mutant comes is told by its name, not
    by chance: code that is added takes the place of some, and no other comes for them.
    """
    operators: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in sorted(mutants, key=lambda mutant: _digest(seed, mutant.name)):
        operators[mutant.operator].append(mutant)
    turns = {
        mutant.name: (turn, _digest(seed, f"{mutant.room} {mutant.operator}"))
        for there in operators.values()
        for turn, mutant in enumerate(there)
    }
    return sorted(mutants, key=lambda mutant: turns[mutant.name])


def _sound(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    return (mutant for mutant in mutants if mutant.is_sound((ROOT / mutant.path).read_bytes()))


def _digest(seed: int, text: str) -> str:
    return sha256(f"{seed} {text}".encode()).hexdigest()
