"""Text in a box, as a table's cell is: as few lines as fit, and what belongs together whole.

A cut line of text is measured for any width: how many lines it takes is asked often, while the
columns of a table are shared out, and answered without setting a line.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from math import inf

from hongtou.bulletin.patterns import Late
from hongtou.compose.balance import balance_in
from hongtou.compose.cells import Cells
from hongtou.compose.fit import HAN_SHRINK, Span, measure_cells
from hongtou.compose.natural import filled, ink_width, one_line, without_spaces
from hongtou.compose.numbers import costs_in_ragged
from hongtou.compose.ragged import turn
from hongtou.compose.sense import BOUND_TO_PREVIOUS, QUOTES, Boundary, boundaries_of

MOST_BALANCED = 5  # lines that are made even; more are filled one after the other
DEAR = 10  # cost of a break that no cell has: a number would be parted from its unit
LONGEST_NAME = 4  # characters of a name that no cell parts; official names are longer
# What a cell holds together beside its figures: a date, a time of day, a name with a point in it.
HAN = "[\u3400-\u9fff\U00020000-\U000323af〇]"
WHOLE = Late(
    "(?:[0-9]{2,4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{2,4}年|[0-9]{1,2}时(?:[0-9]{1,2}分)?"
    f"|(?<!{HAN}){HAN}++(?:·{HAN}++)+|(?<!{HAN})(?P<word>{HAN}{{2}}|(?<![0-9]){HAN}{{3,4}})(?!{HAN})"
)
TWO_WORDS = 4  # characters by themselves that may part in the middle where they are no name


class BoxedText:
    """One line of a cell as sent: its cells, how wide it is by nature, and where it may part."""

    def __init__(self, cells: Cells, em: float, *, has_names: bool) -> None:
        self.cells, self.em = cells, em
        self._has_names = has_names
        self._loose = cells.breaks
        self._sums = measure_cells(cells)
        self._counts: dict[float, int] = {}
        self.natural = ink_width(cells, self._sums, 0, len(cells)) if len(cells) else 0.0
        gaps = self._sums.stretches[-1] if len(cells) else 0
        self._closest = self.natural - HAN_SHRINK * em * gaps

    @cached_property
    def widest(self) -> float:
        """Return how wide its widest piece is that belongs together, in points."""
        pieces = pairwise((0, *_legal(self._held))) if len(self.cells) else ()
        return max((ink_width(self.cells, self._sums, *piece) for piece in pieces), default=0.0)

    def count(self, width: float) -> int:
        """Return how many lines it takes in this width (points)."""
        if self._closest <= width:
            return 1
        if width not in self._counts:
            self._counts[width] = self._counted(width)
        return self._counts[width]

    def spans(self, width: float) -> list[Span]:
        """Return its lines in this width (points)."""
        cells, sums = self.cells, self._sums
        count = self.count(width)
        if count == 1:
            line = one_line(cells, sums, self.em, width) if len(cells) else None
            return [line] if line else []
        cells.breaks = self._breaks(width)
        if count <= MOST_BALANCED:
            spans = balance_in(cells, self.em, width, count)
        else:
            spans = turn(cells, self.em, width, width)
        if len(spans) != count:
            spans = filled(cells, sums, width, width)
        return [without_spaces(cells, span.first, span.last) for span in spans]

    @cached_property
    def _held(self) -> list[float]:
        return _held_together(self.cells, self._loose, has_names=self._has_names)

    def _breaks(self, width: float) -> list[float]:
        return self._held if self.widest <= width else self._loose

    def _counted(self, width: float) -> int:
        """Return how many lines there are when each takes as much as it holds."""
        cells, sums = self.cells, self._sums
        legal = _legal(self._breaks(width))
        first, lines, total = 0, 0, len(cells)
        while first < total:
            edge = sums.ends[first] - cells.advances[first] + cells.leads[first] + width
            reach = bisect_right(sums.ends, edge + self.em)
            while reach > first + 1 and ink_width(cells, sums, first, reach) > width + 1e-6:
                reach -= 1
            at = bisect_right(legal, reach)
            last = legal[at - 1] if at else 0
            first = last if last > first else max(first + 1, reach)
            lines += 1
        return lines


def _held_together(cells: Cells, loose: list[float], *, has_names: bool) -> list[float]:
    """Return the costs of breaks, with none inside a number and its unit, a date or a word."""
    breaks = [inf if cost > DEAR else cost for cost in costs_in_ragged(loose)]
    if "hh" in cells.marks or cells.marks.startswith("hd"):
        _hold_words(cells, breaks)
    text = "".join(part[0] for part in cells.texts)
    for found in WHOLE().finditer(text):
        middle = (found.start() + found.end()) // 2
        seam = breaks[middle]
        breaks[found.start() + 1 : found.end()] = [inf] * (found.end() - found.start() - 1)
        is_quoted = text[found.start() - 1 : found.start()] in QUOTES
        if not has_names and len(found["word"] or "") == TWO_WORDS and not is_quoted:
            breaks[middle] = seam
    return breaks


def _hold_words(cells: Cells, breaks: list[float]) -> None:
    """Let no word part, and no name but one that is so long that a column had to be wide for it.

    A character that ends a word or a name is not alone on a line (受理率, 农村局, 生态环境局), nor
    the first of all (市｜生态环境局, 至｜2027年12月31日).
    """
    boundaries = boundaries_of(cells)
    seams = [at for at, boundary in enumerate(boundaries) if boundary < Boundary.NAME]
    for before, at, after in zip((0, *seams), seams, (*seams[1:], len(cells)), strict=False):
        is_ending = after - at == 1 and cells.texts[at] in BOUND_TO_PREVIOUS
        if is_ending and boundaries[at] is Boundary.BOUND and after - before <= LONGEST_NAME:
            breaks[at] = inf
    if cells.marks.startswith("hh") or cells.marks.startswith("hd"):
        breaks[1] = inf
    for start, end in pairwise((0, *seams, len(cells))):
        for at in range(start + 1, end):
            is_edge = at in (start + 1, end - 1)
            if is_edge or boundaries[at] is Boundary.WORD or end - start <= LONGEST_NAME:
                breaks[at] = inf


def _legal(breaks: list[float]) -> list[int]:
    return [*(at for at, cost in enumerate(breaks) if cost < inf), len(breaks)]
