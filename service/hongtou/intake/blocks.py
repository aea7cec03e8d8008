"""The shape of an article's body (正文): lines of text, and blocks by their ``type``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    model_validator,
)

from hongtou.intake.fields import (
    AtMost,
    Cell,
    ImageName,
    Line,
    Names,
    ParagraphText,
    StrictModel,
    WantedLine,
    fault,
    terms_of,
)
from hongtou.intake.source_text import SourceText


class ParagraphBlock(StrictModel):
    """One paragraph, never a heading of its own, whatever it begins with."""

    model_config = ConfigDict(title="段落")

    type: Literal["paragraph"]
    text: ParagraphText = Field(title="文字")


class HeadingBlock(StrictModel):
    """A free-standing heading; its number is part of the text."""

    model_config = ConfigDict(title="小标题")

    type: Literal["heading"]
    level: int = Field(title="层次", ge=1, le=4)
    text: Annotated[WantedLine, AtMost("headline_chars")] = Field(
        title="文字", description="含层次序数"
    )


class TableBlock(StrictModel):
    """A table."""

    model_config = ConfigDict(title="表格")

    type: Literal["table"]
    caption: Line | None = Field(None, title="表题")
    header: Annotated[list[Cell], AtMost("table_columns", "列")] | None = Field(None, title="表头")
    rows: Annotated[
        list[Annotated[list[Cell], AtMost("table_columns", "列")]], AtMost("table_rows", "行")
    ] = Field(title="表行", min_length=1)
    align: (
        Annotated[list[Literal["left", "center", "right"]], AtMost("table_columns", "列")] | None
    ) = Field(None, title="对齐", description="每列一个")
    orientation: Literal["portrait", "landscape"] | None = Field(None, title="表格方向")

    @model_validator(mode="after")
    def _rectangular(self) -> TableBlock:
        columns = len(self.header or self.rows[0])
        if columns == 0:
            raise fault("table/no-columns", "表格没有列", "请填写表头或第一行")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != columns:
                raise fault(
                    "table/ragged-row",
                    "第 {number} 行有 {cells} 格，应有 {columns} 格",
                    '空格子请写成 ""',
                    number=number,
                    cells=len(row),
                    columns=columns,
                )
        if self.align is not None and len(self.align) > columns:
            raise fault(
                "table/align",
                "对齐有 {given} 项，表格只有 {columns} 列",
                "每列写一项",
                given=len(self.align),
                columns=columns,
            )
        return self


class FigureBlock(StrictModel):
    """A picture sent along with the issue."""

    model_config = ConfigDict(title="图片")

    type: Literal["figure"]
    image: ImageName = Field(title="图片名", description="随稿上传的图片名称，不是网址或路径")
    caption: Line | None = Field(None, title="图题")
    width_mm: float | None = Field(None, title="宽度（毫米）", gt=0, allow_inf_nan=False)


class NoteBlock(StrictModel):
    """A note after the text (附注)."""

    model_config = ConfigDict(title="附注")

    type: Literal["note"]
    text: ParagraphText = Field(title="文字")


class AttachmentsBlock(StrictModel):
    """The names of the attachments (附件说明)."""

    model_config = ConfigDict(title="附件说明")

    type: Literal["attachments"]
    items: Names = Field(title="附件名称", min_length=1)


BLOCKS: dict[str, type[StrictModel]] = {
    "paragraph": ParagraphBlock,
    "heading": HeadingBlock,
    "table": TableBlock,
    "figure": FigureBlock,
    "note": NoteBlock,
    "attachments": AttachmentsBlock,
}


def _member_tag(value: object) -> str | None:
    """Return the tag of a member of a body or list; tags begin with "#", as no field does."""
    if isinstance(value, str):
        return "#text"
    if isinstance(value, StrictModel):
        return f"#{getattr(value, 'type', 'brief')}"
    if isinstance(value, dict):
        kind = value.get("type")
        return f"#{kind}" if isinstance(kind, str) and kind in BLOCKS else None
    return None


def _body_tag(value: object) -> str | None:
    return "#text" if isinstance(value, str) else "#list" if isinstance(value, list) else None


BodyMember = Annotated[
    Annotated[str, Tag("#text")]
    | Annotated[ParagraphBlock, Tag("#paragraph")]
    | Annotated[HeadingBlock, Tag("#heading")]
    | Annotated[TableBlock, Tag("#table")]
    | Annotated[FigureBlock, Tag("#figure")]
    | Annotated[NoteBlock, Tag("#note")]
    | Annotated[AttachmentsBlock, Tag("#attachments")],
    Discriminator(
        _member_tag,
        custom_error_type="body/unknown-block",
        custom_error_message="unknown block",
    ),
]


def _paragraphs(body: str | Sequence[BodyMember], info: ValidationInfo) -> object:
    """Hold a body to the limits of paragraphs; refuse one without any text or block."""
    limits = terms_of(info).limits
    members = [body] if isinstance(body, str) else body
    texts = [member for member in members if isinstance(member, str)]
    lines = [line for text in texts for line in SourceText.of(text).lines()]
    count = len(lines) + len(members) - len(texts)
    if count == 0:
        raise fault("text/blank", "是空的", "请填写正文")
    if count > limits.paragraphs:
        raise fault(
            "document/too-long",
            "有 {count} 段，超过上限 {most} 段",
            "请拆成几篇",
            count=count,
            most=limits.paragraphs,
        )
    for number, line in enumerate(lines, start=1):
        if len(line.chars) > limits.paragraph_chars:
            raise fault(
                "document/too-long",
                "第 {number} 段文字有 {size} 字，超过上限 {most} 字",
                "请分段",
                number=number,
                size=len(line.chars),
                most=limits.paragraph_chars,
            )
    return body


Body = Annotated[
    Annotated[str, Tag("#text")]
    | Annotated[list[BodyMember], AtMost("paragraphs", "项"), Tag("#list")],
    Discriminator(
        _body_tag,
        custom_error_type="document/wrong-type",
        custom_error_message="须是一段文字或一个列表",
    ),
    AfterValidator(_paragraphs),
]
