"""Last lines of paragraphs: none of one character, and none that misses the edge by a hair."""

from __future__ import annotations

from hongtou.compose.cells import Cells

LONELY = 40.0  # cost of a last line of a single character
NEARLY = 0.05  # em: what ends so near the edge is full to an eye


def ending(cells: Cells, first: int) -> float:
    """Return the cost of a last line that starts at this cell (孤字不成行)."""
    if first == 0 or len(cells) - first > 4:
        return 0.0
    characters = sum(mark in "hdl" for mark in cells.marks[first:])
    return LONELY if characters <= 1 else 0.0


def flush(slack: float, tail: float, gaps: int, em: float, widest: float) -> float:
    """Return how far each gap opens of a last line whose mark just reaches the edge, in points.

    Else the blank half of the mark would lie within the edge, as that of no full line does
    (GB/T 15834-2011 §5.1.10). ``slack`` is what lacks to the edge and ``tail`` that half, in
    points, ``widest`` how far a gap may open, in em.
    """
    reaches = tail > 0.0 and 0.0 < slack <= tail + NEARLY * em
    return slack / gaps if reaches and slack <= widest * em * gaps else 0.0
