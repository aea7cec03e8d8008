"""The delays of the desk as a table and a plot in docs/preview.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.desk.situations import LONGEST_INPUT, Found, Situation
from benchmarks.plots import Axis, Series, line_chart
from benchmarks.service.record import ROOT, percentile, put

PAGE = ROOT / "docs" / "preview.md"
PLOT = ROOT / "docs" / "preview-latency.svg"
TITLE = "从改动到新的页画好"

Results = Mapping[Situation, Found]


def write_docs(results: Results, run_on: str) -> None:
    """Put the table and the plot of a run into the docs."""
    put(PAGE, "latency", f"{table(results, run_on)}\n\n![{TITLE}]({PLOT.name})")
    PLOT.write_text(plot(results, run_on), encoding="utf-8")


def misses(results: Results) -> list[str]:
    """Return the goals that a run missed."""
    missed = [f"最长的一次输入 {longest_input(results):.0f} ms"]
    if longest_input(results) <= LONGEST_INPUT:
        missed.clear()
    for situation, found in results.items():
        p50, p95 = percentile(found.delays, 0.5), percentile(found.delays, 0.95)
        if p95 > situation.p95 or (situation.p50 and p50 > situation.p50):
            missed.append(f"{situation.name} {p50:.0f} / {p95:.0f} ms")
    return missed


def longest_input(results: Results) -> float:
    """Return the milliseconds of the longest input event; 16 where none was so long."""
    return max((one for found in results.values() for one in found.inputs), default=16.0)


def table(results: Results, run_on: str) -> str:
    """Return what a run found, as Markdown."""
    return f"{run_on}。\n\n" + "\n".join(_rows(results))


def _rows(results: Results) -> Iterator[str]:
    yield f"| {TITLE} | 页 | 次 | p50 | p95 | 最长 | 目标 p50 / p95 |"
    yield "|---|---|---|---|---|---|---|"
    for situation, found in results.items():
        p50, p95 = (f"{percentile(found.delays, share):.0f} ms" for share in (0.5, 0.95))
        most = f"{max(found.delays):.0f} ms"
        goal = f"{situation.p50 or '–'} / {situation.p95} ms"
        counts = f"{found.pages} | {len(found.delays)}"
        yield f"| {situation.name} | {counts} | {p50} | {p95} | {most} | {goal} |"
    inputs = sum(len(found.inputs) for found in results.values())
    longest = f"{longest_input(results):.0f} ms"
    yield f"| 敲一下到稿面显示（16 毫秒以上的） | | {inputs} | | | {longest} | {LONGEST_INPUT} ms |"


def plot(results: Results, run_on: str) -> str:
    """Return which share of the changes was seen within so many milliseconds."""
    series = []
    for situation, found in results.items():
        delays = sorted(found.delays)
        points = [(one, (at + 1) / len(delays) * 100) for at, one in enumerate(delays)]
        series.append(Series(situation.name.partition("（")[0].partition("，")[0], points))
    return line_chart(TITLE, run_on, Axis("毫秒"), Axis("已画好的改动（%）"), series)
