"""What the dearest issues that are allowed cost: processor seconds and memory, each in a process of
its own that is held to the limits of a worker.

    python -m benchmarks.attack.cost [a part of a name]
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterator
from time import process_time
from typing import NamedTuple

from benchmarks.attack.issues import WORST, Sent
from service.config import Config, read_config
from service.errors import ReviewFailed
from service.order import Order
from service.pipeline import Workshop

MOST_SECONDS = 12.0  # of a processor: little over half of what a worker is given


class Row(NamedTuple):
    """One issue: processor seconds, memory in MiB, and what came of it."""

    name: str
    seconds: float
    mebibytes: int
    verdict: str

    @property
    def is_good(self) -> bool:
        """Tell whether the issue was set in time: an answer that says why not is none here."""
        return self.verdict.endswith("页") and self.seconds <= MOST_SECONDS


def run(wanted: str = "") -> Iterator[Row]:
    """Set each of the dearest issues in a process of its own, and tell what it took."""
    config = read_config({})
    workshop = Workshop.open(config)
    for name, make in WORST.items():
        if wanted in name:
            made = make()
            yield _measured(name, made if isinstance(made, Sent) else Sent(made), workshop, config)


def _measured(name: str, sent: Sent, workshop: Workshop, config: Config) -> Row:
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _hold(config)
        os.write(writing, _verdict(sent, workshop).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        verdict = told.read()
    _, status, used = os.wait4(process, 0)
    if os.WIFSIGNALED(status):
        verdict = f"被结束：{signal.Signals(os.WTERMSIG(status)).name}"
    return Row(name, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, verdict)


def _hold(config: Config) -> None:
    """Hold this process to what a worker is held to."""
    seconds, memory = config.render_cpu_seconds, config.render_memory_bytes
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _verdict(sent: Sent, workshop: Workshop) -> str:
    try:
        return f"{workshop.produce(sent.document, Order(), sent.images).page_count} 页"
    except ReviewFailed as failure:
        return " ".join(sorted({finding.code for finding in failure.findings[:5]}))
    except Exception as fault:
        return type(fault).__name__


def main() -> None:
    began = process_time()
    rows = []
    for row in run(" ".join(sys.argv[1:])):
        rows.append(row)
        mark = "✓" if row.is_good else "✗"
        print(f"{mark} {row.seconds:5.1f} s {row.mebibytes:5} MiB  {row.name}：{row.verdict}", flush=True)
    print(f"{len(rows)} 种，准备用时 {process_time() - began:.0f} s")
    sys.exit(not all(row.is_good for row in rows))


if __name__ == "__main__":
    main()
