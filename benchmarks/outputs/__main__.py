"""Measure all outputs in turns: ``python -m benchmarks.outputs [--rounds N] [--try]``.

Ratios of processor times, each of a file and of a screen PDF that were made one after the other; the
table goes into docs/performance.md unless it is only a try.
"""

from __future__ import annotations

import argparse
from datetime import date

from benchmarks.outputs.measuring import measure
from benchmarks.outputs.table import missed, table
from benchmarks.service.record import ROOT, machine, put
from hongtou.config import read_config
from hongtou.pipeline import Typesetter

PAGE = ROOT / "docs" / "performance.md"


def main() -> None:
    """Print the table and, unless it is a try, write it."""
    parser = argparse.ArgumentParser(description="Measure all outputs in turns.")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--try", dest="is_try", action="store_true")
    options = parser.parse_args()
    run_on = machine()
    found = measure(Typesetter.open(read_config({})), options.rounds)
    shown = f"{date.today().isoformat()}，{run_on}，{options.rounds} 轮。\n\n{table(found)}"
    print(shown)
    print("没有达到：" + ("、".join(missed(found)) or "无"))
    if not options.is_try:
        put(PAGE, "outputs", shown)


if __name__ == "__main__":
    main()
