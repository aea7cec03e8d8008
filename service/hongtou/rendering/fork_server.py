"""The web process's side of the fork server: starts it, and asks it one thing after another."""

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
ABOVE_STREAMS = 3  # a socket below would be taken for a standard stream

Product = TypeVar("Product")


class ForkServerClient:
    """A running fork server; WorkerDied from any call means that it is dead.

    A thread of its own asks it: whoever waits for an answer may stop waiting.
    """

    def __init__(self, request: StartRequest, documents: Sequence[bytes] = ()) -> None:
        """Start the process and wait until its typesetter is open.

        Raises:
            ServiceError: what the opening of the typesetter raised.
            WorkerDied: the process ended or took too long, or there is no descriptor for it.
        """
        adopt_orphans()
        self._control, far = _pair()
        with far:
            self._process = _start(far)
        self._desk = ThreadPoolExecutor(1, "fork_server")
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
            self._desk.submit(self._ask, Command.PING).result(seconds)
        except (WorkerDied, TimeoutError, CancelledError, RuntimeError):
            return False
        return True

    def hire(self) -> Future[Worker]:
        """Return a new worker, when it is there."""
        return self._asked(self._hire)

    def dismiss(self, process: int) -> Future[tuple[int, int]]:
        """End a worker if it has not ended; the future tells how its processes did."""
        return self._asked(self._ask, Command.DISMISS, process)

    def end(self) -> None:
        """End the process and its workers, and bury them all."""
        with suppress(ProcessLookupError):  # it was ended before it had a group of its own
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        with suppress(ChildProcessError):  # orphans come to this process: see adopt_orphans
            while True:
                os.waitpid(-self._process.pid, 0)
        self._desk.shutdown(wait=False, cancel_futures=True)
        self._control.close()

    def _asked(self, what: Callable[..., Product], *given: int) -> Future[Product]:
        """Let the fork server's thread ask; WorkerDied where it has none any more."""
        try:
            return self._desk.submit(what, *given)
        except RuntimeError:
            failed: Future[Product] = Future()
            failed.set_exception(WorkerDied("fork server ended"))
            return failed

    def _hire(self) -> Worker:
        pairs = [_pair()]
        try:
            pairs.append(_pair())
            answer = self._ask(Command.HIRE, far=[far.fileno() for _, far in pairs])
            if answer == NO_PROCESS:
                raise WorkerDied("no process to be had")
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
        return Worker(maker, inspector, answer, self, self.dismiss)

    def _ask(self, wish: Command, process: int = 0, far: Sequence[int] = ()) -> tuple[int, int]:
        try:
            socket.send_fds(self._control, [COMMAND.pack(wish, process)], list(far))
            answer = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError as cause:
            self._process.kill()  # it may hang: nobody else must wait for it
            raise WorkerDied("fork server does not answer") from cause
        if len(answer) < ANSWER.size:
            raise WorkerDied("fork server ended")
        first, second = ANSWER.unpack(answer)
        return first, second


def _pair() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a socket pair, neither of them 0, 1 or 2."""
    try:
        near, far = socket.socketpair()
        return _moved_up(near), _moved_up(far)
    except OSError as cause:
        raise WorkerDied("no descriptor to be had") from cause


def _moved_up(end: socket.socket) -> socket.socket:
    if end.fileno() >= ABOVE_STREAMS:
        return end
    with end:
        return socket.socket(fileno=fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, ABOVE_STREAMS))


def _start(far: socket.socket) -> subprocess.Popen[bytes]:
    """Start the fork server with this process's modules and none of its environment.

    Of the current folder nothing is run: ``-P``, since ``-m`` alone would look there first.
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
            start_new_session=True,  # Ctrl+C is for the web process alone; one group to end
        )
    except OSError as cause:
        raise SetupError(f"不能启动排版进程：{cause}", hint="请检查进程数与内存") from cause


def _alarm(seconds: float) -> Callable[[], None]:
    deadline = time.monotonic() + seconds

    def look() -> None:
        if time.monotonic() > deadline:
            raise EOFError("fork server took too long")

    return look
