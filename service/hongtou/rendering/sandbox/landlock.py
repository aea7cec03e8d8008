"""Landlock with no rule at all: no file is opened, no port used, nobody outside signalled.

Source: linux/landlock.h; Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import os
import struct

from hongtou.rendering.sandbox.kernel import address_of, buffer, system_call

CREATE_RULESET, RESTRICT_SELF = 444, 446  # on every architecture
TELL_VERSION = 1
# The bits of file access that each version of the interface knows, from 1 on.
FILE_BITS = (13, 14, 15, 15, 16)
NET_VERSION, NET = 4, 0b11  # bind and connect TCP
SCOPE_VERSION, SCOPES = 6, 0b11  # abstract Unix sockets, signals


def forbid_files() -> bool:
    """Restrict this process, which can get no new privileges, for good; False without Landlock."""
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
    """Return what is to be refused, as long as this version knows it."""
    files = (1 << FILE_BITS[min(version, len(FILE_BITS)) - 1]) - 1
    known = [files]
    if version >= NET_VERSION:
        known.append(NET)
    if version >= SCOPE_VERSION:
        known.append(SCOPES)
    return struct.pack(f"={len(known)}Q", *known)
