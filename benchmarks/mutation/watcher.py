"""Tells which functions of hongtou are run, in whatever process.

Every Python process of a copy of the tree imports this first; it does nothing but where the file
`SEEN` lies beside it. A byte of that file stands for a function (`place_of`). Processes share it as
memory, so that one that may open no file any more, as a worker, still tells what it runs; and it is
found without a variable, which some processes are not given. `recorder.py` clears it at the
beginning of each test and reads it at the end.
"""

import mmap
import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any
from zlib import crc32

SEEN = f"{__file__}.seen"
SIZE = 1 << 20  # bytes: of some thousand functions hardly two share one
ROOM = f"{os.sep}service{os.sep}hongtou{os.sep}"
_places: dict[int, int] = {}  # by the id of the code, which is found sooner than the code itself
_kept: list[CodeType] = []  # so that no other code is given the same id
shared: mmap.mmap | None = None


def place_of(function: str) -> int:
    """Return the byte that stands for ``path:qualified name``, which is empty for a module."""
    return 1 + crc32(function.encode()) % (SIZE - 1)


def _watch(seen: mmap.mmap) -> None:
    def look(frame: FrameType, event: str, argument: Any) -> None:
        place = _places.get(id(frame.f_code))
        if place is None:
            place = _learn(frame.f_code)
        if place:
            seen[place] = 1

    threading.settrace(look)
    sys.settrace(look)


def _learn(code: CodeType) -> int:
    """Return the byte that stands for a piece of code, 0 where it is none of hongtou's."""
    _, room, inside = code.co_filename.rpartition(ROOM)
    name = "" if code.co_name == "<module>" else code.co_qualname
    place = place_of(f"service/hongtou/{inside}:{name}") if room else 0
    _kept.append(code)
    _places[id(code)] = place
    return place


if os.access(SEEN, os.W_OK):
    with open(SEEN, "r+b") as opened:  # noqa: PTH123 - nothing more is loaded than must be
        shared = mmap.mmap(opened.fileno(), SIZE)
        _watch(shared)
