"""A service that starts warm: forked from a process that has loaded all of it, one for each process of tests.

A cold start takes 3.7 seconds of a processor, nearly all of it imports and the rehearsal. Whoever tests the start
itself, what processes inherit, or memory, has `serving` start it cold.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

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
        given = (program, opener, env, str(log or os.devnull))
        process = WarmProcess(WARM.Process(target=_run, args=given, daemon=True))
        with until_the_end(Serving(process, port)) as service:
            yield service


def _run(program: str, opener: str, env: Mapping[str, str], log: str) -> None:
    from tests.support.warm_service import run  # only in the process that is forked

    run(program, opener, env, log)


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
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
