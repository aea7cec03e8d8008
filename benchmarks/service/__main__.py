"""The runs as commands."""

from __future__ import annotations

import argparse

from benchmarks.service.faults import faults
from benchmarks.service.load import load
from benchmarks.service.soak import soak


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service")
    runs = parser.add_subparsers(dest="run", required=True)
    runs.add_parser("soak").add_argument("--renders", type=int, default=2000)
    runs.add_parser("load").add_argument("--seconds", type=float, default=300)
    runs.add_parser("faults").add_argument("--seconds", type=float, default=600)
    asked = parser.parse_args()
    match asked.run:
        case "soak":
            soak(asked.renders)
        case "load":
            load(asked.seconds)
        case "faults":
            faults(asked.seconds)


if __name__ == "__main__":
    main()
