"""The shape of an article's body (正文): lines of text, and blocks by their ``type``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

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
    Headline,
    ImageName,
    IsoDate,
    Label,
    Line,
    Names,
    ParagraphText,
    StrictModel,
    WantedLine,
    context_of,
    fault,
    text_or_list,
)
from hongtou.intake.source_text import SourceText
from hongtou.intake.table_block import TableBlock


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


class FigureBlock(StrictModel):
    """A picture sent along with the issue."""

    model_config = ConfigDict(title="图片")

    type: Literal["figure"]
    image: ImageName = Field(title="图片名", description="随稿上传的图片名称，不是网址或路径")
    caption: Line | None = Field(None, title="图题")
    alt: Line | None = Field(None, title="替代文字", description="朗读给看不见图的人；省略时为图题")
    width_mm: float | None = Field(None, title="宽度（毫米）", gt=0, allow_inf_nan=False)


class RowFigure(StrictModel):
    """A picture that stands beside others."""

    model_config = ConfigDict(title="并排的图片")

    image: ImageName = Field(title="图片名", description="随稿上传的图片名称，不是网址或路径")
    caption: Line | None = Field(None, title="图题")
    alt: Line | None = Field(None, title="替代文字", description="朗读给看不见图的人；省略时为图题")


def _two_or_three(figures: list[RowFigure]) -> list[RowFigure]:
    if len(figures) not in (2, 3):
        raise fault(
            "picture/row-count",
            "有 {count} 张图片，一排可放两张或三张",
            "一张的不必排成一排（figure）；多于三张的请分成几排",
            count=len(figures),
        )
    return figures


class FiguresBlock(StrictModel):
    """Two or three pictures side by side."""

    model_config = ConfigDict(title="并排图片")

    type: Literal["figures"]
    items: Annotated[list[RowFigure], AfterValidator(_two_or_three)] = Field(
        title="图片", json_schema_extra={"minItems": 2, "maxItems": 3}
    )
    caption: Line | None = Field(None, title="总图题")


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


class SalutationBlock(StrictModel):
    """Whom a text addresses, flush left."""

    model_config = ConfigDict(title="称呼")

    type: Literal["salutation"]
    text: WantedLine = Field(title="文字", description="顶格，句末用冒号")


class SignoffBlock(StrictModel):
    """Who signs a text and when."""

    model_config = ConfigDict(title="落款")

    type: Literal["signoff"]
    bodies: Names | None = Field(None, title="署名", description="几个单位的，主办的在前")
    date: IsoDate | None = Field(None, title="成文日期")

    @model_validator(mode="after")
    def _signed(self) -> SignoffBlock:
        if not self.bodies and self.date is None:
            raise fault("text/blank", "没有署名，也没有日期", "请填写署名（bodies）或日期（date）")
        return self


class PageBreakBlock(StrictModel):
    """What follows begins a page."""

    model_config = ConfigDict(title="分页")

    type: Literal["page_break"]


def _by_type(*models: type[StrictModel]) -> dict[str, type[StrictModel]]:
    """Return the models of blocks by what their ``type`` says."""
    return {get_args(model.model_fields["type"].annotation)[0]: model for model in models}


# Every block but the annex, which holds the others: one added here is accepted and in the schema.
IN_ANNEX = _by_type(
    ParagraphBlock,
    HeadingBlock,
    TableBlock,
    FigureBlock,
    FiguresBlock,
    NoteBlock,
    AttachmentsBlock,
    SalutationBlock,
    SignoffBlock,
    PageBreakBlock,
)


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


def _paragraphs(body: str | Sequence[str | StrictModel], info: ValidationInfo) -> object:
    """Hold a body to the limits of paragraphs; refuse one without any text or block."""
    limits = context_of(info).limits
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


def _body_of(blocks: Mapping[str, type[StrictModel]]) -> Any:
    """Return the type of a body of text and of these blocks."""
    text: Any = Annotated[str, Tag("#text")]
    tagged = [Annotated[model, Tag(f"#{kind}")] for kind, model in blocks.items()]
    member: Any = Annotated[
        reduce(or_, tagged, text),
        Discriminator(
            _member_tag,
            custom_error_type="body/unknown-block",
            custom_error_message="unknown block",
        ),
    ]
    return Annotated[
        Annotated[str, Tag("#text")]
        | Annotated[list[member], AtMost("paragraphs", "项"), Tag("#list")],
        Discriminator(
            text_or_list,
            custom_error_type="document/wrong-type",
            custom_error_message="须是一段文字或一个列表",
        ),
        AfterValidator(_paragraphs),
    ]


if TYPE_CHECKING:
    BodyMember = str | StrictModel
    Body = str | list[BodyMember]
    BodyOfAnnex = Body
else:
    BodyOfAnnex = _body_of(IN_ANNEX)


class AnnexBlock(StrictModel):
    """An annex: begins a page; holds every block but another annex."""

    model_config = ConfigDict(title="附件")

    type: Literal["annex"]
    label: Label | None = Field(
        None, title="序号", description="至多 6 字，不带冒号；省略时为附件", examples=["附件1"]
    )
    title: Headline = Field(title="标题", description="换行符是希望的回行处")
    body: BodyOfAnnex = Field(title="正文", description="写法同文章的正文；附件里不能再有附件")


BLOCKS = IN_ANNEX | _by_type(AnnexBlock)
if not TYPE_CHECKING:
    Body = _body_of(BLOCKS)
