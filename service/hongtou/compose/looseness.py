"""A paragraph in one line more or less than fits it best, for copyfitting.

What TeX calls looseness, with a limit: no line may look other than its neighbours.
"""

from __future__ import annotations

from hongtou.compose.cells import Cells
from hongtou.compose.fit import NOTHING, Search, Span, Verdict, measure_cells

DEAREST = 4.0  # cost of a line: one that parts nothing, and is as loose or tight as the limits are

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
    layers: list[Ways] = [{0: (0.0, 0, NOTHING)}]
    for number in range(1, count + 1):
        layers.append(_next(search, layers[-1], is_last=number == count))
    return _lines(layers, len(cells))


def _next(search: Search, before: Ways, *, is_last: bool) -> Ways:
    """Return the ways of one line more; the text ends in the last line and in no other."""
    ways: Ways = {}
    loosest, end = search.opens + 1e-9, len(search.cells)
    for first, (so_far, _, _) in before.items():
        for last, verdict in search.lines_from(first):
            cost, stretch = verdict[0], verdict[1]
            if cost > DEAREST or stretch > loosest or (last == end) != is_last:
                continue
            if last not in ways or so_far + cost < ways[last][0]:
                ways[last] = (so_far + cost, first, verdict)
    return ways


def _lines(layers: list[Ways], end: int) -> list[Span]:
    spans = []
    for ways in layers[:0:-1]:
        if end not in ways:
            return []
        _, first, (_, stretch, squeeze, opening) = ways[end]
        spans.append(Span(first, end, stretch, squeeze, opening))
        end = first
    return spans[::-1]
