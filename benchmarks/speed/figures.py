"""What the timings of a run say: medians, ratios, the cost of a page, how cost grows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

Timings = Sequence[Mapping[str, float]]  # of one engine, round by round
Lengths = Mapping[str, Mapping[str, Timings]]  # times the real issue → engine → timings


def middle(timings: Timings, of: str) -> float:
    """Return the median of one figure."""
    return median(one[of] for one in timings)


def ratio(ours: Timings, theirs: Timings, of: str) -> float:
    """Return the median of the ratios of rounds: both took turns, so that both drift alike."""
    return median(a[of] / b[of] for a, b in zip(ours, theirs, strict=True))


def points(lengths: Lengths, engine: str) -> list[tuple[float, float]]:
    """Return pages and CPU milliseconds of an engine, from short to long."""
    return [
        (middle(found[engine], "pages"), middle(found[engine], "cpu") * 1000)
        for _, found in sorted(lengths.items(), key=lambda entry: int(entry[0]))
        if engine in found
    ]


def page_milliseconds(lengths: Lengths, engine: str) -> float:
    """Return the CPU milliseconds of a page more, between the shortest and the longest."""
    (least, cheap), *_, (most, dear) = points(lengths, engine)
    return (dear - cheap) / (most - least)


def exponent(lengths: Lengths, engine: str) -> float | None:
    """Return the power of the length with which cost grows beyond the shortest; 1 is in proportion.

    What each render costs whatever its length is left out so. Two lengths do not tell: None.
    """
    (least, cheap), *others = points(lengths, engine)
    if len(others) < 2:
        return None
    (x, y), (further, dearer) = [(pages - least, cost - cheap) for pages, cost in others[-2:]]
    return math.log(dearer / y) / math.log(further / x) if y > 0 and dearer > 0 else None
