"""Three versions of an issue → one: what both editors changed since the one they began with.

Blocks are joined first, then the characters of a block that both changed (diff3); masthead and
closing block are joined field by field. What cannot be joined is kept twice, next to each other,
and told as a clash. No word of either side is lost: it stands in the document or in a clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from hongtou.desk.alignment import stretches
from hongtou.desk.document import Fields, pointer_to
from hongtou.desk.edits import edits_of, reconcile
from hongtou.desk.manuscript import Block, Manuscript, put_together, take_apart


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed: where mine stands, where theirs does, and all three values.

    ``other`` is "" for a field, which holds mine alone.
    """

    pointer: str
    other: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined issue and what could not be joined.

    ``returned`` are the pointers of articles and groups that I took out and that stay, as somebody
    else wrote in them.
    """

    fields: Fields
    clashes: tuple[Clash, ...]
    returned: tuple[str, ...] = ()


class _Mark(Enum):
    """Stands for a field that a version does not have, and for a choice that nobody can make."""

    ABSENT = auto()
    UNDECIDED = auto()


ABSENT, UNDECIDED = _Mark.ABSENT, _Mark.UNDECIDED


@dataclass(slots=True)
class _Joined:
    """Blocks in their new order; ``clashes`` and ``returned`` name them by their places."""

    blocks: list[Block] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    clashes: list[tuple[range, range, Sequence[Block]]] = field(default_factory=list)


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Return the issue that holds the changes of both."""
    first, own, other = take_apart(base, mine, theirs)
    rest, clashes = _merged_fields(first.rest, own.rest, other.rest, "")
    joined = _merged_blocks(first.blocks, own.blocks, other.blocks)
    single = first.is_single and own.is_single and other.is_single
    assembled = put_together(Manuscript(rest, tuple(joined.blocks), single))
    clashes += [_clash(joined.blocks, assembled.pointers, *places) for places in joined.clashes]
    returned = tuple(assembled.pointers[place] for place in joined.returned)
    return Merged(assembled.fields, tuple(clashes), returned)


# What only one of two editors can have changed: 300 and 350 of both are no 3500. Else a character.
PARTS = re.compile(
    r"[0-9０-９]+(?:[年月日时分.,:/～~—–-][0-9０-９]+)*[年月日时分%％‰]?|[A-Za-z]+|[\s\S]"
)


def merged_text(base: str, mine: str, theirs: str) -> str | None:
    """Return a text with the changes of both, None where they touch one another."""
    pieces: list[str] = []
    for one in stretches(*(tuple(PARTS.findall(text)) for text in (base, mine, theirs))):
        chosen = _chosen(one.base, one.mine, one.theirs)
        if chosen is UNDECIDED:
            return None
        pieces += chosen
    return "".join(pieces)


def _chosen(base: Any, mine: Any, theirs: Any) -> Any:
    """Return the version of whoever changed something, UNDECIDED if both did, each otherwise."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else UNDECIDED


def _merged_fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], pointer: str
) -> tuple[Fields, list[Clash]]:
    """Return an object joined member by member."""
    joined: Fields = {}
    clashes: list[Clash] = []
    for name in dict.fromkeys((*mine, *theirs)):
        first, own, other = (one.get(name, ABSENT) for one in (base, mine, theirs))
        value, found = _merged_value(first, own, other, pointer_to(pointer, name))
        clashes += found
        if value is not ABSENT:
            joined[name] = value
    return joined, clashes


def _merged_value(base: Any, mine: Any, theirs: Any, pointer: str) -> tuple[Any, list[Clash]]:
    """Return a value with the changes of both, else mine, and theirs in a clash."""
    chosen = _chosen(base, mine, theirs)
    if chosen is not UNDECIDED:
        return chosen, []
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _merged_fields(base if isinstance(base, dict) else {}, mine, theirs, pointer)
    if isinstance(base, str) and isinstance(mine, str) and isinstance(theirs, str):
        text = merged_text(base, mine, theirs)
        if text is not None:
            return text, []
    if mine is ABSENT:  # one took it out, the other wrote in it: what was written stays
        return theirs, []
    if theirs is ABSENT:
        return mine, []
    return mine, [Clash(pointer, "", None if base is ABSENT else base, mine, theirs)]


def _merged_blocks(
    base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]
) -> _Joined:
    """Return the blocks of the base as both left them, with what each put in between."""
    joined = _Joined()
    own, other = edits_of(base, mine), edits_of(base, theirs)
    returned = reconcile(base, own, other)
    reconcile(base, other, own)
    for place in range(len(base) + 1):
        _join_added(joined, own.added[place], other.added[place])
        if place in returned:
            joined.returned.append(len(joined.blocks))
        if place < len(base):
            _join_block(joined, base[place], own.kept[place], other.kept[place])
    return joined


def _join_added(joined: _Joined, mine: Sequence[Block], theirs: Sequence[Block]) -> None:
    """Add what both put in at one place: text first, which belongs to the article before it.

    Text that no article is before any more, as that was moved, is told as what both wrote is.
    """
    (own, own_parts), (other, other_parts) = _led(mine), _led([*_new(mine, theirs)])
    is_headed = any(block.is_head for block in joined.blocks)
    for one, two, is_sure in ((own, other, is_headed), (own_parts, other_parts, True)):
        if (one and two) or (not is_sure and (one or two)):
            _keep_both(joined, [], one, two)
        else:
            joined.blocks += [*one, *two]


def _led(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return the texts before the first head, and the rest: articles or groups of short news."""
    at = next((at for at, block in enumerate(blocks) if block.is_head), len(blocks))
    return blocks[:at], blocks[at:]


def _new(mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Block]:
    """Yield what others put in and I did not: with texts of theirs the head that both have, too.

    Two editors may each begin an article without a headline yet.
    """
    begins = [at for at, block in enumerate(theirs) if block.is_head]
    for first, end in pairwise((0, *begins, len(theirs))):
        part = theirs[first:end]
        texts = [block for block in part if not block.is_head and block not in mine]
        if part and part[0].is_head and (texts or part[0] not in mine):
            yield part[0]
        yield from texts


def _join_block(joined: _Joined, base: Block, mine: Block | None, theirs: Block | None) -> None:
    """Add a block with the changes of both, or both blocks; None has taken it out."""
    chosen = _chosen(base, mine, theirs)
    if chosen is UNDECIDED and mine is not None and theirs is not None:
        value, clashes = _merged_value(base.content, mine.content, theirs.content, "")
        if not clashes:
            chosen = Block(mine.role, value)
    if chosen is UNDECIDED:
        _keep_both(joined, [base], [mine] if mine else [], [theirs] if theirs else [])
    elif chosen is not None:
        joined.blocks.append(chosen)


def _keep_both(
    joined: _Joined, base: Sequence[Block], mine: Iterable[Block], theirs: Iterable[Block]
) -> None:
    start = len(joined.blocks)
    joined.blocks += mine
    middle = len(joined.blocks)
    joined.blocks += theirs
    joined.clashes.append((range(start, middle), range(middle, len(joined.blocks)), base))


def _clash(
    blocks: Sequence[Block],
    pointers: Sequence[str],
    mine: range,
    theirs: range,
    base: Sequence[Block],
) -> Clash:
    where = [pointers[one.start] if one else "" for one in (mine, theirs)]
    values = [[blocks[place].content for place in one] for one in (mine, theirs)]
    first, second = where[0] or where[1], where[1] or where[0]  # one may have taken it out
    return Clash(first, second, [one.content for one in base], *values)
