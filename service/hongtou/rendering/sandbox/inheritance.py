"""What a process takes over from its parent, and what becomes of it when the parent ends."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from hongtou.rendering.sandbox.kernel import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_PDEATHSIG,
    prctl,
)

# proc(5), oom_score_adj, -1000 to 1000: of those that a lack of memory may end, the highest goes
# first. The web process stays as its installation has it.
FOREMAN_GOES, WORKER_GOES = 250, 750
STREAMS = (0, 1, 2)
ENDED_BY_US = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def die_with_parent(parent: int) -> None:
    """End this process when its parent ends, also if that has happened already.

    To the kernel the parent is the thread that forked: one that lasts as long as its process.
    """
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent ends; else pid 1 would have to bury them."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def take_signals() -> None:
    """Take signals as if no parent had blocked or ignored them, but those that the web ends by."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in (signal.SIGCHLD, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)  # ignored, a child could not be waited for
    for number in ENDED_BY_US:
        signal.signal(number, signal.SIG_IGN)


def occupy_streams() -> None:
    """Hold 0, 1 and 2, so that no socket is ever taken for a standard stream."""
    while (held := os.open(os.devnull, os.O_RDWR)) in STREAMS:
        os.set_inheritable(held, True)
    os.close(held)


def close_all_but(*kept: int) -> None:
    """Close all descriptors but these and the standard streams, which lead nowhere from now on."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in STREAMS:
        os.dup2(nowhere, stream)
    held = sorted({*STREAMS, *kept})
    for low, high in zip(held, [*held[1:], os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(low + 1, high)


class Mortality:
    """Who goes first where the machine is short of memory: a worker, then its fork server.

    The file is opened before this process's memory is guarded: it then belongs to root.
    """

    def __init__(self) -> None:
        """Open the file; where there is none, nothing is changed."""
        self._file = -1
        with suppress(OSError):
            self._file = os.open("/proc/self/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
        self._given = self._read()
        self.of_foreman()

    def of_foreman(self) -> None:
        """Let this process go before the web process."""
        self._write(FOREMAN_GOES)

    def of_worker(self) -> None:
        """Let what is forked now go before this process."""
        self._write(WORKER_GOES)

    def _write(self, wanted: int) -> None:
        with suppress(OSError):
            os.write(self._file, str(max(wanted, self._given)).encode())

    def _read(self) -> int:
        with suppress(OSError, ValueError), open("/proc/self/oom_score_adj", "rb") as given:  # noqa: PTH123
            return int(given.read())
        return 0
