"""Figures beside what they were to be, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.outputs.cases import CASES, KB, Case, Goal, Sizes
from benchmarks.outputs.measuring import Measured


def table(found: Mapping[str, Measured]) -> str:
    """Return all cases; a goal that was missed is told as one."""
    head = ("| 输出 | 处理器时间 | 须 | | 大小 | 须 | |", "|---|---|---|---|---|---|---|")
    return "\n".join((*head, *(_row(case, found[case.title]) for case in CASES)))


def missed(found: Mapping[str, Measured]) -> Iterator[str]:
    """Yield the titles of the cases that miss a goal."""
    for case in CASES:
        one = found[case.title]
        if "✗" in (_mark(case.time, one.figure), _mark(case.size, one.sizes)):
            yield case.title


def _row(case: Case, one: Measured) -> str:
    cells = (
        case.title,
        _time(case, one),
        case.time.said if case.time else "",
        _mark(case.time, one.figure),
        _size(case, one.sizes),
        case.size.said if case.size else "",
        _mark(case.size, one.sizes),
    )
    return f"| {' | '.join(cells)} |"


def _time(case: Case, one: Measured) -> str:
    if case.is_absolute:
        return f"{one.figure:.2f} 秒"
    if case.per:
        return f"{one.figure:.0f} 毫秒"
    return f"{one.figure:.2f} 倍"


def _size(case: Case, sizes: Sizes) -> str:
    more = (sizes.file - sizes.base) / KB
    told = f"{sizes.file / KB:.0f} kB"
    return told if case.order == case.base else f"{told}（{more:+.0f}）"


def _mark(goal: Goal | None, found: object) -> str:
    if goal is None:
        return ""
    return "✓" if goal.is_kept(found) else "✗"  # type: ignore[arg-type]
