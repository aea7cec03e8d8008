"""A paragraph in one line more or less than fits it best, for copyfitting.

What TeX calls looseness, with a limit: no line may look other than its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from hongtou.compose.cells import Cells
from hongtou.compose.fit import NOTHING, Search, Span, Verdict, measure_cells

DEAREST = 4.0  # cost of a line: one that parts nothing, and is as loose or tight as the limits are

# Text in the width of a line: with more or less than this no line can be set within the limits.
FULLEST, EMPTIEST = 1.1, 0.88

LinesFrom = Callable[[int], list[tuple[int, Verdict]]]
Ways = dict[int, tuple[float, int, Verdict]]  # by end: cost of the lines so far, start, verdict


def fit_in(
    cells: Cells,
    em: float,
    widths: tuple[float, float],
    count: int,
    limits: tuple[float, float],
) -> list[Span]:
    """Return the ``count`` lines that cost least together, none where one would be seen.

    ``widths`` are in points, of the first line and of the others; ``limits`` in em, how far gaps
    between Han may open and close.
    """
    loosest, tightest = limits
    search = Search(cells, measure_cells(cells), em, widths, loosest * em, tightest * em)
    lines_from = cache(partial(_unseen_lines, search))  # a line may begin in several layers
    layers: list[Ways] = [{0: (0.0, 0, NOTHING)}]
    for left in range(count, 0, -1):
        layers.append(_next(search, lines_from, layers[-1], left))
    return _lines(layers, len(cells))


def _unseen_lines(search: Search, first: int) -> list[tuple[int, Verdict]]:
    """Return the lines from this cell on that look like their neighbours: (end, verdict)."""
    loosest = search.opens + 1e-9
    return [
        (last, verdict)
        for last, verdict in search.lines_from(first)
        if verdict[0] <= DEAREST and verdict[1] <= loosest
    ]


def _next(search: Search, lines_from: LinesFrom, before: Ways, left: int) -> Ways:
    """Return the ways of one line more, where ``left`` are to be set with it.

    The text ends in the last line and in no other.
    """
    ways: Ways = {}
    end, ends, width = len(search.cells), search.sums.ends, search.widths[1]
    for first, (so_far, _, _) in before.items():
        rest = ends[-1] - ends[first - 1] if first else left * width
        if not (left - 1) * EMPTIEST * width < rest < left * FULLEST * width:
            continue
        for last, verdict in lines_from(first):
            if (last == end) != (left == 1):
                continue
            cost = so_far + verdict[0]
            if last not in ways or cost < ways[last][0]:
                ways[last] = (cost, first, verdict)
    return ways


def _lines(layers: list[Ways], end: int) -> list[Span]:
    spans = []
    for ways in layers[:0:-1]:
        if end not in ways:
            return []
        _, first, (_, stretch, squeeze, opening, latin) = ways[end]
        spans.append(Span(first, end, stretch, squeeze, opening, latin))
        end = first
    return spans[::-1]
