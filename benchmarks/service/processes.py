"""What a process and its descendants hold, read from /proc."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = 4096


@dataclass(frozen=True)
class Held:
    """One look at a service: bytes private to each process, descriptors, zombies, files."""

    web_bytes: int
    fork_server_bytes: int
    workers_bytes: tuple[int, ...]
    descriptors: int
    zombies: int
    files: int


def look(web: int, temporary: Path) -> Held:
    """Look at a service whose temporary files are in a folder of its own."""
    parents = _parents()
    fork_servers = [
        process for process, (parent, state) in parents.items() if parent == web and state != "Z"
    ]
    workers = [
        one for one, (parent, state) in parents.items() if parent in fork_servers and state != "Z"
    ]
    own = {web, *fork_servers, *workers}
    return Held(
        web_bytes=resident_bytes(web),
        fork_server_bytes=sum(map(resident_bytes, fork_servers)),
        workers_bytes=tuple(map(resident_bytes, workers)),
        descriptors=sum(map(_descriptors, [web, *fork_servers])),
        zombies=sum(state == "Z" and parent in own for parent, state in parents.values()),
        files=sum(1 for _ in temporary.iterdir()),
    )


def processor_seconds(web: int) -> tuple[float, float, float]:
    """Return the processor time spent so far by the web process, its descendants and ourselves.

    Of the descendants, those that have ended are counted where their fork server still runs.
    """
    of_workers = sum(_spent(one, children=True) for one in descendants(web))
    return _spent(web), of_workers, time.process_time()


def descendants(web: int) -> list[int]:
    """Return the fork_servers and workers of a service that can be killed now."""
    parents = _parents()
    found = {web}
    while more := {one for one, (parent, _) in parents.items() if parent in found} - found:
        found |= more
    return sorted(one for one in found - {web} if parents[one][1] != "Z")


def runs(process: int) -> bool:
    """Tell whether a process exists and is not just waiting to be buried."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def _parents() -> dict[int, tuple[int, str]]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            found[int(entry.name)] = int(parent), state
    return found


def _spent(process: int, children: bool = False) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ticks = sum(map(int, fields[11:15] if children else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_bytes(process: int) -> int:
    """Return the bytes that a process holds, shared ones included."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def _descriptors(process: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
    except PermissionError:
        raise SystemExit("服务的进程不许别人看（undumpable），请以 root 运行") from None
    except OSError:
        return 0
