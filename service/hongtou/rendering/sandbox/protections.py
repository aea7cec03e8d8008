"""Every protection that this system offers, applied in order and verified."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping

from hongtou.rendering.sandbox.landlock import Access, confine_files, forbid_files
from hongtou.rendering.sandbox.privileges import (
    drop_capabilities,
    guard_memory,
    is_refused,
    leave_network,
    refuse_new_privileges,
)
from hongtou.rendering.sandbox.seccomp import allow_only_what_renders_need, forbid_internet

PUBLIC_FOLDER = "/"
REPORT_BYTES = 256


def drop_rights() -> tuple[str, ...]:
    """Give up the network, all capabilities and access by others to this process's memory.

    Return the protections in force; processes forked from this one inherit them.
    """
    protections: dict[str, Callable[[], bool]] = {
        "netns": leave_network,
        "no-caps": lambda: refuse_new_privileges() and drop_capabilities(),
        "undumpable": guard_memory,
    }
    return tuple(name for name, apply in protections.items() if apply())


def apply_protections() -> tuple[str, ...]:
    """Give up files, programs, other processes and new sockets; return what is in force."""
    protections: dict[str, Callable[[], bool]] = {
        "landlock": lambda: forbid_files() and is_refused(PUBLIC_FOLDER),
        "seccomp": lambda: allow_only_what_renders_need() and _gets_no_socket(),
    }
    return tuple(name for name, apply in protections.items() if apply())


def confine_program(allowed: Mapping[str, Access]) -> tuple[str, ...]:
    """Give up all but some files and Unix sockets, for a program that is started from here.

    Return what is in force.
    """
    protections: dict[str, Callable[[], bool]] = {
        "landlock": lambda: confine_files(allowed),
        "no-internet": lambda: forbid_internet() and _gets_no_socket(),
    }
    return (*drop_rights(), *(name for name, apply in protections.items() if apply()))


def probe_protections() -> tuple[str, ...]:
    """Return what `apply_protections` achieves on this system, as tried in a short-lived child."""
    near, far = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(far, " ".join(apply_protections()).encode())
        finally:
            os._exit(0)
    os.close(far)
    told = os.read(near, REPORT_BYTES)
    os.close(near)
    os.waitpid(child, 0)
    return tuple(told.decode().split())


def _gets_no_socket() -> bool:
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False
