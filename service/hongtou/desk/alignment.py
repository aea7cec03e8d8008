"""What two or three sequences share: the diff under merging and comparing.

Sequences are texts, whose members are characters, or lists of blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

# Above this the time of difflib, which grows with the product, could be felt: 5,000 characters
# that have nothing in common with 5,000 others are taken as replaced, not looked at one by one.
MOST_COMPARED = 4_000_000

Member = TypeVar("Member", bound=Sequence[object] | str)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Member]):
    """A stretch of a base and what two others have in its place: what all share, or not."""

    base: Member
    mine: Member
    theirs: Member


Change = tuple[bool, int, int, int, int]  # whether it is the same; from, to in one and the other


def changes(one: Sequence[object] | str, other: Sequence[object] | str) -> list[Change]:
    """Return two sequences as stretches that are the same and stretches that are not."""
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    inner_one, inner_other = one[start : len(one) - end], other[start : len(other) - end]
    found: list[Change] = [(True, 0, start, 0, start)] if start else []
    if len(inner_one) * len(inner_other) > MOST_COMPARED:
        found.append((False, start, len(one) - end, start, len(other) - end))
    else:
        matcher = SequenceMatcher(None, inner_one, inner_other, autojunk=False)
        found += [
            (tag == "equal", start + a, start + b, start + c, start + d)
            for tag, a, b, c, d in matcher.get_opcodes()
        ]
    if end:
        found.append((True, len(one) - end, len(one), len(other) - end, len(other)))
    return found


def stretches(base: Member, mine: Member, theirs: Member) -> Iterator[Stretch[Member]]:
    """Yield three sequences in turns of what all share and what at least one has otherwise.

    Source: S. Khanna, K. Kunal, B. C. Pierce, A Formal Investigation of Diff3 (2007).
    """
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    anchors = [
        (place, in_mine[place], in_theirs[place])
        for place in range(len(base))
        if place in in_mine and place in in_theirs
    ]
    at = (0, 0, 0)
    for anchor in [*anchors, (len(base), len(mine), len(theirs))]:
        if at != anchor:
            yield Stretch(
                base[at[0] : anchor[0]],  # type: ignore[arg-type]  # a slice is of the same kind
                mine[at[1] : anchor[1]],  # type: ignore[arg-type]
                theirs[at[2] : anchor[2]],  # type: ignore[arg-type]
            )
        if anchor[0] < len(base):
            same = base[anchor[0] : anchor[0] + 1]
            yield Stretch(same, same, same)  # type: ignore[arg-type]
        at = (anchor[0] + 1, anchor[1] + 1, anchor[2] + 1)


def _places(base: Sequence[object] | str, other: Sequence[object] | str) -> dict[int, int]:
    """Return where each member of the base that stayed is in the other."""
    return {
        place: place - a + c
        for is_same, a, b, c, _ in changes(base, other)
        if is_same
        for place in range(a, b)
    }


def _shared(one: Sequence[object] | str, other: Sequence[object] | str) -> int:
    """Return how many members both have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
