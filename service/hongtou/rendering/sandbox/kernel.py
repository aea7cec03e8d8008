"""Calls to the kernel for which Python has no function."""

from __future__ import annotations

import ctypes

# linux/prctl.h
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47

_LIBC = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *arguments: int) -> bool:
    """Set something about this process; False where the kernel does not."""
    if not hasattr(_LIBC, "prctl"):
        return False
    padded = (*arguments, 0, 0, 0, 0)[:4]  # some options refuse what stands in unused places
    return int(_LIBC.prctl(option, *map(ctypes.c_ulong, padded))) == 0


def unshare(spaces: int) -> bool:
    """Leave namespaces for new ones; False where that is not allowed."""
    return hasattr(_LIBC, "unshare") and int(_LIBC.unshare(spaces)) == 0


def capset(header: bytes, sets: bytes) -> bool:
    """Set the capabilities of this thread; False where the kernel does not."""
    return hasattr(_LIBC, "capset") and int(_LIBC.capset(header, sets)) == 0


def capget(header: bytes, size: int) -> bytes:
    """Return this thread's capabilities as the kernel writes them; OSError where it does not."""
    written = ctypes.create_string_buffer(size)
    if _LIBC.capget(header, written) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    return written.raw


def system_call(number: int, *arguments: int | bytes | None) -> int:
    """Make a call by its number; -1 where it failed."""
    given = (ctypes.c_ulong(one) if isinstance(one, int) else one for one in arguments)
    _LIBC.syscall.restype = ctypes.c_long
    return int(_LIBC.syscall(ctypes.c_long(number), *given))


def address_of(content: ctypes.Array[ctypes.c_char]) -> int:
    """Return where a buffer lies in memory."""
    return ctypes.addressof(content)


def buffer(content: bytes) -> ctypes.Array[ctypes.c_char]:
    """Return a buffer that holds this content, to be kept as long as its address is used."""
    return ctypes.create_string_buffer(content, len(content))
