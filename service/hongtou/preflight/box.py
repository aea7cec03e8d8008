"""The boxes of pages, in points from the bottom left of the sheet."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hongtou.bulletin.measure import PT_PER_MM

TOLERANCE_PT: Final = 0.01
SIDE = re.compile(rb"[-.\d]+")


class Box(NamedTuple):
    """A box of a page."""

    left: float
    foot: float
    right: float
    head: float

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies within this one."""
        near = TOLERANCE_PT
        return (
            self.left <= other.left + near
            and self.foot <= other.foot + near
            and self.right >= other.right - near
            and self.head >= other.head - near
        )

    def is_of(self, size_mm: tuple[float, float]) -> bool:
        """Tell whether the box has a width and a height in mm."""
        found = self.right - self.left, self.head - self.foot
        return all(
            abs(side - wanted * PT_PER_MM) <= TOLERANCE_PT
            for side, wanted in zip(found, size_mm, strict=True)
        )

    def is_paper(self, size_mm: tuple[float, float]) -> bool:
        """Tell whether the box also begins at 0."""
        return max(abs(self.left), abs(self.foot)) <= TOLERANCE_PT and self.is_of(size_mm)


def box_of(text: bytes) -> Box:
    """Return the box that a page states."""
    return Box(*map(float, SIDE.findall(text)))
