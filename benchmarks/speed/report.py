"""The results as tables and a plot in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.plots import Axis, Series, line_chart
from benchmarks.service.record import ROOT, put

PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "speed.svg"
NAMES = {"hongtou": "hongtou", "typst": "Typst 0.15"}


def write_docs(results: dict[str, Any], *, keep: bool) -> str:
    """Return the tables; put them and the plot into the docs unless these are to be kept."""
    note = f"{results['date']}，{results['machine']}。"
    tables = "\n".join([note, "", *_goals(results), "", *_lengths(results), "", *_processes(results)])
    if not keep:
        put(PAGE, "speed", tables)
        PLOT.write_text(_plot(results), encoding="utf-8")
    return tables


def _goals(results: dict[str, Any]) -> Iterator[str]:
    http, rates, processes = results["http"], results["rates"], results["processes"]
    render, lengths = http["render"] * 1000, results["lengths"]
    yield "| 目标 | 须达到 | 量得 | |"
    yield "|---|---|---|---|"
    yield _row("HTTP 排 9 页与 Typst 进程内之比（墙上时间中位）", 1.5, render / http["typst"] / 1000, "{:.2f}")
    for name, most in (("Chromium", 0.15), ("LibreOffice", 0.3), ("XeLaTeX", 0.1)):
        if name in processes:
            title = f"HTTP 排 9 页与 {name}（每次一个进程）之比"
            yield _row(title, most, render / processes[name]["wall_ms"], "{:.2f}")
    first, last = lengths[min(lengths, key=int)], lengths[max(lengths, key=int)]
    more = last["hongtou"]["pages"] - first["hongtou"]["pages"]
    page = (last["hongtou"]["cpu_ms"] - first["hongtou"]["cpu_ms"]) / more
    pages = f"{first['hongtou']['pages']:.0f} → {last['hongtou']['pages']:.0f} 页"
    yield _row(f"每多一页的处理器时间，{pages}", 5, page, "{:.1f} ms")
    yield _row("热的排版进程排过一千期后的内存", 150, results["worker_bytes"] / 2**20, "{:.0f} MiB")
    yield _row("样张的 PDF", 220, first["hongtou"]["bytes"] / 1000, "{:.0f} kB")
    yield _row("`hongtou render` 从启动起", 600, processes["hongtou render"]["wall_ms"], "{:.0f} ms")
    yield _row("再要同一期，带 ETag（304）", 5, http["unchanged"] * 1000, "{:.1f} ms")
    yield _row("再要同一期，不带 ETag", 5, http["again"] * 1000, "{:.1f} ms")
    yield _row("改后首页 PNG", 150, http["preview"] * 1000, "{:.0f} ms")
    rate = rates["2"]
    yield f"| 两核每秒期数 | ≥ 25 | {rate:.1f}（一个排版进程 {rates['1']:.1f}） | {_mark(rate >= 25)} |"


def _row(title: str, most: float, found: float, shape: str) -> str:
    return f"| {title} | ≤ {most:g} | {shape.format(found)} | {_mark(found <= most)} |"


def _mark(kept: bool) -> str:
    return "✓" if kept else "✗"


def _lengths(results: dict[str, Any]) -> Iterator[str]:
    yield "| 真稿的倍数 | 页 | hongtou | Typst 0.15 | 处理器时间之比 |"
    yield "|---|---|---|---|---|"
    for length, found in results["lengths"].items():
        ours, theirs = found["hongtou"], found["typst"]
        yield (
            f"| {length} | {ours['pages']:.0f} | {ours['cpu_ms']:,.0f} ms，{ours['bytes'] / 1000:,.0f} kB "
            f"| {theirs['cpu_ms']:,.0f} ms，{theirs['bytes'] / 1000:,.0f} kB "
            f"| {ours['cpu_ms'] / theirs['cpu_ms']:.2f} |"
        )


def _processes(results: dict[str, Any]) -> Iterator[str]:
    yield "| 每次一个进程，9 页 | 墙上 | 处理器 | PDF |"
    yield "|---|---|---|---|"
    for name, found in results["processes"].items():
        yield (
            f"| {name} | {found['wall_ms']:,.0f} ms | {found['cpu_ms']:,.0f} ms "
            f"| {found['bytes'] / 1000:,.0f} kB |"
        )


def _plot(results: dict[str, Any]) -> str:
    series = [
        Series(
            title,
            [(found["hongtou"]["pages"], found[name]["cpu_ms"]) for found in results["lengths"].values()],
        )
        for name, title in NAMES.items()
    ]
    note = f"{results['date']}，{results['machine']}"
    return line_chart(
        "排一期所用的处理器时间", note, Axis("页数", log=True), Axis("毫秒", log=True), series
    )


