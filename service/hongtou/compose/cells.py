"""Text as the composer sees it: cells with their widths and the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hongtou.faces import Face


class TypeRun(NamedTuple):
    """Characters in one font role; a label ``takes`` so many points, others what they need."""

    text: str
    role: str
    takes: float = 0.0


@dataclass(slots=True)
class Cells:
    """A text cut into cells, in parallel lists; cell i is separated from i-1 by gap i.

    ``advances``, ``gaps`` and ``shrinks`` are in points. ``breaks`` holds the cost of ending a
    line before cell i, infinite where none may end. ``leads`` and ``tails`` are the blank parts
    of a cell's square before and behind its ink. ``rooms`` is how far the gap before a cell may
    open, in points, where it is the space between Western words or the gap between Han and Latin;
    ``spaces`` holds those of the spaces alone, by cell.
    """

    texts: tuple[str, ...]
    faces: tuple[Face, ...]
    glyphs: tuple[int, ...]
    advances: list[float]
    marks: str
    gaps: list[float]
    shrinks: list[float]
    stretches: list[int]
    breaks: list[float]
    leads: list[float]
    tails: list[float]
    rooms: list[float]
    spaces: dict[int, float]
    tracking: float

    def __len__(self) -> int:
        return len(self.texts)
