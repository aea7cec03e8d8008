"""Whether the cells of a table, as sent, fill its columns: plain ones and those that span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hongtou.bulletin.table_grid import SpanFault, first_columns
from hongtou.intake.fields import fault

MOST_SPANNED = 300  # columns or rows: as many as a table may have by default

SentCell = Any  # a text, or a block with ``colspan`` and ``rowspan``


class Spans(NamedTuple):
    """How many columns and rows a cell takes."""

    colspan: int
    rowspan: int


def spans_of(cell: SentCell) -> Spans:
    """Return how many columns and rows a cell takes, one where it does not say."""
    return Spans(getattr(cell, "colspan", None) or 1, getattr(cell, "rowspan", None) or 1)


def len_of(row: Sequence[SentCell]) -> int:
    """Return how many columns a row takes by itself."""
    return sum(spans_of(cell).colspan for cell in row)


def hold_to_grid(
    header: Sequence[Sequence[SentCell]], rows: Sequence[Sequence[SentCell]], most: int
) -> None:
    """See that header and rows fill the columns of the first row; ``most`` columns at the most.

    Raises:
        PydanticCustomError: they do not.
    """
    columns = len_of((header or rows)[0])
    if columns == 0:
        raise fault("table/no-columns", "表格没有列", "请填写表头或第一行")
    if columns > most:
        raise fault(
            "document/too-long",
            "有 {size} 列，超过上限 {most} 列",
            "请精简或拆分",
            size=columns,
            most=most,
        )
    _hold_part(header, columns, "表头")
    _hold_part(rows, columns, "")


def _hold_part(rows: Sequence[Sequence[SentCell]], columns: int, part: str) -> None:
    """See that the rows of the header, or those below it, leave no hole and share no place."""
    spans = [[spans_of(cell) for cell in row] for row in rows]
    if all(span == (1, 1) for row in spans for span in row):
        for number, row in enumerate(rows, start=1):
            if len(row) != columns:
                raise _ragged(part, number, len(row), columns)
        return
    try:
        first_columns(spans, columns)
    except SpanFault as found:
        raise fault(
            "table/spans",
            "{part}第 {number} 行连同合并的格没有恰好排满 {columns} 列",
            "每行各格所占的列（colspan）加上从上面合并下来的格，应等于列数；被合并的位置不要再写空格子",
            part=part,
            number=found.row + 1,
            columns=columns,
        ) from None


def _ragged(part: str, number: int, cells: int, columns: int) -> Exception:
    return fault(
        "table/ragged-row",
        "{part}第 {number} 行有 {cells} 格，应有 {columns} 格",
        '空格子请写成 ""',
        part=part,
        number=number,
        cells=cells,
        columns=columns,
    )
