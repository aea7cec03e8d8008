"""Programs that stay in memory while they are timed, and end with their stack."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path


def home_of(stack: ExitStack) -> Path:
    """Return a folder for a program's profile; what it still writes at its end is no error."""
    return Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))


def resident(
    stack: ExitStack,
    command: Sequence[str],
    environment: Mapping[str, str],
    pass_fds: Sequence[int] = (),
) -> None:
    """Start a program in a group of its own, and end the group with the stack."""
    process = subprocess.Popen(
        command,
        env=dict(environment),
        pass_fds=pass_fds,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
