"""What a program asks the kernel for, as strace sees it from a mark on."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Names with "?" are not known to every machine. io_uring could open and connect unseen.
CALLS = (
    "%network,openat,?open,?openat2,?creat,?open_by_handle_at,?name_to_handle_at,"
    "execve,?execveat,?io_uring_setup"
)
CALL = re.compile(r"\d+ +(?P<name>\w+)\((?P<arguments>.*)")
OPENING = {"open", "openat", "openat2", "creat"}
STARTED = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Trace:
    """The calls after the mark: files opened or looked for, and everything else that was seen."""

    opened: tuple[Path, ...]
    other: tuple[str, ...]
    output: str

    def outside(self, folders: Iterable[Path]) -> list[Path]:
        """Return the files opened that are in none of these folders."""
        allowed = [folder.resolve() for folder in folders]
        return [
            path
            for path in self.opened
            if not any(path.is_relative_to(folder) for folder in allowed)
        ]


def trace(command: Sequence[str], mark: str, folder: Path, log: Path) -> Trace:
    """Run a command, which opens ``mark`` where it begins with what is to be watched."""
    options = ["-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", f"trace={CALLS}"]
    run = subprocess.run(
        ["strace", *options, "-e", "signal=none", "-o", str(log), *command],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    seen = log.read_text(encoding="utf-8", errors="replace").splitlines()
    start = next(at for at, line in enumerate(seen) if f'"{mark}"' in line)
    calls = [found for line in seen[start + 1 :] if (found := CALL.match(line))]
    opened = [_path(call["arguments"]) for call in calls if call["name"] in OPENING]
    other = [call[0] for call in calls if call["name"] not in OPENING]
    return Trace(tuple(opened), tuple(other), run.stdout)


def _path(arguments: str) -> Path:
    """Return the absolute name of the file that a call opens; "/" where it cannot be read."""
    found = STARTED.match(arguments)
    return (Path(found["folder"] or "/") / found["path"]).resolve() if found else Path("/")
