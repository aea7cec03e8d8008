"""A worker: a forked copy of the foreman that sets one issue after another, then ends."""

from __future__ import annotations

import gc
import itertools
import os
import traceback
from dataclasses import replace
from socket import socket
from typing import Any

from service.config import Config
from service.errors import EngineFault, RenderLimit, ServiceError
from service.workers.confinement import MIB, allow_cpu, bound, die_with_parent, resident_bytes
from service.workers.frames import receive, send
from service.workers.task import Reply, Task

RESIDENT_BYTES = 400 * MIB
OBJECTS_BETWEEN = 50_000  # collections: what a render leaves is collected after it


def work(peer: socket, workshop: Any, config: Config, foreman: int) -> None:
    """Answer tasks until spent or until the other end closes."""
    die_with_parent(foreman)
    bound(config.render_memory_bytes)
    _close_standard_streams()
    gc.set_threshold(OBJECTS_BETWEEN)
    for done in itertools.count(1):
        try:
            task = receive(peer)
        except EOFError:
            return
        allow_cpu(config.render_cpu_seconds)
        reply = perform(workshop, task)
        spent = (
            reply.spent or done >= config.renders_per_worker or resident_bytes() > RESIDENT_BYTES
        )
        send(peer, replace(reply, spent=spent))
        if spent:
            return
        del task, reply
        gc.collect()  # while idle: cheap, since all that was there before the fork is frozen


def perform(workshop: Any, task: Task) -> Reply:
    """Return what came of a task; never raises."""
    try:
        method = getattr(workshop, task.kind)
        return Reply(product=method(task.document, task.order, task.images))
    except BaseException as fault:  # the engine's fatal errors are no Exception
        return _failure(fault)


def _failure(fault: BaseException) -> Reply:
    if _is_out_of_memory(fault):
        return Reply(error=RenderLimit("排版所需内存超过上限", hint="请把稿件拆成几期"), spent=True)
    if isinstance(fault, EngineFault):
        return Reply(error=_bare(fault), trace=_trace(fault))
    if isinstance(fault, ServiceError):
        return Reply(error=_bare(fault))
    return Reply(error=EngineFault("排版未能完成"), trace=_trace(fault), spent=True)


def _is_out_of_memory(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, MemoryError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _bare(error: ServiceError) -> ServiceError:
    """Return an error without its traceback, which holds on to everything in its frames."""
    return error.with_traceback(None)


def _trace(fault: BaseException) -> str:
    return "".join(traceback.format_exception(fault))


def _close_standard_streams() -> None:
    """Let nothing that a library prints of an issue reach the log."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
