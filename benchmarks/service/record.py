"""Figures of a run → JSON in `out/` and a table between two marks in a page of `docs/`."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def mebibytes(count: float) -> str:
    return f"{count / 1024 / 1024:.1f} MiB"


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} 核，{memory:.0f} GiB 内存，{platform.system()} {platform.release()}，"
        f"Python {platform.python_version()}，开始时 load {os.getloadavg()[0]:.1f}"
    )


def write(
    name: str,
    run_on: str,
    figures: dict[str, str],
    promises: dict[str, bool],
    raw: Any,
    page: Path = PAGE,
) -> None:
    """Record a run; exit with 1 where a promise is broken."""
    out = ROOT / "out" / f"{name}.json"
    out.parent.mkdir(exist_ok=True)
    record = {
        "date": date.today().isoformat(),
        "machine": run_on,
        "figures": figures,
        "promises": promises,
        "raw": raw,
    }
    out.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    rows = [f"- {title}：{figure}" for title, figure in figures.items()]
    rows += [f"- {'✓' if kept else '✗'} {title}" for title, kept in promises.items()]
    table = "\n".join([f"{record['date']}，{run_on}。", "", *rows])
    put(page, name, table)
    print(table)
    if not all(promises.values()):
        sys.exit(1)


def put(page: Path, name: str, table: str) -> None:
    """Write a table into a page, between the marks of its name."""
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.S)
    assert marked.search(text), f"{page.name} has no place for {name}"
    page.write_text(marked.sub(lambda _: f"{begin}\n{table}\n{end}", text), encoding="utf-8")
