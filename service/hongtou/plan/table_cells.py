"""Cells of a table as they are measured and set: their lines, and figures under one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import ceil

from hongtou.bulletin.table import Align, Cell, Table
from hongtou.bulletin.table_grid import first_columns
from hongtou.compose.boxed import BoxedText
from hongtou.compose.lines import SetLine
from hongtou.plan.texts import TextSetter

ALIGNED: dict[Align, str] = {
    "left": "left",
    "center": "centre",
    "right": "right",
    "decimal": "decimal",
}
# What must not be parted in a cell: a number with its sign, its points and joints, its per cent.
NUMBER = re.compile(r"[-+±−]?[0-9][0-9.,:/～~–—−-]*[%％‰℃]?")
# A number by itself, cut where its decimal point stands or would stand: what goes before it (约, <,
# ±) hangs at its left; a power of ten, a unit and what stands in brackets follow it.
DECIMAL = re.compile(
    r"""(?P<before>[^0-9]{0,3}[0-9]+(?:[,，\ \u2009\u202f][0-9]{3})*)
        (?P<after>(?:\.[0-9]+)?
                  (?:\ ?[×xX*·]\ ?10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*)?
                  [^0-9]{0,8}
                  (?:[（(〔[][^）)〕\]]*[）)〕\]])?)""",
    re.VERBOSE,
)
SIGNS = "%％‰℃"
NO_NUMBER = re.compile("[-–—−…/*]{1,2}")  # what stands for a number ends where whole ones end
BARE_NUMBER = re.compile(
    r"[-+±−＋－↑↓▲▼]?(?:[0-9]+(?:[,，][0-9]{3})*|[0-9]{1,3}(?:[ \u2009\u202f][0-9]{3})+)"
    r"(?:\.[0-9]+)?[%％‰℃]?"
)


# Between the ends of a range, and before a tolerance: 15～25, 61.4±0.9.
BETWEEN_NUMBERS = re.compile("[～~±]")
BOUNDS = "≥≤＞＜><≈约近"  # one before a number that is not exact
LONGEST_NOTE = 12  # characters in the brackets of 3（输入2）


@dataclass(frozen=True, slots=True)
class Point:
    """Room before and behind the decimal points of a column, in points."""

    before: float
    after: float

    @property
    def width(self) -> float:
        """Return how wide the figures of the column are together."""
        return self.before + self.after


@dataclass
class CellDraft:
    """A cell whose text is cut and measured at ``size``; ``column`` is its first, from 0."""

    cell: Cell
    column: int
    style: str
    align: str
    size: float
    setter: TextSetter
    point: Point | None = None  # of its column, where its figures stand under one another
    ends_with_sign: bool = False  # at the sign of the others, having no point: 100% under 95.7%

    @cached_property
    def boxes(self) -> list[BoxedText]:
        """Return the lines of the text as they were sent."""
        role, box = self.setter.style(self.style).role, self.setter.compositor.box
        has_names = self.style != "table_header"
        parts = self.cell.text.split("\n")
        return [box(part, role, self.size, has_names=has_names) for part in parts]

    @cached_property
    def natural(self) -> float:
        """Return how wide the text is if nothing of it turns over, in points."""
        own = max(box.natural for box in self.boxes)
        return max(own, self.point.width) if self.point else own

    @property
    def is_label(self) -> bool:
        """Tell whether it says what several rows under the header are."""
        return self.cell.rowspan > 1 and self.style != "table_header"

    @property
    def label_lines(self) -> int:
        """Return how many lines a label may take without a thought: half of its rows."""
        return (self.cell.rowspan + 1) // 2 if self.is_label else 0

    @cached_property
    def wanted(self) -> float:
        """Return how wide a column its text wants, in points.

        A label takes the lines that it has room for before it is wider than the layout likes.
        """
        if not self.is_label:
            return self.natural
        likes = self.setter.layout.count("table.label_width") * self.setter.layout.character_pt
        lines = min(self.label_lines, max(1, ceil(self.natural / likes)))
        return max(self.whole, min(self.natural, self.natural / lines + self.size))

    @cached_property
    def whole(self) -> float:
        """Return how wide its widest piece is that belongs together, in points."""
        own = max(box.widest for box in self.boxes)
        return max(own, self.point.width) if self.point else own

    @cached_property
    def figures(self) -> float:
        """Return how wide its longest number is, in points."""
        role, natural = self.setter.style(self.style).role, self.setter.compositor.natural_width
        widths = [natural(found, role, self.size) for found in NUMBER.findall(self.cell.text)]
        return max(widths, default=0.0)

    def count(self, measure: float) -> int:
        """Return how many lines the text takes in this measure."""
        return sum(box.count(measure) for box in self.boxes)

    def split(self) -> Point | None:
        """Return how wide a number is before its decimal point and behind it, if it is one."""
        if NO_NUMBER.fullmatch(self.cell.text):
            return Point(self.boxes[0].natural, 0.0)
        found = DECIMAL.fullmatch(self.cell.text)
        if not found or "\n" in self.cell.text:
            return None
        role, natural = self.setter.style(self.style).role, self.setter.compositor.natural_width
        before = natural(found["before"], role, self.size)
        return Point(before, self.boxes[0].natural - before)

    def lines(self, measure: float) -> list[SetLine]:
        """Return the lines of the text, set; an empty one has none."""
        if not self.cell.text:
            return []
        align = "centre" if self.align == "decimal" else self.align
        lines = [
            line for box in self.boxes for line in self.setter.compositor.boxed(box, measure, align)
        ]
        own = self.split() if self.point and self.align == "decimal" else None
        if own is None or self.point is None or self.point.width > measure or len(lines) > 1:
            return lines
        left = (measure - self.point.width) / 2 + self.point.before - own.before
        if self.ends_with_sign:
            left = (measure + self.point.width) / 2 - own.width
        return [lines[0]._replace(x=left)]


DraftRow = list[CellDraft]


def draft_rows(
    table: Table, setter: TextSetter, shrunk: float = 1.0
) -> tuple[list[DraftRow], list[DraftRow]]:
    """Return the cells of header and rows, in type of this share of its size."""
    header = _drafted(table.header, table, "table_header", setter, shrunk)
    first_total = len(table.rows) - table.total_rows
    styles = ["table_cell" if at < first_total else "table_total" for at in range(len(table.rows))]
    rows = _drafted(table.rows, table, styles, setter, shrunk)
    _align_points(rows, table.columns)
    return header, rows


def _drafted(
    rows: Sequence[Sequence[Cell]],
    table: Table,
    styles: str | Sequence[str],
    setter: TextSetter,
    shrunk: float,
) -> list[DraftRow]:
    firsts = first_columns(rows, table.columns) if rows else []
    placed = [[*zip(row, columns, strict=True)] for row, columns in zip(rows, firsts, strict=True)]
    asked = dict(enumerate(table.align))
    figures = _figure_columns(placed)
    named = [styles] * len(rows) if isinstance(styles, str) else styles

    def aligned(cell: Cell, column: int, style: str) -> str:
        of_column = None if style == "table_header" else asked.get(column)
        if wanted := cell.align or of_column:
            return ALIGNED[wanted]
        return (
            setter.style(style).align if asked else figures.get(column, setter.style(style).align)
        )

    return [
        [
            CellDraft(
                cell,
                column,
                style,
                aligned(cell, column, style),
                setter.style(style).size_pt * shrunk,
                setter,
            )
            for cell, column in row
        ]
        for row, style in zip(placed, named, strict=True)
    ]


def _figure_columns(rows: Iterable[Iterable[tuple[Cell, int]]]) -> dict[int, str]:
    """Return how columns are aligned that have bare numbers or ranges of them and nothing else.

    A few of the numbers may be bounds, or have a note in brackets: ≥120, 3（输入2）.
    Only what stands in a column tells. Ranges (15～25) and tolerances (61.4±0.9) have no points
    to stand under one another.
    """
    texts: dict[int, list[str]] = {}
    for cell, column in chain.from_iterable(rows):
        if cell.colspan == 1 and cell.text:
            texts.setdefault(column, []).append(cell.text)
    aligned: dict[int, str] = {}
    for column, found in texts.items():
        rest = [text for text in found if not BARE_NUMBER.fullmatch(text)]
        others = [text for text in rest if not NO_NUMBER.fullmatch(text)]
        bare = len(found) - len(rest)
        if bare > len(others) and all(_is_noted(text) or _is_bound(text) for text in others):
            aligned[column] = "decimal"
        elif others and all(_is_range(text) or _is_bound(text) for text in others):
            aligned[column] = "centre"
    return aligned


def _is_noted(text: str) -> bool:
    number, _, note = text.partition("（")
    has_note = note.endswith("）") and 1 < len(note) <= LONGEST_NOTE + 1
    return has_note and BARE_NUMBER.fullmatch(number) is not None


def _is_bound(text: str) -> bool:
    return text[:1] in BOUNDS and BARE_NUMBER.fullmatch(text, 1) is not None


def _is_range(text: str) -> bool:
    ends = BETWEEN_NUMBERS.split(text)
    return len(ends) == 2 and all(map(BARE_NUMBER.fullmatch, ends))


def _align_points(rows: Iterable[DraftRow], columns: int) -> None:
    """Give the cells of each column that is aligned by decimal points the room these take."""
    numbers: list[list[Point]] = [[] for _ in range(columns)]
    drafts = [one for row in rows for one in row if one.align == "decimal"]
    for draft in drafts:
        if draft.cell.colspan == 1 and (point := draft.split()):
            numbers[draft.column].append(point)
    for draft in drafts:
        if found := numbers[draft.column]:
            draft.point = Point(
                max(point.before for point in found), max(point.after for point in found)
            )
    for column in range(columns):
        _align_signs([draft for draft in drafts if draft.column == column])


def _align_signs(drafts: Sequence[CellDraft]) -> None:
    """Let whole numbers end at the sign that the others have, all with as many figures: 100%."""
    texts = [draft.cell.text for draft in drafts if BARE_NUMBER.fullmatch(draft.cell.text)]
    endings = {text[text.find(".") :] for text in texts if "." in text}
    places = {len(ending) for ending in endings}
    signs = {text[-1] for text in texts}
    if len(places) != 1 or len(signs) != 1 or signs.isdisjoint(SIGNS):
        return
    for draft in drafts:
        draft.ends_with_sign = "." not in draft.cell.text and draft.cell.text[-1:] in signs
