"""The search for the columns with which a table takes the fewest lines, in whole steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from typing import NamedTuple

from hongtou.plan.table_cells import CellDraft, DraftRow
from hongtou.plan.table_type import TableType
from hongtou.plan.texts import TextSetter

STRIDES = (8, 4, 2, 1)  # steps at once: one by one the search would stop where a word is too long
ALIKE = 2  # steps by which columns may differ in what they want and still be alike

Widths = tuple[int, ...]


def column_step(setter: TextSetter) -> float:
    """Return what the widths of columns are counted in, in points."""
    return setter.layout.pt("table.column_step")


class Slot(NamedTuple):
    """The columns that a cell takes."""

    column: int
    colspan: int


class Taken(NamedTuple):
    """What the cells of a slot take at some width: lines of the grid by row, and lines of type."""

    rows: list[int]
    lines: int


class ColumnSearch:
    """A search for widths with which a table takes fewer lines.

    Only cells that may turn over at all are asked how many lines they take, once for each width.
    """

    def __init__(
        self,
        drafts: tuple[list[DraftRow], list[DraftRow]],
        wants: Sequence[float],
        least: Sequence[int],
        kind: TableType,
        setter: TextSetter,
    ) -> None:
        self._least = least
        rounded = [round(want / ALIKE) for want in wants]
        self._alike = [
            (one, other)
            for one, other in combinations(range(len(wants)), 2)
            if rounded[one] == rounded[other]
        ]
        self._rows = kind.rows
        self._step = column_step(setter)
        self._worth = setter.layout.share("table.pooled")
        self._padding = kind.padding
        self._slots: dict[Slot, list[tuple[int, CellDraft]]] = {}
        self._count = self._whole_rows = 0
        for row in chain(*drafts):
            turning = [one for one in row if one.natural > self._measure(one, least)]
            for one in turning:
                slot = Slot(one.column, one.cell.colspan)
                self._slots.setdefault(slot, []).append((self._count, one))
            self._count += bool(turning)
            self._whole_rows += not turning
        self._known: dict[tuple[Slot, int], Taken] = {}

    def fewest_lines(self, widths: Widths) -> Widths:
        """Return widths that neither a move of steps nor all room to spare makes better."""
        if not self._slots:
            return widths
        while True:
            widths, cost = self._moved(widths)
            pooled = min(self._pooled(widths), key=self._cost, default=widths)
            if self._cost(pooled)[0] > self._worth * cost[0]:
                return widths  # for less, cells of others would turn over
            widths = pooled

    def rows(self, widths: Widths) -> list[int]:
        """Return how many lines of the grid each row takes, last those that never turn over."""
        taken = map(max, [1] * self._count, *(one.rows for one in self._taken_by(widths)))
        return [*taken, *[1] * self._whole_rows]

    def _moved(self, widths: Widths) -> tuple[Widths, tuple[int, int]]:
        """Return widths that no move of steps from one column to another makes better."""
        cost = self._cost(widths)
        for stride in STRIDES:
            while True:
                better = None
                for moved in self._moves(widths, stride):
                    if (found := self._cost(moved)) < cost:
                        cost, better = found, moved
                if better is None:
                    break
                widths = better
        return widths, cost

    def _pooled(self, widths: Widths) -> Iterator[Widths]:
        """Yield the widths in which a column has more of the room that others can spare or give.

        One that takes a line less only with all of it is not reached from column to column.
        """
        spare = [self._spare(column, widths) for column in range(len(widths))]
        giving = [width - least for width, least in zip(widths, self._least, strict=True)]
        takers = sorted({slot.column for slot in self._slots})
        for rooms, taker in product((spare, giving), takers):
            given = list(widths)
            for giver, room in enumerate(rooms):
                if giver != taker and room:
                    given[giver] -= room
                    given[taker] += room
                    yield tuple(given)

    def _spare(self, column: int, widths: Widths) -> int:
        """Return by how many steps a column may be narrower before the rows take more lines."""
        before = self._cost(widths)[0]

        def takes_more(narrower: int) -> bool:
            given = list(widths)
            given[column] -= narrower
            return self._cost(given)[0] > before

        most = range(1, widths[column] - self._least[column] + 1)
        return bisect_left(most, True, key=takes_more)

    def _moves(self, widths: Widths, stride: int) -> Iterator[Widths]:
        """Yield the widths that one move of so many steps makes."""
        for taker in sorted({slot.column for slot in self._slots}):
            for giver, width in enumerate(widths):
                if giver != taker and width - stride >= self._least[giver]:
                    moved = list(widths)
                    moved[taker] += stride
                    moved[giver] -= stride
                    yield tuple(moved)

    def _cost(self, widths: Sequence[int]) -> tuple[int, int]:
        """Return how many lines the rows take together, and then how many their cells have.

        A label may turn over beside its rows: only lines for which it has no room count.
        Columns that want the same are better alike: it counts against widths how far they are not.
        """
        taken = self._taken_by(widths)
        rows = sum(map(max, [1] * self._count, *(one.rows for one in taken)))
        unlike = sum(abs(widths[one] - widths[other]) for one, other in self._alike)
        return rows, unlike + sum(one.lines for one in taken)

    def _taken_by(self, widths: Sequence[int]) -> list[Taken]:
        return [self._taken(slot, self._width(slot, widths)) for slot in self._slots]

    def _width(self, slot: Slot, widths: Sequence[int]) -> int:
        return sum(widths[slot.column : slot.column + slot.colspan])

    def _taken(self, slot: Slot, width: int) -> Taken:
        if (slot, width) not in self._known:
            rows, lines = [1] * self._count, 0
            for number, one in self._slots[slot]:
                count = one.count(width * self._step - self._padding)
                rows[number] = self._rows(count) - one.cell.rowspan + 1
                lines += max(0, count - one.label_lines)
            self._known[slot, width] = Taken(rows, lines)
        return self._known[slot, width]

    def _measure(self, one: CellDraft, widths: Sequence[int]) -> float:
        return measure_of(one, widths, self._step, self._padding)


def measure_of(one: CellDraft, widths: Sequence[int], step: float, padding: float) -> float:
    """Return the measure of a cell in points; ``padding`` is that of both its sides."""
    return sum(widths[one.column : one.column + one.cell.colspan]) * step - padding


def shared_out(
    wants: Sequence[float], least: Sequence[int], steps: int, growth: Sequence[float]
) -> Widths:
    """Give each column a whole number of steps; together they fill the measure.

    What is over goes to the columns by their ``growth``. Where the measure does not hold what all
    want, who wants little gets it, and the others share alike: a name is not parted for the sake
    of a remark that takes several lines whatever it gets.
    """
    given = [max(want, low) for want, low in zip(wants, least, strict=True)]
    over = steps - sum(given)
    if over < 0:
        level = _level(given, least, steps)
        given = [max(low, min(want, level)) for want, low in zip(given, least, strict=True)]
    else:
        shares = [max(1e-6, share) for share in growth]
        given = [
            want + over * share / sum(shares) for want, share in zip(given, shares, strict=True)
        ]
    return _rounded(given, steps)


def _level(wants: Sequence[float], least: Sequence[int], steps: int) -> float:
    """Return the width at which columns that want more must stop."""
    low, high = 0.0, float(steps)
    for _ in range(30):
        level = (low + high) / 2
        taken = sum(max(few, min(want, level)) for want, few in zip(wants, least, strict=True))
        low, high = (level, high) if taken <= steps else (low, level)
    return low


def _rounded(given: Sequence[float], steps: int) -> Widths:
    """Return whole numbers near these, which together are the measure."""
    widths = [int(width + 1e-6) for width in given]
    by_rest = sorted(range(len(widths)), key=lambda at: (widths[at] - given[at], at))
    for at in by_rest[: steps - sum(widths)]:
        widths[at] += 1
    return tuple(widths)
