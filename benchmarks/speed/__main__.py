"""Time hongtou beside its peers: in turns, every issue new, from 1 to N times the real length.

usage: python -m benchmarks.speed [--short] [--memory N]

Each engine is a process of its own. Quote the ratios: times of one machine drift. Writes
out/speed.json; the long form also the tables and the plot of docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from benchmarks.service.record import ROOT, machine
from benchmarks.speed.engines import ENGINES
from benchmarks.speed.over_http import rate, repeats
from benchmarks.speed.processes import COMMANDS, cold_timings
from benchmarks.speed.report import plot, tables, write_docs
from benchmarks.speed.workers import Timing, Worker

LOOKS = 50  # at the memory of an engine
KEPT_WARM = ("hongtou", "typst")  # whose memory is their own process's


@dataclass(frozen=True)
class Form:
    """How much of everything a run measures."""

    name: str
    lengths: Sequence[int]
    rounds: int  # of the real issue; longer ones get as many less
    least_rounds: int
    repeats: int
    renders: int  # for each rate
    cold: int
    memory: int


LONG = Form("全程", (1, 4, 16, 64), 30, 5, 40, 200, 7, 1000)
SHORT = Form("短测", (1, 4), 6, 3, 6, 24, 2, 50)


def main() -> None:
    """Run all of it, or a minute of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--short", action="store_true", help="about a minute; docs stay as they are"
    )
    parser.add_argument("--memory", type=int, help="issues after which to look at the memory")
    options = parser.parse_args()
    form = SHORT if options.short else LONG
    results = run(replace(form, memory=options.memory or form.memory))
    out = ROOT / "out"
    out.mkdir(exist_ok=True)
    text = json.dumps(results, ensure_ascii=False, default=asdict)
    (out / "speed.json").write_text(text, encoding="utf-8")
    results = json.loads(text)
    print(tables(results))
    if options.short:
        (out / "speed-length.svg").write_text(plot(results), encoding="utf-8")
    else:
        write_docs(results)


def run(form: Form) -> dict[str, Any]:
    """Return everything that a run found, the timings of every round among it."""
    results: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": machine(),
        "form": form.name,
        "renders": form.memory,
    }
    workers, skipped = workers_here()
    skipped |= {command.missing(): None for command in COMMANDS.values() if command.missing()}
    results["skipped"] = list(skipped)
    results["lengths"] = {str(length): of_length(workers, length, form) for length in form.lengths}
    for worker in workers.values():
        worker.close()
    _say("内存")
    results["held"] = {name: held(name, form) for name in KEPT_WARM if name in workers}
    _say("经 HTTP")
    results["http"] = repeats(form.repeats)
    results["rates"] = {str(count): rate(count, form.renders) for count in (1, 2)}
    _say("从进程启动")
    results["cold"] = cold_timings(form.cold)
    return results


def workers_here() -> tuple[dict[str, Worker], dict[str, None]]:
    """Return the engines that run here, and why the others do not."""
    workers, skipped = {}, {}
    for name, engine in ENGINES.items():
        fault = engine.missing()
        if not fault:
            workers[name] = Worker(name)
            fault = workers[name].fault
        if fault:
            print(f"略去 {fault}", flush=True)
            skipped[fault] = None
            workers.pop(name, None)
    return workers, skipped


def of_length(workers: dict[str, Worker], length: int, form: Form) -> dict[str, list[Timing]]:
    """Return the timings of every engine at one length, in turns."""
    rounds = max(form.least_rounds, form.rounds // length)
    _say(f"{length} 倍，{rounds} 轮")
    found: dict[str, list[Timing]] = {name: [] for name in workers}
    for seed in range(rounds):
        for name, worker in workers.items():
            found[name].append(worker.render(1000 * length + seed, length))
    return found


def held(name: str, form: Form) -> list[int]:
    """Return the bytes that an engine holds, looked at now and then while it sets issues.

    It starts anew: the heap that a very long issue left behind is no leak.
    """
    every = max(1, form.memory // LOOKS)
    worker = Worker(name)
    looks = [worker.render(500_000 + seed).held for seed in range(form.memory)]
    worker.close()
    return looks[every - 1 :: every]


def _say(what: str) -> None:
    print(f"……{what}", flush=True)


if __name__ == "__main__":
    main()
