"""The system calls that a worker may make; all others are refused. And no sockets for others.

A render computes, allocates, starts threads and talks over its socket. It opens no file, makes no
connection, starts no program and signals no process but itself.

Source: linux/seccomp.h, linux/filter.h, linux/audit.h; the kernel's tables of call numbers.
"""

from __future__ import annotations

import errno
import os
import platform
import socket
import struct

from hongtou.rendering.sandbox.kernel import PR_SET_SECCOMP, address_of, buffer, prctl

MODE_FILTER = 2
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, ERROR = 0x7FFF0000, 0x00050000
REFUSE, UNKNOWN = ERROR | errno.EPERM, ERROR | errno.ENOSYS
AT_NUMBER, AT_ARCHITECTURE, AT_ARGUMENTS = 0, 4, 16
CLONE_THREAD = 0x00010000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # both are little-endian
# The number of every call on x86-64 and on arm64, where it exists.
ALLOWED: dict[str, tuple[int, int | None]] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "pread64": (17, 67),
    "recvfrom": (45, 207),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "membarrier": (324, 283),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
    "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293),
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178),
    "getrusage": (98, 165), "getrandom": (318, 278), "uname": (63, 160), "sysinfo": (99, 179),
    "getcwd": (79, 17),  # Pillow asks for it before it writes to memory

    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
SENDTO, PRLIMIT, CLONE, CLONE3 = (44, 206), (302, 261), (56, 220), (435, 435)
SOCKET, IO_URING_SETUP, X32 = (41, 198), 425, 0x40000000
KILL, TGKILL = (62, 129), (234, 131)


def allow_only_what_renders_need() -> bool:
    """Refuse all other calls with EPERM from now on; return False on an unknown architecture."""
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    place = list(ARCHITECTURES).index(platform.machine())
    return _install(_program(architecture, place, os.getpid()))


def _install(instructions: list[bytes]) -> bool:
    rules = b"".join(instructions)
    code = buffer(rules)
    program = buffer(struct.pack("HxxxxxxP", len(rules) // 8, address_of(code)))
    return prctl(PR_SET_SECCOMP, MODE_FILTER, address_of(program))


def forbid_internet() -> bool:
    """Refuse every socket but Unix ones from now on; return False on an unknown architecture."""
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    place = list(ARCHITECTURES).index(platform.machine())
    refused = _answer(REFUSE)
    return _install(
        [
            *_checked_head(architecture),
            _instruction(ANY_BIT, 0, 1, X32),  # the other numbers of the same calls
            *refused,
            *_when(IO_URING_SETUP, refused),
            *_when(SOCKET[place], _if_argument(0, EQUAL, socket.AF_UNIX)),
            *_answer(ALLOW),
        ]
    )


def _program(architecture: int, place: int, process: int) -> list[bytes]:
    """Return a classic BPF program; ``place`` selects the call numbers of this machine."""
    tests = [
        *(
            _when(number, _answer(ALLOW))
            for numbers in ALLOWED.values()
            if (number := numbers[place]) is not None
        ),
        _when(CLONE3[place], _answer(UNKNOWN)),  # flags out of reach: libc falls back to clone
        _when(CLONE[place], _if_argument(0, ANY_BIT, CLONE_THREAD)),
        _when(
            SENDTO[place],
            [  # without an address, that is, on a connected socket
                *_if_argument(4, EQUAL, 0, half=1, last=False),
                *_if_argument(4, EQUAL, 0),
            ],
        ),
        _when(PRLIMIT[place], _if_argument(0, EQUAL, 0)),  # for this process only
        _when(KILL[place], _if_argument(0, EQUAL, process)),
        _when(TGKILL[place], _if_argument(0, EQUAL, process)),
    ]
    return [
        *_checked_head(architecture),
        *(instruction for test in tests for instruction in test),
        _instruction(RETURN, 0, 0, REFUSE),
    ]


def _checked_head(architecture: int) -> list[bytes]:
    """Refuse calls of another architecture, and load the number of the call."""
    return [
        _instruction(LOAD, 0, 0, AT_ARCHITECTURE),
        _instruction(EQUAL, 1, 0, architecture),
        _instruction(RETURN, 0, 0, REFUSE),
        _instruction(LOAD, 0, 0, AT_NUMBER),
    ]


def _when(number: int, then: list[bytes]) -> list[bytes]:
    """Run ``then`` for this call and skip it for any other."""
    return [_instruction(EQUAL, 0, len(then), number), *then]


def _answer(value: int) -> list[bytes]:
    return [_instruction(RETURN, 0, 0, value)]


def _if_argument(
    which: int, test: int, operand: int, *, half: int = 0, last: bool = True
) -> list[bytes]:
    """Refuse if this half of an argument fails the test; else allow, or go on if not ``last``."""
    return [
        _instruction(LOAD, 0, 0, AT_ARGUMENTS + 8 * which + 4 * half),
        _instruction(test, 1, 0, operand),
        _instruction(RETURN, 0, 0, REFUSE),
        *(_answer(ALLOW) if last else []),
    ]


def _instruction(code: int, then: int, otherwise: int, operand: int) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, operand)
