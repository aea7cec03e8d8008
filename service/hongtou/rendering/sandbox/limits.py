"""Limits on memory, processor time, file size and descriptors of a process."""

from __future__ import annotations

import os
import resource

from hongtou.bulletin.sizes import shown_size

MIB = 1024 * 1024
FILE_BYTES = 64 * MIB
DESCRIPTORS = 64


def limit_resources(address_bytes: int, descriptors: int = DESCRIPTORS) -> None:
    """Limit the memory, file size and descriptors of this process, and forbid core dumps.

    A lower limit that the service was started with stays in force.
    """
    for kind, limit in (
        (resource.RLIMIT_AS, address_bytes),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, descriptors),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = _at_most(limit, resource.getrlimit(kind)[1])
        resource.setrlimit(kind, (allowed, allowed))


def extend_cpu_limit(seconds: int) -> None:
    """Allow this process that much more processor time; then the kernel sends SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(until, hard), hard))


def memory_ceiling(address_bytes: int) -> str:
    """Return which memory limit applies to a worker, in words for the operator."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if _at_most(address_bytes, hard) < address_bytes:
        return f"地址空间只有 {shown_size(hard)}（ulimit -v，systemd 的 LimitAS=）"
    return f"地址空间为 {shown_size(address_bytes)}（HONGTOU_RENDER_MEMORY_BYTES）"


class ResidentMemory:
    """The memory that this process holds, read from a file that is opened once.

    Create it before `apply_protections`, after which no file can be opened.
    """

    def __init__(self) -> None:
        """Open the file; without /proc, `resident_bytes` returns 0."""
        try:
            self.descriptor = os.open("/proc/self/statm", os.O_RDONLY)
        except OSError:
            self.descriptor = -1

    def resident_bytes(self) -> int:
        """Return the resident memory of this process, shared pages included."""
        if self.descriptor < 0:
            return 0
        written = os.pread(self.descriptor, 256, 0)
        return int(written.split()[1]) * resource.getpagesize()


def _at_most(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
