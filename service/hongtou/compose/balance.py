"""Headline breaks: lines of like length, broken where the sense allows.

Source: GB/T 9704-2012 §7.3.1: 回行时, 要做到词意完整, 排列对称, 长短适宜, 间距恰当,
标题排列应当使用梯形或菱形. Without a dictionary the marks tell where the sense may break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil, inf
from unicodedata import normalize

from hongtou.compose.cells import Cells
from hongtou.compose.fit import Measures, Span, measure_cells

MAX_LINES = 6
SENSE_BREAK_AFTER = "：，、；。！？”》）】"
SENSE_BREAK_BEFORE = "“《（【"
BOUND_TO_PREVIOUS = "的了着过等们地得之者性化率"
BOUND_TO_NEXT = "第不各每为在对以将把被与和及或"
SHOWN = 4  # characters on either side of a break, for a message
PAIR_OPENINGS, PAIR_CLOSINGS = "“《（【〔", "”》）】〕"

# Costs, against 1 for a line that is EVEN characters longer or shorter than the average.
EVEN = 2.8
INSIDE_A_PAIR = 6.0
AGAINST_THE_SENSE = 4.0
WITHOUT_A_MARK = 5.0
LONELY = 1000.0


def balance(cells: Cells, em: float, width: float) -> list[Span]:
    """Return the lines of a headline, as few as fit and then as even as the sense allows."""
    if not len(cells):
        return []
    sums = measure_cells(cells)
    if sums.ends[-1] <= width:
        return [Span(0, len(cells))]
    least = ceil(sums.ends[-1] / width)
    for count in range(least, MAX_LINES + least):
        spans = _best(cells, sums, em, width, count)
        if spans:
            return spans
    return _filled(cells, sums, width)


def breaks_without_a_mark(text: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each break of a headline that no mark asked for.

    ``lines`` are the texts of its lines. A wished break, at a newline, is asked for.
    """
    text, at = normalize("NFC", text), 0  # as cells hold it
    for line in lines[:-1]:
        start = text.find(line, at)
        if start < 0:
            return
        at = start + len(line)
        before, after = text[:at], text[at:]
        is_marked = after[:1].isspace() or after[:1] in SENSE_BREAK_BEFORE
        if not is_marked and before[-1] not in SENSE_BREAK_AFTER and not before[-1].isspace():
            yield before[-SHOWN:], after[:SHOWN]


def _filled(cells: Cells, sums: Measures, width: float) -> list[Span]:
    """Return lines filled one after the other: a word longer than a line is broken anywhere."""
    spans, first, total = [], 0, len(cells)
    while first < total:
        last = first + 1
        while last < total and _width(cells, sums, first, last + 1) <= width:
            last += 1
        legal = (at for at in range(last, first, -1) if at == total or cells.breaks[at] < inf)
        last = next(legal, last)
        spans.append(_without_spaces(cells, first, last))
        first = last
    return spans


def _best(cells: Cells, sums: Measures, em: float, width: float, count: int) -> list[Span]:
    """Return the cheapest division into this many lines, or nothing if none fits."""
    costs = _break_costs(cells)
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
                length = _width(cells, sums, first, last)
                if length > width + 1e-6:
                    break
                uneven = (length - target) / em / EVEN
                cost = so_far + uneven * uneven + (costs[last] if last < total else 0.0)
                if written[last] - written[first] <= 1:  # a character by itself
                    cost += LONELY
                if cost < row.get(last, (inf, 0))[0]:
                    row[last] = (cost, first)
        best.append(row)
    if total not in best[-1]:
        return []
    spans, last = [], total
    for row in reversed(best[1:]):
        first = row[last][1]
        spans.append(_without_spaces(cells, first, last))
        last = first
    return spans[::-1]


def _break_costs(cells: Cells) -> list[float]:
    """Return the cost of ending a line before each cell."""
    costs = list(cells.breaks)
    depth = 0
    for at, (before, after) in enumerate(pairwise(cells.texts), start=1):
        depth += (before in PAIR_OPENINGS) - (before in PAIR_CLOSINGS)
        if depth > 0:
            costs[at] += INSIDE_A_PAIR
        if after in BOUND_TO_PREVIOUS or before in BOUND_TO_NEXT:
            costs[at] += AGAINST_THE_SENSE
        is_marked = cells.marks[at - 1] == "s" or before in SENSE_BREAK_AFTER
        if not (is_marked or after in SENSE_BREAK_BEFORE):
            costs[at] += WITHOUT_A_MARK
    return costs


def _width(cells: Cells, sums: Measures, first: int, last: int) -> float:
    span = _without_spaces(cells, first, last)
    return sums.ends[span.last - 1] - sums.ends[span.first] + cells.advances[span.first]


def _without_spaces(cells: Cells, first: int, last: int) -> Span:
    while last - 1 > first and cells.marks[last - 1] == "s":
        last -= 1
    return Span(first, last)
