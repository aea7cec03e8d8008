"""The runs as commands."""

from __future__ import annotations

import argparse

from benchmarks.service.faults import faults
from benchmarks.service.hang import hang
from benchmarks.service.load import load
from benchmarks.service.soak import soak


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service")
    runs = parser.add_subparsers(dest="run", required=True)
    runs.add_parser("soak").add_argument("--renders", type=int, default=2000)
    runs.add_parser("load").add_argument("--seconds", type=float, default=300)
    kills = runs.add_parser("faults")
    kills.add_argument("--kills", type=int, default=1000)
    kills.add_argument("--seconds", type=float, default=1800, help="the longest that it may take")
    runs.add_parser("hang").add_argument("--turns", type=int, default=8)
    asked = parser.parse_args()
    match asked.run:
        case "soak":
            soak(asked.renders)
        case "load":
            load(asked.seconds)
        case "faults":
            faults(asked.kills, asked.seconds)
        case "hang":
            hang(asked.turns)


if __name__ == "__main__":
    main()
