"""A paragraph in one line more or less than fits it best, for copyfitting.

What TeX calls looseness, with a limit: no line may look other than its neighbours. The way that
costs least is looked for best first (Hart, Nilsson and Raphael 1968, A*): what the lines to come
will cost at least is known from how much text is left for them.
"""

from __future__ import annotations

from functools import cache
from heapq import heappop, heappush
from math import inf

from hongtou.compose.cells import Cells
from hongtou.compose.fit import COMFORT, NOTHING, OPEN, Search, Span, Verdict, measure_cells

DEAREST = 4.0  # cost of a line: one that parts nothing, and is as loose or tight as the limits are

FULLEST = 1.1  # text in the width of a line: with more none can be set within the limits
MOST_HANGING = 0.5  # em: the blank half of a mark, or a space, where a line is broken takes no room
SAME = 1e-9  # costs that differ by less, as the sums are rounded
MOST_OPENED = 2.5  # em that the gaps beside the marks of a line may open: ten marks

# By lines left and cell: cost of the lines so far, start of the last of them, verdict.
Ways = dict[tuple[int, int], tuple[float, int, Verdict]]
NOWHERE = (inf, 0, NOTHING)


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
    ways = _cheapest(search, count)
    return _lines(ways, count, len(cells))


def _cheapest(search: Search, count: int) -> Ways:
    """Return the ways up to the cheapest one to the end; none leads there where there is none.

    Of two that cost the same, the one whose lines are longer above is taken.
    """
    rest, end = _Rest(search), len(search.cells)
    lines_from = cache(search.lines_from)  # a line may begin after so many lines, or one more
    loosest = search.opens + 1e-9
    ways: Ways = {(count, 0): (0.0, 0, NOTHING)}
    pending = [(0.0, 0.0, count, 0)]
    enough = inf
    while pending and pending[0][0] <= enough:
        _, so_far, left, first = heappop(pending)
        if so_far > ways[left, first][0]:  # a cheaper way came here since
            continue
        left -= 1
        for last, verdict in lines_from(first):
            if verdict[0] > DEAREST or verdict[1] > loosest or (last == end) != (left == 0):
                continue
            cost = so_far + verdict[0]
            known = ways.get((left, last), NOWHERE)
            if cost > known[0] or (cost == known[0] and first <= known[1]):
                continue
            ways[left, last] = (cost, first, verdict)
            if not left:
                enough = cost + SAME
            elif cost == known[0]:
                continue  # it is pending, or was gone on from: twice would be twice for all below
            elif (least := cost + rest.cost(last, left)) < inf:
                heappush(pending, (least, cost, left, last))
    return ways


class _Rest:
    """Tells what the lines to come will cost at least."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._width = search.widths[1]
        sums, cells = search.sums, search.cells
        start = next((at for at in range(len(cells) - 1, 0, -1) if sums.costs[at] < inf), 0)
        self._shortest_last = sums.ends[-1] - sums.ends[start] + cells.advances[start]
        self._opened = sums.opened(cells.marks)
        self._fullest = FULLEST * self._width / search.em  # gaps of a line
        self._slope = OPEN / (MOST_OPENED * search.em)

    def cost(self, first: int, left: int) -> float:
        """Return the least cost of the text from a cell on in so many lines; inf if it does not go.

        They are loose together by what the text lacks of full lines, the last as short as it can
        be: that costs least where all are alike, or, from some point on, in gaps beside marks.
        """
        search, sums, cells = self._search, self._search.sums, self._search.cells
        text = sums.ends[-1] - sums.ends[first] + cells.advances[first] - cells.leads[first]
        gaps = sums.stretches[-1] - sums.stretches[first]
        closed = sums.shrinks[-1] - sums.shrinks[first] + search.closes * gaps
        if text - closed > left * (self._width + MOST_HANGING * search.em):
            return inf
        room = sums.rooms[-1] - sums.rooms[first]
        lacking = (left - 1) * self._width - (text - self._shortest_last) - room
        opened = search.em * (self._opened[-1] - self._opened[first])
        if lacking > search.opens * gaps + opened:
            return inf
        if lacking <= 0.0:
            return 0.0
        spread = (COMFORT * search.em) ** 2 * self._fullest * gaps
        if 2 * lacking <= self._slope * spread:
            return lacking * lacking / spread
        return self._slope * (lacking - self._slope * spread / 4)


def _lines(ways: Ways, count: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for left in range(count):
        if (left, end) not in ways:
            return []
        _, first, (_, stretch, squeeze, opening, latin) = ways[left, end]
        spans.append(Span(first, end, stretch, squeeze, opening, latin))
        end = first
    return spans[::-1]
