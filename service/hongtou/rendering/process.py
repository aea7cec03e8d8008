"""The web process's client of a worker: two processes, one makes files, one inspects them."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin.errors import RenderLimit
from hongtou.rendering.caller import IsCancelled
from hongtou.rendering.frames import FROM_WORKER, receive, send
from hongtou.rendering.messages import CALL, FILES, REPLIES, Call, Reply
from hongtou.rendering.remedies import remedy

LOOK_SECONDS = 0.2  # between checks of the deadline and of the client
ENDING_SECONDS = 5.0  # for the fork server to report how a worker ended

Statuses = tuple[int, int]  # `os.waitpid` statuses: of the maker, of the inspector
KILLED: Statuses = (signal.SIGKILL, signal.SIGKILL)


class Cancelled(Exception):
    """The client left before its answer was ready."""


class WorkerDied(Exception):
    """A process ended without an answer or had to be killed; the text says how."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time limit of a task (``work`` names it), and whether its client still waits."""

    seconds: float
    is_cancelled: IsCancelled
    until: float
    work: str = "排版"

    @classmethod
    def of(cls, seconds: float, is_cancelled: IsCancelled, work: str = "排版") -> Deadline:
        """Return a deadline that many seconds from now."""
        return cls(seconds, is_cancelled, time.monotonic() + seconds, work)

    def look(self) -> None:
        """Check the time and the client.

        Raises:
            RenderLimit: the time is up.
            Cancelled: the client has left.
        """
        if time.monotonic() > self.until:
            raise RenderLimit(f"{self.work}超过 {self.seconds:g} 秒")
        if self.is_cancelled():
            raise Cancelled


@dataclass(slots=True)
class Worker:
    """A worker as the web process sees it: one task at a time, for one thread.

    ``tenant`` is the tenant whose documents it has seen, None as long as it has seen only ours.
    ``kill`` makes the fork server kill both processes, named by the id of the maker.
    """

    maker: socket.socket
    inspector: socket.socket
    processes: tuple[int, int]
    fork_server: object
    kill: Callable[[int], Future[Statuses]]
    tenant: str | None = None
    done: int = 0
    _ended: Future[Statuses] | None = field(default=None, init=False)

    def do(
        self, call: Call, blobs: Sequence[bytes], deadline: Deadline
    ) -> tuple[Reply[Any], list[bytes]]:
        """Return the reply to a call, and the files that it made.

        Raises:
            RenderLimit: the time is up, or the kernel killed it for its processor time.
            Cancelled: the client left.
            WorkerDied: a process ended in any other way, or did not reply as it must.

        After any of these, and after a reply that says ``spent``, the worker must be ended.
        """
        peer = self.inspector if call.kind == "inspect" else self.maker
        try:
            send(peer, CALL.dump_json(call), blobs, tick=deadline.look)
            bounds = FILES.get(call.kind, FROM_WORKER)
            reply, files = receive(peer, REPLIES[call.kind], bounds=bounds, tick=deadline.look)
        except RenderLimit as limit:
            limit.hint = remedy(call, blobs)
            raise
        except (EOFError, OSError) as cause:
            hint = remedy(call, blobs)
            raise self._ending(deadline, int(peer is self.inspector), hint) from cause
        if (reply.product is None) == (reply.failure is None):
            raise WorkerDied("worker did not reply")
        return reply, files

    def end(self) -> Future[Statuses]:
        """Kill both processes; the future holds how they ended."""
        if self._ended is None:
            self.maker.close()
            self.inspector.close()
            self._ended = self.kill(self.processes[0])
        return self._ended

    def is_idle(self) -> bool:
        """Tell whether both processes are alive and neither sends anything unasked."""
        return _is_silent(self.maker) and _is_silent(self.inspector)

    def _ending(self, deadline: Deadline, which: int, hint: str) -> Exception:
        status = waited(self.end(), deadline.look)[which]
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return RenderLimit("排版所用处理器时间超过上限", hint=hint)
        return WorkerDied(ending_of(status))


def waited(ended: Future[Statuses], look: Callable[[], None]) -> Statuses:
    """Return how processes ended; KILLED if the fork server does not report it in time."""
    deadline = time.monotonic() + ENDING_SECONDS
    while time.monotonic() < deadline:
        try:
            return ended.result(LOOK_SECONDS)
        except TimeoutError:
            look()
        except (WorkerDied, CancelledError):
            break
    return KILLED


def ending_of(status: int) -> str:
    """Return how a process ended as one word, such as SIGSEGV or exit-1."""
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit-{os.waitstatus_to_exitcode(status)}"


def _is_silent(peer: socket.socket) -> bool:
    try:
        asked = select.poll()
        asked.register(peer, select.POLLIN)
        return not asked.poll(0)
    except (OSError, ValueError):  # closed on our side
        return False
