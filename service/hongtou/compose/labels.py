"""Labels of lists: each as wide as it is told to be, so that what follows them hangs straight."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from unicodedata import category

from hongtou.compose.cells import Cells, TypeRun

MARKS = {"Mn", "Me"}  # of Unicode: what stands on the character before it


def stiffen(cells: Cells, runs: Sequence[TypeRun]) -> None:
    """Give each run that takes a width exactly that, and part it from nothing that follows.

    The blank half of an opening mark behind it is let into its width: its ink stands at the edge
    at which further lines begin with theirs.
    """
    first = 0
    for run in runs:
        end = first + sum(category(char) not in MARKS for char in run.text)
        if run.takes and first < end <= len(cells):
            cells.shrinks[first + 1 : end] = [0.0] * (end - first - 1)
            cells.breaks[first + 1 : end + 1] = [inf] * len(cells.breaks[first + 1 : end + 1])
            if end < len(cells):
                taken = sum(cells.advances[first:end]) + sum(cells.gaps[first + 1 : end])
                cells.gaps[end] = run.takes - taken - cells.leads[end]
                cells.shrinks[end], cells.stretches[end] = 0.0, 0
        first = end
