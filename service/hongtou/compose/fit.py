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

from hongtou.compose.break_classes import OPENINGS, SPACE
from hongtou.compose.cells import Cells
from hongtou.compose.last_lines import LONELY, ending, flush
from hongtou.compose.spacing import shared_with_latin

# Shares of an em. A gap between two Han may close by 0.03 and open by as much, the tracking of
# 28 characters a line included, before marks open too; beyond 0.055 an eye at reading distance
# sees it. The costs were found on the sample and on generated text.
HAN_SHRINK = 0.03
COMFORT = 0.02
WIDE = 0.026
SEEN = 0.055
RAGGED = 0.25  # a line that would open wider is not stretched: half of what Western spaces open to
RAGGED_LATIN = 10.0  # nor one whose gaps beside Latin would open so many times as far as they go
SQUEEZE = 0.6  # cost of closing the blanks of inner marks as far as they go
CLOSE_HAN = 6.0  # cost of closing the gaps between Han as far as they go
LATIN = 0.4  # cost of opening the spaces between words and beside Latin as far as they go
OPEN = 6.0  # cost of opening the gaps beside marks as far as they go
LOOSE = 120.0  # cost of a gap between Han that an eye sees, and once more per SEEN beyond it
FORCED = 1e4  # cost of a line that has no legal break
# Each search wider and more patient than the last: how far gaps may open, how much dearer than one
# nearby a break may be and still be followed, and the cost of the worst line that the next search
# cannot better, or not enough to be worth its time.
SEARCHES = ((COMFORT, 2.0, 3.0), (SEEN, 5.0, LONELY), (inf, LONELY, inf))
NEARBY = 0.28  # of a line: breaks closer than this end the same line of the paragraph


class Span(NamedTuple):
    """One line of a paragraph: cells [first, last), and how its slack is dealt out.

    ``stretch`` (points) is added to each gap that may widen. ``squeeze`` and ``opening`` are the
    shares, 0 to 1, of what the gaps beside its marks give and take. ``latin`` (points) goes into
    the spaces between Western words and the gaps beside Latin.
    """

    first: int
    last: int
    stretch: float = 0.0
    squeeze: float = 0.0
    opening: float = 0.0
    latin: float = 0.0


# A line's cost and how its slack is dealt out: (cost, stretch, squeeze, opening, latin).
Verdict = tuple[float, float, float, float, float]
NOTHING: Verdict = (0.0, 0.0, 0.0, 0.0, 0.0)
IMPOSSIBLE: Verdict = (inf, 0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Measures:
    """Running sums over the cells of a paragraph, so that a line costs a few subtractions.

    ``ends`` is where each cell ends on one endless line, in points; ``inked`` is the last cell
    up to each one that is no space; ``costs`` are those of a line that ends before each cell, and
    at the end of the text, of ``count`` cells. ``rooms`` is what word spaces and the gaps beside
    Latin may open.
    """

    ends: list[float]
    shrinks: list[float]
    stretches: list[int]
    rooms: list[float]
    inked: list[int]
    costs: list[float]
    openings: list[float]
    count: int

    def opened(self, marks: str) -> list[float]:
        """Return the running sum of what the gaps beside marks can open, in em."""
        if not self.openings:  # few lines ever ask
            pairs = map(add, marks, marks[1:])
            self.openings = list(accumulate(map(OPENINGS.__getitem__, pairs), initial=0.0))
        return self.openings


def measure_cells(cells: Cells) -> Measures:
    """Return the running sums of a text's cells."""
    ends = list(accumulate(map(add, cells.gaps, cells.advances)))
    inked = list(range(len(cells)))
    for space in SPACE.finditer(cells.marks, 1):
        at = space.start()
        inked[at] = inked[at - 1]
    return Measures(
        ends=ends,
        shrinks=list(accumulate(cells.shrinks)),
        stretches=list(accumulate(cells.stretches)),
        rooms=list(accumulate(cells.rooms)),
        inked=inked,
        costs=[*cells.breaks, 0.0],
        openings=[],
        count=len(ends),
    )


def fit(cells: Cells, em: float, first_width: float, width: float) -> list[Span]:
    """Return the lines of a paragraph, in order; widths in points, of the first line and others."""
    count = len(cells)
    if not count:
        return []
    sums = measure_cells(cells)
    if sums.ends[-1] <= first_width:
        slack = first_width - sums.ends[-1] + cells.tails[-1]
        return [Span(0, count, flush(slack, cells.tails[-1], sums.stretches[-1], em, WIDE))]
    spans: list[Span] = []
    for opens, patience, enough in SEARCHES:
        search = Search(cells, sums, em, (first_width, width), opens * em, HAN_SHRINK * em)
        worst, spans = search.run(patience)
        if worst < enough:
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

    def run(self, patience: float) -> tuple[float, list[Span]]:
        """Return the cost of the worst line, and the lines that cost least together."""
        ways = self.ways(patience) or self.ways(inf)
        spans, worst, last = [], 0.0, len(self.cells)
        while last > 0:
            first, (cost, *dealt) = ways[last]
            spans.append(self.dealt(Span(first, last, *dealt)))
            worst, last = max(worst, cost), first
        return worst, spans[::-1]

    def dealt(self, span: Span) -> Span:
        """Return a line, not stretched where gaps beside Han would open too far.

        One of Western words alone is: between these wide spaces are borne.
        """
        sums, end = self.sums, self.sums.inked[span.last - 1]
        room = sums.rooms[end] - sums.rooms[span.first]
        is_wide = span.stretch > RAGGED * self.em or span.latin > RAGGED_LATIN * room
        has_han = sums.stretches[end] > sums.stretches[span.first] or not any(
            span.first < at < span.last for at in self.cells.spaces
        )
        return Span(span.first, span.last) if is_wide and has_han else span

    def ways(self, patience: float) -> list[tuple[int, Verdict]]:
        """Return the best line that ends before each cell, and where it starts.

        A break this much dearer than one nearby is not followed. Nothing is returned where that
        leaves no way to the end: a word longer than a line may begin behind a very poor line.
        """
        count = self.sums.count
        costs = [inf] * (count + 1)
        ways: list[tuple[int, Verdict]] = [(0, NOTHING)] * (count + 1)
        costs[0] = 0.0
        near = int(self.widths[1] / self.em * NEARBY)
        for first in range(count):
            so_far = costs[first]
            if so_far == inf:
                continue
            if so_far > patience:
                behind = first - near if first > near else 0
                if so_far > patience + min(costs[behind : first + near + 1]):
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
        costs, ends, inked, count = sums.costs, sums.ends, sums.inked, sums.count
        stretches, rooms, tails = sums.stretches, sums.rooms, cells.tails
        edge = ends[first] - cells.advances[first] + self.widths[1 if first else 0]
        edge += cells.leads[first] if first else 0.0
        reach = edge + 0.5 * em
        guess = bisect_right(ends, reach) - 1
        shrinks, shrunk, closes = sums.shrinks, sums.shrinks[first], self.closes
        give = shrinks[guess] - shrunk + closes * (guess - first)
        longest = bisect_right(ends, reach + give)
        before, opens, comfort = stretches[first], self.opens, COMFORT * em
        closed = rooms[first]
        found: list[tuple[int, Verdict]] = []
        for last in range(longest, first, -1):
            cost = costs[last]
            if cost == inf:
                continue
            end = inked[last - 1]
            slack = edge - ends[end] + tails[end]
            gaps, room = stretches[end] - before, rooms[end] - closed
            if 0.0 <= slack <= comfort * gaps + room and gaps and last < count:  # most lines
                latin = min(slack, room) if room else 0.0
                stretch = (slack - latin) / gaps
                cost += (stretch / comfort) ** 2
                if latin:
                    cost += LATIN * (latin / room) ** 2
                found.append((last, (cost, stretch, 0.0, 0.0, latin)))
            elif slack > opens * gaps + room and found and last < count:
                break
            elif 0.0 < -slack <= (give := shrinks[end] - shrunk) and last < count:  # many lines
                share = -slack / give
                cost += SQUEEZE * share * share
                found.append((last, (cost, 0.0, share, 0.0, 0.0)))
            elif slack >= 0.0 and last < count:
                found.append((last, self.loosened(first, end, slack, gaps, cost)))
            elif -slack <= give + closes * gaps or slack >= 0.0:
                verdict = self.judge(first, last, slack)
                if verdict[0] < inf:
                    found.append((last, verdict))
        return found or [_forced(sums, first, edge, count)]

    def judge(self, first: int, last: int, slack: float) -> Verdict:
        """Return the cost of a line that is too full, or of the last, and how it closes.

        The blank half of its last mark stands over the edge (GB/T 15834-2011 §5.1.10). The blanks
        of inner marks close first, and only then, by very little, the gaps between Han.
        """
        cells, sums, em = self.cells, self.sums, self.em
        cost = ending(cells, first) if last == sums.count else cells.breaks[last]
        end = sums.inked[last - 1]
        gaps = sums.stretches[end] - sums.stretches[first]
        if slack >= 0:
            return cost, flush(slack, cells.tails[end], gaps, em, WIDE), 0.0, 0.0, 0.0
        give = sums.shrinks[end] - sums.shrinks[first]
        if -slack <= give:
            share = -slack / give
            return cost + SQUEEZE * share * share, 0.0, share, 0.0, 0.0
        closing = (-slack - give) / gaps if gaps else inf
        if closing > self.closes:
            return IMPOSSIBLE
        ratio = closing / (HAN_SHRINK * em)
        return cost + SQUEEZE + CLOSE_HAN * ratio * ratio, -closing, 1.0, 0.0, 0.0

    def loosened(self, first: int, end: int, slack: float, gaps: int, cost: float) -> Verdict:
        """Return the cost of a line that is too loose, and how the room is dealt out.

        It opens the spaces between Western words, then the gaps beside Latin, then all its gaps
        alike, and those beside marks further.
        """
        em = self.em
        room = self.sums.rooms[end] - self.sums.rooms[first]
        latin = min(slack, room)
        slack -= latin
        stretch, opening = slack / max(gaps, 1), 0.0
        if stretch > WIDE * em:
            stretch, opening = self.open_marks(first, end, slack, gaps)
            cost += OPEN * opening
            if stretch > SEEN * em:
                more = shared_with_latin(stretch - SEEN * em, gaps, SEEN * em * gaps, 2 * room)
                stretch, latin = stretch - more / max(gaps, 1), latin + more
                cost += LOOSE * stretch / (SEEN * em)
        if latin > 0.0:
            cost += LATIN * (latin / room) ** 2
        ratio = stretch / (COMFORT * em)
        return cost + ratio * ratio, stretch, 0.0, opening, latin

    def open_marks(self, first: int, end: int, slack: float, gaps: int) -> tuple[float, float]:
        """Return (stretch, opening) of a line too loose for its gaps between Han alone."""
        opened = self.sums.opened(self.cells.marks)
        room = self.em * (opened[end] - opened[first])
        excess = slack - WIDE * self.em * gaps
        opening = min(1.0, excess / room) if room else 0.0
        return (slack - opening * room) / max(gaps, 1), opening


def _forced(sums: Measures, first: int, edge: float, count: int) -> tuple[int, Verdict]:
    """Return the line to take where no legal break fits: as many cells as go in."""
    last = min(count, max(first + 1, bisect_right(sums.ends, edge + 1e-6)))
    gaps = sums.stretches[last - 1] - sums.stretches[first]
    slack = edge - sums.ends[last - 1]
    stretch = max(0.0, slack / gaps) if gaps and last < count else 0.0
    return last, (FORCED, stretch, 0.0, 0.0, 0.0)
