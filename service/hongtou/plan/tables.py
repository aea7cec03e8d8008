"""Tables set on the grid: columns take whole steps, rows take whole lines.

What stands around the rows belongs to the table, so that no page parts them: caption and unit go
over the header, which is printed again on every page, and the notes under the last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from hongtou.bulletin.table import Table
from hongtou.compose.cells import TypeRun
from hongtou.plan.annex_heading import AnnexHeading
from hongtou.plan.column_search import column_step, measure_of
from hongtou.plan.columns import Setting, set_columns
from hongtou.plan.row_heights import RowDraft, height_of, heights_of
from hongtou.plan.set_text import SetText
from hongtou.plan.table_cells import CellDraft, DraftRow
from hongtou.plan.table_groups import Groups, runs
from hongtou.plan.table_parts import part_of
from hongtou.plan.table_rows import CellPlan, RowPlan
from hongtou.plan.table_surrounds import Surrounds
from hongtou.plan.texts import TextSetter

STEPS = 4  # in which rows come nearer to the height that their texts need, tried in turn


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table or, of a landscape one, the part that stands on one page.

    ``widths`` are the columns' widths in steps of the layout. ``above`` stands over the header
    on every page; what of it is content and no repetition is ``captions``. ``below`` ends the
    table: its ``notes``, or the space under it, none over notes that go on. A part that
    ``continues`` the one before repeats what is over it; ``head_lines`` is how many lines of the
    grid that takes. ``heading`` is that of an annex, above all else on the page of its table.
    One that ``is_close`` has the least padding beside its texts.
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
    continues: bool
    heading: tuple[SetText, ...]
    is_close: bool


def plan_table(
    table: Table, setter: TextSetter, heading: AnnexHeading | None = None
) -> list[TablePlan | SetText]:
    """Set a table; a landscape one is cut into pages, each with the header again.

    Notes too long to stay with the table are texts after it. The heading of an annex that begins
    with a landscape table stands on its page; where it has no room there, on a page before.
    """
    layout = setter.layout
    across = layout.pt("page.type_area_height") if table.landscape else setter.measure
    setting = set_columns(table, across, setter)
    if heading and table.landscape:
        headed = _on_few_pages(table, setting, setter, heading)
        if not headed.is_tight():
            return headed.parts()
    over = heading.kept(setter, setter.measure) if heading else ()
    return [*over, *_on_few_pages(table, setting, setter).parts()]


def _on_few_pages(
    table: Table, setting: Setting, setter: TextSetter, heading: AnnexHeading | None = None
) -> _Tabling:
    """Return a table whose rows are lower than whole lines only where that saves a turned page.

    On its page no other text stands beside it that keeps the grid.
    """
    usual = _Tabling(table, setting, setter, heading)
    if not table.landscape or len(usual.ends) == 1:
        return usual
    shares = (step / STEPS for step in range(1, STEPS + 1))
    ways = [_Tabling(table, setting, setter, heading, share) for share in shares]
    fewest = len(ways[-1].ends)
    return next(way for way in (usual, *ways) if len(way.ends) == fewest)


class _Tabling:
    """One table on its way onto the grid."""

    def __init__(
        self,
        table: Table,
        setting: Setting,
        setter: TextSetter,
        heading: AnnexHeading | None = None,
        closeness: float = 0.0,
    ) -> None:
        self._table, self._setting, self._setter = table, setting, setter
        self._closeness = closeness
        layout = setter.layout
        grid = int(layout.pt("page.type_area_width") / setter.pitch + 1e-6)
        self._lines = grid if table.landscape else layout.count("page.lines")
        self._room = float(self._lines)
        self._width = sum(setting.widths) * column_step(setter)
        self._surrounds = Surrounds(table, setter, self._width, heading=heading)
        self._header = self._measured(setting.header)
        self._room -= height_of(self._header)
        self._rows = self._measured(setting.rows)
        if not heading and self.is_tight():
            self._surrounds = Surrounds(self._bare(), setter, self._width, is_tight=True)

    def parts(self) -> list[TablePlan | SetText]:
        """Return the table, in parts if it is landscape."""
        count, notes = len(self._rows), self._notes()
        if self.is_tight():
            self._refuse_tall()
        parts: list[TablePlan | SetText] = list(self._apart())
        for first, end in pairwise((0, *self.ends)):
            above = self._surrounds.above(first=first == 0)
            parts.append(self._part(first, end, notes if end == count else (), above))
        if self._notes_flow:
            parts += self._surrounds.keep_notes(self._surrounds.above(first=True))
        return parts

    @cached_property
    def ends(self) -> list[int]:
        """Return before which rows its parts end, of which an upright table has one."""
        count, notes = len(self._rows), self._notes()
        ends = [0] if self._table.landscape else [count]
        while ends[-1] < count:
            above = self._surrounds.above(first=ends[-1] == 0)
            ends.append(self._end(ends[-1], notes, above))
        return ends[1:] if self._table.landscape else ends

    def _measured(self, drafts: Sequence[DraftRow]) -> list[RowDraft]:
        """Return rows with their heights, and before which of them a page may end."""
        kind, closeness = self._setting.type, self._closeness

        def lines_of(one: CellDraft) -> float:
            return kind.close_rows(one.count(self._measure(one)), closeness)

        heights, reached, spans = heights_of(drafts, lines_of, kind.close_rows(1, closeness))
        whole = self._setter.layout.share("table.whole_group") * self._lines
        tall = [span for span in spans if span.end - span.first > 1]
        room = self._room - self._surrounds.most_above()
        begins = Groups(heights, tall, whole, room).beginnings()
        return [RowDraft(*row) for row in zip(drafts, heights, begins, reached, strict=True)]

    def _measure(self, one: CellDraft) -> float:
        step = column_step(self._setter)
        return measure_of(one, self._setting.widths, step, self._setting.type.padding)

    def _notes(self) -> tuple[str, ...]:
        """Return the notes that stay with the table, with room under the last rows.

        Under an upright one they are few: more may go on on the next page.
        """
        notes, above = self._table.notes, self._surrounds.most_above()
        lines = sum(map(self._surrounds.note_lines, notes))
        ending = self._groups()[-1]
        under = self._surrounds.below(notes, above)
        most = self._setter.layout.count("table.whole_notes")
        goes_on = lines > most and not self._table.landscape
        return () if goes_on or above + height_of(ending) + under > self._room else notes

    @cached_property
    def _notes_flow(self) -> bool:
        """Tell whether the notes are text that goes on under the table."""
        return bool(self._table.notes) and not self._notes()

    def _groups(self) -> list[Sequence[RowDraft]]:
        """Return the rows that no page parts, because of cells that take several of them."""
        rows = self._rows
        return [rows[first:end] for first, end in runs([row.begins for row in rows])]

    def is_tight(self) -> bool:
        """Tell whether rows that stay together leave no room for what stands over the header."""
        tallest = max(map(height_of, self._groups()))
        return tallest + self._surrounds.most_above() > self._room

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
        """Note an error where a row has no room on a page under the header."""
        cells = [one for row in max(self._groups(), key=height_of) for one in row.cells]
        longest = max(cells, key=lambda one: one.count(self._measure(one)))
        self._setter.refuse(
            "table/row-too-tall",
            self._table.pointer,
            f"表格中“{longest.cell.text[:10] or '（空）'}”一格连同表题、表头在一面里排不下",
            "请精简这一格或表头的文字，或拆成几行；列多的请减少列数",
        )

    def _end(self, first: int, notes: Sequence[str], above: float) -> int:
        """Return before which row of a landscape table its page ends that begins with ``first``."""
        room, rows = self._room - above, self._rows
        ends = [end for _, end in runs([not stays for stays in self._stays]) if end > first]
        fitting = [end for end in ends if height_of(rows[first:end]) <= room] or ends[:1]
        below = self._surrounds.below(notes, above) if notes else 0.0
        is_full = fitting[-1] == len(rows) and height_of(rows[first:]) + below > room
        return fitting[-2] if is_full and len(fitting) > 1 else fitting[-1]

    def _part(self, first: int, end: int, notes: Sequence[str], above: float) -> TablePlan:
        """Keep the texts of one part, in reading order."""
        over = self._surrounds.keep_above(first=first == 0, landscape=self._table.landscape)
        if first == 0:
            self._planned_header = self._placed(self._header, [False] * len(self._header))
            self._planned = self._placed(self._rows, self._stays)
        goes_on = self._notes_flow and not self._table.landscape
        under = () if goes_on else self._surrounds.keep_below(notes, above)
        return TablePlan(
            above=over.texts,
            captions=over.content,
            header=self._planned_header,
            rows=part_of(self._planned, first, end, self._table.columns, self._setter),
            below=under,
            notes=under if notes else (),
            widths=self._setting.widths,
            landscape=self._table.landscape,
            head_lines=above + height_of(self._header),
            continues=first > 0,
            heading=over.heading,
            is_close=self._setting.type.is_close,
        )

    @cached_property
    def _stays(self) -> list[bool]:
        """Tell which rows stay with the one above.

        A small table stays whole; of others no row of a line is left alone, the title of a section
        keeps a row, and no total is parted from what it sums up. What is higher than the layout
        lets it be is parted: the closing block must have room beside some of it.
        """
        above = self._surrounds.most_above()
        room = self._room - above - self._surrounds.below(self._notes(), above)
        most = min(room, self._setter.layout.share("table.whole") * self._lines)
        count = len(self._rows)
        if count <= self._setter.layout.count("table.whole_rows") and height_of(self._rows) <= most:
            return [number > 0 for number in range(count)]
        stays = [not row.begins or self._keeps(number) for number, row in enumerate(self._rows)]
        for first, end in runs([not row_stays for row_stays in stays]):
            if height_of(self._rows[first:end]) > most:
                stays[first:end] = [not row.begins for row in self._rows[first:end]]
        return stays

    def _keeps(self, number: int) -> bool:
        """Tell whether a row must not begin a page for what it says, or for what stands over it."""
        ending = len(self._rows) - max(1, self._table.total_rows)
        over = self._rows[number - 1]
        return number > 0 and (
            (number == 1 and over.height <= 1)
            or number >= ending
            or over.opens_section(self._table.columns)
        )

    def _placed(self, rows: Sequence[RowDraft], stays: Sequence[bool]) -> tuple[RowPlan, ...]:
        """Keep the cells of rows, each in the middle of its height."""
        planned = []
        for number, row in enumerate(rows):
            cells = [
                self._cell(one, height_of(rows[number : number + one.cell.rowspan]))
                for one in row.cells
            ]
            planned.append(RowPlan(tuple(cells), row.height, stays[number], row.is_reached))
        return tuple(planned)

    def _cell(self, one: CellDraft, lines: float) -> CellPlan:
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
        rowspan = one.cell.rowspan
        return CellPlan(text, one.cell.colspan, rowspan, one.align, all_rows=rowspan)
