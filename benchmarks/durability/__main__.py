"""``python -m benchmarks.durability [PART ...] [--kills N] [--cuts N] [--hold S] [--cycles N] [--hours H]``."""

from __future__ import annotations

import argparse

from benchmarks.durability.away import away
from benchmarks.durability.faults import faults
from benchmarks.durability.growth import growth
from benchmarks.durability.kills import kills
from benchmarks.durability.power import power

PARTS = ("kills", "power", "faults", "away", "growth")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"{'、'.join(PARTS)}；不写的全做")
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--cuts", type=int, default=200, help="断电的次数")
    asked.add_argument("--hold", type=float, default=60, help="占住锁的秒数")
    asked.add_argument("--cycles", type=int, default=1000, help="断开又接上的次数")
    asked.add_argument("--hours", type=float, default=8, help="打字的小时数")
    given = asked.parse_args()
    run = {
        "kills": lambda: kills(given.kills),
        "power": lambda: power(given.cuts),
        "faults": lambda: faults(given.hold),
        "away": lambda: away(given.cycles),
        "growth": lambda: growth(given.hours),
    }
    for part in given.parts or PARTS:
        run[part]()


if __name__ == "__main__":
    main()
