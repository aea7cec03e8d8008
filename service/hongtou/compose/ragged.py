"""Ragged setting: lines at their natural width, turned where the sense allows.

Nothing is stretched, so a short line costs little; what is parted costs much. Costs are counted
in lines: what costs more than 1 is kept whole even where that takes a line more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from math import inf

from hongtou.bulletin.patterns import Late
from hongtou.compose.cells import Cells
from hongtou.compose.fit import Measures, Span, measure_cells
from hongtou.compose.natural import filled, one_line
from hongtou.compose.numbers import costs_in_ragged
from hongtou.compose.sense import Boundary, boundaries_of, inside_quotes

LINE = 1.0
BLANK = 0.5  # cost of a line with nothing on it, less as it is fuller
# Inside an entry of a list that ； or ， parts: 陈　炜　教授； and 市委常委、秘书长，副市长.
INSIDE = {"\u3000": 1.4, "、": 0.1}
INSIDE_BRACKET = 3.0  # more for parting 艾华（女，｜满族）, as a name
INSIDE_QUOTES = 0.5  # more for parting a phrase in quotation marks
LONELY = 20.0  # cost of a character by itself
FEW = 0.15  # and of two from the end of what they belong to (办理情况｜排名)
BREAKS = 0.02  # of the cost of a break in justified setting
COSTS: Mapping[Boundary, float] = {
    Boundary.STOP: 0.0,
    Boundary.COLON: 0.1,
    Boundary.PHRASE: 0.2,
    Boundary.WORDS: 0.3,
    Boundary.BOUND: 0.8,
    Boundary.NAME: 1.5,
    Boundary.WORD: 6.0,
}
# In a list each body and each person stays whole, if a line holds it, and so does a label with
# what it is of.
LIST_COSTS: Mapping[Boundary, float] = {
    Boundary.STOP: 0.0,
    Boundary.COLON: 1.6,
    Boundary.PHRASE: 1.4,
    Boundary.WORDS: 1.5,
    Boundary.BOUND: 2.0,
    Boundary.NAME: 3.0,
    Boundary.WORD: 7.0,
}
# 出席：王　伟　李　娜　欧阳明德: entries between wide or several spaces, behind a label or none. A
# bracket says what somebody is, with any mark: 艾华（女，满族）.
BRACKET = "[^（）]{0,30}）"  # behind its opening
ENTRY = f"(?:[^（，。；！？：\u3000 ]|（(?:{BRACKET}|(?!{BRACKET}))| (?! ))+"
ENTRIES = Late(
    f"^(?:[^，。；！？：\u3000]{{1,12}}：)?{ENTRY}(?:(?:\u3000{{1,4}}| {{2,4}}){ENTRY}){{2,}}"
)


SHORT_BRACKET = Late("（[^（）]{1,12}）")


def is_list(text: str) -> bool:
    """Tell whether a paragraph is a list: names or the like, parted by wide or several spaces."""
    return ("\u3000" in text or "  " in text) and ENTRIES().fullmatch(text) is not None


def turn(
    cells: Cells,
    em: float,
    first_width: float,
    width: float,
    costs: Mapping[Boundary, float] = COSTS,
) -> list[Span]:
    """Return the lines of a text that is set ragged; widths in points, of the first and others."""
    if not len(cells):
        return []
    sums = measure_cells(cells)
    line = one_line(cells, sums, em, first_width)
    if line is not None:
        return [line]
    found = _cheapest(cells, sums, (first_width, width), _break_costs(cells, costs))
    return found or filled(cells, sums, first_width, width)


def _break_costs(cells: Cells, costs: Mapping[Boundary, float]) -> list[float]:
    found = [
        costs[boundary] + BREAKS * cost
        for boundary, cost in zip(boundaries_of(cells), costs_in_ragged(cells.breaks), strict=True)
    ]
    for at in inside_quotes(cells):
        found[at] += INSIDE_QUOTES
    if len(found) > 1 and found[-2] >= costs[Boundary.PHRASE]:
        found[-2] += FEW
    if costs is LIST_COSTS:
        _keep_entries("".join(part[0] for part in cells.texts), found)
    return found


def _keep_entries(text: str, found: list[float]) -> None:
    """Add what it costs to part an entry of a list in a bracket, and where ； or ， parts them."""
    outside = text
    if "）" in text:
        outside = SHORT_BRACKET().sub("", text)
        for match in SHORT_BRACKET().finditer(text):
            for at in range(match.start() + 1, match.end()):
                found[at] += INSIDE_BRACKET
    if "；" in outside or "，" in outside:
        for at, before in enumerate(text[:-1], 1):
            found[at] += INSIDE.get(before, 0.0)


def _cheapest(
    cells: Cells, sums: Measures, widths: tuple[float, float], breaks: list[float]
) -> list[Span]:
    """Return the lines that cost least together, none where a word is longer than a line."""
    count = len(cells)
    written = list(accumulate((mark in "hdl" for mark in cells.marks), initial=0))
    best = [0.0] + [inf] * count
    starts = [0] * (count + 1)
    legal = [at for at, cost in enumerate(sums.costs) if cost < inf]
    ends, inked, tails = sums.ends, sums.inked, cells.tails
    for first in range(count):
        if (so_far := best[first] + LINE) == inf:
            continue
        room, start = widths[1 if first else 0], ends[first]
        square, lead, lonely = cells.advances[first], cells.leads[first], written[first] + 1
        for last in legal[bisect_right(legal, first) :]:
            end = max(first, inked[last - 1])
            width = ends[end] - start + square - lead - tails[end]  # as `natural.ink_width`
            if width > room + 1e-6:
                break
            cost = so_far
            if last < count:
                blank = 1 - width / room
                cost += breaks[last] + (BLANK * blank * blank if blank > 0.0 else 0.0)
            if written[last] <= lonely:
                cost += LONELY
            if cost < best[last]:
                best[last], starts[last] = cost, first
    if best[count] == inf:
        return []
    spans, last = [], count
    while last:
        spans.append(Span(starts[last], last))
        last = starts[last]
    return spans[::-1]
