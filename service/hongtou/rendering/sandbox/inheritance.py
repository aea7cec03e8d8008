"""What a process inherits from its parent, and what happens when the parent ends."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from hongtou.rendering.sandbox.kernel import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_PDEATHSIG,
    prctl,
)

# proc(5), oom_score_adj, -1000 to 1000: when memory runs out, the kernel kills the highest score
# first. The web process keeps the score it was started with.
FORK_SERVER_SCORE, WORKER_SCORE = 250, 750
STREAMS = (0, 1, 2)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def die_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends; exit if the parent is already gone.

    The parent is the thread that forked, so that must live as long as its process.
    """
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of orphaned grandchildren; otherwise pid 1 would have to reap them."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def reset_signals() -> None:
    """Undo what a parent blocked or ignored; ignore the signals that stop the web process."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in (signal.SIGCHLD, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)  # while ignored, children cannot be waited for
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def reserve_standard_streams() -> None:
    """Open 0, 1 and 2 if closed, so that no socket is ever taken for a standard stream."""
    while (held := os.open(os.devnull, os.O_RDWR)) in STREAMS:
        os.set_inheritable(held, True)
    os.close(held)


def close_all_but(*descriptors: int) -> None:
    """Close all descriptors except these; redirect the standard streams to the null device."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in STREAMS:
        os.dup2(nowhere, stream)
    held = sorted({*STREAMS, *descriptors})
    for low, high in zip(held, [*held[1:], os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(low + 1, high)


class OomScore:
    """Whom the kernel kills first when memory runs out: workers, then their fork server.

    Open it before `guard_memory`, after which the file belongs to root.
    """

    def __init__(self) -> None:
        """Open the file of the score; without /proc, scores stay as they are."""
        self._file = -1
        with suppress(OSError):
            self._file = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        self._inherited = self._read()
        self.for_fork_server()

    def for_fork_server(self) -> None:
        """Let the kernel kill this process before the web process."""
        self._write(FORK_SERVER_SCORE)

    def for_worker(self) -> None:
        """Let the kernel kill what is forked now before this process."""
        self._write(WORKER_SCORE)

    def _write(self, wanted: int) -> None:
        with suppress(OSError):
            os.write(self._file, str(max(wanted, self._inherited)).encode())

    def _read(self) -> int:
        with suppress(OSError, ValueError), open("/proc/self/oom_score_adj", "rb") as given:  # noqa: PTH123
            return int(given.read())
        return 0
