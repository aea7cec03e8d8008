"""What of a page may be set in a line more or less: texts, the headline below it, floats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hongtou.plan.drafts import Swap
from hongtou.plan.makeup import Makeup
from hongtou.plan.recasting import STACK, Change
from hongtou.plan.resizing import resized
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import Unit


class Sized(NamedTuple):
    """A picture or a table in other lines, and the number of its unit."""

    number: int
    unit: Unit


Item = Change | Sized


def put(makeup: Makeup, items: Sequence[Item], start: int) -> list[Swap]:
    """Put texts behind unit ``start`` in the place of those with their keys, and floats."""
    swaps: list[Swap] = []
    for one in items:
        if isinstance(one, Sized):
            swaps.append(makeup.resize(*one))
    for one in items:
        if not isinstance(one, Sized):
            swaps += (makeup.replace(text, start) for text in one)
    return swaps


def with_changes_of(makeup: Makeup, changed: Makeup, end: int) -> Makeup:
    """Return a make-up with what was ``changed`` in another up to its unit ``end``."""
    own = makeup.copied()
    for number, unit in enumerate(changed.units[:end]):
        if unit.text:
            if unit.number == 0 and unit.text.key in changed.recast:
                own.replace(unit.text, number)
        elif unit.floats and changed.is_resized(unit):
            own.resize(number, unit)
    return own


def sized(
    makeup: Makeup,
    numbers: Sequence[int],
    heads: Sequence[int],
    ways: Sequence[int],
    setter: TextSetter,
) -> Iterator[Sized]:
    """Yield floats among these units in other lines; a table that heads a page has no blank."""
    for number in numbers:
        unit = makeup.units[number]
        if unit.text or unit.block is None or not unit.floats or makeup.is_resized(unit):
            continue
        if number in heads and isinstance(unit.block, TablePlan):
            continue
        for by in ways:
            if other := resized(unit, by, setter):
                yield Sized(number, other)


def texts_of(units: Sequence[Unit]) -> list[SetText]:
    """Return the texts that begin on a page, from the last.

    A heading at its head whose blank fell away there, as a 栏目's does, gets no other.
    """
    texts = [unit.text for unit in reversed(units) if unit.text and unit.number == 0]
    if texts and texts[-1] is units[0].text and texts[-1].above and texts[-1].style in STACK:
        texts.pop()
    return texts


def headline_at(units: Sequence[Unit], at: int) -> list[SetText]:
    """Return the headline that did not fit on a page, from the last of its texts."""
    found: list[SetText] = []
    while at < len(units) and (text := units[at].text) and text.style in STACK:
        if units[at].number == 0:
            found.insert(0, text)
        at += 1
    return found
