"""Turns of all cases: each is made right before what it is held against, so that both drift alike."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from statistics import median
from time import process_time

from benchmarks.outputs.cases import CASES, Case, Sizes, issue_bytes, issue_of
from hongtou.bulletin.order import Order
from hongtou.pipeline import Typesetter

MS = 1000


@dataclass(frozen=True)
class Measured:
    """What came of a case: its figure of time, the seconds of both files, and their sizes."""

    figure: float
    seconds: tuple[float, float]
    sizes: Sizes


def measure(typesetter: Typesetter, rounds: int) -> dict[str, Measured]:
    """Return what came of every case, after a turn that warms up."""
    turns: dict[str, list[tuple[float, float]]] = {case.title: [] for case in CASES}
    gc.freeze()
    for turn in range(rounds + 1):
        for case in CASES:
            pair = tuple(_seconds(typesetter, case, one) for one in (case.order, case.base))
            if turn:
                turns[case.title].append((pair[0], pair[1]))
    return {
        case.title: Measured(
            figure_of(case, turns[case.title]),
            (median(a for a, _ in turns[case.title]), median(b for _, b in turns[case.title])),
            sizes_of(typesetter, case),
        )
        for case in CASES
    }


def figure_of(case: Case, pairs: list[tuple[float, float]]) -> float:
    """Return the median of what the goal of a case is about."""
    if case.is_absolute:
        return median(made for made, _ in pairs)
    if case.per:
        return median(made - base for made, base in pairs) * MS / case.per
    return median(made / base for made, base in pairs)


def sizes_of(typesetter: Typesetter, case: Case) -> Sizes:
    """Return the sizes of both files of a case, and of its issue."""
    made, base = (_made(typesetter, case, one) for one in (case.order, case.base))
    return Sizes(len(made), len(base), issue_bytes(case.issue))


def _seconds(typesetter: Typesetter, case: Case, order: Order) -> float:
    """Return what a file takes, without the garbage of another: rendering collects none either."""
    gc.collect()
    gc.disable()
    began = process_time()
    _made(typesetter, case, order)
    seconds = process_time() - began
    gc.enable()
    return seconds


def _made(typesetter: Typesetter, case: Case, order: Order) -> bytes:
    document, images = issue_of(case.issue)
    return typesetter.produce(document, order, images).content
