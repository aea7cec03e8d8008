"""Run a command with unshare(2) refused, as Docker's default profile does: `python -m … COMMAND`."""

from __future__ import annotations

import os
import platform
import struct
import sys

from hongtou.rendering.sandbox.kernel import (
    PR_SET_NO_NEW_PRIVS,
    PR_SET_SECCOMP,
    address_of,
    buffer,
    prctl,
)
from hongtou.rendering.sandbox.seccomp import (
    ALLOW,
    AT_NUMBER,
    EQUAL,
    LOAD,
    MODE_FILTER,
    REFUSE,
    RETURN,
)

UNSHARE = {"x86_64": 272, "aarch64": 97}

if __name__ == "__main__":
    rules = b"".join(
        struct.pack("HBBI", *one)
        for one in (
            (LOAD, 0, 0, AT_NUMBER),
            (EQUAL, 0, 1, UNSHARE[platform.machine()]),
            (RETURN, 0, 0, REFUSE),
            (RETURN, 0, 0, ALLOW),
        )
    )
    code = buffer(rules)
    program = buffer(struct.pack("HxxxxxxP", len(rules) // 8, address_of(code)))
    assert prctl(PR_SET_NO_NEW_PRIVS, 1)
    assert prctl(PR_SET_SECCOMP, MODE_FILTER, address_of(program))
    os.execvp(sys.argv[1], sys.argv[1:])
