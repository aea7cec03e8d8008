"""A colour profile, read as far as a RIP must find its parts (ICC.1:2010 §7)."""

from __future__ import annotations

import struct
from typing import Final

SIGNATURE: Final = slice(36, 40)
SPACE: Final = slice(16, 20)
HEADER_BYTES: Final = 128
TAG: Final = struct.Struct(">4sII")  # a name, an offset and a length


def is_whole_profile(content: bytes, space: bytes) -> bool:
    """Tell whether a profile of a colour space holds every tag that its table lists."""
    if content[SIGNATURE] != b"acsp" or content[SPACE] != space:
        return False
    count = int.from_bytes(content[HEADER_BYTES : HEADER_BYTES + 4], "big")
    table = content[HEADER_BYTES + 4 : HEADER_BYTES + 4 + count * TAG.size]
    if (
        not count
        or len(table) != count * TAG.size
        or int.from_bytes(content[:4], "big") != len(content)
    ):
        return False
    return all(start + length <= len(content) for _, start, length in TAG.iter_unpack(table))
