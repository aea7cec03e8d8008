"""Replaces parts of waitress.

| part | replaced by | because otherwise |
|---|---|---|
| clock | monotonic clock | a changed clock closes busy connections or keeps idle ones |
| listening sockets | `listener.py` | slow readers stay, and a single client may take all places |

The replaced names are looked up first, so that a waitress without them fails at start.
"""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import waitress.channel
import waitress.server

from hongtou.web.server.listener import Listener, UnixListener


def _replace(module: Any, name: str, ours: Any) -> None:
    getattr(module, name)
    setattr(module, name, ours)


def replace_parts() -> None:
    """Replace the parts."""
    clock = SimpleNamespace(time=time.monotonic)
    _replace(waitress.channel, "time", clock)
    _replace(waitress.server, "time", clock)
    _replace(waitress.server, "TcpWSGIServer", Listener)
    _replace(waitress.server, "UnixWSGIServer", UnixListener)
