"""The results as tables and a plot in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.plots import Axis, Series, line_chart
from benchmarks.service.record import ROOT, mebibytes, put
from benchmarks.speed.engines import ENGINES
from benchmarks.speed.figures import exponent, middle, page_milliseconds, points, ratio
from benchmarks.speed.goals import goals
from benchmarks.speed.processes import COMMANDS

PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "speed-length.svg"


def write_docs(results: dict[str, Any]) -> None:
    """Put the tables and the plot of a run into the docs."""
    picture = f"![排一期所用的处理器时间]({PLOT.name})"
    put(PAGE, "speed", f"{tables(results)}\n\n{picture}")
    PLOT.write_text(plot(results), encoding="utf-8")


def tables(results: dict[str, Any]) -> str:
    """Return all that a run found, as Markdown."""
    note = f"{results['date']}，{results['form']}，{results['machine']}。"
    parts = [goals(results), _engines(results), _lengths(results), _cold(results), _held(results)]
    skipped = [f"没有量：{'；'.join(results['skipped'])}。"] if results["skipped"] else []
    return "\n\n".join([note, *("\n".join(part) for part in parts), *skipped])


def plot(results: dict[str, Any]) -> str:
    """Return the CPU of a render over its pages, a line for each engine."""
    series = [
        Series(ENGINES[name].title, points(results["lengths"], name)) for name in _names(results)
    ]
    note = f"{results['date']}，{results['form']}，{results['machine']}"
    pages, cost = Axis("页数", log=True), Axis("每期的处理器时间（毫秒）", log=True)
    return line_chart("排一期所用的处理器时间", note, pages, cost, series)


def _names(results: dict[str, Any]) -> list[str]:
    return [name for name in ENGINES if name in results["lengths"]["1"]]


def _engines(results: dict[str, Any]) -> Iterator[str]:
    found = results["lengths"]["1"]
    yield "| 真稿一期，轮流 | 怎样跑 | 墙上 | 处理器 | hongtou 处理器与它之比 | hongtou 经 HTTP 墙上与它之比 | PDF |"
    yield "|---|---|---|---|---|---|---|"
    for name in _names(results):
        one = found[name]
        yield (
            f"| {ENGINES[name].title} | {ENGINES[name].way} | {_ms(one, 'wall')} | {_ms(one, 'cpu')} "
            f"| {ratio(found['hongtou'], one, 'cpu'):.2f} | {ratio(found['http'], one, 'wall'):.2f} "
            f"| {middle(one, 'pages'):.0f} 页，{middle(one, 'size') / 1000:.0f} kB |"
        )


def _lengths(results: dict[str, Any]) -> Iterator[str]:
    lengths = results["lengths"]
    yield f"| 处理器时间，真稿的倍数 | {' | '.join(f'{length}×' for length in lengths)} | 每多一页 | 增长的幂 |"
    yield "|---" * (len(lengths) + 3) + "|"
    for name in _names(results):
        cells = [
            f"{middle(found[name], 'pages'):.0f} 页 {_ms(found[name], 'cpu')}"
            for found in lengths.values()
        ]
        power = exponent(lengths, name)
        shown = "—" if power is None else f"{power:.2f}"
        page = page_milliseconds(lengths, name)
        yield f"| {ENGINES[name].title} | {' | '.join(cells)} | {page:.1f} ms | {shown} |"


def _cold(results: dict[str, Any]) -> Iterator[str]:
    found = results["cold"]
    yield "| 从进程启动到文件，一期一个进程 | 墙上 | 处理器 | hongtou 处理器与它之比 | hongtou 经 HTTP 墙上与它之比 |"
    yield "|---|---|---|---|---|"
    over_http = middle(results["lengths"]["1"]["http"], "wall")
    for name, timings in found.items():
        yield (
            f"| {COMMANDS[name].title} | {_ms(timings, 'wall')} | {_ms(timings, 'cpu')} "
            f"| {ratio(found['hongtou'], timings, 'cpu'):.2f} | {over_http / middle(timings, 'wall'):.2f} |"
        )


def _held(results: dict[str, Any]) -> Iterator[str]:
    yield f"| 一个热的进程所占的内存，排到 {results['renders']} 期 | 四分之一处 | 末尾 | 最多 |"
    yield "|---|---|---|---|"
    for name, held in results["held"].items():
        quarter = held[len(held) // 4 :][0]
        yield f"| {ENGINES[name].title} | {mebibytes(quarter)} | {mebibytes(held[-1])} | {mebibytes(max(held))} |"


def _ms(timings: Any, of: str) -> str:
    return f"{middle(timings, of) * 1000:,.0f} ms"
