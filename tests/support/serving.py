"""The service as a process, and requests to it, for the tests and runs that break it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
# Three seconds, on a machine that is kept busy by twenty others; that it died ends it at once.
START_SECONDS = 180
SERVE = [sys.executable, "-c", "from hongtou.cli import run; run()", "serve"]
PORTS = range(10_000, 32_000)  # below those that the system gives to whoever asks for any
JSON = {"Content-Type": "application/json"}
# What nohup has these tests ignore their children would ignore too (env of coreutils 8.31).
AS_IF_FROM_A_TERMINAL = ["env", "--default-signal=HUP"]
TYPESETTER = "hongtou.pipeline:Typesetter.open"
RUN = """
import sys
from hongtou.config import read_config
from hongtou.web.serve import run
sys.executable = sys.argv[2]
run(read_config(), sys.argv[1])
"""


@dataclass(frozen=True)
class Answer:
    """An answer and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Process(Protocol):
    """What is needed of `subprocess.Popen`, which fits."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


@dataclass
class Serving:
    """A running service."""

    process: Process
    port: int

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        seconds: float = 60,
        headers: Mapping[str, str] = JSON,
    ) -> Answer:
        """Return the whole answer; OSError or HTTPException where there is none."""
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, dict(headers))
            found = connection.getresponse()
            content = found.read()
            return Answer(found.status, dict(found.headers), content, time.monotonic() - began)
        finally:
            connection.close()

    def render(self, document: bytes, seconds: float = 60) -> Answer:
        return self.ask("POST", "/v1/render", document, seconds)

    def do(self, name: str, argument: object = None) -> Answer:
        """Ask the stand-in typesetter for something."""
        return self.render(json.dumps({"do": name, "with": argument}).encode())

    def is_ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz", seconds=5).status == 200
        except (OSError, HTTPException):
            return False

    def wait_until_ready(self, seconds: float = START_SECONDS) -> float:
        """Return the seconds until it was ready."""
        began = time.monotonic()
        while not self.is_ready():
            assert self.process.poll() is None, "the service ended"
            assert time.monotonic() - began < seconds, "the service is not ready"
            time.sleep(0.05)
        return time.monotonic() - began

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def processor_seconds(self) -> float:
        """Return what the web process alone has used so far."""
        return processor_seconds(self.process.pid)


def processor_seconds(process: int) -> float:
    """Return what a process has used so far, its ended threads included; OSError if it is gone."""
    return time.clock_gettime(~process << 3 | 2)  # as clock_getcpuclockid numbers it


def metric(service: Serving, name: str, headers: Mapping[str, str] = JSON) -> float:
    """Return the sum of all series whose name begins like this."""
    lines = service.ask("GET", "/metrics", headers=headers).body.decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def refused(answer: Answer, status: int) -> None:
    """See that an answer is a problem that says when to try again."""
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0


def within_a_second(is_so: Callable[[], bool]) -> bool:
    """Tell whether something comes about within a second."""
    return within(1, is_so)


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Tell whether something comes about within so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def free_port() -> int:
    """Return a port that nobody has, and that the system gives nobody who asks for any."""
    while True:
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def serving(
    opener: str = TYPESETTER,
    *,
    under: Sequence[str] = (),
    python: str = sys.executable,
    log: Path | None = None,
    program: str = RUN,
    port: int = 0,
    **settings: object,
) -> Iterator[Serving]:
    """Run the service on a loopback port, a free one unless it is given, until the block ends, with a render for each request.

    ``under`` is a command that becomes the one after it, like ``prlimit``; ``python`` runs every
    process of the service; ``log`` takes what it writes to standard error; ``program`` is what the
    web process runs instead of the command line's.
    """
    port = port or free_port()
    command = [*AS_IF_FROM_A_TERMINAL, *under, python, "-c", program, opener, python]
    with environment(port, settings) as env, (log or Path(os.devnull)).open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=written)
        with until_the_end(Serving(process, port)) as service:
            yield service


@contextmanager
def environment(port: int, settings: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """Return the environment of a service; no two share what editors keep."""
    chosen = {"cache_bytes": 0, **settings, "port": port}
    own = {f"HONGTOU_{name.upper()}": str(value) for name, value in chosen.items()}
    with TemporaryDirectory(ignore_cleanup_errors=True) as state:
        yield {**os.environ, "XDG_STATE_HOME": state, **own, "PYTHONPATH": str(ROOT)}


@contextmanager
def until_the_end(service: Serving) -> Iterator[Serving]:
    """Wait until a service is ready; kill it when the block ends."""
    try:
        service.wait_until_ready()
        yield service
    finally:
        service.process.kill()
        service.process.wait()
