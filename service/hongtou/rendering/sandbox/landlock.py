"""A Landlock ruleset without exceptions: no files, no TCP ports, no signals to other processes.

Source: linux/landlock.h; Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import os
import struct

from hongtou.rendering.sandbox.kernel import address_of, buffer, system_call

CREATE_RULESET, RESTRICT_SELF = 444, 446  # on every architecture
TELL_VERSION = 1
# How many kinds of file access versions 1, 2, … of the interface know.
FILE_BITS = (13, 14, 15, 15, 16)
NET_VERSION, NET = 4, 0b11  # bind and connect TCP
SCOPE_VERSION, SCOPES = 6, 0b11  # abstract Unix sockets, signals


def forbid_files() -> bool:
    """Restrict this process for good; return False without Landlock.

    The process must have refused new privileges before.
    """
    version = system_call(CREATE_RULESET, None, 0, TELL_VERSION)
    if version < 1:
        return False
    attributes = buffer(_attributes(version))
    ruleset = system_call(CREATE_RULESET, address_of(attributes), len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        return system_call(RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _attributes(version: int) -> bytes:
    """Return the kinds of access to refuse that this version knows."""
    files = (1 << FILE_BITS[min(version, len(FILE_BITS)) - 1]) - 1
    known = [files]
    if version >= NET_VERSION:
        known.append(NET)
    if version >= SCOPE_VERSION:
        known.append(SCOPES)
    return struct.pack(f"={len(known)}Q", *known)
