"""What is left of a document without its faulty parts, so that its other faults are found too.

It is never printed: an issue with a wrong date is looked through for characters and pictures that
cannot be set, instead of one round of faults after the other.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hongtou.bulletin.passage import Kind, Passage
from hongtou.intake import contract
from hongtou.intake.characters import SUSPECTS, strings_of
from hongtou.intake.document import JsonValue
from hongtou.intake.faults import path_of
from hongtou.intake.fields import ValidationContext
from hongtou.intake.pointers import Path, pointer

MAX_ROUNDS = 6  # of taking out: what was put in place of a part may be wrong there too
PLACE = "此处"
PLAIN = "文。"

# What stands for a field that must not be left out, by its name.
STAND_INS: dict[str, JsonValue] = {
    "masthead": {},
    "closing": {},
    "nameplate": "简报",
    "issue_number": 1,
    "issuing_body": "某",
    "issue_date": "2026-01-01",
    "class": "秘密",
    "headline": "题",
    "body": PLAIN,
    "text": PLAIN,
    "items": [PLAIN],
}
# What stands for a member of a list, by the list's name.
MEMBERS: dict[str, JsonValue] = {"articles": {}, "briefs": {}}


@dataclass(frozen=True, slots=True)
class Remainder:
    """A document that can be read, and the texts of what was taken out of it."""

    document: JsonValue
    taken_out: tuple[Passage, ...]


def remainder(document: JsonValue, context: ValidationContext) -> Remainder | None:
    """Return what is left of a faulty document; None where too little of it is an issue."""
    if not isinstance(document, dict):
        return None
    rest = _legible(copy.deepcopy(document))
    taken_out: list[Passage] = []
    for _ in range(MAX_ROUNDS):
        try:
            contract.Issue.model_validate(rest, context=context)
        except ValidationError as error:
            paths = {
                path_of(fault["loc"], fault["type"]): fault["type"] for fault in error.errors()
            }
            for path, kind in paths.items():
                taken_out += _take_out(rest, path, is_missing=kind == "missing")
        else:
            return Remainder(rest, tuple(taken_out))
    return None


def _take_out(rest: JsonValue, path: Path, *, is_missing: bool) -> Iterator[Passage]:
    """Yield the texts of what stands at a path, and put something harmless there."""
    path = _whole_block(path)
    parent: Any = rest
    for step in path[:-1]:
        if not _has(parent, step):
            return  # taken out before, with what is around it
        parent = parent[step]
    if not path or not (is_missing or _has(parent, path[-1])):
        return
    last = path[-1]
    if not is_missing:
        for where, text in strings_of(parent[last], path):
            yield Passage(pointer(where), 0, text, Kind.PARAGRAPH, PLACE)
    if isinstance(last, int):
        parent[last] = copy.deepcopy(MEMBERS.get(str(path[-2]), PLAIN))
    elif last in STAND_INS and is_missing:
        parent[last] = copy.deepcopy(STAND_INS[last])
    else:
        parent.pop(last, None)


def _whole_block(path: Path) -> Path:
    """Return the path of the block that a path leads into: a table has no part to spare."""
    for at in range(len(path) - 1, 0, -1):
        if isinstance(path[at], int) and path[at - 1] == "body":
            return path[: at + 1]
    return path


def _has(parent: Any, step: str | int) -> bool:
    if isinstance(parent, dict):
        return step in parent
    return isinstance(parent, list) and isinstance(step, int) and step < len(parent)


def _legible(value: JsonValue) -> Any:
    """Return a value with a common character for each that no text may hold."""
    if isinstance(value, str):
        return SUSPECTS.sub(lambda found: "一" * len(found[0]), value)
    if isinstance(value, list):
        return [_legible(member) for member in value]
    if isinstance(value, dict):
        return {key: _legible(member) for key, member in value.items()}
    return value
