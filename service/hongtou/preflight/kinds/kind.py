"""A kind of object: the entries of its dictionary, and the values that they take.

A kind is a table, and is compared with objects as text in qpdf's normal form, where the keys of a
dictionary are sorted. So each kind is a single regular expression, and an object that is as it
should be costs one match; only what matches no kind is read entry by entry (`entries.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

NAME = r"/[^\s()<>\[\]{}/%]++"
WHOLE = r"\d{1,10}+"  # more digits are no offset, length or number of a file that we write
NUMBER = r"[-.\d]++"  # qpdf has read it as a number, and nothing else begins like one
STRING = r"(?:\((?:[^()\\]|\\.)*+\)|<[0-9a-f]*+>)"
REFERENCE = rf"{WHOLE} 0 R"
RECTANGLE = rf"\[ {NUMBER} {NUMBER} {NUMBER} {NUMBER} \]"
PLACE = rf"\[ {REFERENCE} /XYZ {NUMBER} {NUMBER} 0 \]"  # a destination (§12.3.2.2)
DEFLATED = {"Filter": "/FlateDecode", "Length": WHOLE}
ANY_NAME = "*"  # stands for all keys of a dictionary of references with names of its own
ANY_GROUP = "Any"  # the group of an object that is such a dictionary
STREAM = b" stream"  # follows the dictionary of a stream, so that no other passes for one


INTENT: Final = "preflight/intent"
INFORMATION: Final = "preflight/information"
OBJECT: Final = "preflight/object"  # the code of faults in objects that have no rule of their own


class Reference(NamedTuple):
    """A value that refers to objects, with the names of the kinds that they may be of.

    ``pattern`` is the value as text; without it, a single reference.
    """

    kinds: frozenset[str]
    pattern: str = REFERENCE


Value = str | Reference | Mapping[str, "Value"]
Entries = Mapping[str, Value]


def to(*kinds: str) -> Reference:
    """Return the value of an entry that refers to one object."""
    return Reference(frozenset(kinds))


def to_many(*kinds: str) -> Reference:
    """Return the value of an entry that is an array of references."""
    return Reference(frozenset(kinds), rf"\[ (?:{REFERENCE} )*+\]")


@dataclass(frozen=True)
class Kind:
    """A kind of object.

    ``title`` names it in messages and ``code`` is that of its faults. Values of ``entries`` are
    regular expressions, references, or dictionaries; a key that ends in ``?`` may be missing.
    """

    title: str
    code: str
    entries: Entries
    is_stream: bool = False

    @cached_property
    def expression(self) -> re.Pattern[bytes]:
        """Return the expression that its objects match, with a group for each reference."""
        pattern = pattern_of(self.entries).encode("ascii")
        return re.compile(pattern + STREAM if self.is_stream else pattern, re.S)

    @cached_property
    def references(self) -> dict[str, Reference]:
        """Return its references by their keys."""
        return dict(_references(self.entries))

    @property
    def type(self) -> str:
        """Return the value of its /Type, "" if it has none."""
        return str(self.entries.get("Type", ""))


def pattern_of(value: Value, path: str = "") -> str:
    """Return the regular expression of a value, in which references are groups named by paths."""
    if isinstance(value, str):
        return value
    if isinstance(value, Reference):
        return f"(?P<{path or ANY_GROUP}>{value.pattern})"
    if ANY_NAME in value:
        return rf"<< (?P<{path or ANY_GROUP}>(?:{NAME} {REFERENCE} )*+)>>"
    entries = (_entry_pattern(key, value[key], path) for key in sorted(value, key=bare))
    return f"<< {''.join(entries)}>>"


def _entry_pattern(key: str, value: Value, within: str) -> str:
    pattern = f"/{bare(key)} {pattern_of(value, _path(key, within))} "
    return f"(?:{pattern})?+" if key.endswith("?") else pattern


def _references(entries: Entries, within: str = "") -> Iterator[tuple[str, Reference]]:
    for key, value in entries.items():
        path = within if key == ANY_NAME else _path(key, within)
        if isinstance(value, Reference):
            yield path or ANY_GROUP, value
        elif not isinstance(value, str):
            yield from _references(value, path)


def _path(key: str, within: str) -> str:
    """Return the name of the group of an entry, its keys joined, e.g. Resources_Font."""
    return f"{within}_{bare(key)}" if within else bare(key)


def changed(kind: Kind, entries: Entries, *, without: Collection[str] = (), code: str = "") -> Kind:
    """Return a kind with other entries or another code, and ``without`` some that it has."""
    kept = {key: value for key, value in kind.entries.items() if key not in without}
    return Kind(kind.title, code or kind.code, {**kept, **entries}, kind.is_stream)


def bare(key: str) -> str:
    """Return a key without the mark of one that may be missing."""
    return key.removesuffix("?")
