"""JSON Pointers into the issue as it was sent."""

from __future__ import annotations

import re
from typing import TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def pointer(path: Path) -> str:
    """Return the JSON Pointer of a path of keys and indices; "" is the whole document.

    Half characters in a key, which no encoding can carry, become U+FFFD.

    Source: RFC 6901 §3.
    """
    plain = "".join([f"/{step}" for step in path])
    if plain.isascii() and "~" not in plain and plain.count("/") == len(path):
        return plain
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return LONE_SURROGATES.sub("\ufffd", "".join(f"/{step}" for step in steps))
