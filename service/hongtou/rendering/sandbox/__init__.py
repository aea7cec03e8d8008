"""What a process that reads strangers' documents may still do: only here the kernel is asked.

    limits.py       memory, files, descriptors, time    seccomp.py   the calls it may make
    privileges.py   capabilities, network, own memory   landlock.py  no file, port or signal
    inheritance.py  what comes from a parent            kernel.py    prctl and its like
    protections.py  all of them, in order, and seen to hold

Nothing here is asked of the installation: what the system does not allow is left out, and the
fork server says what is in force.
"""

from hongtou.rendering.sandbox.inheritance import (
    Mortality,
    adopt_orphans,
    close_all_but,
    die_with_parent,
    occupy_streams,
    take_signals,
)
from hongtou.rendering.sandbox.limits import (
    FILE_BYTES,
    MIB,
    Statm,
    allow_cpu,
    bound,
    memory_ceiling,
)
from hongtou.rendering.sandbox.privileges import guard_memory
from hongtou.rendering.sandbox.protections import (
    leave_the_world,
    raise_protections,
    tried_protections,
)

__all__ = [
    "FILE_BYTES",
    "MIB",
    "Mortality",
    "Statm",
    "adopt_orphans",
    "allow_cpu",
    "bound",
    "close_all_but",
    "die_with_parent",
    "guard_memory",
    "leave_the_world",
    "memory_ceiling",
    "occupy_streams",
    "raise_protections",
    "take_signals",
    "tried_protections",
]
