"""Time hongtou beside its peers: in turns, every issue new, from 1 to N times the real length.

usage: python -m benchmarks.speed [--short]

Warm engines are processes of their own; what has no warm form is a process a render. Quote the
ratios: times of one machine drift. Writes out/speed.json, the tables and plots of
docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from benchmarks.service.record import ROOT, machine
from benchmarks.speed.over_http import OverHttp, throughput
from benchmarks.speed.processes import engines_here, timed
from benchmarks.speed.report import write_docs
from benchmarks.speed.workers import ENGINES, Timing, Worker
from tests.support.serving import serving

Figures = dict[str, dict[str, float]]


def main() -> None:
    """Run all of it, or a minute of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="about a minute; docs stay as they are")
    short = parser.parse_args().short
    results: dict[str, Any] = {"date": date.today().isoformat(), "machine": machine()}
    workers = {name: Worker(name) for name in ENGINES}
    lengths = (1, 4) if short else (1, 4, 16, 64)
    results["lengths"] = {
        length: of_length(workers, length, max(3, (8 if short else 30) // length))
        for length in lengths
    }
    print(json.dumps(results["lengths"], indent=1), flush=True)
    results["http"] = over_http(workers["typst"], 8 if short else 40)
    results["rates"] = {count: throughput(count, 5 if short else 20) for count in (1, 2)}
    results["processes"] = of_processes(2 if short else 7)
    results["worker_bytes"] = workers["hongtou"].memory(50 if short else 1000)
    for worker in workers.values():
        worker.close()
    out = ROOT / "out" / "speed.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    print(write_docs(json.loads(out.read_text(encoding="utf-8")), keep=short))


def of_length(workers: dict[str, Worker], length: int, rounds: int) -> Figures:
    """Return the medians of every warm engine at one length."""
    found: dict[str, list[Timing]] = {name: [] for name in workers}
    for seed in range(rounds):
        for name, worker in workers.items():
            found[name].append(worker.render(1000 * length + seed, length))
    return {name: medians(timings) for name, timings in found.items()}


def over_http(typst: Worker, rounds: int) -> dict[str, float]:
    """Return seconds over HTTP, in turns with Typst in its own process."""
    rendered, beside, previews = [], [], []
    with serving(shelf_bytes=64 * 1024 * 1024) as service:
        client = OverHttp(service)
        for seed in range(rounds):
            rendered.append(client.render(800_000 + seed)[0])
            beside.append(typst.render(800_000 + seed).wall)
            previews.append(client.preview(850_000 + seed))
        repeated = client.repeat(rounds)
    return {
        "render": median(rendered), "typst": median(beside), "preview": median(previews), **repeated
    }


def of_processes(rounds: int) -> Figures:
    """Return the medians of whatever is a process a render, in turns."""
    found: dict[str, list[Timing]] = {name: [] for name in engines_here()}
    for seed in range(rounds + 1):
        for name, render in engines_here().items():
            found[name].append(timed(render, 900_000 + seed))
    return {name: medians(timings[1:]) for name, timings in found.items()}  # the first fills caches


def medians(timings: list[Timing]) -> dict[str, float]:
    """Return milliseconds and bytes."""

    def middle(of: Callable[[Timing], float]) -> float:
        return median(map(of, timings))

    return {
        "cpu_ms": middle(lambda one: one.cpu) * 1000,
        "wall_ms": middle(lambda one: one.wall) * 1000,
        "bytes": middle(lambda one: one.size),
        "pages": middle(lambda one: one.pages),
    }


if __name__ == "__main__":
    main()
