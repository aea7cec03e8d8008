"""What waitress does otherwise here, so that a machine that runs short harms nobody for long.

| of waitress | here | else |
|---|---|---|
| clock | never jumps | set forward it cuts off who is sending, set back it keeps the silent |
| listening sockets | `listener.py` | a silent reader stays for good, one client may have all |

Names that are replaced are looked up first, so that a waitress without them does not start.
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
    """Let waitress use these from now on."""
    clock = SimpleNamespace(time=time.monotonic)
    _replace(waitress.channel, "time", clock)
    _replace(waitress.server, "time", clock)
    _replace(waitress.server, "TcpWSGIServer", Listener)
    _replace(waitress.server, "UnixWSGIServer", UnixListener)
