"""What an editor did with the blocks of an issue, and how it meets what another one did.

A block that one moved and the other changed takes the change along. An article that one took out
whole and the other wrote in stays whole: a paragraph of it alone would end the article before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from hongtou.desk.alignment import changes
from hongtou.desk.manuscript import Block


@dataclass(frozen=True, slots=True)
class Edits:
    """What one editor did with the blocks of the base.

    ``kept`` holds each as it is now, None if it is gone; ``added`` the new ones before each, and
    at the end.
    """

    kept: list[Block | None]
    added: list[list[Block]]


def edits_of(base: Sequence[Block], other: Sequence[Block]) -> Edits:
    """Return what became of each block of the base, and what was put in before it."""
    edits = Edits([None] * len(base), [[] for _ in range(len(base) + 1)])
    for _, a, b, c, d in changes(base, other):
        pairs = min(b - a, d - c)
        for place, block in zip(range(a, a + pairs), other[c:d], strict=False):
            if base[place].role == block.role:
                edits.kept[place] = block
            else:
                edits.added[place].append(block)
        edits.added[a + pairs] += other[c + pairs : d]
    return edits


def reconcile(base: Sequence[Block], one: Edits, other: Edits) -> Set[int]:
    """Have what one moved take along what the other changed, and undo what one took out of it.

    Returns where those articles begin that one took out and that stay.
    """
    moved = _moves(base, one)
    returned: set[int] = set()
    for start, end in _wholes(base):
        if start in moved:
            _carry_additions(base, range(start, end), moved, other)
        elif _is_gone(one, start, end) and _is_written_in(base, other, start, end):
            one.kept[start:end] = base[start:end]
            returned.add(start)
    for place, run in moved.items():
        _carry_change(base[place], place, run, other)
    return returned


def _moves(base: Sequence[Block], edits: Edits) -> dict[int, list[Block]]:
    """Return the place of each block that was moved, and the run in which it is now.

    One that is there twice tells nothing.
    """
    before = Counter(base)
    after: dict[Block, list[list[Block]]] = {}
    for run in edits.added:
        for block in run:
            after.setdefault(block, []).append(run)
    return {
        place: after[block][0]
        for place, block in enumerate(base)
        if edits.kept[place] is None and before[block] == 1 and len(after.get(block, [])) == 1
    }


def _carry_additions(
    base: Sequence[Block], places: range, moved: Mapping[int, list[Block]], other: Edits
) -> None:
    """Put what another editor wrote between the blocks of an article where it was moved to."""
    for place in places:
        more = other.added[place + 1]
        if place in moved and more and not more[0].is_head:
            run = moved[place]
            behind = run.index(base[place]) + 1
            run[behind:behind] = more
            other.added[place + 1] = []


def _carry_change(block: Block, place: int, run: list[Block], other: Edits) -> None:
    """Put what another editor made of a block where it was moved to; one taken out stays there."""
    changed = other.kept[place]
    if changed is not None:
        run[run.index(block)] = changed
        other.kept[place] = block


def _wholes(base: Sequence[Block]) -> list[tuple[int, int]]:
    """Return from where to where each article and each group of short news goes."""
    starts = [place for place, block in enumerate(base) if block.is_head]
    return list(pairwise([*starts, len(base)]))


def _is_gone(edits: Edits, start: int, end: int) -> bool:
    """Tell whether somebody took out an article, with all that is in it."""
    return not any(edits.kept[start:end]) and not any(edits.added[start + 1 : end])


def _is_written_in(base: Sequence[Block], edits: Edits, start: int, end: int) -> bool:
    """Tell whether somebody put words into an article, or changed some of it."""
    changed = any(
        now is not None and now != was
        for was, now in zip(base[start:end], edits.kept[start:end], strict=True)
    )
    behind = edits.added[end]
    return changed or any(edits.added[start + 1 : end]) or bool(behind and not behind[0].is_head)
