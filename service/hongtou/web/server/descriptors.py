"""How many connections there are descriptors for: the rest wait in the kernel until one closes.

Without this bound a crowd of connections takes every descriptor: then no worker can be hired, no
large body kept, and waitress's loop turns at full speed on connections that it cannot take.
"""

from __future__ import annotations

import os
import resource

from hongtou.bulletin.errors import SetupError
from hongtou.config import Config
from hongtou.web.server.listener import MOST_AT_ONCE

MOST_CONNECTIONS = 1000
EACH = 2  # the socket, and a file for a large body; answers stay in memory
# Streams, the listening socket, the fork server's; two pairs while a worker is hired, and those
# of three workers that are kept beside; with those of waitress and Python; and as many connections
# as are taken in a turn before others are let go.
OWN = 42 + MOST_AT_ONCE
FOR_A_WORKER = 4  # a socket for each of its processes, of one at work and one that waits
FOR_A_THREAD = 2  # a page's file, a font that is looked at, a file that shows the disk has room


def connections(config: Config) -> int:
    """Return how many connections may be open, having raised this process's limit as needed.

    Raises:
        SetupError: there are not even descriptors for the requests that are worked on at once.
    """
    own = OWN + FOR_A_WORKER * config.workers + FOR_A_THREAD * config.threads
    limit = _raised(own + EACH * MOST_CONNECTIONS)
    least = own + EACH * config.threads
    if limit < least:
        raise SetupError(
            f"可用的文件描述符只有 {limit} 个，至少须 {least} 个",
            hint="请用 ulimit -n 或 systemd 的 LimitNOFILE= 放宽",
        )
    return min(MOST_CONNECTIONS, (limit - own) // EACH)


def occupy_standard_streams() -> None:
    """Let no socket become descriptor 0, 1 or 2: what is written to standard error goes to 2."""
    for stream in (0, 1, 2):
        try:
            os.fstat(stream)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free


def _raised(wanted: int) -> int:
    """Return the soft limit, raised to what is wanted as far as the hard one lets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
