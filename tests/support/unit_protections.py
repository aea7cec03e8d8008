"""A systemd unit's own restrictions, put on a command by hand where no systemd runs to do it.

    python unit_protections.py hongtou.service COMMAND ARGUMENT …

Done here as systemd 252 does: PrivateNetwork, User (any), CapabilityBoundingSet, NoNewPrivileges, UMask, SystemCallFilter,
SystemCallErrorNumber, RestrictNamespaces, RestrictAddressFamilies, MemoryDenyWriteExecute. The rest is mounts and control groups,
which `tests/support/machine.py` makes where the system lets it, or not done at all.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ALLOW, REFUSE = 0x7FFF0000, 0x00050000  # libseccomp's seccomp.h
NOT_EQUAL, MASKED_EQUAL = 1, 7
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
CAPABILITIES = 64
STRANGER = 10001  # for User=, where this is root; as in the image
CLONE_NEWNET = 0x40000000
NAMESPACES = {  # linux/sched.h
    "mnt": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": CLONE_NEWNET,
}
AF_UNIX = 1
WRITE, EXECUTE = 2, 4  # PROT_WRITE, PROT_EXEC
ALWAYS = (
    "@default",
    "execve",
    "exit",
    "exit_group",
    "getrlimit",
    "rt_sigreturn",
)  # systemd adds these itself


class Comparison(ctypes.Structure):
    """libseccomp's scmp_arg_cmp."""

    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


def directives(unit: Path) -> list[tuple[str, str]]:
    """Return every ``Name=value`` of a unit, in order."""
    lines = (line.strip() for line in unit.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;[")
    return [(name, value) for name, _, value in pairs]


def allowed_calls(unit: Path) -> set[str]:
    """Return the system calls that a unit leaves, an allow list."""
    left = set(_expanded(ALWAYS))
    for name, value in directives(unit):
        if name == "SystemCallFilter":
            calls = set(_expanded(value.removeprefix("~").split()))
            left = left - calls if value.startswith("~") else left | calls
    return left


def _expanded(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.startswith("@"):
            told = subprocess.run(
                ["systemd-analyze", "--no-pager", "syscall-filter", name],
                capture_output=True,
                text=True,
                check=True,
            )
            lines = (line.strip() for line in told.stdout.splitlines()[1:])
            yield from _expanded(line for line in lines if line and not line.startswith("#"))
        else:
            yield name


def protection(unit: Path) -> None:
    """Put a unit's restrictions on this process."""
    chosen = dict(directives(unit))
    libc = ctypes.CDLL(None, use_errno=True)
    if chosen["PrivateNetwork"] == "yes":
        _must(libc.unshare(CLONE_NEWNET) == 0, "PrivateNetwork")
    os.umask(int(chosen["UMask"], 8))
    assert chosen["CapabilityBoundingSet"] == ""
    for number in range(CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
    if os.geteuid() == 0 and is_open_to_all(Path(__file__)):
        os.setgroups([])
        os.setresgid(STRANGER, STRANGER, STRANGER)
        os.setresuid(STRANGER, STRANGER, STRANGER)
    assert chosen["NoNewPrivileges"] == "yes"
    _must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "NoNewPrivileges")
    _filter_calls(unit, chosen)


def is_open_to_all(path: Path) -> bool:
    """Tell whether another user may read a file: in root's own folder nobody else can run anything."""
    return all(one.stat().st_mode & 0o005 == 0o005 for one in path.parents) and bool(
        path.stat().st_mode & 0o004
    )


def _filter_calls(unit: Path, chosen: dict[str, str]) -> None:
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    number = getattr(errno, chosen["SystemCallErrorNumber"])

    def load(default: int, rules: Iterable[tuple[int, str, tuple[Comparison, ...]]]) -> None:
        context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(default)))
        for action, call, comparisons in rules:
            known = library.seccomp_syscall_resolve_name(call.encode())
            if known >= 0:  # the others are of other processors
                array = (Comparison * max(1, len(comparisons)))(*comparisons)
                added = library.seccomp_rule_add_array(
                    context, ctypes.c_uint32(action), known, len(comparisons), array
                )
                _must(added == 0, f"rule for {call}: {added}")
        _must(library.seccomp_load(context) == 0, "seccomp_load")

    load(ALLOW, _shapes(chosen))
    load(REFUSE | number, ((ALLOW, call, ()) for call in sorted(allowed_calls(unit))))


def _shapes(chosen: dict[str, str]) -> Iterator[tuple[int, str, tuple[Comparison, ...]]]:
    """Yield what is refused for its arguments."""
    refused = [
        flag
        for name, flag in NAMESPACES.items()
        if name not in chosen["RestrictNamespaces"].split()
    ]
    for flag in refused:
        for call, place in (("unshare", 0), ("clone", 0), ("setns", 1)):
            yield REFUSE | errno.EPERM, call, (Comparison(place, MASKED_EQUAL, flag, flag),)
    yield REFUSE | errno.ENOSYS, "clone3", ()  # its flags lie in memory, where no filter sees them
    assert chosen["RestrictAddressFamilies"] == "AF_UNIX"
    yield REFUSE | errno.EAFNOSUPPORT, "socket", (Comparison(0, NOT_EQUAL, AF_UNIX, 0),)
    assert chosen["MemoryDenyWriteExecute"] == "yes"
    both = WRITE | EXECUTE
    yield REFUSE | errno.EPERM, "mmap", (Comparison(2, MASKED_EQUAL, both, both),)
    for call in ("mprotect", "pkey_mprotect"):
        yield REFUSE | errno.EPERM, call, (Comparison(2, MASKED_EQUAL, EXECUTE, EXECUTE),)


def _must(done: bool, what: str) -> None:
    if not done:
        raise OSError(ctypes.get_errno(), f"{what} is not possible here")


if __name__ == "__main__":
    protection(Path(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
