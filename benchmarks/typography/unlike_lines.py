"""Say why the lines of a headline are no nearer in length.

Every other division into as many lines is looked through: what the nearest of them would part is
the reason. Lengths are in characters; what is narrower than Han counts half.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import accumulate, combinations, pairwise

from hongtou.compose.balance import PAIR_CLOSINGS, PAIR_OPENINGS
from hongtou.compose.sense import Boundary, boundaries

NEAR = 2.0  # characters
MEASURE = 20.1  # characters of a headline's line: 156 mm at 22 pt


class Reason(Enum):
    """What a division with lines of like length would part, the least excusable last."""

    WORD = "a word"
    NAME = "a name"
    PAIR = "what stands in quotation marks or 《》"
    BOUND = "words bound to one another (的, a measure word, an adverb and its verb)"
    SENSE = "a phrase"


def why_unlike(lines: Sequence[str]) -> Reason:
    """Return what lines of like length, as many as these, would part."""
    text = "".join(lines)
    closeness, inside = boundaries(text), _inside_pairs(text)
    within = {
        Reason.SENSE: lambda at: closeness[at] <= Boundary.WORDS and not inside[at],
        Reason.BOUND: lambda at: closeness[at] <= Boundary.BOUND and not inside[at],
        Reason.PAIR: lambda at: closeness[at] <= Boundary.BOUND,
        Reason.NAME: lambda at: closeness[at] <= Boundary.NAME,
    }
    for reason, may_end in within.items():
        places = [at for at in range(1, len(text)) if may_end(at)]
        if _least_apart(text, places, len(lines)) <= NEAR:
            return reason
    return Reason.WORD


def _least_apart(text: str, places: Sequence[int], count: int) -> float:
    """Return how far apart, at least, this many lines are that end at some of the places."""
    ends = [0.0, *accumulate(1.0 if char > "\u2000" else 0.5 for char in text)]
    least = float("inf")
    for breaks in combinations(places, count - 1):
        widths = [ends[last] - ends[first] for first, last in pairwise((0, *breaks, len(text)))]
        if max(widths) <= MEASURE:
            least = min(least, max(widths) - min(widths))
    return least


def _inside_pairs(text: str) -> list[bool]:
    """Tell of the place before each character whether it is inside a pair of marks."""
    depths = accumulate((char in PAIR_OPENINGS) - (char in PAIR_CLOSINGS) for char in text)
    return [False, *(depth > 0 for depth in depths)]
