"""Time hongtou beside Typst: warm, in turns, every issue new, from 1 to N times the real length.

usage: python -m benchmarks.speed [--rounds N] [--lengths 1,4,16] [--out FILE.json]

Each engine is a warm process of its own. Quote the ratios: times of one machine drift.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.speed.workers import ENGINES, Timing, Worker


def main() -> None:
    """Run the rounds, print the tables and write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lengths", default="1,4,16")
    parser.add_argument("--out", type=Path, default=Path("out/speed.json"))
    options = parser.parse_args()
    lengths = [int(length) for length in options.lengths.split(",")]
    workers = {name: Worker(name) for name in ENGINES if _is_there(name)}
    results: dict[str, Any] = {}
    for length in lengths:
        rounds = max(3, options.rounds // length)
        results[str(length)] = timed(workers, length, rounds)
        report(length, results[str(length)])
    for worker in workers.values():
        worker.close()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1), encoding="utf-8")


def _is_there(name: str) -> bool:
    try:
        __import__("service" if name == "hongtou" else name)
    except ImportError:
        sys.stderr.write(f"{name} is not installed\n")
        return False
    return True


def timed(workers: dict[str, Worker], length: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return the medians of every engine over these rounds, run in turns."""
    timings: dict[str, list[Timing]] = {name: [] for name in workers}
    for seed in range(rounds):
        for name, worker in workers.items():
            timings[name].append(worker.render(1000 * length + seed, length))
    return {
        name: {
            "cpu_ms": median(timing.cpu for timing in found) * 1000,
            "wall_ms": median(timing.wall for timing in found) * 1000,
            "bytes": median(timing.size for timing in found),
        }
        for name, found in timings.items()
    }


def report(length: int, result: dict[str, dict[str, float]]) -> None:
    """Print one length's row of figures, and the ratio to Typst where it ran."""
    for name, figures in result.items():
        sys.stdout.write(
            f"{length:3}x  {name:8} cpu {figures['cpu_ms']:8.1f} ms  wall {figures['wall_ms']:8.1f} ms"
            f"  {figures['bytes'] / 1000:7.0f} kB\n"
        )
    if "typst" in result and "hongtou" in result:
        ratio = result["hongtou"]["cpu_ms"] / result["typst"]["cpu_ms"]
        sys.stdout.write(f"{length:3}x  hongtou / Typst, CPU: {ratio:.2f}\n")


if __name__ == "__main__":
    main()
