"""One render that hangs: what others notice of it, and how soon after its limit it is dead."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

from benchmarks.service.processes import runs
from benchmarks.service.record import machine, milliseconds, percentile, write
from tests.support.serving import Answer, Serving, serving
from tests.support.stand_in import OPENER

SAMPLES = 150  # of each kind in a turn
RENDER_SECONDS = 0.02
LIMIT_SECONDS = 15  # longer than the samples take, so that all of them fall beside the hang
MAX_GROWTH = 1.2
DEAD_WITHIN_SECONDS = 1.0
SHARES = (0.5, 0.9, 0.99)


def hang(turns: int) -> None:
    """Time one client's renders alone and beside a hang, in turns."""
    run_on = machine()
    alone: list[float] = []
    beside: list[float] = []
    ended: list[float] = []
    with (
        serving(OPENER, workers=2, queue=2, threads=8, render_seconds=LIMIT_SECONDS) as service,
        ThreadPoolExecutor(1) as threads,
    ):
        _sample(service)
        for _ in range(turns):
            alone += _sample(service)
            process = service.do("tell").json["process"]  # idle, and so the next to be asked
            began = time.monotonic()
            hanging = threads.submit(service.do, "hang")
            time.sleep(0.1)
            beside += _sample(service)
            ended.append(_death(hanging, process) - began)
            print(len(alone), f"{ended[-1]:.2f}", flush=True)
    _record(run_on, turns, alone, beside, ended)


def _sample(service: Serving) -> list[float]:
    answers = [service.do("sleep", RENDER_SECONDS) for _ in range(SAMPLES)]
    assert all(answer.status == 200 for answer in answers)
    return [answer.seconds for answer in answers]


def _death(hanging: Future[Answer], process: int) -> float:
    """Return when the process was seen to be gone."""
    assert not hanging.done(), "the samples took longer than the hang"
    while runs(process):
        time.sleep(0.01)
    is_cancelled = time.monotonic()
    assert hanging.result().status == 504
    return is_cancelled


def _record(
    run_on: str, turns: int, alone: list[float], beside: list[float], ended: list[float]
) -> None:
    growth = {share: percentile(beside, share) / percentile(alone, share) - 1 for share in SHARES}
    late = max(ended) - LIMIT_SECONDS
    write(
        "hang",
        run_on,
        {
            "做法": f"一个客户端不停地送用时 {milliseconds(RENDER_SECONDS)} 的代用排版，独自与有一期排死时轮换 {turns} 回，每回各 {SAMPLES} 次",
            "独自": f"{len(alone)} 次，{_percentiles(alone)}",
            "另有一期排死": f"{len(beside)} 次，{_percentiles(beside)}",
            "增长": "，".join(f"{_title(share)} {grown:+.1%}" for share, grown in growth.items()),
            "排死的进程": f"时限 {LIMIT_SECONDS} 秒，{len(ended)} 次都在其后 {milliseconds(min(ended) - LIMIT_SECONDS)} 至 {milliseconds(late)} 消失",
        },
        {
            "其他请求的 p99 增长不到五分之一": growth[0.99] < MAX_GROWTH - 1,
            "时限后一秒内结束": late <= DEAD_WITHIN_SECONDS,
        },
        {"alone": alone, "beside": beside, "ended": ended},
    )


def _percentiles(seconds: list[float]) -> str:
    return "，".join(
        f"{_title(share)} {percentile(seconds, share) * 1000:.1f} ms" for share in SHARES
    )


def _title(share: float) -> str:
    return "中位" if share == 0.5 else f"p{share * 100:.0f}"
