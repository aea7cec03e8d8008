"""Many renders in a row: memory stays flat and nothing is left behind."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.plots import Axis, Series, line_chart
from benchmarks.service.processes import Held, look
from benchmarks.service.record import ROOT, machine, mebibytes, milliseconds, percentile, write
from tests.support.serving import Serving, metric, serving

MIB = 1024 * 1024
STEPS = 50
WEB_GROWTH, WORKER_MOST = 10 * MIB, 400 * MIB


def soak(renders: int) -> None:
    run_on = machine()
    began = time.monotonic()
    with (
        TemporaryDirectory() as temporary,
        serving(under=["env", f"TMPDIR={temporary}"]) as service,
        ThreadPoolExecutor(2) as clients,
    ):
        documents = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.json"))]
        digests: dict[int, set[bytes]] = {}
        seconds: list[float] = []
        looks: list[Held] = []
        for _ in range(STEPS):
            seconds += clients.map(
                lambda number: _render(service, documents, digests, number),
                range(renders // STEPS),
            )
            looks.append(look(service.process.pid, Path(temporary)))
            print(len(seconds), looks[-1], flush=True)
        ended = metric(service, "hongtou_processes_ended_total")
    _draw(run_on, len(seconds), looks)
    _record(run_on, time.monotonic() - began, seconds, looks, digests, ended)


def _render(
    service: Serving, documents: list[bytes], digests: dict[int, set[bytes]], number: int
) -> float:
    which = number % len(documents)
    answer = service.render(documents[which])
    assert answer.status == 200, answer.body
    digests.setdefault(which, set()).add(answer.body)
    return answer.seconds


def _draw(run_on: str, renders: int, looks: list[Held]) -> None:
    """Plot the memory of each kind of process."""
    held = {
        "网络服务": [one.web_bytes for one in looks],
        "母进程": [one.fork_server_bytes for one in looks],
        "排版进程（最大的）": [max(one.workers_bytes, default=0) for one in looks],
    }
    series = [
        Series(
            name, [((step + 1) * renders / STEPS, count / MIB) for step, count in enumerate(counts)]
        )
        for name, counts in held.items()
    ]
    note = (
        f"{date.today().isoformat()}，{renders} 期，{run_on.partition('；')[0]}；含各进程共享的页"
    )
    chart = line_chart("久跑中各进程的内存", note, Axis("排好的期数"), Axis("内存（MiB）"), series)
    (ROOT / "docs" / "soak.svg").write_text(chart, encoding="utf-8")


def _descriptors(looks: list[Held]) -> float:
    """Return the usual number of descriptors; each worker that is there takes one more."""
    return median(one.descriptors - len(one.workers_bytes) for one in looks)


def _record(
    run_on: str,
    took: float,
    seconds: list[float],
    looks: list[Held],
    digests: dict[int, set[bytes]],
    ended: float,
) -> None:
    first, last = looks[STEPS // 4], looks[-1]  # after the first quarter all caches are full
    growth = last.web_bytes - first.web_bytes
    workers = max(max(one.workers_bytes, default=0) for one in looks)
    open_first, open_last = _descriptors(looks[: STEPS // 4]), _descriptors(looks[-STEPS // 4 :])
    write(
        "soak",
        run_on,
        {
            "排版": f"{len(seconds)} 期（两份示例轮流，同时两份），{took:.0f} 秒，每秒 {len(seconds) / took:.2f} 期",
            "用时": f"中位 {milliseconds(percentile(seconds, 0.5))}，p99 {milliseconds(percentile(seconds, 0.99))}",
            "网络服务内存（四分之一处 → 末尾）": f"{mebibytes(first.web_bytes)} → {mebibytes(last.web_bytes)}",
            "母进程内存": f"{mebibytes(first.fork_server_bytes)} → {mebibytes(last.fork_server_bytes)}",
            "排版进程内存（最多的一个，含共享页）": mebibytes(workers),
            "描述符（网络服务与母进程，不计各排版进程的一个；前四分之一与后四分之一的中位）": f"{open_first:.0f} → {open_last:.0f}",
        },
        {
            f"网络服务内存增长不超过 {mebibytes(WEB_GROWTH)}": growth <= WEB_GROWTH,
            f"排版进程不超过 {mebibytes(WORKER_MOST)}": workers <= WORKER_MOST,
            "没有多出的描述符": open_last <= open_first,
            "没有临时文件留下": not any(one.files for one in looks),
            "没有僵尸进程": not any(one.zombies for one in looks),
            "没有进程意外结束": not ended,
            "同一份稿件逐字节相同": all(len(one) == 1 for one in digests.values()),
        },
        {"looks": [asdict(one) for one in looks]},
    )
