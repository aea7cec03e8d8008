"""One greedy key beside a modest one: what is left to the modest, and how long it waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException

from benchmarks.attack.row import Row
from benchmarks.attack.watched import Watched, bounded
from benchmarks.service.record import milliseconds, percentile
from tests.support.serving import ROOT

CROWDS = (2, 5, 20, 100)  # connections of the greedy key
SECONDS = 20.0
WORKERS = 2
OWN = 4  # connections of the modest key where it asks for as much as it can get
MAX_RENDERS_WAITED = 3.0  # what 95 in 100 requests of the modest key wait, in renders
MIN_SHARE = 0.45  # of all renders, for one of two that both ask for all: half, less what is noise


@dataclass
class Count:
    """What one key was answered."""

    done: int = 0
    refused: int = 0
    other: int = 0
    seconds: list[float] = field(default_factory=list)

    def note(self, status: int, seconds: float) -> None:
        if status == 200:
            self.done += 1
            self.seconds.append(seconds)
        elif status == 429:
            self.refused += 1
        else:
            self.other += 1


def run() -> list[Row]:
    """Measure what a modest key waits and gets beside a greedy one."""
    document = (ROOT / "examples" / "jianbao.json").read_bytes()
    with bounded(keys=("own", "greedy", "modest"), workers=WORKERS) as watched:
        alone = _asked(watched, document, 1)
        rows = [Row("独自，一个连接", _figures(alone), not alone.other and not alone.refused)]
        for crowd in CROWDS:
            rows += _beside(watched, document, crowd)
    return rows


def _beside(watched: Watched, document: bytes, crowd: int) -> Iterator[Row]:
    with _greedy(watched, document, crowd) as greedy:
        for own in (1, OWN):
            before = greedy.done
            modest = _asked(watched, document, own)
            theirs = greedy.done - before
            render = WORKERS * SECONDS / max(1, modest.done + theirs)  # while all workers work
            waited = max(0.0, percentile(modest.seconds, 0.95) / render - 1)
            share = modest.done / max(1, modest.done + theirs)
            kept = not modest.other and modest.done > 0
            if own == 1:
                kept = kept and not modest.refused and waited <= MAX_RENDERS_WAITED
            else:
                kept = kept and share >= MIN_SHARE
            yield Row(
                f"自己 {own} 个连接，另一把密钥 {crowd} 个连接不停地送",
                f"{_figures(modest)}；等候的 p95 为 {waited:.1f} 次排版，所得 {share:.0%}（它 429 {greedy.refused} 次）",
                kept,
            )


@contextmanager
def _greedy(watched: Watched, document: bytes, crowd: int) -> Iterator[Count]:
    over, count = threading.Event(), Count()
    threads = [
        threading.Thread(
            target=_keep_asking, args=(watched, document, "greedy", over.is_set, count)
        )
        for _ in range(crowd)
    ]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        yield count
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _asked(watched: Watched, document: bytes, connections: int) -> Count:
    count, end = Count(), time.monotonic() + SECONDS
    is_over = lambda: time.monotonic() > end  # noqa: E731
    arguments = (watched, document, "modest", is_over, count)
    threads = [threading.Thread(target=_keep_asking, args=arguments) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count


def _keep_asking(
    watched: Watched, document: bytes, name: str, is_over: Callable[[], bool], count: Count
) -> None:
    for body in _different(document):
        if is_over():
            return
        _ask(watched, body, name, count)


def _ask(watched: Watched, body: bytes, name: str, count: Count) -> None:
    began = time.monotonic()
    try:
        answer = watched.service.ask("POST", "/v1/render", body, 60, watched.headers(name))
        count.note(answer.status, time.monotonic() - began)
        if answer.status == 429:
            time.sleep(
                0.05
            )  # a crowd that does not read Retry-After, and yet leaves us a processor
    except (OSError, HTTPException):
        count.note(0, 0)


def _different(document: bytes) -> Iterator[bytes]:
    """Yield the document again and again, never the same: nothing is to be kept."""
    number = 0
    while True:
        number += 1
        yield document.rstrip() + b" " * (number % 5000) + b"\n"


def _figures(count: Count) -> str:
    return (
        f"{count.done} 期，429 {count.refused} 次，别的 {count.other} 次，"
        f"中位 {milliseconds(percentile(count.seconds, 0.5))}，"
        f"p95 {milliseconds(percentile(count.seconds, 0.95))}"
    )
