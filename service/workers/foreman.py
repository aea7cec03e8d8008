"""The foreman: a process with one thread that opens the workshop once and forks workers from it.

Started by `service.workers.contact`, never by hand. It reads nothing that a stranger sent.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from service.config import Config
from service.errors import EngineFault, ServiceError
from service.order import Order
from service.workers.confinement import die_with_parent, isolate
from service.workers.frames import receive, send
from service.workers.task import ANSWER, NOBODY, WISH, Opened, Opening, Wish
from service.workers.worker import work

ENDING_SECONDS = 1.0  # for a thread that has done its work: the kernel lists it a little longer


def main() -> None:
    """Open the workshop, then hire and dismiss until the other end closes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the web process says when to end
    die_with_parent(int(sys.argv[2]))  # also while opening, when nobody reads what the web says
    control = socket.socket(fileno=int(sys.argv[1]))
    opening: Opening = receive(control)
    try:
        workshop = _open(opening)
    except ServiceError as fault:
        send(control, fault)
        return
    shields = isolate()
    gc.collect()
    gc.freeze()  # collections in a worker then touch, and so copy, none of these pages
    send(control, Opened(shields))
    with suppress(ConnectionError):
        _serve(control, workshop, opening.config)


def _open(opening: Opening) -> Any:
    module, _, name = opening.opener.partition(":")
    workshop = attrgetter(name)(import_module(module))(opening.config)
    try:
        for document in opening.documents:
            workshop.check(document, Order(), {})
    except ServiceError:
        raise
    except Exception as cause:
        raise EngineFault("排版引擎未能完成试排") from cause
    _refuse_threads()
    return workshop


def _refuse_threads() -> None:
    """Fork only where nothing else runs: a lock that another thread holds is never freed."""
    tasks = Path("/proc/self/task")
    deadline = time.monotonic() + ENDING_SECONDS
    while tasks.is_dir() and len(list(tasks.iterdir())) > 1:
        if time.monotonic() > deadline:
            raise EngineFault("排版引擎启动了线程，不能派生排版进程")
        time.sleep(ENDING_SECONDS / 100)


def _serve(control: socket.socket, workshop: Any, config: Config) -> None:
    workers: set[int] = set()
    while True:
        content, ends, _, _ = socket.recv_fds(control, WISH.size, 1, socket.MSG_WAITALL)
        if len(content) < WISH.size:
            return  # the web process is gone
        wish, process = WISH.unpack(content)
        answer = NOBODY
        if wish == Wish.HIRE:
            answer = _hire(control, ends[0], workshop, config)
            workers |= {answer} - {NOBODY}
        elif wish == Wish.DISMISS and process in workers:
            os.kill(process, signal.SIGKILL)  # not yet waited for, so the number is still its own
            workers.remove(process)
            answer = os.waitpid(process, 0)[1]
        control.sendall(ANSWER.pack(answer))


def _hire(control: socket.socket, end: int, workshop: Any, config: Config) -> int:
    foreman = os.getpid()
    try:
        process = os.fork()
    except OSError:  # as many processes, or as much memory, as there may be
        os.close(end)
        return NOBODY
    if process:
        os.close(end)
        return process
    status = 1
    try:
        control.close()
        work(socket.socket(fileno=end), workshop, config, foreman)
        status = 0
    finally:
        os._exit(status)  # never back into the foreman's own loop


if __name__ == "__main__":
    main()
