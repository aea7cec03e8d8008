"""How much memory, processor time, files and descriptors a process may take."""

from __future__ import annotations

import os
import resource

MIB = 1024 * 1024
FILE_BYTES = 64 * MIB
DESCRIPTORS = 64


def bound(address_bytes: int) -> None:
    """Limit the memory, files and descriptors of this process; no core is ever written.

    Whoever started the service may have set less: then that holds.
    """
    for kind, most in (
        (resource.RLIMIT_AS, address_bytes),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_CORE, 0),
    ):
        least = _at_most(most, resource.getrlimit(kind)[1])
        resource.setrlimit(kind, (least, least))


def allow_cpu(seconds: int) -> None:
    """Let this process use so much more processor time; the kernel ends it by SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(until, hard), hard))


def memory_ceiling(address_bytes: int) -> str:
    """Return which limit of memory holds for a worker, in words for who keeps the service."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if _at_most(address_bytes, hard) < address_bytes:
        return f"地址空间只有 {hard} 字节（ulimit -v，systemd 的 LimitAS=）"
    return f"地址空间为 {address_bytes} 字节（HONGTOU_RENDER_MEMORY_BYTES）"


class Statm:
    """How much memory this process holds, told by a file that is opened once.

    Made before the protections are raised, which let no file be opened.
    """

    def __init__(self) -> None:
        """Open the file; where there is no /proc, `resident_bytes` says 0."""
        try:
            self.descriptor = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self.descriptor = -1

    def resident_bytes(self) -> int:
        """Return the memory that this process holds, shared pages included."""
        if self.descriptor < 0:
            return 0
        written = os.pread(self.descriptor, 256, 0)
        return int(written.split()[1]) * resource.getpagesize()


def _at_most(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
