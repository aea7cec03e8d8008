"""What a process that reads strangers' documents may still do: prctl, seccomp, unshare, rlimits.

Nothing here is asked of the installation: what the system does not allow is left out, and
`isolate` says what is in force.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct

MIB = 1024 * 1024
FILE_BYTES = 64 * MIB
DESCRIPTORS = 64

# linux/prctl.h, linux/sched.h, linux/seccomp.h, linux/audit.h
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 22, 36, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SECCOMP_MODE_FILTER = 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
AT_NUMBER, AT_ARCHITECTURE = 0, 4
X32 = 0x40000000  # the second set of numbers that x86-64 kernels answer to

# Audit architecture, then the numbers of: socket, execve, execveat, ptrace, io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}


def isolate() -> tuple[str, ...]:
    """Take the network and other programs from this process and its children.

    Returns what is in force: ``netns``, ``seccomp``. Sockets that are open stay usable.
    """
    shields = {"netns": _leave_network, "seccomp": _refuse_calls}
    return tuple(name for name, raise_shield in shields.items() if raise_shield())


def bound(address_bytes: int) -> None:
    """Limit the memory, files and descriptors of this process; no core is ever written."""
    for kind, most in (
        (resource.RLIMIT_AS, address_bytes),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def allow_cpu(seconds: int) -> None:
    """Let this process use so much more processor time; the kernel ends it by SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def resident_bytes() -> int:
    """Return the memory that this process holds, shared pages included; 0 without /proc."""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - no Path in the hot path
            return int(statm.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def die_with_parent(parent: int) -> None:
    """End this process when its parent ends, also if that has happened already.

    To the kernel the parent is the thread that forked: one that lasts as long as its process.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent ends; else pid 1 would have to bury them."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _leave_network() -> bool:
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and (
        unshare(CLONE_NEWNET) == 0 or unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    )


def _refuse_calls() -> bool:
    """Refuse new sockets and programs with EPERM, and see that it is so."""
    known = CALLS.get(platform.machine())
    if known is None or not _prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    rules = b"".join(_filter(*known))
    code = ctypes.create_string_buffer(rules, len(rules))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(rules) // 8, ctypes.addressof(code))
    )
    if not _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program)):
        return False
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def _filter(architecture: int, refused: tuple[int, ...]) -> list[bytes]:
    """Return a classic BPF program, one instruction each: code, jump if, jump if not, operand."""

    def instruction(code: int, then: int, otherwise: int, operand: int) -> bytes:
        return struct.pack("HBBI", code, then, otherwise, operand)

    last = len(refused) + 1  # tests that may jump to the refusal at the end
    rules = [
        instruction(LOAD, 0, 0, AT_ARCHITECTURE),
        instruction(EQUAL, 0, last + 2, architecture),
        instruction(LOAD, 0, 0, AT_NUMBER),
        instruction(AT_LEAST, last, 0, X32),
    ]
    for place, number in enumerate(refused, start=1):
        rules.append(instruction(EQUAL, last - place, 0, number))
    return [*rules, instruction(RETURN, 0, 0, ALLOW), instruction(RETURN, 0, 0, REFUSE)]


def _prctl(option: int, *arguments: int) -> bool:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return prctl is not None and prctl(option, *map(ctypes.c_ulong, arguments)) == 0
