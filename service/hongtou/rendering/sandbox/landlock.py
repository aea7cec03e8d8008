"""Landlock rulesets: no TCP ports, no signals to other processes; no files, or only some.

Source: linux/landlock.h; Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Mapping
from enum import IntEnum

from hongtou.rendering.sandbox.kernel import address_of, buffer, system_call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # on every architecture
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1, 2, 4, 8
REMOVE_FILE, MAKE_SOCKET, TRUNCATE = 1 << 5, 1 << 9, 1 << 14
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE  # what a rule on a file may name
TELL_VERSION = 1
# How many kinds of file access versions 1, 2, … of the interface know.
FILE_BITS = (13, 14, 15, 15, 16)
NET_VERSION, NET = 4, 0b11  # bind and connect TCP
SCOPE_VERSION, SCOPES = 6, 0b11  # abstract Unix sockets, signals


def forbid_files() -> bool:
    """Refuse this process all files for good; return False without Landlock.

    The process must have refused new privileges before.
    """
    return confine_files({})


class Access(IntEnum):
    """What may be done with what is beneath a path."""

    READ = EXECUTE | READ_FILE | READ_FOLDER
    SOCKETS = MAKE_SOCKET | REMOVE_FILE
    ALL = (1 << 64) - 1


def confine_files(allowed: Mapping[str, Access]) -> bool:
    """Leave this process, for good, only what is beneath some paths; False without Landlock.

    A path that is not there is left out. The process must have refused new privileges before.
    """
    version = system_call(CREATE_RULESET, None, 0, TELL_VERSION)
    if version < 1:
        return False
    attributes = buffer(_attributes(version))
    ruleset = system_call(CREATE_RULESET, address_of(attributes), len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path, access in allowed.items():
            _allow(ruleset, path, access & _files(version))
        return system_call(RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH)
    except OSError:
        return
    is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    rule = buffer(struct.pack("=Qi", access if is_folder else access & OF_FILES, descriptor))
    system_call(ADD_RULE, ruleset, PATH_BENEATH, address_of(rule), 0)
    os.close(descriptor)


def _files(version: int) -> int:
    return (1 << FILE_BITS[min(version, len(FILE_BITS)) - 1]) - 1


def _attributes(version: int) -> bytes:
    """Return the kinds of access to refuse that this version knows."""
    known = [_files(version)]
    if version >= NET_VERSION:
        known.append(NET)
    if version >= SCOPE_VERSION:
        known.append(SCOPES)
    return struct.pack(f"={len(known)}Q", *known)
