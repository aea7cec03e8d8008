"""A doctor that has its packages loaded, and examines in a fork: where imports are not the point.

To load them is half of what an examination costs. Whatever is damaged that Python or the system
loads is shown to the command itself: `broken.examine`.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from hongtou.config import read_config
from hongtou.doctor import examination, trial
from hongtou.doctor.__main__ import main
from hongtou.doctor.software import PACKAGES

LOADED_LATE = ("hongtou.paginate.layout_check", "hongtou.pipeline", "hongtou.web.app")
Outcome = tuple[int, str, str]  # the exit code, what stands on standard output, on standard error


@dataclass(frozen=True)
class LoadedDoctor:
    """The process that forks, seen from the tests."""

    process: subprocess.Popen[str]

    def examine(
        self, environment: dict[str, str], user: int | None
    ) -> subprocess.CompletedProcess[str]:
        """Examine as this user, or as who runs the tests."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([environment, user]), file=self.process.stdin, flush=True)
        code, told, told_of_errors = json.loads(self.process.stdout.readline())
        return subprocess.CompletedProcess(["doctor"], code, told, told_of_errors)


@contextmanager
def loaded_doctor() -> Iterator[LoadedDoctor]:
    command = [sys.executable, "-m", "tests.support.loaded_doctor"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield LoadedDoctor(process)


def serve() -> None:
    """Load everything, set what the doctor sets, then examine each environment that is named."""
    for name in PACKAGES:
        assert trial._package(name).ok, name
    for module in LOADED_LATE:
        import_module(module)
    assert trial._render(read_config()).ok  # what is done at the first page is done once
    gc.collect()
    gc.freeze()  # so that collections after a fork copy none of this
    examination.subprocess = SimpleNamespace(
        run=_trial_in_a_fork,
        DEVNULL=subprocess.DEVNULL,
        TimeoutExpired=subprocess.TimeoutExpired,
    )
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(_in_a_fork(partial(_examine, *json.loads(line))))}\n")
        sys.stdout.flush()


def _examine(environment: dict[str, str], user: int | None) -> int:
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    return main([])


def _trial_in_a_fork(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
    *_, last = command
    sys.argv = ["-c", *(["packages"] if last == "packages" else [])]
    return subprocess.CompletedProcess(command, *_in_a_fork(trial.main))


def _in_a_fork(run: Callable[[], int | None]) -> Outcome:
    written = [os.memfd_create(name) for name in ("out", "err")]  # no folder may be writable
    child = os.fork()
    if child == 0:
        os._exit(_run(run, written))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, *(_read(number) for number in written)


def _run(run: Callable[[], int | None], written: list[int]) -> int:
    for number, to in enumerate(written, start=1):
        os.dup2(to, number)
    try:
        return run() or 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _read(number: int) -> str:
    with os.fdopen(number, encoding="utf-8", errors="replace") as file:
        file.seek(0)
        return file.read()


if __name__ == "__main__":
    serve()
