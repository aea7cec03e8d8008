"""What a test may do to the machine, for the processes of one service only.

Where this system does not allow it the test is skipped, and says why: what was never made short
proves nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

GROUPS = Path("/sys/fs/cgroup")
FAKETIME = ("/usr/lib", "*/faketime/libfaketimeMT.so.1")  # Debian's faketime
# libfaketime 0.9.10 takes time.sleep's monotonic moment for one of the clock that it fakes.
HONEST_SLEEP = """
import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds)
"""


def with_own_mounts(script: str) -> list[str]:
    """Return a command under which nothing but a service sees the mounts that a script makes."""
    if not shutil.which("unshare"):
        pytest.skip("没有 unshare，不能给服务自己的挂载")
    become = [] if os.geteuid() == 0 else ["--map-root-user"]
    under = ["unshare", *become, "--mount", "sh", "-ec", f'{script}\nexec "$@"', "sh"]
    tried = subprocess.run([*under, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"这里不能给服务自己的挂载：{tried.stderr.strip()}")
    return under


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """A control group of the kernel (cgroup) for the processes of one service."""

    path: Path

    def take(self, *processes: int) -> None:
        """Move processes in, with all their threads; what they fork later is in it too."""
        for process in processes:
            (self.path / "cgroup.procs").write_text(str(process))

    def set(self, value: str, *names: str) -> None:
        """Write a value; of the names, version 1 and 2 of cgroups each know one, or none."""
        for name in names:
            if (self.path / name).exists():
                (self.path / name).write_text(value)

    def count(self, *names: str, of: str = "") -> int:
        """Return a number that the kernel keeps, of a list the one with this title."""
        text = next(path.read_text() for name in names if (path := self.path / name).exists())
        found = dict(line.split() for line in text.splitlines()) if of else {of: text}
        return int(found[of])


@contextmanager
def control_group(controller: str) -> Iterator[ControlGroup]:
    """Give a group that is empty again when the block ends."""
    group = ControlGroup(_parent_of(controller) / f"hongtou-test-{os.getpid()}")
    try:
        group.path.mkdir()
    except OSError as refusal:
        pytest.skip(f"这里不能建 {controller} 的 cgroup：{refusal}")
    try:
        yield group
    finally:
        _remove(group.path)


def _parent_of(controller: str) -> Path:
    """Return the nearest group around this process that has room for one with this controller."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, own = line.split(":", 2)
        if controller in controllers.split(","):
            mounted = GROUPS / controllers
            return mounted / own.lstrip("/") if (mounted / own.lstrip("/")).is_dir() else mounted
        inner = GROUPS / own.lstrip("/")
        for group in (inner, *inner.parents) if not controllers else ():
            told = group / "cgroup.subtree_control"
            if told.is_file() and controller in told.read_text().split():
                return group
    pytest.skip(f"这里没有可用的 {controller} cgroup")


def _remove(group: Path) -> None:
    deadline = time.monotonic() + 5
    while True:
        try:
            return group.rmdir()
        except OSError:  # its last processes are still being buried
            assert time.monotonic() < deadline, f"{group} is not empty"
            time.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall clock that can be set, for the processes that its ``python`` runs."""

    python: str
    setting: Path

    def jump(self, offset: str) -> None:
        """Set it so far from the right time, e.g. ``+1d``."""
        self.setting.write_text(offset)


@contextmanager
def own_clock(folder: Path) -> Iterator[Clock]:
    """Give a clock to a service; the monotonic one stays as it is."""
    library = next(Path(FAKETIME[0]).glob(FAKETIME[1]), None)
    if library is None:
        pytest.skip("没有 libfaketime（Debian 软件包 faketime），不能拨动服务的时钟")
    clock = Clock(str(folder / "python"), folder / "clock")
    clock.jump("+0")
    (folder / "sitecustomize.py").write_text(HONEST_SLEEP)
    Path(clock.python).write_text(
        f"#!/bin/sh\nexport LD_PRELOAD={library} FAKETIME_TIMESTAMP_FILE={clock.setting}"
        f" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 PYTHONPATH={folder}:$PYTHONPATH\n"
        f'exec {sys.executable} "$@"\n'
    )
    Path(clock.python).chmod(0o755)
    before = set(_shared_memory())
    try:
        yield clock
    finally:
        for left in set(_shared_memory()) - before:  # by processes that were killed
            left.unlink(missing_ok=True)


def _shared_memory() -> Iterator[Path]:
    return Path("/dev/shm").glob("*faketime*")
