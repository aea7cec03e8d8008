"""Headline breaks: lines of like length, broken where the sense allows.

Source: GB/T 9704-2012 §7.3.1: 回行时, 要做到词意完整, 排列对称, 长短适宜, 间距恰当,
标题排列应当使用梯形或菱形.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from math import ceil, inf

from hongtou.compose.cells import Cells
from hongtou.compose.fit import Measures, Span, measure_cells
from hongtou.compose.natural import filled, ink_width, one_line, without_spaces
from hongtou.compose.numbers import costs_in_ragged
from hongtou.compose.sense import (
    YEAR_OPENING,
    Boundary,
    between_two_of_a_kind,
    boundaries_of,
)

MAX_LINES = 6
PAIR_OPENINGS, PAIR_CLOSINGS = "“《（【〔", "”》）】〕"

# Costs, against 1 for a line that is EVEN characters longer or shorter than the average.
EVEN = 1.5
INSIDE_A_PAIR = 40.0  # of marks, and as much again for a pair within it
TWO_OF_A_KIND = 16.0  # for a break between 元旦、 and 春节
LONELY = 1000.0
COSTS: Mapping[Boundary, float] = {
    Boundary.STOP: 0.0,
    Boundary.COLON: 0.0,
    Boundary.PHRASE: 11.0,
    Boundary.WORDS: 13.0,
    Boundary.BOUND: 16.5,
    Boundary.NAME: inf,
    Boundary.WORD: inf,
}
# Lines that all end where a clause does may be less alike, and may be one more.
STOPS = {boundary: 0.0 if boundary <= Boundary.COLON else inf for boundary in Boundary}
EVEN_CLAUSES = 2.0
LINE_MORE = 6.0
BEHIND_COLON = 3.0  # for a space behind a colon: what the two clauses tell belongs together
PARTED = {**COSTS, Boundary.NAME: 40.0}  # where a name is too long even for a line more
TORN = {**PARTED, Boundary.WORD: 70.0}  # and where a word is


def balance(cells: Cells, em: float, width: float) -> list[Span]:
    """Return the lines of a headline, as few as fit and then as even as the sense allows.

    Rather than part a name or a word it takes a line more.
    """
    if not len(cells):
        return []
    sums = measure_cells(cells)
    line = one_line(cells, sums, em, width)
    if line is not None:
        return [line]
    least = ceil(ink_width(cells, sums, 0, len(cells)) / width)
    clauses = _clauses(cells, sums, em, width, least)
    for of_boundaries, most in ((COSTS, least + 1), (PARTED, least + 1), (TORN, least + MAX_LINES)):
        costs = _break_costs(cells, of_boundaries)
        for count in range(least, most + 1):
            cost, spans = _best(cells, sums, em, width, count, costs)
            if cost < LONELY or (spans and of_boundaries is TORN):
                return clauses[1] if clauses[0] < cost + LINE_MORE * (count - least) else spans
    lines = filled(cells, sums, width, width)
    return [without_spaces(cells, line.first, line.last) for line in lines]


def _clauses(
    cells: Cells, sums: Measures, em: float, width: float, least: int
) -> tuple[float, list[Span]]:
    """Return the best lines that all end where a clause does, and their cost, infinite for none."""
    costs = _break_costs(cells, STOPS)
    if min(costs[1:]) == inf:
        return inf, []
    texts = cells.texts
    for at in range(texts.index("：") + 1 if "：" in texts else len(texts), len(texts)):
        costs[at] += BEHIND_COLON if texts[at - 1] in " \u3000" else 0.0
    found = []
    for more in (0, 1):
        cost, spans = _best(cells, sums, em, width, least + more, costs, EVEN_CLAUSES)
        found.append((cost + LINE_MORE * more, spans))
    return min(found)


def balance_in(cells: Cells, em: float, width: float, count: int) -> list[Span]:
    """Return exactly ``count`` lines, as even as the sense allows; none where there are more."""
    sums = measure_cells(cells)
    for of_boundaries in (COSTS, PARTED, TORN):
        costs = _break_costs(cells, of_boundaries)
        cost, spans = _best(cells, sums, em, width, count, costs)
        if cost < LONELY:
            break
    return spans


def _best(
    cells: Cells,
    sums: Measures,
    em: float,
    width: float,
    count: int,
    costs: list[float],
    even: float = EVEN,
) -> tuple[float, list[Span]]:
    """Return the cheapest division into this many lines and its cost, infinite if none fits."""
    target = sums.ends[-1] / count
    total = len(cells)
    written = list(accumulate((mark in "hdl" for mark in cells.marks), initial=0))
    # best[k][i]: cost of setting cells [0, i) on k lines, and where the last of them starts
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for first, (so_far, _start) in best[-1].items():
            for last in range(first + 1, total + 1):
                if last < total and costs[last] == inf:
                    continue
                length = ink_width(cells, sums, first, last)
                if length > width + 1e-6:
                    break
                uneven = (length - target) / em / even
                cost = so_far + uneven * uneven + (costs[last] if last < total else 0.0)
                if written[last] - written[first] <= 1:  # a character by itself
                    cost += LONELY
                if cost < row.get(last, (inf, 0))[0]:
                    row[last] = (cost, first)
        best.append(row)
    if total not in best[-1]:
        return inf, []
    spans, last = [], total
    for row in reversed(best[1:]):
        first = row[last][1]
        spans.append(without_spaces(cells, first, last))
        last = first
    return best[-1][total][0], spans[::-1]


def _break_costs(cells: Cells, of_boundaries: Mapping[Boundary, float]) -> list[float]:
    """Return the cost of ending a line before each cell."""
    costs = costs_in_ragged(cells.breaks)
    depth = 0
    for at, (boundary, before) in enumerate(
        zip(boundaries_of(cells)[1:], cells.texts, strict=False), 1
    ):
        if cells.texts[at] == YEAR_OPENING:  # 安科发｜〔2025〕28号
            boundary = max(boundary, Boundary.NAME)
        depth += (before in PAIR_OPENINGS) - (before in PAIR_CLOSINGS)
        costs[at] += of_boundaries[boundary] + INSIDE_A_PAIR * max(0, depth)
    costs[between_two_of_a_kind(cells)] += TWO_OF_A_KIND
    return costs
