"""Kernel calls that Python has no function for."""

from __future__ import annotations

import ctypes

# linux/prctl.h
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47

_LIBC = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *arguments: int) -> bool:
    """Set an attribute of this process; return False if the kernel refuses."""
    if not hasattr(_LIBC, "prctl"):
        return False
    padded = (*arguments, 0, 0, 0, 0)[:4]  # some options want zeros in unused places
    return int(_LIBC.prctl(option, *map(ctypes.c_ulong, padded))) == 0


def unshare(spaces: int) -> bool:
    """Move to new namespaces; return False if that is not allowed."""
    return hasattr(_LIBC, "unshare") and int(_LIBC.unshare(spaces)) == 0


def capset(header: bytes, sets: bytes) -> bool:
    """Set the capabilities of this thread; return False if the kernel refuses."""
    return hasattr(_LIBC, "capset") and int(_LIBC.capset(header, sets)) == 0


def capget(header: bytes, size: int) -> bytes:
    """Return this thread's capabilities as the kernel writes them.

    Raises:
        OSError: the kernel refuses.
    """
    written = ctypes.create_string_buffer(size)
    if _LIBC.capget(header, written) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    return written.raw


def system_call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call by number; return -1 if it fails."""
    given = (ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments)
    _LIBC.syscall.restype = ctypes.c_long
    return int(_LIBC.syscall(ctypes.c_long(number), *given))


def address_of(content: ctypes.Array[ctypes.c_char]) -> int:
    """Return the address of a buffer."""
    return ctypes.addressof(content)


def buffer(content: bytes) -> ctypes.Array[ctypes.c_char]:
    """Return a buffer with this content; it must outlive every use of its address."""
    return ctypes.create_string_buffer(content, len(content))
