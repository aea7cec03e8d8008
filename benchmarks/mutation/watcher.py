"""Tells which functions of hongtou a test file makes run, in whatever process.

Every Python process of a copy of the tree imports this first; it does nothing but where the file
`SEEN` lies beside it. A byte of that file stands for a function (`place_of`). Processes share it as
memory, so that one that may open no file any more, as a worker, still tells what it runs; and it is
found without a variable, which some processes are not given.
"""

import mmap
import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any
from zlib import crc32

SEEN = f"{__file__}.seen"
SIZE = 1 << 22  # bytes: of some thousand functions hardly two share one
ROOM = f"{os.sep}service{os.sep}hongtou{os.sep}"
_seen: set[CodeType] = set()


def place_of(function: str) -> int:
    """Return the byte that stands for ``path:qualified name``, which is empty for a module."""
    return crc32(function.encode()) % SIZE


def _watch(shared: mmap.mmap) -> None:
    def look(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if code in _seen:
            return
        _seen.add(code)
        _, room, inside = code.co_filename.rpartition(ROOM)
        if room:
            name = "" if code.co_name == "<module>" else code.co_qualname
            shared[place_of(f"service/hongtou/{inside}:{name}")] = 1

    threading.settrace(look)
    sys.settrace(look)


if os.access(SEEN, os.W_OK):
    with open(SEEN, "r+b") as opened:  # noqa: PTH123 - nothing more is loaded than must be
        _watch(mmap.mmap(opened.fileno(), SIZE))
