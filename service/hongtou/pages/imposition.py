"""Which page stands where on which side of a sheet: arithmetic alone. Lengths are in points.

A *slot* is a page of the bound copy: a page of the bulletin by its number from 0, or None, a blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Slot = int | None

A_SHEET_HOLDS = 4  # pages of a folded sheet, two a side


class Placement(NamedTuple):
    """A page on a side of a sheet, by the place of its lower left corner from that of the side.

    What of it is beyond ``left``, ``right``, ``bottom`` and ``top`` is cut off: there stands the
    page beside it.
    """

    page: int
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float


Side = tuple[Placement, ...]


class FoldMark(NamedTuple):
    """The marks of a fold: their place from the left, their length from each edge, their weight."""

    x: float
    length: float
    weight: float


@dataclass(frozen=True, slots=True)
class Imposition:
    """All sides of the sheets, with their size, and how their ``fold`` is marked, if it is."""

    sides: tuple[Side, ...]
    width: float
    height: float
    fold: FoldMark | None = None


def slots_of(count: int, multiple: int, *, closing_stands_alone: bool = False) -> tuple[Slot, ...]:
    """Return the pages with blanks to a multiple.

    The closing block is at the foot of the last page, and stays there: blanks follow that page, or
    stand before it where it holds nothing else.
    """
    blanks = (None,) * (-count % multiple)
    pages = tuple(range(count))
    if blanks and closing_stands_alone:
        return (*pages[:-1], *blanks, pages[-1])
    return (*pages, *blanks)


def saddle_stitched(
    slots: Sequence[Slot], width: float, height: float, thickness: float
) -> Iterator[Side]:
    """Yield the sides of sheets that are folded into one another: front and back, outermost first.

    Inner sheets would stick out by the ``thickness`` of those around them (creep), so that their
    pages move towards the fold, where they are cut off.
    """
    last = len(slots) - 1
    for sheet in range(len(slots) // A_SHEET_HOLDS):
        creep = sheet * thickness
        outer, inner = 2 * sheet, 2 * sheet + 1
        for left, right in ((last - outer, outer), (inner, last - inner)):
            yield tuple(
                Placement(page, x, 0.0, start, start + width, 0.0, height)
                for page, x, start in (
                    (slots[left], creep, 0.0),
                    (slots[right], width - creep, width),
                )
                if page is not None
            )


def side_by_side(
    slots: Sequence[Slot], columns: int, rows: int, width: float, height: float
) -> Iterator[Side]:
    """Yield sides with so many pages each in reading order, to be cut apart or read as they are."""
    each = columns * rows
    for start in range(0, len(slots), each):
        yield tuple(
            Placement(
                page,
                width * (at % columns),
                height * (rows - 1 - at // columns),
                width * (at % columns),
                width * (at % columns + 1),
                height * (rows - 1 - at // columns),
                height * (rows - at // columns),
            )
            for at, page in enumerate(slots[start : start + each])
            if page is not None
        )
