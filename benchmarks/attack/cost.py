"""What the dearest issues that are allowed cost, and those just beyond.

Each is made in a process of its own that is held to the limits of a worker.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import NamedTuple

from benchmarks.attack.issues import BEYOND, WORST, Sent
from benchmarks.attack.row import Row
from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.order import Order
from hongtou.config import Config, read_config
from hongtou.pipeline import Typesetter

MAX_SECONDS = 12.0  # of a processor: little over half of what a worker is given
MAX_REFUSAL_SECONDS = 2.0  # for an issue over a limit, before anything is set or decoded


class Outcome(NamedTuple):
    """What came of an issue: pages, or why it was not set; processor seconds and memory in MiB."""

    verdict: str
    is_set: bool
    seconds: float
    mebibytes: int

    @property
    def figures(self) -> str:
        return f"{self.seconds:.1f} 秒处理器时间，{self.mebibytes} MiB，{self.verdict}"


def run() -> list[Row]:
    """Set the dearest issues and refuse those beyond, and tell what each took."""
    config = read_config({})
    typesetter = Typesetter.open(config)
    rows = []
    for name, make in WORST.items():
        made = measured(make(), typesetter, config)
        rows.append(Row(name, made.figures, made.is_set and made.seconds <= MAX_SECONDS))
        print(f"{rows[-1].ok:d} {name}：{made.figures}", flush=True)
    for name, make in BEYOND.items():
        made = measured(make(), typesetter, config)
        was_refused = not made.is_set and made.seconds <= MAX_REFUSAL_SECONDS
        rows.append(Row(f"超过上限：{name}", made.figures, was_refused))
        print(f"{rows[-1].ok:d} {name}：{made.figures}", flush=True)
    return rows


def measured(made: Sent | bytes, typesetter: Typesetter, config: Config) -> Outcome:
    """Set an issue in a process of its own."""
    sent = made if isinstance(made, Sent) else Sent(made)
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        try:
            _hold(config)
            os.write(writing, _verdict(sent, typesetter).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        verdict = told.read()
    _, status, used = os.wait4(process, 0)
    if os.WIFSIGNALED(status):
        verdict = f"被结束：{signal.Signals(os.WTERMSIG(status)).name}"
    seconds = used.ru_utime + used.ru_stime
    return Outcome(verdict, verdict.endswith("页"), seconds, used.ru_maxrss // 1024)


def _hold(config: Config) -> None:
    """Hold this process to what a worker is held to."""
    seconds, memory = config.render_cpu_seconds, config.render_memory_bytes
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _verdict(sent: Sent, typesetter: Typesetter) -> str:
    try:
        return f"{typesetter.produce(sent.document, Order(), sent.images).page_count} 页"
    except ServiceError as refusal:
        codes = sorted({finding.code for finding in refusal.findings})
        return "、".join(codes) or type(refusal).__name__


def main() -> None:
    """Set one issue, in a process that has held nothing before; exit 1 where it was not set."""
    table, name = sys.argv[1:]
    config = read_config({})
    made = measured(
        {"worst": WORST, "beyond": BEYOND}[table][name](), Typesetter.open(config), config
    )
    print(made.figures)
    sys.exit(not made.is_set)


if __name__ == "__main__":
    main()
