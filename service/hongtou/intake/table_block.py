"""The shape of a table (表格) in a body: its rows, cells that span, and what stands around them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, ValidationInfo, model_validator

from hongtou.intake.fields import AtMost, Cell, Line, ParagraphText, StrictModel, context_of, fault
from hongtou.intake.table_shapes import MOST_SPANNED, hold_to_grid, len_of

Alignment = Literal["left", "center", "right", "decimal"]


class CellBlock(StrictModel):
    """A cell of a table that takes several columns or rows, or is aligned by itself."""

    model_config = ConfigDict(title="表格的一格")

    text: Cell = Field(title="文字")
    colspan: int | None = Field(None, title="占几列", ge=1, le=MOST_SPANNED)
    rowspan: int | None = Field(None, title="占几行", ge=1, le=MOST_SPANNED)
    align: Alignment | None = Field(None, title="对齐", description="省略时同本列")


CellMember = Annotated[
    Annotated[Cell, Tag("#text")] | Annotated[CellBlock, Tag("#cell")],
    Discriminator(lambda value: "#cell" if isinstance(value, dict | CellBlock) else "#text"),
]
Row = Annotated[list[CellMember], AtMost("table_columns", "列")]
Rows = Annotated[list[Row], AtMost("table_rows", "行")]


def _header_tag(value: object) -> str:
    """Tell one row of a header, as version 1 has it, from a list of rows."""
    rows = isinstance(value, list) and any(isinstance(member, list) for member in value)
    return "#rows" if rows else "#row"


Header = Annotated[
    Annotated[Row, Tag("#row")] | Annotated[Rows, Tag("#rows")], Discriminator(_header_tag)
]


class TableBlock(StrictModel):
    """A table."""

    model_config = ConfigDict(title="表格")

    type: Literal["table"]
    caption: Line | None = Field(None, title="表题")
    unit: Line | None = Field(None, title="单位", description="印在表格右上方，如“单位：万元”")
    header: Header | None = Field(
        None, title="表头", description="一行；有几行的，写成由行组成的列表"
    )
    rows: Rows = Field(title="表行", min_length=1)
    total_rows: int | None = Field(None, title="合计行数", description="末尾几行是合计", ge=0)
    notes: Annotated[list[ParagraphText], AtMost("names", "项")] | None = Field(
        None, title="表注", description="印在表格之下"
    )
    align: Annotated[list[Alignment], AtMost("table_columns", "列")] | None = Field(
        None,
        title="对齐",
        description="每列一个；decimal 按小数点对齐。省略时，全是数字的列按小数点对齐，其余靠左",
    )
    orientation: Literal["portrait", "landscape"] | None = Field(None, title="表格方向")

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> TableBlock:
        hold_to_grid(self.header_rows(), self.rows, context_of(info).limits.table_columns)
        columns = len_of((self.header_rows() or self.rows)[0])
        if self.align is not None and len(self.align) > columns:
            raise fault(
                "table/align",
                "对齐有 {given} 项，表格只有 {columns} 列",
                "每列写一项",
                given=len(self.align),
                columns=columns,
            )
        if (self.total_rows or 0) > len(self.rows):
            raise fault(
                "table/total-rows",
                "合计有 {given} 行，表格只有 {rows} 行",
                "请核对合计行数（total_rows）：合计行也是表行（rows），排在最后",
                given=self.total_rows,
                rows=len(self.rows),
            )
        return self

    def header_rows(self) -> list[list[str | CellBlock]]:
        """Return the rows of the header, whichever way it was sent."""
        header: list[Any] = self.header or []
        return header if header and isinstance(header[0], list) else [header] if header else []
