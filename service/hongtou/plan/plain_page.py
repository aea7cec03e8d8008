"""A plain page: where one ends on which nothing floats past text, as on most."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.plan.galleys import Joint
from hongtou.plan.unit import ROUNDING, Unit, joint_between


def end_of_plain_page(units: Sequence[Unit], at: int, room: float) -> int:
    """Return the unit that comes next behind a page which begins with unit ``at``.

    0 is returned where a float does not fit, or is on its side: make-up has to look further.
    """
    height, room = units[at].at_head, room + ROUNDING
    if units[at].is_turned:
        return 0
    for number in range(at + 1, len(units)):
        unit = units[number]
        if unit.begins_page:
            return number
        if unit.floats and not unit.height:
            return 0
        higher = height + unit.height
        if higher - unit.below > room:
            return 0 if unit.floats else _cut(units, at, number)
        height = higher
    return len(units)


def _cut(units: Sequence[Unit], at: int, end: int) -> int:
    """Return the last unit up to ``end`` before which a page ends readily, or else reluctantly."""
    reluctant = 0
    for cut in range(end, at, -1):
        joint = joint_between(units[cut - 1], units[cut])
        if joint is Joint.FREE:
            return cut
        if joint is Joint.RELUCTANT:
            reluctant = reluctant or cut
    return reluctant or end
