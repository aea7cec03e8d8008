"""Every protection that this system has, raised in order and seen to hold."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from hongtou.rendering.sandbox.landlock import forbid_files
from hongtou.rendering.sandbox.privileges import (
    drop_capabilities,
    guard_memory,
    is_refused,
    leave_network,
    refuse_new_privileges,
)
from hongtou.rendering.sandbox.seccomp import allow_only_what_renders_need

ANYBODY_READS = "/"
TOLD_BYTES = 256


def leave_the_world() -> tuple[str, ...]:
    """Take the network, all capabilities and every view of its memory from this process.

    Returns what is in force; what is forked from this process is held by it too.
    """
    protections: dict[str, Callable[[], bool]] = {
        "netns": leave_network,
        "no-caps": lambda: refuse_new_privileges() and drop_capabilities(),
        "undumpable": guard_memory,
    }
    return tuple(name for name, raise_shield in protections.items() if raise_shield())


def raise_protections() -> tuple[str, ...]:
    """Take files, programs, other processes and new sockets from this process, for good."""
    protections: dict[str, Callable[[], bool]] = {
        "landlock": lambda: forbid_files() and is_refused(ANYBODY_READS),
        "seccomp": lambda: allow_only_what_renders_need() and _gets_no_socket(),
    }
    return tuple(name for name, raise_shield in protections.items() if raise_shield())


def tried_protections() -> tuple[str, ...]:
    """Return what `raise_shields` does here, as a child found that is gone again."""
    near, far = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(far, " ".join(raise_protections()).encode())
        finally:
            os._exit(0)
    os.close(far)
    told = os.read(near, TOLD_BYTES)
    os.close(near)
    os.waitpid(child, 0)
    return tuple(told.decode().split())


def _gets_no_socket() -> bool:
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False
