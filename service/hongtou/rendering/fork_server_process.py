"""The fork server: one thread that opens the typesetter once and forks workers from it.

Started by `hongtou.rendering.fork_server`, never by hand. It reads nothing that a stranger sent.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from hongtou.bulletin.errors import EngineFault, ServiceError, SetupError
from hongtou.rendering.frames import receive, send
from hongtou.rendering.messages import (
    ANSWER,
    COMMAND,
    NO_PROCESS,
    START_REQUEST,
    STARTED,
    Command,
    Failure,
    Started,
    StartRequest,
)
from hongtou.rendering.sandbox import (
    Mortality,
    die_with_parent,
    guard_memory,
    leave_the_world,
    memory_ceiling,
    occupy_streams,
    take_signals,
    tried_protections,
)
from hongtou.rendering.worker import WorkerSettings, work

# Loaded now, since a worker can open no file: dates and texts of other encodings in what is sent.
MET_BY_SOME = (
    "_strptime", "encodings.ascii", "encodings.cp1252", "encodings.idna", "encodings.latin_1",
    "encodings.punycode", "encodings.raw_unicode_escape", "encodings.unicode_escape",
    "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32",
    "encodings.utf_8_sig", "stringprep", "tracemalloc",
)  # fmt: skip
ENDING_SECONDS = 1.0  # for a thread that has done its work: the kernel lists it a little longer


def main() -> None:
    """Opens the typesetter, then hire and dismiss until the other end closes."""
    take_signals()
    mortality = Mortality()
    guard_memory()
    occupy_streams()
    die_with_parent(int(sys.argv[2]))  # also while opening, when nobody reads what the web says
    control = socket.socket(fileno=int(sys.argv[1]))
    request, documents = receive(control, START_REQUEST)
    try:
        typesetter = _open(request, documents)
    except ServiceError as fault:
        send(control, STARTED.dump_json(Started(failure=Failure.of(fault))))
        return
    left = leave_the_world()
    tried = tried_protections()
    gc.collect()
    gc.freeze()  # collections in a worker then touch, and so copy, none of these pages
    send(control, STARTED.dump_json(Started((*left, *tried))))
    settings = WorkerSettings(typesetter, request.config, os.getpid(), tried)
    with suppress(ConnectionError):
        ForkServer(control, settings, mortality).serve()


def _open(request: StartRequest, documents: Sequence[bytes]) -> Any:
    module, _, name = request.opener.partition(":")
    try:
        typesetter = attrgetter(name)(import_module(module))(request.config)
        for module in MET_BY_SOME:
            import_module(module)
        typesetter.prepare(documents)
    except ServiceError:
        raise
    except MemoryError as cause:
        ceiling = memory_ceiling(request.config.render_memory_bytes)
        raise SetupError(f"排版引擎内存不足：{ceiling}", hint="请放宽内存") from cause
    except Exception as cause:
        raise EngineFault("排版引擎未能完成试排") from cause
    _refuse_threads()
    return typesetter


def _refuse_threads() -> None:
    """Fork only where nothing else runs: a lock that another thread holds is never freed."""
    tasks = Path("/proc/self/task")
    deadline = time.monotonic() + ENDING_SECONDS
    while tasks.is_dir() and len(list(tasks.iterdir())) > 1:
        if time.monotonic() > deadline:
            raise EngineFault("排版引擎启动了线程，不能派生排版进程")
        time.sleep(ENDING_SECONDS / 100)


@dataclass(slots=True)
class ForkServer:
    """Hires and dismisses: ``workers`` are the two processes of each, by the first of them."""

    control: socket.socket
    settings: WorkerSettings
    mortality: Mortality
    workers: dict[int, tuple[int, int]] = field(default_factory=dict)

    def serve(self) -> None:
        """Do what the web process wishes, one wish after another, until it is gone."""
        while True:
            content, ends, _, _ = socket.recv_fds(self.control, COMMAND.size, 2, socket.MSG_WAITALL)
            if len(content) < COMMAND.size:
                return
            wish, process = COMMAND.unpack(content)
            answer = NO_PROCESS
            if wish == Command.HIRE:
                answer = self._hire(ends)
            elif wish == Command.DISMISS and process in self.workers:
                answer = self._dismiss(self.workers.pop(process))
            self.control.sendall(ANSWER.pack(*answer))

    def _hire(self, ends: Sequence[int]) -> tuple[int, int]:
        self.mortality.of_worker()
        processes = [self._fork(end, ends) for end in ends]
        self.mortality.of_foreman()
        for end in ends:
            os.close(end)
        if None in processes:  # as many processes, or as much memory, as there may be
            self._dismiss([one for one in processes if one])
            return NO_PROCESS
        maker, inspector = (one for one in processes if one)
        self.workers[maker] = maker, inspector
        return maker, inspector

    def _fork(self, end: int, ends: Sequence[int]) -> int | None:
        try:
            process = os.fork()
        except OSError:
            return None
        if process:
            return process
        status = 1
        try:
            work(socket.socket(fileno=end), self.settings)
            status = 0
        finally:
            os._exit(status)  # never back into the fork server's own loop

    def _dismiss(self, processes: Sequence[int]) -> tuple[int, int]:
        """End processes if they have not ended; not waited for yet, each keeps its number."""
        for process in processes:
            os.kill(process, signal.SIGKILL)
        statuses = [os.waitpid(process, 0)[1] for process in processes]
        return (statuses[0], statuses[1]) if len(statuses) == 2 else NO_PROCESS


if __name__ == "__main__":
    main()
