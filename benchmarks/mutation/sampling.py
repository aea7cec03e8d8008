"""Which mutants are tried: some of every room, of every operator, the same for the same seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.mutation.mutant import ROOT, Mutant

MIN_OF_A_ROOM = 5


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """Return about this many mutants; a room has as many as its size, but never too few."""
    rooms: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        rooms[mutant.room].append(mutant)
    chosen: list[Mutant] = []
    for room, there in sorted(rooms.items()):
        share = max(MIN_OF_A_ROOM, round(count * len(there) / len(mutants)))
        chosen += _of_a_room(there, share, random.Random(f"{seed} {room}"))
    return chosen


def _of_a_room(mutants: Iterable[Mutant], count: int, chance: random.Random) -> list[Mutant]:
    """Return mutants of all operators alike: texts and numbers are many, but so are they alike."""
    operators: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        operators[mutant.operator].append(mutant)
    for there in operators.values():
        chance.shuffle(there)
    chosen: list[Mutant] = []
    while len(chosen) < count and operators:
        name = chance.choice(sorted(operators))
        mutant = operators[name].pop()
        if mutant.is_sound((ROOT / mutant.path).read_bytes()):
            chosen.append(mutant)
        if not operators[name]:
            del operators[name]
    return chosen
