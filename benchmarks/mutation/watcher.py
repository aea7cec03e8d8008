"""Tells which functions of hongtou a test file makes run, in whatever process.

Every Python process of a copy of the tree imports this first; it does nothing but where asked.
"""

import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any

LOG = os.environ.get("MUTATION_SEEN", "")
ROOM = f"{os.sep}service{os.sep}hongtou{os.sep}"
SEALED = "leave_the_world"  # from here on no file can be opened
_seen: set[CodeType] = set()


def _look(frame: FrameType, event: str, argument: Any) -> None:
    code = frame.f_code
    if code in _seen:
        return
    _seen.add(code)
    _, room, inside = code.co_filename.rpartition(ROOM)
    if not room:
        return
    if code.co_name == SEALED:
        sys.settrace(None)
    name = "" if code.co_name == "<module>" else code.co_qualname
    try:
        with open(LOG, "a", encoding="utf-8") as written:  # noqa: PTH123 - nothing more is loaded
            written.write(f"service/hongtou/{inside}:{name}\n")
    except OSError:
        sys.settrace(None)


if LOG:
    threading.settrace(_look)
    sys.settrace(_look)
