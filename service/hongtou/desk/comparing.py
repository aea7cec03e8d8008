"""Two versions of an issue → what changed between them, as an editor reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from hongtou.desk.alignment import changes
from hongtou.desk.document import pointer_to
from hongtou.desk.manuscript import Block, put_together, take_apart

Piece = tuple[Literal["same", "gone", "new"], str]
Kind = Literal["same", "gone", "new", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A block or a field that was taken out, put in or changed, or how many stayed.

    ``pointer`` is where it stands in the later version, in the earlier one if it is gone.
    ``pieces`` are the characters of a text that changed.
    """

    kind: Kind
    pointer: str = ""
    before: Any = None
    after: Any = None
    pieces: tuple[Piece, ...] = ()
    count: int = 1


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the differences of fields, then those of blocks in order; what stayed is counted."""
    old, new = take_apart(before, after)
    fields = _field_differences(old.rest, new.rest, "")
    where = put_together(old).pointers, put_together(new).pointers
    return (*fields, *_block_differences(old.blocks, new.blocks, *where))


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Return two texts as pieces that stayed, went and came."""
    found: list[Piece] = []
    for is_same, a, b, c, d in changes(before, after):
        if is_same:
            found.append(("same", before[a:b]))
            continue
        found += [("gone", before[a:b])] if a < b else []
        found += [("new", after[c:d])] if c < d else []
    return tuple(found)


def _field_differences(before: Any, after: Any, pointer: str) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*before, *after)):
            inner = pointer_to(pointer, name)
            yield from _field_differences(before.get(name), after.get(name), inner)
    elif before != after:
        yield _difference(pointer, before, after)


def _difference(pointer: str, before: Any, after: Any) -> Difference:
    if before is None or after is None:
        kind: Kind = "new" if before is None else "gone"
        return Difference(kind=kind, pointer=pointer, before=before, after=after)
    are_texts = isinstance(before, str) and isinstance(after, str)
    pieces = pieces_of(before, after) if are_texts else ()
    return Difference(kind="changed", pointer=pointer, before=before, after=after, pieces=pieces)


def _block_differences(
    before: Sequence[Block],
    after: Sequence[Block],
    old_pointers: Sequence[str],
    new_pointers: Sequence[str],
) -> Iterator[Difference]:
    for is_same, a, b, c, d in changes(before, after):
        if is_same:
            yield Difference(kind="same", pointer=new_pointers[c], count=d - c)
            continue
        for one, other in zip_longest(range(a, b), range(c, d)):
            old = None if one is None else before[one].content
            new = None if other is None else after[other].content
            pointer = old_pointers[one] if other is None else new_pointers[other]
            yield _difference(pointer, old, new)
