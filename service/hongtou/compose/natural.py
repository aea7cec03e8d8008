"""Lines at their natural width: how wide they are, and how they are filled where nothing fits."""

from __future__ import annotations

from math import inf

from hongtou.compose.cells import Cells
from hongtou.compose.fit import HAN_SHRINK, Measures, Span


def ink_width(cells: Cells, sums: Measures, first: int, last: int) -> float:
    """Return how wide cells [first, last) are, without spaces and blank halves at their ends."""
    end = max(first, sums.inked[last - 1])
    square = sums.ends[end] - sums.ends[first] + cells.advances[first]
    return square - cells.leads[first] - cells.tails[end]


def one_line(cells: Cells, sums: Measures, em: float, width: float) -> Span | None:
    """Return the whole text as one line if it fits, closed up by no more than an eye misses."""
    last = len(cells)
    excess = ink_width(cells, sums, 0, last) - width
    if excess <= 1e-6:
        return Span(0, last)
    gaps = sums.stretches[-1]
    fits = excess <= HAN_SHRINK * em * gaps
    return Span(0, last, stretch=-excess / gaps) if fits else None


def without_spaces(cells: Cells, first: int, last: int) -> Span:
    """Return the span of these cells less the spaces at its end."""
    while last - 1 > first and cells.marks[last - 1] == "s":
        last -= 1
    return Span(first, last)


def filled(cells: Cells, sums: Measures, first_width: float, width: float) -> list[Span]:
    """Return lines filled one after the other: a word longer than a line is broken anywhere."""
    spans, first, total = [], 0, len(cells)
    while first < total:
        room = width if first else first_width
        last = first + 1
        while last < total and ink_width(cells, sums, first, last + 1) <= room:
            last += 1
        legal = (at for at in range(last, first, -1) if at == total or cells.breaks[at] < inf)
        last = next(legal, last)
        spans.append(Span(first, last))
        first = last
    return spans
