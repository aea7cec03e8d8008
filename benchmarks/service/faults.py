"""Kills of workers, fork servers and the whole service at random moments, while clients go on asking."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.service.processes import descendants, look, runs
from benchmarks.service.record import ROOT, machine, percentile, write
from tests.support.serving import Serving, serving

CLIENTS = 4
PAUSE_SECONDS = (0.0, 0.3)
FORK_SERVER_SHARE = 0.04
SERVICE_SHARE = 0.01  # of all kills
NEVER_OVER_SECONDS = 15.0


@dataclass
class Tally:
    """What was done to the service, and what came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    whole: set[str] = field(default_factory=set)  # digests of all PDFs
    starts: list[float] = field(default_factory=list)
    mends: list[float] = field(default_factory=list)
    zombies: int = 0
    files: int = 0
    left: int = 0


def faults(kills: int, seconds: float) -> None:
    """Kill so many processes, but for no longer than this."""
    run_on = machine()
    document = (ROOT / "examples" / "jianbao.json").read_bytes()
    began = time.monotonic()
    tally = Tally()
    random.seed(4)

    def enough() -> bool:
        return tally.kills.total() >= kills or time.monotonic() > began + seconds

    while not enough():
        _one_service(document, tally, enough)
        print(tally.kills.total(), flush=True)
    _record(run_on, kills, time.monotonic() - began, tally)


def _one_service(document: bytes, tally: Tally, enough: Callable[[], bool]) -> None:
    """Start a service, kill its processes, and at last the service itself."""
    began = time.monotonic()
    with (
        TemporaryDirectory() as temporary,
        serving(under=["env", f"TMPDIR={temporary}"]) as service,
    ):
        tally.starts.append(time.monotonic() - began)
        tally.whole.add(hashlib.sha256(service.render(document).body).hexdigest())
        over = threading.Event()
        clients = [
            threading.Thread(target=_ask, args=(service, document, over, tally))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        while not enough():
            time.sleep(random.uniform(*PAUSE_SECONDS))
            if random.random() < SERVICE_SHARE:
                break
            _kill_one(service, tally.kills)
        else:
            tally.mends.append(service.wait_until_ready(NEVER_OVER_SECONDS))
            time.sleep(1)
            held = look(service.process.pid, Path(temporary))
            tally.zombies += held.zombies
            tally.files += held.files
        own = descendants(service.process.pid)
        service.process.kill()
        tally.kills["service"] += 1
        over.set()
        for client in clients:
            client.join()
        time.sleep(0.5)
        tally.left += sum(runs(process) for process in own)


def _record(run_on: str, wanted: int, took: float, tally: Tally) -> None:
    kills, starts = tally.kills, tally.starts
    refused = {name for name in tally.answers if name not in ("200", "429", "503", "closed")}
    write(
        "faults",
        run_on,
        {
            "时长": f"{took:.0f} 秒，{CLIENTS} 个客户端不停地送示例 jianbao（2 页）",
            "结束的进程（SIGKILL）": f"{kills.total()} 个：排版进程 {kills['worker']}，母进程 {kills['fork_server']}，整个服务 {kills['service']}",
            "答复": "，".join(f"{name} {count}" for name, count in sorted(tally.answers.items()))
            + "（closed：服务本身被结束）",
            "服务从启动到就绪": f"最长 {max(starts):.1f} 秒，中位 {percentile(starts, 0.5):.1f} 秒（{len(starts)} 次）",
            "最后一次之后就绪": f"{max(tally.mends, default=0):.1f} 秒",
        },
        {
            f"结束了 {wanted} 个进程": kills.total() >= wanted,
            "没有一份残缺或不同的 PDF": len(tally.whole) == 1 and "torn" not in tally.answers,
            "只有 200、429、503": not refused,
            "服务结束后没有留下进程": tally.left == 0,
            "没有僵尸进程": tally.zombies == 0,
            "没有临时文件留下": tally.files == 0,
            "启动后 5 秒内就绪": max(starts) < 5,
        },
        vars(tally) | {"whole": sorted(tally.whole)},
    )


def _kill_one(service: Serving, kills: Counter[str]) -> None:
    own = descendants(service.process.pid)
    if not own:
        return
    try:
        fork_servers = [one for one in own if os.getpgid(one) == one]
        workers = [one for one in own if one not in fork_servers]
        kind = "fork_server" if random.random() < FORK_SERVER_SHARE else "worker"
        process = random.choice(fork_servers if kind == "fork_server" else workers)
        os.kill(process, signal.SIGKILL)
        kills[kind] += 1
    except (ProcessLookupError, IndexError):
        return


def _ask(service: Serving, document: bytes, over: threading.Event, tally: Tally) -> None:
    while not over.is_set():
        try:
            answer = service.render(document)
        except (OSError, HTTPException):
            # An answer cut short counts as closed only where the service itself was ended.
            tally.answers["closed" if over.wait(2) else "torn"] += 1
            continue
        tally.answers[str(answer.status)] += 1
        if answer.status == 200:
            tally.whole.add(hashlib.sha256(answer.body).hexdigest())
        else:
            time.sleep(0.1)
