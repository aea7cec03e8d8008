"""What copyfitting adds to a render, and how both grow with the length of an issue.

``python -m benchmarks.speed.growth`` writes its figures into docs/performance.md. Processor time of
the process, the least of several rounds; with copyfitting and without it in turns.
"""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from dataclasses import fields, replace
from time import process_time
from typing import NamedTuple

from benchmarks.service.record import ROOT, machine, write
from benchmarks.speed.issues import document_of, varied_issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.config import read_config
from hongtou.pipeline import Typesetter

PAGE = ROOT / "docs" / "performance.md"
TIMES = (1, 3, 7, 16, 41, 82)  # the articles of the real issue: about six pages each
SEEDS, ROUNDS = 3, 2
MOST_SHARE = 0.1
MOST_GROWTH = 1.15  # of a page more in the longest issue, beside one in an issue of half its length


def main() -> None:
    """Render every length with copyfitting and without it, and record both."""
    run_on = machine()
    typesetter = Typesetter.open(read_config({}))
    named = [one.name for one in fields(Limits) if one.name != "depth"]
    typesetter.limits = replace(typesetter.limits, **dict.fromkeys(named, sys.maxsize))
    _render(typesetter, document_of(varied_issue(SEEDS)), "on")
    gc.collect()
    gc.freeze()
    figures: dict[str, str] = {}
    found: list[Costs] = []
    for times in TIMES:
        found.append(measured(typesetter, times))
        figures[f"真稿的 {times} 倍长，{found[-1].pages:.0f} 页"] = found[-1].told
        print(found[-1], flush=True)
    before, half, whole = found[-3:]
    promises = {
        f"版面调整占一期 ≤ {MOST_SHARE:.0%}": all(one.share <= MOST_SHARE for one in found),
        f"从 {half.pages:.0f} 到 {whole.pages:.0f} 页，每多一页 ≤ {MOST_GROWTH} 倍于此前": (
            whole.since(half) <= MOST_GROWTH * half.since(before)
        ),
    }
    write("growth", run_on, figures, promises, found, PAGE)


class Costs(NamedTuple):
    """The pages of an issue, and the seconds of a render with copyfitting and without it."""

    pages: float
    fitted: float
    plain: float

    @property
    def share(self) -> float:
        """Return what copyfitting takes of a render."""
        return 1 - self.plain / self.fitted

    @property
    def told(self) -> str:
        return (
            f"{self.fitted * 1000:,.0f} 毫秒（每页 {self.fitted / self.pages * 1000:.1f}），"
            f"不调整 {self.plain * 1000:,.0f} 毫秒（{self.plain / self.pages * 1000:.1f}），"
            f"调整占 {self.share:.0%}"
        )

    def since(self, other: Costs) -> float:
        """Return what a page more takes between two lengths."""
        return (self.fitted - other.fitted) / (self.pages - other.pages)


def measured(typesetter: Typesetter, times: int) -> Costs:
    """Return what issues so many times as long as the real one cost, on average."""
    totals: dict[str, float] = defaultdict(float)
    for seed in range(SEEDS):
        document = document_of(varied_issue(seed, times))
        least: dict[str, float] = {}
        for _ in range(ROUNDS):
            for copyfit in ("on", "off"):
                pages, seconds = _render(typesetter, document, copyfit)
                least[copyfit] = min(seconds, least.get(copyfit, seconds))
        for name, value in {**least, "pages": pages}.items():
            totals[name] += value / SEEDS
    return Costs(totals["pages"], totals["on"], totals["off"])


def _render(typesetter: Typesetter, document: bytes, copyfit: str) -> tuple[int, float]:
    gc.collect()
    gc.disable()  # as hongtou.rendering does while it renders
    began = process_time()
    edition = typesetter.produce(document, Order(options=((COPYFIT, copyfit),)))
    seconds = process_time() - began
    gc.enable()
    return edition.page_count, seconds


if __name__ == "__main__":
    main()
