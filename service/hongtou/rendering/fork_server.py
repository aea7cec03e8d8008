"""The web process's client of the fork server: starts it and sends it one command at a time."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.rendering.frames import receive, send
from hongtou.rendering.messages import (
    ANSWER,
    COMMAND,
    NO_PROCESS,
    START_ERRORS,
    START_REQUEST,
    STARTED,
    Command,
    StartRequest,
)
from hongtou.rendering.process import LOOK_SECONDS, Worker, WorkerDied
from hongtou.rendering.sandbox import adopt_orphans

OPENING_SECONDS = 60.0
ANSWER_SECONDS = 5.0
ABOVE_STREAMS = 3  # a lower descriptor would be taken for a standard stream

Product = TypeVar("Product")


class ForkServerClient:
    """A running fork server; WorkerDied from any call means that it is dead.

    A thread sends its commands, so that a caller may stop waiting for the answer.
    """

    def __init__(self, request: StartRequest, documents: Sequence[bytes] = ()) -> None:
        """Start the process and wait until it has opened its typesetter.

        Raises:
            ServiceError: the typesetter could not be opened.
            WorkerDied: the process ended, took too long, or no descriptor is left for it.
        """
        adopt_orphans()
        self._control, far = _pair()
        with far:
            self._process = _start(far)
        self._executor = ThreadPoolExecutor(1, "fork_server")
        self._control.settimeout(LOOK_SECONDS)
        try:
            send(self._control, START_REQUEST.dump_json(request), documents)
            started, _ = receive(self._control, STARTED, tick=_alarm(OPENING_SECONDS))
        except (EOFError, OSError) as cause:
            self.end()
            raise WorkerDied("fork server did not open") from cause
        if started.failure:
            self.end()
            raise started.failure.error(START_ERRORS)
        self.protections = started.protections
        self._control.settimeout(ANSWER_SECONDS)

    def is_alive(self, seconds: float = ANSWER_SECONDS) -> bool:
        """Tell whether the process runs and answers in time."""
        try:
            self._executor.submit(self._ask, Command.PING).result(seconds)
        except (WorkerDied, TimeoutError, CancelledError, RuntimeError):
            return False
        return True

    def fork_worker(self) -> Future[Worker]:
        """Return a future of a new worker."""
        return self._asked(self._fork_worker)

    def kill_worker(self, process: int) -> Future[tuple[int, int]]:
        """Kill a worker unless it has ended; the future holds how its two processes ended."""
        return self._asked(self._ask, Command.KILL, process)

    def end(self) -> None:
        """Kill the process and its workers, and reap them all."""
        with suppress(ProcessLookupError):  # killed before it had its process group
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        with suppress(ChildProcessError):  # its workers are now ours: see adopt_orphans
            while True:
                os.waitpid(-self._process.pid, 0)
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._control.close()

    def _asked(self, what: Callable[..., Product], *given: int) -> Future[Product]:
        """Run a command in the fork server's thread; once that ended, the future fails."""
        try:
            return self._executor.submit(what, *given)
        except RuntimeError:
            failed: Future[Product] = Future()
            failed.set_exception(WorkerDied("fork server ended"))
            return failed

    def _fork_worker(self) -> Worker:
        pairs = [_pair()]
        try:
            pairs.append(_pair())
            answer = self._ask(Command.FORK, far=[far.fileno() for _, far in pairs])
            if answer == NO_PROCESS:
                raise WorkerDied("no process left")
        except WorkerDied:
            for near, _ in pairs:
                near.close()
            raise
        finally:
            for _, far in pairs:
                far.close()
        (maker, _), (inspector, _) = pairs
        for near in (maker, inspector):
            near.settimeout(LOOK_SECONDS)
        return Worker(maker, inspector, answer, self, self.kill_worker)

    def _ask(self, command: Command, process: int = 0, far: Sequence[int] = ()) -> tuple[int, int]:
        try:
            socket.send_fds(self._control, [COMMAND.pack(command, process)], list(far))
            answer = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError as cause:
            self._process.kill()  # it may hang, and others would wait for it
            raise WorkerDied("fork server does not answer") from cause
        if len(answer) < ANSWER.size:
            raise WorkerDied("fork server ended")
        first, second = ANSWER.unpack(answer)
        return first, second


def _pair() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a socket pair, neither of them a standard stream.

    Raises:
        WorkerDied: no descriptor is left.
    """
    try:
        near, far = socket.socketpair()
        return _moved_up(near), _moved_up(far)
    except OSError as cause:
        raise WorkerDied("no descriptor left") from cause


def _moved_up(end: socket.socket) -> socket.socket:
    if end.fileno() >= ABOVE_STREAMS:
        return end
    with end:
        return socket.socket(fileno=fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, ABOVE_STREAMS))


def _start(far: socket.socket) -> subprocess.Popen[bytes]:
    """Start the fork server with the modules of this process and a clean environment.

    ``-P`` keeps the current folder off the module path, where ``-m`` would put it first.

    Raises:
        SetupError: the system starts no further process.
    """
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "TMPDIR": tempfile.gettempdir(),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONSAFEPATH": "1",
    }
    command = [
        sys.executable,
        "-P",
        "-m",
        "hongtou.rendering.fork_server_process",
        str(far.fileno()),
        str(os.getpid()),
    ]
    try:
        return subprocess.Popen(
            command,
            env=environment,
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C reaches the web process alone; one group to kill
        )
    except OSError as cause:
        raise SetupError(
            f"不能启动排版进程：{reason_of(cause)}", hint="请检查进程数与内存"
        ) from cause


def _alarm(seconds: float) -> Callable[[], None]:
    deadline = time.monotonic() + seconds

    def look() -> None:
        if time.monotonic() > deadline:
            raise EOFError("fork server took too long")

    return look
