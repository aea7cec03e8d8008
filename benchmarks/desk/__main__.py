"""Measure at the desk how long a change takes to be seen on its page.

usage: python -m benchmarks.desk [--try]

Service and browser share the machine, which should do nothing else. Writes out/desk.json, the
table of docs/preview.md and its plot; ``--try`` types little and leaves the docs as they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from datetime import date

from benchmarks.desk.report import misses, table, write_docs
from benchmarks.desk.situations import SITUATIONS
from benchmarks.desk.typing import typed
from benchmarks.service.record import ROOT, machine
from tests.support.desk import WHOLE_CHROMIUM, browser
from tests.support.serving import serving

TRIED = 16  # characters


def main() -> None:
    """Measure all situations; exit with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--try", action="store_true", dest="tries", help="docs stay as they are")
    tries = parser.parse_args().tries
    situations = [replace(one, characters=TRIED) if tries else one for one in SITUATIONS]
    run_on = f"{date.today().isoformat()}，{machine()}"
    with serving() as service, browser(WHOLE_CHROMIUM) as opened:
        address = f"http://127.0.0.1:{service.port}"
        results = {one: typed(opened, address, one) for one in situations}
    record = [{**asdict(one), **asdict(found)} for one, found in results.items()]
    out = ROOT / "out" / "desk.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(results, run_on))
    if not tries:
        write_docs(results, run_on)
    if missed := misses(results):
        sys.exit("没有达到：" + "；".join(missed))


if __name__ == "__main__":
    main()
