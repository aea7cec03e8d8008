"""The number of connections that the file descriptors allow; others wait in the kernel.

Without this limit many connections would take all descriptors. Then no worker could be started and
no large body stored, and waitress's loop would spin on connections that it cannot accept.
"""

from __future__ import annotations

import os
import resource

from hongtou.bulletin.errors import SetupError
from hongtou.config import Config
from hongtou.web.server.listener import MAX_ACCEPTED

MAX_CONNECTIONS = 1000
PER_CONNECTION = 2  # its socket, and a file for a large body; responses stay in memory
# Standard streams, the listening socket, the fork server's socket, two socket pairs while a worker
# starts, the sockets of three spare workers, descriptors of waitress and Python, and connections
# that are accepted in a turn of the loop before others are closed.
BASE = 42 + MAX_ACCEPTED
PER_WORKER = 4  # sockets to both processes of a busy and of an idle worker
PER_THREAD = 2  # a file of the web pages, a font or trial file of the readiness check


def connection_limit(config: Config) -> int:
    """Return the maximum number of open connections; raises the limit of descriptors if needed.

    Raises:
        SetupError: the descriptors do not even suffice for the requests at work.
    """
    base = BASE + PER_WORKER * config.workers + PER_THREAD * config.threads
    limit = _raised(base + PER_CONNECTION * MAX_CONNECTIONS)
    minimum = base + PER_CONNECTION * config.threads
    if limit < minimum:
        raise SetupError(
            f"可用的文件描述符只有 {limit} 个，至少须 {minimum} 个",
            hint="请用 ulimit -n 或 systemd 的 LimitNOFILE= 放宽",
        )
    return min(MAX_CONNECTIONS, (limit - base) // PER_CONNECTION)


def occupy_standard_streams() -> None:
    """Open descriptors 0 to 2 if they are closed, so that no socket becomes standard error."""
    for stream in (0, 1, 2):
        try:
            os.fstat(stream)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # gets the lowest free number


def _raised(wanted: int) -> int:
    """Return the soft limit, raised as far as wanted and as the hard limit allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
