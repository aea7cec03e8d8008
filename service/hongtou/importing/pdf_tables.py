"""Ruled tables of a PDF: rules → grids, characters → cells. Knows no PDF, only places in pt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hongtou.importing.merged_cells import Merged

THICKEST_PT = 2.5  # a rule; what is thicker is a bar or a box
SAME_PT = 2.0  # between edges that are drawn as one
MIN_EDGES = 3  # across and down: a frame around lines has two
MAX_COLUMNS, MAX_ROWS = 30, 400  # more is a pattern, not a table
MIDDLE_EMS = 0.3  # of a character above its baseline


class Rule(NamedTuple):
    """A straight rule: its box, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        """Tell whether it runs across."""
        return self.top - self.bottom < THICKEST_PT <= self.right - self.left

    @property
    def is_upright(self) -> bool:
        """Tell whether it runs down."""
        return self.right - self.left < THICKEST_PT <= self.top - self.bottom


class Mark(NamedTuple):
    """A character in a cell: its place, and its size."""

    char: str
    left: float
    baseline: float


@dataclass(slots=True)
class Grid:
    """A table: its edges from the left and from the top, and the characters of its cells."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: tuple[Rule, ...]
    marks: dict[tuple[int, int], list[Mark]] = field(default_factory=dict)

    def take(self, mark: Mark, right: float, size: float) -> bool:
        """Put a character into the cell it stands in; return False if it stands in none."""
        x, y = (mark.left + right) / 2, mark.baseline + MIDDLE_EMS * size
        column = sum(edge <= x for edge in self.across) - 1
        row = sum(edge >= y for edge in self.down) - 1
        if not (0 <= column < len(self.across) - 1 and 0 <= row < len(self.down) - 1):
            return False
        self.marks.setdefault(self._first(row, column), []).append(mark)
        return True

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """Return the first of the cells that no rule parts from one."""
        y = (self.down[row] + self.down[row + 1]) / 2
        while column and not self._is_parted_left(self.across[column], y):
            column -= 1
        x = (self.across[column] + self.across[column + 1]) / 2
        while row and not self._is_parted_above(self.down[row], x):
            row -= 1
        return row, column

    def _is_parted_left(self, edge: float, y: float) -> bool:
        return any(
            one.is_upright and abs(one.left - edge) < SAME_PT and one.bottom < y < one.top
            for one in self.rules
        )

    def _is_parted_above(self, edge: float, x: float) -> bool:
        return any(
            one.is_level and abs(one.top - edge) < SAME_PT and one.left < x < one.right
            for one in self.rules
        )

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Return the texts of all cells, row by row."""
        columns, rows = len(self.across) - 1, len(self.down) - 1
        return tuple(
            tuple(_text(self.marks.get((row, column), ())) for column in range(columns))
            for row in range(rows)
        )

    @property
    def merged(self) -> tuple[Merged, ...]:
        """Return which cells with a text are more than one, as no rule parts them."""
        columns, rows = len(self.across) - 1, len(self.down) - 1
        found = []
        for row, column in sorted(self.marks):
            own = (row, column)
            right = next(
                (at for at in range(column + 1, columns) if self._first(row, at) != own), columns
            )
            below = next(
                (at for at in range(row + 1, rows) if self._first(at, column) != own), rows
            )
            if (below - row) * (right - column) > 1:
                found.append(Merged(row, column, below - row, right - column))
        return tuple(found)


def grids_of(rules: Iterable[Rule]) -> list[Grid]:
    """Return the tables that rules make, from the top of a page."""
    straight = [one for one in rules if one.is_level or one.is_upright]
    return [grid for top, bottom in _bands(straight) if (grid := _grid(straight, top, bottom))]


def _bands(rules: Sequence[Rule]) -> Iterator[tuple[float, float]]:
    """Yield from where to where upright rules run beside one another."""
    upright = sorted((one for one in rules if one.is_upright), key=lambda one: -one.top)
    top = bottom = 0.0
    for one in upright:
        if top and one.top < bottom - SAME_PT:
            yield top, bottom
            top = 0.0
        top, bottom = (top, min(bottom, one.bottom)) if top else (one.top, one.bottom)
    if top:
        yield top, bottom


def _grid(rules: Sequence[Rule], top: float, bottom: float) -> Grid | None:
    own = [one for one in rules if bottom - SAME_PT < one.bottom and one.top < top + SAME_PT]
    across = _edges(one.left for one in own if one.is_upright)
    down = _edges(one.top for one in own if one.is_level)[::-1]
    if not MIN_EDGES <= len(across) <= MAX_COLUMNS or not MIN_EDGES <= len(down) <= MAX_ROWS:
        return None
    return Grid(tuple(across), tuple(down), tuple(own))


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SAME_PT:
            edges.append(place)
    return edges


def _text(marks: Sequence[Mark]) -> str:
    """Return the lines of a cell as one; between two Latin words stands a space."""
    text, line = "", 0.0
    for mark in sorted(marks, key=lambda one: (-round(one.baseline), one.left)):
        starts = text and abs(mark.baseline - line) > SAME_PT
        is_latin = text[-1:].isascii() and text[-1:].isalpha() and mark.char.isascii()
        text += f" {mark.char}" if starts and is_latin and mark.char.isalpha() else mark.char
        line = mark.baseline
    return text.strip()
