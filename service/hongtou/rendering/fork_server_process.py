"""The fork server: a single thread opens the typesetter once and forks workers from it.

Started by `hongtou.rendering.fork_server`, never by hand. It reads nothing that strangers sent.
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
    OomScore,
    die_with_parent,
    drop_rights,
    guard_memory,
    memory_ceiling,
    probe_protections,
    reserve_standard_streams,
    reset_signals,
)
from hongtou.rendering.worker import WorkerSettings, work

# Needed by some documents only, for dates and other encodings; a worker can open no file later.
LATE_IMPORTS = (
    "_strptime", "encodings.ascii", "encodings.cp1252", "encodings.idna", "encodings.latin_1",
    "encodings.punycode", "encodings.raw_unicode_escape", "encodings.unicode_escape",
    "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32",
    "encodings.utf_8_sig", "stringprep", "tracemalloc",
)  # fmt: skip
ENDING_SECONDS = 1.0  # the kernel may list a thread for a moment after its end


def main() -> None:
    """Open the typesetter, then fork and kill workers until the web process closes the socket."""
    reset_signals()
    oom_score = OomScore()
    guard_memory()
    reserve_standard_streams()
    die_with_parent(int(sys.argv[2]))  # also while opening, when no command is read
    control = socket.socket(fileno=int(sys.argv[1]))
    request, documents = receive(control, START_REQUEST)
    try:
        typesetter = _open(request, documents)
    except ServiceError as fault:
        send(control, STARTED.dump_json(Started(failure=Failure.of(fault))))
        return
    dropped = drop_rights()
    tried = probe_protections()
    gc.collect()
    gc.freeze()  # so that collections in a worker copy none of these pages
    send(control, STARTED.dump_json(Started((*dropped, *tried))))
    settings = WorkerSettings(typesetter, request.config, os.getpid(), tried)
    with suppress(ConnectionError):
        ForkServer(control, settings, oom_score).serve()


def _open(request: StartRequest, documents: Sequence[bytes]) -> Any:
    module, _, name = request.opener.partition(":")
    try:
        typesetter = attrgetter(name)(import_module(module))(request.config)
        for module in LATE_IMPORTS:
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
    """Check that no other thread runs: after a fork nobody would release the locks it holds.

    Raises:
        EngineFault: another thread is still there.
    """
    tasks = Path("/proc/self/task")
    deadline = time.monotonic() + ENDING_SECONDS
    while tasks.is_dir() and len(list(tasks.iterdir())) > 1:
        if time.monotonic() > deadline:
            raise EngineFault("排版引擎启动了线程，不能派生排版进程")
        time.sleep(ENDING_SECONDS / 100)


@dataclass(slots=True)
class ForkServer:
    """Forks and kills; ``workers`` holds the two processes of every worker by the first id."""

    control: socket.socket
    settings: WorkerSettings
    oom_score: OomScore
    workers: dict[int, tuple[int, int]] = field(default_factory=dict)

    def serve(self) -> None:
        """Obey the web process, one command after another, until it closes the socket."""
        while True:
            content, ends, _, _ = socket.recv_fds(self.control, COMMAND.size, 2, socket.MSG_WAITALL)
            if len(content) < COMMAND.size:
                return
            command, process = COMMAND.unpack(content)
            answer = NO_PROCESS
            if command == Command.FORK:
                answer = self._start_worker(ends)
            elif command == Command.KILL and process in self.workers:
                answer = self._kill(self.workers.pop(process))
            self.control.sendall(ANSWER.pack(*answer))

    def _start_worker(self, ends: Sequence[int]) -> tuple[int, int]:
        self.oom_score.for_worker()
        processes = [self._fork(end, ends) for end in ends]
        self.oom_score.for_fork_server()
        for end in ends:
            os.close(end)
        if None in processes:  # the limit of processes or memory is reached
            self._kill([process for process in processes if process])
            return NO_PROCESS
        maker, inspector = (process for process in processes if process)
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
            os._exit(status)  # never return into the loop of the fork server

    def _kill(self, processes: Sequence[int]) -> tuple[int, int]:
        """Kill and reap processes; an id stays theirs until they are reaped."""
        for process in processes:
            os.kill(process, signal.SIGKILL)
        statuses = [os.waitpid(process, 0)[1] for process in processes]
        return (statuses[0], statuses[1]) if len(statuses) == 2 else NO_PROCESS


if __name__ == "__main__":
    main()
