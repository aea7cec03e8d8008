"""One process for each engine: asked with a seed and a length, it answers with its times."""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from time import perf_counter, process_time

import pikepdf

from benchmarks.service.processes import descendants, resident_bytes
from benchmarks.speed.engines import ENGINES, Engine, Prepare
from hongtou.rendering.worker import OBJECTS_BETWEEN
from tests.support.serving import processor_seconds

WARM = 3


@dataclass(frozen=True)
class Timing:
    """One render: seconds of CPU and of wall, bytes and pages made, bytes held after it."""

    cpu: float
    wall: float
    size: int
    pages: int = 0
    held: int = 0


class Worker:
    """An engine in a process of its own; ``fault`` says why it cannot render."""

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.workers", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self.fault: str = json.loads(self._from.readline() or '"没有启动"')

    def render(self, seed: int, times: int = 1) -> Timing:
        """Return the timing of one issue."""
        self._to.write(f"{seed} {times}\n")
        self._to.flush()
        return Timing(**json.loads(self._from.readline()))

    def close(self) -> None:
        """End the process."""
        self._to.close()
        self._process.wait()


def serve(engine: Engine) -> Iterator[str]:
    """Say that the engine is ready or why not, then answer each line ``seed length``."""
    with ExitStack() as stack:
        try:
            prepare = engine.open(stack)
            for seed in range(WARM):
                prepare(900_000 + seed, 1)()
        except Exception as fault:
            yield json.dumps(f"{engine.title}：{fault!r}")
            return
        yield '""'
        gc.collect()
        gc.freeze()  # as hongtou.rendering does
        gc.set_threshold(OBJECTS_BETWEEN)
        for line in sys.stdin:
            seed, times = map(int, line.split())
            yield json.dumps(vars(timed(engine, prepare, seed, times)))
            gc.collect()  # as hongtou.rendering does, while idle


def timed(engine: Engine, prepare: Prepare, seed: int, times: int) -> Timing:
    """Set one issue; what is not the engine's own work is done before and after."""
    work = prepare(seed, times)
    spent = process_time if engine.inside else helpers_seconds
    cpu, wall = spent(), perf_counter()
    content = work()
    wall, cpu = perf_counter() - wall, spent() - cpu
    return Timing(cpu, wall, len(content), pages_of(content), resident_bytes(os.getpid()))


def helpers_seconds() -> float:
    """Return what the processes that this one started have used: those that run, those that ended.

    Grandchildren that ended count where their parent waited for them and has ended itself.
    """
    total = children_seconds()
    for process in descendants(os.getpid()):
        with suppress(OSError):
            total += processor_seconds(process)
    return total


def children_seconds() -> float:
    """Return what children that ended, and theirs, have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pages_of(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


if __name__ == "__main__":
    for answer in serve(ENGINES[sys.argv[1]]):
        print(answer, flush=True)
