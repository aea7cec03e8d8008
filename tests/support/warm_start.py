"""A service that starts warm: forked from a process that has loaded all of it, one for each process of tests.

A cold start takes 3.7 seconds of a processor, nearly all of it imports and the rehearsal. Whoever tests the start
itself, what processes inherit, or memory, has `serving` start it cold.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from socket import socket
from typing import Any

from tests.support.serving import (
    RUN,
    TYPESETTER,
    Serving,
    environment,
    free_port,
    until_the_end,
)

WARM = get_context("forkserver")
WARM.set_forkserver_preload(["tests.support.warm_service"])


@contextmanager
def warm_serving(
    opener: str = TYPESETTER,
    *,
    log: Path | None = None,
    program: str = RUN,
    port: int = 0,
    **settings: object,
) -> Iterator[Serving]:
    """Run the service as `serving` does, but start it warm."""
    port = port or free_port()
    with environment(port, settings) as env:
        process = warm_process(opener, env, log, program)
        with until_the_end(Serving(process, port)) as service:
            yield service


def warm_process(
    opener: str,
    env: Mapping[str, str],
    log: Path | None = None,
    program: str = RUN,
    listening: socket | None = None,
) -> WarmProcess:
    """Start a service in this environment, with a socket that it is handed."""
    given = (program, opener, env, str(log or os.devnull), listening)
    return WarmProcess(WARM.Process(target=_run, args=given, daemon=True))


def _run(*given: Any) -> None:
    from tests.support.warm_service import run  # only in the process that is forked

    run(*given)


class WarmProcess:
    """A forked service, with what is needed of `subprocess.Popen`."""

    def __init__(self, forked: ForkServerProcess) -> None:
        self._forked = forked
        forked.start()
        self.pid = forked.pid or 0

    def poll(self) -> int | None:
        return self._forked.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._forked.join(timeout)
        ended = self.poll()
        if ended is None:
            raise subprocess.TimeoutExpired("service", timeout or 0)
        return ended

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
