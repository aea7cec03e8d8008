"""Total fit: the breaks of a whole paragraph that cost least together.

The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (1981), with the
means of Chinese setting: blank halves of marks are squeezed before anything is widened.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from operator import add
from typing import NamedTuple

from hongtou.compose.break_classes import OPENINGS
from hongtou.compose.cells import Cells

# Shares of an em. A gap between two Han may close by 0.03 and open by 0.06 before an eye at
# reading distance sees it; the costs were found on the sample and on generated text.
HAN_SHRINK = 0.03
COMFORT = 0.025
WIDE = 0.055
FAR = 0.2  # wider than any line that has another way
LONELY = 40.0  # cost of a last line of a single character
HANG = 0.15  # cost of letting the blank half of a mark hang over the edge
SQUEEZE = 0.6  # cost of closing the blanks of inner marks as far as they go
CLOSE_HAN = 6.0  # cost of closing the gaps between Han as far as they go
OPEN = 12.0  # cost of opening the gaps beside marks as far as they go
LOOSE = 120.0  # cost of a gap between Han that an eye sees, and once more per WIDE beyond it
FORCED = 1e4  # cost of a line that has no legal break
# (how far gaps may open, how far those between Han may close), each search wider than the last
SEARCHES = ((COMFORT, HAN_SHRINK), (WIDE, HAN_SHRINK), (FAR, HAN_SHRINK))
ACCEPTABLE = 1.8  # cost of a line above which a wider search is worth its time
HOPELESS = 4.0  # a break this much dearer than one nearby is not followed further
NEARBY = 0.28  # of a line: breaks closer than this end the same line of the paragraph


class Span(NamedTuple):
    """One line of a paragraph: cells [first, last), and how its slack is dealt out.

    ``stretch`` (points) is added to each gap that may widen. ``squeeze`` and ``opening`` are the
    shares, 0 to 1, of what the gaps beside its marks give and take.
    """

    first: int
    last: int
    stretch: float = 0.0
    squeeze: float = 0.0
    opening: float = 0.0


# A line's cost and how its slack is dealt out: (cost, stretch, squeeze, opening).
Verdict = tuple[float, float, float, float]
NOTHING: Verdict = (0.0, 0.0, 0.0, 0.0)
IMPOSSIBLE: Verdict = (inf, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Measures:
    """Running sums over the cells of a paragraph, so that a line costs a few subtractions.

    ``ends`` is where each cell ends on one endless line, in points; ``inked`` is the last cell
    up to each one that is no space; ``legal`` holds every place where a line may end, the end
    of the text included.
    """

    ends: list[float]
    shrinks: list[float]
    stretches: list[int]
    inked: list[int]
    legal: list[int]
    openings: list[float]

    def opened(self, marks: str) -> list[float]:
        """Return the running sum of what the gaps beside marks can open, in em."""
        if not self.openings:  # few lines ever ask
            pairs = (OPENINGS[marks[at - 1 : at + 1]] for at in range(1, len(marks)))
            self.openings = list(accumulate(pairs, initial=0.0))
        return self.openings


def measure_cells(cells: Cells) -> Measures:
    """Return the running sums of a text's cells."""
    ends = list(accumulate(map(add, cells.gaps, cells.advances)))
    inked = list(range(len(cells)))
    if "s" in cells.marks:
        for at, mark in enumerate(cells.marks):
            if mark == "s" and at:
                inked[at] = inked[at - 1]
    legal = [at for at, cost in enumerate(cells.breaks) if cost < inf]
    legal.append(len(cells))
    return Measures(
        ends=ends,
        shrinks=list(accumulate(cells.shrinks)),
        stretches=list(accumulate(cells.stretches)),
        inked=inked,
        legal=legal,
        openings=[],
    )


def fit(cells: Cells, em: float, first_width: float, width: float) -> list[Span]:
    """Return the lines of a paragraph, in order; widths in points, of the first line and others."""
    count = len(cells)
    if not count:
        return []
    sums = measure_cells(cells)
    if sums.ends[-1] <= first_width:
        return [Span(0, count)]
    spans: list[Span] = []
    for opens, closes in SEARCHES:
        search = Search(cells, sums, em, (first_width, width), opens * em, closes * em)
        worst, spans = search.run()
        if worst < ACCEPTABLE:
            break
    return spans


@dataclass(frozen=True, slots=True)
class Search:
    """The least-cost way through the breaks of one paragraph.

    ``opens`` is how far a gap may widen where a line has another break, ``closes`` how far the
    gaps between Han may close, in points.
    """

    cells: Cells
    sums: Measures
    em: float
    widths: tuple[float, float]
    opens: float
    closes: float

    def run(self) -> tuple[float, list[Span]]:
        """Return the cost of the worst line, and the lines that cost least together."""
        ways = self.ways(HOPELESS) or self.ways(inf)
        spans = []
        worst, last = 0.0, len(self.cells)
        while last > 0:
            first, (cost, stretch, squeeze, opening) = ways[last]
            spans.append(Span(first, last, stretch, squeeze, opening))
            worst, last = max(worst, cost), first
        return worst, spans[::-1]

    def ways(self, patience: float) -> list[tuple[int, Verdict]]:
        """Return the best line that ends before each cell, and where it starts.

        A break this much dearer than one nearby is not followed. Nothing is returned where that
        leaves no way to the end: a word longer than a line may begin behind a very poor line.
        """
        count = len(self.cells)
        costs = [inf] * (count + 1)
        ways: list[tuple[int, Verdict]] = [(0, NOTHING)] * (count + 1)
        costs[0] = 0.0
        near = int(self.widths[1] / self.em * NEARBY)
        for first in range(count):
            so_far = costs[first]
            if so_far == inf:
                continue
            if so_far > min(costs[max(0, first - near) : first + near + 1]) + patience:
                continue
            for last, verdict in self.lines_from(first):
                total = so_far + verdict[0]
                if total < costs[last]:
                    costs[last] = total
                    ways[last] = (first, verdict)
        return ways if costs[count] < inf else []

    def lines_from(self, first: int) -> list[tuple[int, Verdict]]:
        """Return every line that may start at this cell, the longest first: (end, verdict)."""
        cells, sums, em = self.cells, self.sums, self.em
        legal, ends, inked, count = sums.legal, sums.ends, sums.inked, len(sums.ends)
        stretches, breaks = sums.stretches, cells.breaks
        edge = ends[first] - cells.advances[first] + self.widths[1 if first else 0]
        if first:
            edge += cells.leads[first]
        reach = edge + 0.5 * em
        guess = bisect_right(ends, reach) - 1
        give = sums.shrinks[guess] - sums.shrinks[first] + self.closes * (guess - first)
        at = bisect_right(legal, bisect_right(ends, reach + give)) - 1
        before, opens, comfort = stretches[first], self.opens, COMFORT * em
        found: list[tuple[int, Verdict]] = []
        while at >= 0 and (last := legal[at]) > first:
            at -= 1
            end = inked[last - 1]
            slack = edge - ends[end]
            gaps = stretches[end] - before
            if 0 <= slack <= comfort * gaps and last < count:  # most lines: judged on the spot
                stretch = slack / gaps
                ratio = stretch / comfort
                found.append((last, (breaks[last] + ratio * ratio, stretch, 0.0, 0.0)))
            elif slack > opens * gaps and found and last < count:
                break
            else:
                verdict = self.judge(first, last, slack)
                if verdict[0] < inf:
                    found.append((last, verdict))
        return found or [_forced(sums, first, edge, count)]

    def judge(self, first: int, last: int, slack: float) -> Verdict:
        """Return the cost of a line with this much room, and how the room is dealt out.

        Too full a line first lets the blank half of its last mark hang over the edge, then
        closes the blanks of its inner marks, and only then, by very little, the gaps between
        Han. Too loose a line opens all its gaps alike, and those beside marks further.
        """
        cells, sums, em = self.cells, self.sums, self.em
        is_last = last == len(sums.ends)
        cost = _ending(cells, first) if is_last else cells.breaks[last]
        if slack >= 0 and is_last:
            return cost, 0.0, 0.0, 0.0
        end = sums.inked[last - 1]
        if slack < 0 and cells.tails[end] > 0.0:
            slack += cells.tails[end]
            cost += HANG
        gaps = sums.stretches[end] - sums.stretches[first]
        if slack >= 0:
            stretch, opening = slack / max(gaps, 1), 0.0
            if stretch > WIDE * em:
                stretch, opening = self.open_marks(first, end, slack, gaps)
                cost += OPEN * opening
                if stretch > WIDE * em + 1e-9:
                    cost += LOOSE * stretch / (WIDE * em)
            ratio = stretch / (COMFORT * em)
            return cost + ratio * ratio, stretch, 0.0, opening
        give = sums.shrinks[end] - sums.shrinks[first]
        if -slack <= give:
            share = -slack / give
            return cost + SQUEEZE * share * share, 0.0, share, 0.0
        closing = (-slack - give) / gaps if gaps else inf
        if closing > self.closes:
            return IMPOSSIBLE
        ratio = closing / (HAN_SHRINK * em)
        return cost + SQUEEZE + CLOSE_HAN * ratio * ratio, -closing, 1.0, 0.0

    def open_marks(self, first: int, end: int, slack: float, gaps: int) -> tuple[float, float]:
        """Return (stretch, opening) of a line too loose for its gaps between Han alone."""
        opened = self.sums.opened(self.cells.marks)
        room = self.em * (opened[end] - opened[first])
        excess = slack - WIDE * self.em * gaps
        opening = min(1.0, excess / room) if room else 0.0
        return (slack - opening * room) / max(gaps, 1), opening


def _ending(cells: Cells, first: int) -> float:
    """Return the cost of a last line that starts at this cell (孤字不成行)."""
    if first == 0 or len(cells) - first > 4:
        return 0.0
    characters = sum(mark in "hdl" for mark in cells.marks[first:])
    return LONELY if characters <= 1 else 0.0


def _forced(sums: Measures, first: int, edge: float, count: int) -> tuple[int, Verdict]:
    """Return the line to take where no legal break fits: as many cells as go in."""
    last = min(count, max(first + 1, bisect_right(sums.ends, edge + 1e-6)))
    gaps = sums.stretches[last - 1] - sums.stretches[first]
    slack = edge - sums.ends[last - 1]
    stretch = max(0.0, slack / gaps) if gaps and last < count else 0.0
    return last, (FORCED, stretch, 0.0, 0.0)
