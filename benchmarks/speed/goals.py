"""What hongtou is to reach, and what a run found: a row for each goal, also where none was found."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.speed.engines import ENGINES
from benchmarks.speed.figures import middle, page_milliseconds, ratio

MIB = 1024 * 1024
# Ratios to the peers' wall time, over HTTP, where a peer stays in memory if it can. When the goals
# were set, Chromium and LibreOffice had the Noto faces, and LibreOffice read Word files.
TYPST, CHROMIUM, LIBREOFFICE, XELATEX = 1.25, 0.15, 0.3, 0.1
AS_WHEN_SET = {
    "typst": TYPST,
    "chromium_noto": CHROMIUM,
    "libreoffice_word": LIBREOFFICE,
    "xelatex": XELATEX,
}
# The same peers given what they read fastest, and the faces that were made for hongtou.
STRICTER = {"chromium": CHROMIUM, "libreoffice_noto": LIBREOFFICE, "libreoffice": LIBREOFFICE}
PAGE_MS, PDF_KB, COLD_MS, AGAIN_MS, PREVIEW_MS = 2.3, 220, 450, 5, 150
HELD_MIB, RATE = 150, 51


def goals(results: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the table."""
    lengths, http = results["lengths"], results["http"]
    yield "| 目标 | 须达到 | 量得 | |"
    yield "|---|---|---|---|"
    yield from _ratios(results)
    yield _row("每多一页的处理器时间", PAGE_MS, page_milliseconds(lengths, "hongtou"), "{:.1f} ms")
    held = results["held"]["hongtou"][-1] / MIB
    yield _row(f"热的排版进程排过 {results['renders']} 期后的内存", HELD_MIB, held, "{:.0f} MiB")
    yield _row("真稿的 PDF", PDF_KB, middle(lengths["1"]["hongtou"], "size") / 1000, "{:.0f} kB")
    cold = middle(results["cold"]["hongtou"], "wall") * 1000
    yield _row("`hongtou render` 从启动到文件", COLD_MS, cold, "{:.0f} ms")
    yield _row(
        "再要同一期，带 ETag（304）", AGAIN_MS, median(http["unchanged"]) * 1000, "{:.1f} ms"
    )
    yield _row("再要同一期，不带 ETag", AGAIN_MS, median(http["again"]) * 1000, "{:.1f} ms")
    yield _row("改后首页 PNG", PREVIEW_MS, median(http["preview"]) * 1000, "{:.0f} ms")
    one, two = results["rates"]["1"], results["rates"]["2"]
    yield f"| 两个排版进程每秒期数 | ≥ {RATE} | {two:.1f}（一个排版进程 {one:.1f}） | {_mark(two >= RATE)} |"


def _ratios(results: dict[str, Any]) -> Iterator[str]:
    """Yield how a render over HTTP compares with each peer, as warm as that one can be.

    The goals name warm peers: what a process for each render takes stands in a table of its own.
    """
    warm = results["lengths"]["1"]
    for wanted, stricter in ((AS_WHEN_SET, ""), (STRICTER, "更严：")):
        for name, most in wanted.items():
            title = (
                f"{stricter}经 HTTP 排一期与 {ENGINES[name].title}（{ENGINES[name].way}）墙上之比"
            )
            found = ratio(warm["http"], warm[name], "wall") if name in warm else None
            yield _row(title, most, found, "{:.2f}")


def _row(title: str, most: float, found: float | None, shape: str) -> str:
    if found is None:
        return f"| {title} | ≤ {most:g} | 没有量 | — |"
    return f"| {title} | ≤ {most:g} | {shape.format(found)} | {_mark(found <= most)} |"


def _mark(kept: bool) -> str:
    return "✓" if kept else "✗"
