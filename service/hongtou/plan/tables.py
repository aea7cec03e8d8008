"""Tables set on the grid: columns take whole steps, rows take whole lines.

What stands around the rows belongs to the table, so that no page parts them: caption and unit go
over the header, which is printed again on every page, and the notes under the last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from hongtou.bulletin.table import Table
from hongtou.compose.cells import TypeRun
from hongtou.plan.column_search import column_step, measure_of
from hongtou.plan.columns import Setting, set_columns
from hongtou.plan.set_text import SetText
from hongtou.plan.table_cells import CellDraft, DraftRow
from hongtou.plan.table_surrounds import Surrounds
from hongtou.plan.texts import TextSetter


class CellPlan(NamedTuple):
    """A cell: its text, as high as the rows that it takes."""

    text: SetText
    colspan: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: the cells that begin in it, and how many grid lines it takes.

    No page ends before one that ``stays``.
    """

    cells: tuple[CellPlan, ...]
    lines: int
    stays: bool = False


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table or, of a landscape one, the part that stands on one page.

    ``widths`` are the columns' widths in steps of the layout. ``above`` stands over the header
    on every page; what of it is content and no repetition is ``captions``. ``below`` ends the
    table: its ``notes``, or the space under it. A part that ``continues`` the one before repeats
    what is over it; ``head_lines`` is how many lines of the grid that takes.
    """

    above: tuple[SetText, ...]
    captions: tuple[SetText, ...]
    header: tuple[RowPlan, ...]
    rows: tuple[RowPlan, ...]
    below: tuple[SetText, ...]
    notes: tuple[SetText, ...]
    widths: tuple[int, ...]
    landscape: bool
    head_lines: float
    continues: bool = False


class RowDraft(NamedTuple):
    """A row that is measured and not yet kept; ``height`` in lines of the grid.

    One that ``begins`` is reached by no cell of the rows above.
    """

    cells: DraftRow
    height: int
    begins: bool


def plan_table(table: Table, setter: TextSetter) -> list[TablePlan | SetText]:
    """Set a table; a landscape one is cut into pages, each with the header again.

    Notes too long to stay with the table are texts after it.
    """
    layout = setter.layout
    across = layout.pt("page.type_area_height") if table.landscape else setter.measure
    return _Tabling(table, set_columns(table, across, setter), setter).parts()


class _Tabling:
    """One table on its way onto the grid."""

    def __init__(self, table: Table, setting: Setting, setter: TextSetter) -> None:
        self._table, self._setting, self._setter = table, setting, setter
        layout = setter.layout
        self._padding = 2 * layout.pt("table.cell_padding")
        self._header = self._measured(setting.header)
        across = layout.pt("page.type_area_width")
        lines = int(across / setter.pitch + 1e-6) if table.landscape else layout.count("page.lines")
        self._room = lines - sum(row.height for row in self._header)
        self._rows = self._measured(setting.rows)
        self._width = sum(setting.widths) * column_step(setter)
        self._surrounds = Surrounds(table, setter, self._width)
        if self._is_tight():
            self._surrounds = Surrounds(self._bare(), setter, self._width, is_tight=True)

    def parts(self) -> list[TablePlan | SetText]:
        """Return the table, in parts if it is landscape."""
        rows = self._rows
        notes = self._notes(rows)
        if self._is_tight():
            self._refuse_tall()
        parts: list[TablePlan | SetText] = list(self._apart())
        while rows:
            first = rows is self._rows
            above = self._surrounds.above(first=first)
            taken = self._taken(rows, notes, above) if self._table.landscape else len(rows)
            ending = notes if taken == len(rows) else ()
            parts.append(self._part(rows[:taken], ending, above, first=first))
            rows = rows[taken:]
        if not notes:
            parts += [self._setter.text("table_note", note) for note in self._table.notes]
        return parts

    def _measured(self, drafts: Sequence[DraftRow]) -> list[RowDraft]:
        """Return rows with their heights; who takes several rows makes the last of them higher."""
        heights = [1] * len(drafts)
        spanning: list[tuple[int, int, int]] = []
        begins, reach = [], 0
        for number, row in enumerate(drafts):
            begins.append(reach <= number)
            for one in row:
                end = number + one.cell.rowspan
                reach = max(reach, end)
                lines = self._setting.type.rows(one.count(self._measure(one)))
                spanning.append((number, end, lines))
        for number, end, lines in sorted(spanning, key=lambda span: span[1] - span[0]):
            heights[end - 1] += max(0, lines - sum(heights[number:end]))
        return [RowDraft(*row) for row in zip(drafts, heights, begins, strict=True)]

    def _measure(self, one: CellDraft) -> float:
        step = column_step(self._setter)
        return measure_of(one, self._setting.widths, step, self._padding)

    def _notes(self, rows: Sequence[RowDraft]) -> tuple[str, ...]:
        """Return the notes that stay with the table: few enough, with room under the last rows."""
        notes, above = self._table.notes, self._surrounds.above(first=True)
        lines = sum(map(self._surrounds.note_lines, notes))
        ending = self._groups(rows)[-1]
        under = self._surrounds.below(notes, above)
        is_long = lines > self._setter.layout.count("table.whole_notes")
        return () if is_long or above + _height(ending) + under > self._room else notes

    def _groups(self, rows: Sequence[RowDraft]) -> list[Sequence[RowDraft]]:
        """Return the rows that cells which span hold together."""
        return [rows[start:end] for start, end in _runs([row.begins for row in rows])]

    def _is_tight(self) -> bool:
        """Tell whether rows that stay together leave no room for what stands over the header."""
        tallest = max(map(_height, self._groups(self._rows)))
        return tallest + self._surrounds.above(first=True) > self._room

    def _bare(self) -> Table:
        """Return a tight table as it is set: an upright one without what goes before it as text."""
        return self._table if self._table.landscape else replace(self._table, caption="", unit="")

    def _apart(self) -> Iterator[SetText]:
        """Set what stands over an upright table that has no room for it."""
        if self._surrounds.is_tight and not self._table.landscape:
            for style, text in (("caption", self._table.caption), ("table_unit", self._table.unit)):
                if text:
                    yield self._setter.text(style, text, measure=self._width)

    def _refuse_tall(self) -> None:
        """Note an error where rows that stay together have no room on a page under the header."""
        opening = max(self._groups(self._rows), key=_height)[0].cells[0].cell.text[:10] or "（空）"
        self._setter.refuse(
            "table/row-too-tall",
            self._table.pointer,
            f"表格中“{opening}”一行连同表头在一面里排不下",
            "请减少列数、精简单元格文字，或拆成几行",
        )

    def _taken(self, rows: Sequence[RowDraft], notes: Sequence[str], above: float) -> int:
        """Return how many rows of a landscape table fit on a page, at least those of one group."""
        room = self._room - above
        ends = [end for _, end in _runs([row.begins for row in rows])]
        fitting = [end for end in ends if _height(rows[:end]) <= room] or ends[:1]
        below = self._surrounds.below(notes, above) if notes else 0.0
        is_full = fitting[-1] == len(rows) and _height(rows) + below > room
        return fitting[-2] if is_full and len(fitting) > 1 else fitting[-1]

    def _part(
        self, rows: Sequence[RowDraft], notes: Sequence[str], above: float, *, first: bool
    ) -> TablePlan:
        """Keep the texts of one part, in reading order."""
        stays = self._staying(rows, self._room - above - self._surrounds.below(notes, above))
        over = self._surrounds.keep_above(first=first, landscape=self._table.landscape)
        header = self._placed(self._header, [False] * len(self._header))
        planned = self._placed(rows, stays)
        under = self._surrounds.keep_below(notes, above)
        return TablePlan(
            above=over.texts,
            captions=over.content,
            header=header,
            rows=planned,
            below=under,
            notes=under if notes else (),
            widths=self._setting.widths,
            landscape=self._table.landscape,
            head_lines=above + _height(self._header),
            continues=not first,
        )

    def _staying(self, rows: Sequence[RowDraft], room: float) -> list[bool]:
        """Tell which rows stay with the one above, where a page has room for all that stay.

        A small table stays whole; of others no row is left alone, and no total is parted from what
        it sums up.
        """
        count = len(rows)
        is_small = count <= self._setter.layout.count("table.whole_rows")
        ending = min(count - 1, count - self._table.total_rows)
        stays = [
            not row.begins or (number > 0 and (is_small or number == 1 or number >= ending))
            for number, row in enumerate(rows)
        ]
        for start, end in _runs([not row_stays for row_stays in stays]):
            if _height(rows[start:end]) > room:
                stays[start:end] = [not row.begins for row in rows[start:end]]
        return stays

    def _placed(self, rows: Sequence[RowDraft], stays: Sequence[bool]) -> tuple[RowPlan, ...]:
        """Keep the cells of rows, each in the middle of its height."""
        planned = []
        for number, row in enumerate(rows):
            cells = [
                self._cell(one, _height(rows[number : number + one.cell.rowspan]))
                for one in row.cells
            ]
            planned.append(RowPlan(tuple(cells), row.height, stays[number]))
        return tuple(planned)

    def _cell(self, one: CellDraft, lines: int) -> CellPlan:
        height = lines * self._setter.pitch
        set_lines = one.lines(self._measure(one))
        if not set_lines:
            text = self._setter.blank(height)
        else:
            pitch = self._setting.type.line_pitch
            space = (height - len(set_lines) * pitch) / 2
            text = self._setter.placed(
                one.style,
                one.cell.text.replace("\n", " "),
                set_lines,
                pitch,
                one.size,
                space,
                space,
                runs=[TypeRun(one.cell.text, self._setter.style(one.style).role)],
            )
        return CellPlan(text, one.cell.colspan, one.cell.rowspan)


def _height(rows: Sequence[RowDraft]) -> int:
    return sum(row.height for row in rows)


def _runs(begins: Sequence[bool]) -> list[tuple[int, int]]:
    """Return (first, end) of each run that begins where it is told to; the first always does."""
    starts = [number for number, is_start in enumerate(begins) if is_start or number == 0]
    return list(zip(starts, [*starts[1:], len(begins)], strict=True))
