"""A table: its header is repeated on every page, and rows are as high as in the edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hongtou.outputs.blocks import blocks_of
from hongtou.outputs.docx.markup import Element, gap, properties, rule, twips, w
from hongtou.outputs.docx.paragraphs import Paragraphs, indent
from hongtou.outputs.docx.styles import ALIGNED
from hongtou.plan import Plan, SetText
from hongtou.plan.structure import Element as Part
from hongtou.plan.table_rows import RowPlan
from hongtou.plan.tables import TablePlan

BLACK = "000000"
SIDES = ("top", "left", "bottom", "right")


def tables_of(plan: Plan) -> Iterator[list[TablePlan]]:
    """Yield the tables of a plan in reading order, each in its parts."""
    found: list[list[TablePlan]] = []
    for table in (block for block in blocks_of(plan) if isinstance(block, TablePlan)):
        if table.continues:
            found[-1].append(table)
        else:
            found.append([table])
    yield from found


def word_table(
    part: Part, planned: Sequence[TablePlan], plan: Plan, paragraphs: Paragraphs
) -> Iterator[Element]:
    """Yield a table with what stands over it, and the blank under it if no notes follow."""
    yield from _above(planned[0], plan, paragraphs)
    yield _Table(planned, plan, paragraphs).written(part)
    blank = sum(text.height for text in planned[-1].below if not text.lines)
    yield gap(blank)


def _above(table: TablePlan, plan: Plan, paragraphs: Paragraphs) -> Iterator[Element]:
    """Yield caption and unit, or the blank that stands there in their place."""
    keep = [w("keepNext")]
    for text in table.captions:
        yield paragraphs.paragraph(text, *keep, *_unit_place(text, table, plan))
        keep = [w("keepNext")]
    if not table.captions:
        yield gap(sum(text.height for text in table.above), *keep)


def _unit_place(text: SetText, table: TablePlan, plan: Plan) -> list[Element]:
    """Return the indent of a unit, which ends with the table and not with the line."""
    if text.style != "table_unit":
        return []
    layout = plan.layout
    across = layout.pt("page.type_area_height" if table.landscape else "page.type_area_width")
    width = sum(table.widths) * layout.pt("table.column_step")
    room = max(0.0, across - width) / 2 + layout.pt("table.cell_padding")
    return [w("ind", right=twips(room), rightChars=0)]


class _Table:
    """Writes one table."""

    def __init__(self, planned: Sequence[TablePlan], plan: Plan, paragraphs: Paragraphs) -> None:
        layout = plan.layout
        step = layout.pt("table.column_step")
        self._widths = [width * step for width in planned[0].widths]
        self._rows = [*planned[0].header, *(row for one in planned for row in one.rows)]
        self._plan, self._paragraphs, self._layout = plan, paragraphs, layout
        close = "least_" if planned[0].is_close else ""
        self._padding = layout.pt(f"table.{close}cell_padding")
        self._aligned = {cell.text.key: cell.align for row in self._rows for cell in row.cells}
        self._held: dict[int, tuple[int, int]] = {}  # column → rows still taken, columns taken

    def written(self, part: Part) -> Element:
        """Return the table."""
        grid = w("tblGrid", *(w("gridCol", w=twips(width)) for width in self._widths))
        table = w("tbl", self._properties(), grid)
        rows = [
            (row, group.role == "THead")
            for group in part.parts
            if group.role in ("THead", "TBody")
            for row in group.parts
        ]
        for (row, is_header), planned in zip(rows, self._rows, strict=True):
            table.append(self._row(row, planned, is_header=is_header))
        return table

    def _properties(self) -> Element:
        frame = self._layout.pt("table.frame_weight")
        thin = self._layout.pt("table.rule_weight")
        outer = [rule(side, frame, BLACK) for side in SIDES]
        inner = [rule(side, thin, BLACK) for side in ("insideH", "insideV")]
        padding = twips(self._padding)
        cells = [w(side, w=padding, type="dxa") for side in ("left", "right")]
        return w(
            "tblPr",
            w("tblW", w=twips(sum(self._widths)), type="dxa"),
            w("jc", val="center"),
            w("tblBorders", *outer, *inner),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *cells),
        )

    def _row(self, row: Part, planned: RowPlan, *, is_header: bool) -> Element:
        height = twips(planned.lines * self._layout.pt("page.line_pitch"))
        given = [w("cantSplit"), w("trHeight", val=height, hRule="atLeast")]
        if is_header:
            given.append(w("tblHeader"))
        return w("tr", properties("trPr", given), *self._cells(row))

    def _cells(self, row: Part) -> Iterator[Element]:
        """Yield the cells of a row; one that a cell above reaches into continues that."""
        column, waiting = 0, iter(row.parts)
        while column < len(self._widths):
            if column in self._held:
                rows, columns = self._held.pop(column)
                if rows > 1:
                    self._held[column] = (rows - 1, columns)
                yield self._cell(column, columns, [w("vMerge")], w("p"))
            else:
                cell = next(waiting)
                columns = cell.colspan
                yield self._own_cell(cell, column)
                if cell.rowspan > 1:
                    self._held[column] = (cell.rowspan - 1, columns)
            column += columns

    def _own_cell(self, cell: Part, column: int) -> Element:
        text = self._plan.texts[cell.texts[0]]
        paragraph = self._paragraphs.paragraph(
            text._replace(heights=(), above=0.0, below=0.0), *self._place(text)
        )
        merged = [w("vMerge", val="restart")] if cell.rowspan > 1 else []
        return self._cell(column, cell.colspan, merged, paragraph)

    def _cell(self, column: int, columns: int, merged: list[Element], content: Element) -> Element:
        width = sum(self._widths[column : column + columns])
        given = [w("tcW", w=twips(width), type="dxa"), *merged, w("vAlign", val="center")]
        if columns > 1:
            given.append(w("gridSpan", val=columns))
        return w("tc", properties("tcPr", given), content)

    def _place(self, text: SetText) -> list[Element]:
        """Return how a text stands in its cell, where its style says otherwise."""
        if not text.lines:
            return []
        align = self._aligned[text.key]
        if align == "decimal":
            before = text.lines[0].x  # its figures stand by the points of its column
            return [w("jc", val="left"), indent(before, before)]
        found, usual = ALIGNED[align], ALIGNED[self._layout.styles[text.style].align]
        return [] if found == usual else [w("jc", val=found)]
