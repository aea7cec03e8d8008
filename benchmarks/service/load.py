"""Ten times more requests than can be served: refused at once, served at full rate, no harm after."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from benchmarks.service.flood import Flood
from benchmarks.service.processes import processor_seconds
from benchmarks.service.record import ROOT, machine, milliseconds, percentile, write
from tests.support.serving import Answer, Serving, serving

OVERLOAD = 10.5  # of the capacity before; what it was is told against the mean of before and after
HEALTH_SECONDS = 0.25
CAPACITY_SHARE = 0.2  # of the run, to measure capacity


def load(seconds: float) -> None:
    run_on = machine()
    document = (ROOT / "examples" / "dongtai.json").read_bytes()
    with serving() as service:
        span = max(10.0, seconds * CAPACITY_SHARE)
        capacity = _capacity(service, document, span)
        health: list[Answer] = []
        watcher = threading.Thread(
            target=lambda: health.extend(
                _drive(
                    service,
                    seconds,
                    1,
                    lambda: service.ask("GET", "/healthz"),
                    pause=HEALTH_SECONDS,
                )
            )
        )
        watcher.start()
        flood = Flood(service.port, _request(service, document), OVERLOAD * capacity)
        before = processor_seconds(service.process.pid)
        answers = flood.run(seconds)
        spent = [b - a for a, b in zip(before, processor_seconds(service.process.pid), strict=True)]
        later = _capacity(service, document, span)
        after = service.render(document)
        watcher.join()
    _record(run_on, seconds, span, (capacity, later), answers, health, after, spent)


def _capacity(service: Serving, document: bytes, seconds: float) -> float:
    """Return the issues per second that two clients get done, who never wait."""
    return len(_drive(service, seconds, 2, lambda: service.render(document))) / seconds


def _request(service: Serving, document: bytes) -> bytes:
    head = (
        f"POST /v1/render HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(document)}\r\n\r\n"
    )
    return head.encode() + document


def _drive(
    service: Serving,
    seconds: float,
    clients: int,
    ask: Callable[[], Answer],
    pause: float = 0.0,
) -> list[Answer]:
    answers: list[Answer] = []
    deadline = time.monotonic() + seconds

    def client() -> None:
        while time.monotonic() < deadline:
            try:
                answers.append(ask())
            except (OSError, HTTPException):
                answers.append(Answer(0, {}, b"", 0.0))
            time.sleep(pause)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _record(
    run_on: str,
    seconds: float,
    span: float,
    capacities: tuple[float, float],
    answers: list[Answer],
    health: list[Answer],
    after: Answer,
    spent: list[float],
) -> None:
    capacity = sum(capacities) / 2
    statuses = Counter(answer.status for answer in answers)
    refusals = [answer.seconds for answer in answers if answer.status in (429, 503)]
    done = [answer.seconds for answer in answers if answer.status == 200]
    healthy = [answer.seconds for answer in health]
    goodput = len(done) / (seconds + ((done and percentile(done, 0.5)) or 0))
    raw: dict[str, Any] = {
        "statuses": statuses,
        "capacities": capacities,
        "processor_seconds": spent,
    }
    write(
        "load",
        run_on,
        {
            "容量": f"每秒 {capacity:.2f} 期（示例 dongtai，6 页；两个客户端不停地送，过载之前 {capacities[0]:.2f}、之后 {capacities[1]:.2f}，各 {span:.0f} 秒）",
            "过载": f"{seconds:.0f} 秒，送来 {len(answers)} 次，每秒 {len(answers) / seconds:.1f} 次，为容量的 {len(answers) / seconds / capacity:.1f} 倍",
            "答复": "，".join(
                f"{status or '无答复'} {count} 次" for status, count in sorted(statuses.items())
            ),
            "拒绝用时": f"中位 {milliseconds(percentile(refusals, 0.5))}，p99 {milliseconds(percentile(refusals, 0.99))}，最长 {milliseconds(max(refusals, default=0))}",
            "做成": f"每秒 {goodput:.2f} 期，为容量的 {goodput / capacity:.0%}；中位 {milliseconds(percentile(done, 0.5))}，p99 {milliseconds(percentile(done, 0.99))}",
            "/healthz": f"{len(healthy)} 次，p99 {milliseconds(percentile(healthy, 0.99))}，最长 {milliseconds(max(healthy, default=0))}",
            "处理器": "网络服务 {:.1f} 秒，排版进程 {:.1f} 秒，压测自身 {:.1f} 秒".format(*spent),
            "过载停止后的第一次": f"{after.status}，{milliseconds(after.seconds)}",
        },
        {
            "只有 200、429、503": set(statuses) <= {200, 429, 503},
            "拒绝都带 Retry-After": all(
                "Retry-After" in one.headers for one in answers if one.status != 200
            ),
            "拒绝 p99 不到 100 ms": percentile(refusals, 0.99) < 0.1,
            "做成不少于容量的 90 %": goodput >= 0.9 * capacity,
            "/healthz p99 不到 200 ms": percentile(healthy, 0.99) < 0.2,
            "5 秒内恢复": after.status == 200 and after.seconds < 5,
        },
        raw,
    )
