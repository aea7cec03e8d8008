"""``python -m benchmarks.accounts [PART ...] [OPTION ...]``: all parts, or those that are named."""

from __future__ import annotations

import argparse

from benchmarks.accounts.crowd import crowd
from benchmarks.accounts.endings import endings
from benchmarks.accounts.flood import flood
from benchmarks.accounts.names import names
from benchmarks.accounts.tenants import tenants

PARTS = ("names", "flood", "endings", "tenants", "crowd")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"{'、'.join(PARTS)}；不写的全做")
    asked.add_argument("--log-ins", type=int, default=1000, help="每种登录的次数")
    asked.add_argument(
        "--turns", type=int, default=4, help="有与没有洪水、有与没有人存，各轮换几回"
    )
    asked.add_argument("--endings", type=int, default=20, help="登录以每种做法结束几次")
    asked.add_argument("--requests", type=int, default=100_000, help="几家任意的请求")
    given = asked.parse_args()
    run = {
        "names": lambda: names(given.log_ins),
        "flood": lambda: flood(given.turns),
        "endings": lambda: endings(given.endings),
        "crowd": lambda: crowd(given.turns),
        "tenants": lambda: tenants(given.requests),
    }
    for part in given.parts or PARTS:
        run[part]()


if __name__ == "__main__":
    main()
