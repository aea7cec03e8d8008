"""A small parent that holds a listening socket as systemd does, and the services it hands it to."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.serving import ROOT, RUN, START_SECONDS, TYPESETTER, Process, Serving
from tests.support.warm_start import warm_process

# Becomes the service, with the socket as descriptor 3 and the process's own number in LISTEN_PID.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Activator:
    """The parent: its socket, and what the services told it, with their process numbers."""

    listening: socket.socket
    notices: socket.socket
    opener: str
    settings: dict[str, str]
    log: int = subprocess.DEVNULL
    under: tuple[str, ...] = ()  # a command that becomes the one after it
    is_warm: bool = False  # how services start: see `tests.support.warm_start`
    told: list[tuple[int, str]] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)

    @property
    def port(self) -> int:
        return (
            0 if self.listening.family == socket.AF_UNIX else int(self.listening.getsockname()[1])
        )

    def start(self) -> Serving:
        """Start a service on the socket, without waiting for it."""
        env = {
            **os.environ,
            **self.settings,
            "PYTHONPATH": str(ROOT),
            "LISTEN_FDS": "1",
            "NOTIFY_SOCKET": self.notices.getsockname(),
        }
        process = self._warm(env) if self.is_warm else self._cold(env)
        self.processes.append(process)
        return Serving(process, self.port)

    def _warm(self, env: dict[str, str]) -> Process:
        return warm_process(self.opener, env, listening=self.listening)

    def _cold(self, env: dict[str, str]) -> Process:
        number = str(self.listening.fileno())
        program = [sys.executable, "-c", RUN, self.opener, sys.executable]
        return subprocess.Popen(
            [*self.under, sys.executable, "-c", HAND_OVER, number, *program],
            cwd=ROOT,
            pass_fds=[int(number)],
            stderr=self.log,
            env=env,
        )

    def wait_for(self, state: str, service: Serving, seconds: float = START_SECONDS) -> None:
        """Wait until a service told a state."""
        deadline = time.monotonic() + seconds
        while (service.process.pid, state) not in self.told:
            assert service.process.poll() is None, "the service ended"
            assert time.monotonic() < deadline, f"not told in time: {state}"
            if select.select([self.notices], [], [], 0.1)[0]:
                self._hear()

    def stop(self, service: Serving, seconds: float = 40) -> int:
        """Tell a service to stop, and return how it ended."""
        service.process.send_signal(signal.SIGTERM)
        return service.process.wait(seconds)

    def _hear(self) -> None:
        content, credentials, _, _ = self.notices.recvmsg(4096, socket.CMSG_SPACE(12))
        ((_, _, sender),) = credentials
        self.told.append((int.from_bytes(sender[:4], sys.byteorder), content.decode()))


@contextmanager
def activator(
    opener: str = TYPESETTER,
    listening: socket.socket | None = None,
    *,
    warm: bool = False,
    **settings: object,
) -> Iterator[Activator]:
    """Give a parent with a socket on a free loopback port; its services are ended with the block."""
    own = {"HONGTOU_CACHE_BYTES": "0"} | {
        f"HONGTOU_{name.upper()}": str(value) for name, value in settings.items()
    }
    notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notices.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    with (
        tempfile.TemporaryDirectory() as folder,
        notices,
        listening or socket.create_server(("127.0.0.1", 0), backlog=1024) as held,
    ):
        notices.bind(f"{folder}/notify")
        Path(folder).chmod(0o755)  # for services of another user
        Path(f"{folder}/notify").chmod(0o777)
        parent = Activator(held, notices, opener, own, is_warm=warm)
        try:
            yield parent
        finally:
            for process in parent.processes:
                process.kill()
                process.wait()


def unix_socket(path: Path) -> socket.socket:
    """Return a listening socket in a folder."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.listen(16)
    return listening
