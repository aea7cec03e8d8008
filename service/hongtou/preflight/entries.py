"""The entries of an object that is of no kind, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hongtou.preflight.kinds.kind import (
    ANY_NAME,
    STREAM,
    STRING,
    Entries,
    Kind,
    Value,
    bare,
    pattern_of,
)

TOKEN = re.compile(rf"{STRING}|<<|>>|\[|\]|[^\s\[\]]+".encode("ascii"), re.S)
OPENING, CLOSING = (b"<<", b"["), (b">>", b"]")


class EntryFault(NamedTuple):
    """What is wrong with an entry of an object: its key, its value as text, and a few words.

    The key is empty if the object as a whole is wrong.
    """

    key: str
    value: bytes
    wrong: str


def nearest(kinds: Iterable[Kind], text: bytes) -> Kind | None:
    """Return the kind with which an object has most entries in common, None if it has none."""
    found = entries_of(text)
    common = [(_count_right(found, kind.entries), kind) for kind in kinds]
    count, kind = max(common, key=lambda pair: pair[0])
    return kind if count else None


def entry_faults(text: bytes, kind: Kind) -> Iterator[EntryFault]:
    """Yield what keeps an object from being of a kind."""
    if text.endswith(STREAM) != kind.is_stream:
        yield EntryFault("", b"", "应是数据流" if kind.is_stream else "不应是数据流")
    yield from _faults(entries_of(text), kind.entries)


def entries_of(text: bytes) -> dict[str, bytes]:
    """Return the entries of a dictionary in qpdf's normal form; of anything else none."""
    tokens = TOKEN.findall(text.removesuffix(STREAM))
    if tokens[:1] != [b"<<"]:
        return {}
    entries: dict[str, list[bytes]] = {}
    key, depth = "", 0
    for token in tokens[1:-1]:
        if depth == 0 and token.startswith(b"/") and entries.get(key) != []:
            key = token[1:].decode("latin-1")
            entries[key] = []
            continue
        depth += (token in OPENING) - (token in CLOSING)
        entries.setdefault(key, []).append(token)
    return {key: b" ".join(value) for key, value in entries.items()}


def _count_right(found: Mapping[str, bytes], entries: Entries) -> int:
    wanted = {bare(key): value for key, value in entries.items()}
    values = ((written, wanted.get(key, wanted.get(ANY_NAME))) for key, written in found.items())
    return sum(value is not None and _is_right(written, value) for written, value in values)


def _is_right(written: bytes, value: Value) -> bool:
    return re.fullmatch(pattern_of(value).encode("ascii"), written, re.S) is not None


def _faults(found: Mapping[str, bytes], entries: Entries) -> Iterator[EntryFault]:
    wanted = {bare(key): value for key, value in entries.items()}
    for key, written in found.items():
        value = wanted.get(key, wanted.get(ANY_NAME))
        if value is None:
            yield EntryFault(key, written, "不该有")
        elif _is_right(written, value):
            continue
        elif isinstance(value, Mapping) and (inner := entries_of(written)):
            yield from _faults(inner, value)
        else:
            yield EntryFault(key, written, "不合规格")
    for key in entries:
        if key not in found and key != ANY_NAME and not key.endswith("?"):
            yield EntryFault(key, b"", "缺少")
