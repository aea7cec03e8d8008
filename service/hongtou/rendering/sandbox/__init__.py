"""What a process that reads strangers' documents may still do. Only this folder calls the kernel.

    limits.py       memory, files, descriptors, time    seccomp.py   allowed system calls
    privileges.py   capabilities, network, memory       landlock.py  no file, port or signal
    inheritance.py  what comes from the parent          kernel.py    prctl and other calls
    protections.py  applies them in order and verifies them

A protection that this system lacks is left out; the fork server reports those in force.
"""

from hongtou.rendering.sandbox.inheritance import (
    OomScore,
    adopt_orphans,
    close_all_but,
    die_with_parent,
    reserve_standard_streams,
    reset_signals,
)
from hongtou.rendering.sandbox.landlock import Access
from hongtou.rendering.sandbox.limits import (
    FILE_BYTES,
    MIB,
    ResidentMemory,
    extend_cpu_limit,
    limit_resources,
    memory_ceiling,
)
from hongtou.rendering.sandbox.privileges import guard_memory
from hongtou.rendering.sandbox.protections import (
    apply_protections,
    confine_program,
    drop_rights,
    probe_protections,
)

__all__ = [
    "FILE_BYTES",
    "MIB",
    "Access",
    "OomScore",
    "ResidentMemory",
    "adopt_orphans",
    "apply_protections",
    "close_all_but",
    "confine_program",
    "die_with_parent",
    "drop_rights",
    "extend_cpu_limit",
    "guard_memory",
    "limit_resources",
    "memory_ceiling",
    "probe_protections",
    "reserve_standard_streams",
    "reset_signals",
]
