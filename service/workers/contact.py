"""The web process's side of the foreman and of each worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from service.errors import RenderLimit, ServiceError, SetupError
from service.workers.confinement import adopt_orphans
from service.workers.frames import receive, send
from service.workers.task import (
    ANSWER,
    NOBODY,
    WISH,
    Opened,
    Opening,
    Reply,
    Task,
    Wish,
)

OPENING_SECONDS = 60.0
ANSWER_SECONDS = 5.0
LOOK_SECONDS = 0.2  # how soon a deadline or a vanished client is noticed

Gone = Callable[[], bool]


class Abandoned(Exception):
    """The client went away before its answer was ready."""


class Lost(Exception):
    """A process ended, or had to be ended, without an answer; the text says how."""


class Foreman:
    """A running foreman; Lost from any call means that it is dead."""

    def __init__(self, opening: Opening) -> None:
        """Start the process and wait until its workshop is open.

        Raises:
            ServiceError: what the opening of the workshop raised.
            Lost: the process ended or took too long, or there is no descriptor for it.
        """
        self._turn = threading.Lock()
        adopt_orphans()
        self._control, far = _pair()
        with far:
            self._process = _start(far)
        self._control.settimeout(LOOK_SECONDS)
        try:
            send(self._control, opening)
            answer = receive(self._control, _alarm(OPENING_SECONDS))
        except (EOFError, OSError) as cause:
            self.end()
            raise Lost("foreman did not open") from cause
        if isinstance(answer, ServiceError):
            self.end()
            raise answer
        opened: Opened = answer
        self.shields = opened.shields
        self._control.settimeout(ANSWER_SECONDS)

    def is_alive(self) -> bool:
        """Tell whether the process runs and answers."""
        try:
            self._ask(Wish.PING)
        except Lost:
            return False
        return True

    def hire(self) -> Worker:
        """Return a new worker."""
        near, far = _pair()
        try:
            with far:
                process = self._ask(Wish.HIRE, far=far)
        except Lost:
            near.close()
            raise
        if process == NOBODY:
            near.close()
            raise Lost("no process to be had")
        return Worker(near, process, self)

    def dismiss(self, process: int) -> int:
        """End a worker if it has not ended, and return how it did: `os.waitpid`'s status."""
        return self._ask(Wish.DISMISS, process)

    def end(self) -> None:
        """End the process and its workers, and bury them all."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with suppress(ChildProcessError):  # orphans come to this process: see adopt_orphans
            while True:
                os.waitpid(-self._process.pid, 0)
        self._control.close()

    def _ask(self, wish: Wish, process: int = 0, far: socket.socket | None = None) -> int:
        with self._turn:
            try:
                ends = [far.fileno()] if far else []
                socket.send_fds(self._control, [WISH.pack(wish, process)], ends)
                answer = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
            except OSError as cause:
                self._process.kill()  # it may hang: nobody else must wait for it
                raise Lost("foreman does not answer") from cause
        if len(answer) < ANSWER.size:
            raise Lost("foreman ended")
        return int(ANSWER.unpack(answer)[0])


@dataclass(slots=True)
class Worker:
    """A worker as the web process sees it: does one task at a time, for one thread."""

    peer: socket.socket
    process: int
    foreman: Foreman
    status: int | None = None

    def do(self, task: Task, seconds: float, gone: Gone) -> Reply:
        """Return the worker's reply.

        Raises:
            RenderLimit: the time was up, or the kernel ended it for its processor time.
            Abandoned: the client went away.
            Lost: the worker ended in any other way.

        After any of these the worker has to be dismissed, as after a reply that says spent.
        """
        deadline = time.monotonic() + seconds

        def look() -> None:
            if time.monotonic() > deadline:
                raise RenderLimit(f"排版超过 {seconds:g} 秒", hint="请把稿件拆成几期")
            if gone():
                raise Abandoned

        try:
            self.peer.settimeout(seconds)
            send(self.peer, task)
            self.peer.settimeout(LOOK_SECONDS)
            reply = receive(self.peer, look)
        except (EOFError, OSError) as cause:
            raise self._ending() from cause
        if not isinstance(reply, Reply):
            raise Lost("worker did not reply")
        return reply

    def dismiss(self) -> int:
        """End the worker and return its status; that of a kill where its foreman is gone too."""
        if self.status is None:
            self.peer.close()
            try:
                self.status = self.foreman.dismiss(self.process)
            except Lost:
                self.status = signal.SIGKILL
        return self.status

    def is_alive(self) -> bool:
        """Tell whether an idle worker's end of the socket is still open."""
        try:
            self.peer.settimeout(0)
            return self.peer.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def _ending(self) -> Exception:
        status = self.dismiss()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return RenderLimit("排版所用处理器时间超过上限", hint="请把稿件拆成几期")
        return Lost(ending_of(status))


def ending_of(status: int) -> str:
    """Return how a process ended in one word, e.g. SIGSEGV or exit-1."""
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit-{os.waitstatus_to_exitcode(status)}"


def _pair() -> tuple[socket.socket, socket.socket]:
    try:
        return socket.socketpair()
    except OSError as cause:
        raise Lost("no descriptor to be had") from cause


def _start(far: socket.socket) -> subprocess.Popen[bytes]:
    """Start the foreman with this process's modules and none of its environment."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "TMPDIR": tempfile.gettempdir(),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    command = [sys.executable, "-m", "service.workers.foreman", str(far.fileno()), str(os.getpid())]
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
            raise EOFError("foreman took too long")

    return look
