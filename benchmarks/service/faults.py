"""Kills of workers, foremen and the whole service at random moments, while clients go on asking."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import threading
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path

from benchmarks.service.processes import descendants, look
from benchmarks.service.record import ROOT, machine, percentile, write
from tests.support.serving import Serving, serving

CLIENTS = 4
PAUSE_SECONDS = (0.0, 0.3)
FOREMAN_SHARE = 0.04
SERVICE_SHARE = 0.01  # of all kills
NEVER_OVER_SECONDS = 15.0


def faults(seconds: float) -> None:
    """Kill for so many seconds."""
    run_on = machine()
    document = (ROOT / "examples" / "jianbao.json").read_bytes()
    deadline = time.monotonic() + seconds
    kills: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    starts: list[float] = []
    mends: list[float] = []
    zombies = 0
    whole: set[str] = set()
    random.seed(4)
    while time.monotonic() < deadline:
        began = time.monotonic()
        with serving() as service:
            starts.append(time.monotonic() - began)
            whole.add(hashlib.sha256(service.render(document).body).hexdigest())
            over = threading.Event()
            clients = [threading.Thread(target=_ask, args=(service, document, over, answers, whole))
                       for _ in range(CLIENTS)]
            for client in clients:
                client.start()
            while time.monotonic() < deadline:
                time.sleep(random.uniform(*PAUSE_SECONDS))
                if random.random() < SERVICE_SHARE:
                    break
                _kill_one(service, kills)
            else:
                mends.append(service.wait_until_ready(NEVER_OVER_SECONDS))
                time.sleep(1)
                zombies += look(service.process.pid).zombies
            own = descendants(service.process.pid)
            service.process.kill()
            kills["service"] += 1
            over.set()
            for client in clients:
                client.join()
            time.sleep(0.5)
            kills["left over"] += sum(_runs(process) for process in own)
    left = kills.pop("left over", 0)
    refused = {name for name in answers if name not in ("200", "429", "503", "closed")}
    write(
        "faults", run_on,
        {
            "时长": f"{seconds:.0f} 秒，{CLIENTS} 个客户端不停地送示例 jianbao（2 页）",
            "结束的进程（SIGKILL）": f"排版进程 {kills['worker']}，领班 {kills['foreman']}，整个服务 {kills['service']}",
            "答复": "，".join(f"{name} {count}" for name, count in sorted(answers.items())) + "（closed：服务本身被结束）",
            "服务从启动到就绪": f"最长 {max(starts):.1f} 秒，中位 {percentile(starts, 0.5):.1f} 秒（{len(starts)} 次）",
            "最后一次之后就绪": f"{max(mends, default=0):.1f} 秒",
        },
        {
            "没有一份残缺或不同的 PDF": len(whole) == 1 and "torn" not in answers,
            "只有 200、429、503": not refused,
            "服务结束后没有留下进程": left == 0,
            "没有僵尸进程": zombies == 0,
            "启动后 5 秒内就绪": max(starts) < 5,
        },
        {"kills": kills, "answers": answers, "starts": starts},
    )


def _kill_one(service: Serving, kills: Counter[str]) -> None:
    own = descendants(service.process.pid)
    if not own:
        return
    try:
        foremen = [one for one in own if os.getpgid(one) == one]
        workers = [one for one in own if one not in foremen]
        kind = "foreman" if random.random() < FOREMAN_SHARE else "worker"
        process = random.choice(foremen if kind == "foreman" else workers)
        os.kill(process, signal.SIGKILL)
        kills[kind] += 1
    except (ProcessLookupError, IndexError):
        return


def _ask(
    service: Serving, document: bytes, over: threading.Event, answers: Counter[str], whole: set[str]
) -> None:
    while not over.is_set():
        try:
            answer = service.render(document)
        except (OSError, HTTPException):
            # An answer cut short counts as closed only where the service itself was ended.
            answers["closed" if over.wait(2) else "torn"] += 1
            continue
        answers[str(answer.status)] += 1
        if answer.status == 200:
            whole.add(hashlib.sha256(answer.body).hexdigest())
        else:
            time.sleep(0.1)


def _runs(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
