"""``python -m benchmarks.durability [PART ...] [OPTION ...]``: all parts, or those that are named."""

from __future__ import annotations

import argparse

from benchmarks.durability.away import away
from benchmarks.durability.chain import chain
from benchmarks.durability.faults import faults
from benchmarks.durability.growth import growth
from benchmarks.durability.kills import kills
from benchmarks.durability.pictures import pictures
from benchmarks.durability.point_in_time import point_in_time
from benchmarks.durability.power import power
from benchmarks.durability.size import size

PARTS = ("kills", "pictures", "power", "faults", "away", "growth", "chain", "size", "point-in-time")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"{'、'.join(PARTS)}；不写的全做")
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--cuts", type=int, default=200, help="断电的次数")
    asked.add_argument("--hold", type=float, default=60, help="占住锁的秒数")
    asked.add_argument("--cycles", type=int, default=1000, help="断开又接上的次数")
    asked.add_argument("--hours", type=float, default=8, help="打字的小时数")
    asked.add_argument("--events", type=int, default=10_000, help="操作记录的条数，其间结束四十次")
    asked.add_argument("--gigabytes", type=float, default=10, help="要备份、恢复的数据库")
    asked.add_argument("--seconds", type=float, default=30, help="边存边丢硬盘的秒数")
    given = asked.parse_args()
    run = {
        "kills": lambda: kills(given.kills),
        "pictures": lambda: pictures(given.kills),
        "power": lambda: power(given.cuts),
        "faults": lambda: faults(given.hold),
        "away": lambda: away(given.cycles),
        "growth": lambda: growth(given.hours),
        "chain": lambda: chain(given.events),
        "point-in-time": lambda: point_in_time(given.seconds),
        "size": lambda: size(given.gigabytes),
    }
    for part in given.parts or PARTS:
        run[part]()


if __name__ == "__main__":
    main()
