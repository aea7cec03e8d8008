"""Privileges of this process: capabilities, network, and who may read its memory."""

from __future__ import annotations

import os
import struct

from hongtou.rendering.sandbox.kernel import (
    PR_CAP_AMBIENT,
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    capget,
    capset,
    prctl,
    unshare,
)

# linux/sched.h, linux/capability.h
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
CAPABILITIES_V3 = struct.pack("=Ii", 0x20080522, 0)  # version; 0 means this thread
SETS = 24  # bytes: effective, permitted and inheritable, 64 bits each
PR_CAP_AMBIENT_CLEAR_ALL = 4


def guard_memory() -> bool:
    """Keep other processes of this user from this one's memory, and forbid core dumps."""
    return prctl(PR_SET_DUMPABLE, 0)


def refuse_new_privileges() -> bool:
    """Make sure that no program started from here gets more rights than this process."""
    return prctl(PR_SET_NO_NEW_PRIVS, 1)


def leave_network() -> bool:
    """Move to an empty network namespace; open sockets stay usable."""
    return unshare(CLONE_NEWNET) or unshare(CLONE_NEWUSER | CLONE_NEWNET)


def drop_capabilities() -> bool:
    """Give up every capability for good, and verify that none is left."""
    number = 0
    while prctl(PR_CAPBSET_DROP, number):  # up to the last one that this kernel knows
        number += 1
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    capset(CAPABILITIES_V3, bytes(SETS))
    try:
        return capget(CAPABILITIES_V3, SETS) == bytes(SETS)
    except OSError:
        return False


def is_refused(path: str) -> bool:
    """Tell whether this process is refused a file that everybody may read."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except PermissionError:
        return True
    except OSError:
        return False
    return False
