"""The shape of the issue JSON, version 1: one strict model a part, titles for editors.

Models are validated in strict mode over the value that `intake.document` parsed and guarded
(no second parser that might read another document), so nothing is converted: "3" is no
number and true is no 1. None stands for "left out" wherever a field may be left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    create_model,
)

from hongtou.bulletin.closing_block import FIELDS, LABELLED
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.issue import YEARS
from hongtou.intake.blocks import Body
from hongtou.intake.fields import (
    BRIEFS_GROUPS,
    COUNT_MAX,
    AtMost,
    BriefText,
    ClosingLine,
    Contacts,
    Headline,
    IsoDate,
    IssueLabel,
    IssueNumber,
    IssuingBodies,
    Label,
    Line,
    Lines,
    Mark,
    Nameplate,
    Names,
    NoteText,
    StrictModel,
    WantedLine,
)
from hongtou.intake.recipients import Recipients


class Security(StrictModel):
    """Security class (密级) and its term (保密期限)."""

    model_config = ConfigDict(title="密级")

    name: Literal["秘密", "机密", "绝密"] = Field(alias="class", title="密级")
    term: Line | None = Field(None, title="保密期限", examples=["1年"])


class Masthead(StrictModel):
    """The masthead (报头)."""

    model_config = ConfigDict(title="报头")

    nameplate: Nameplate = Field(
        title="简报名称", description="1—30 字；换行符分作两行", examples=["城乡环境工作动态"]
    )
    overline: Line | None = Field(
        None, title="名称上方的小字", description="如会议名称，排在“简报”之上"
    )
    year: int | None = Field(
        None,
        title="年份",
        description="印作2026年第42期；省略时只印第42期",
        ge=YEARS.start,
        le=YEARS.stop - 1,
    )
    issue_number: IssueNumber = Field(title="期号")
    issue_label: IssueLabel | None = Field(
        None,
        title="期号写法",
        description="印在“第N期”的地方，如合刊、汉字期号；issue_number 仍要填",
        examples=["第12、13期（合刊）"],
    )
    total_number: int | None = Field(
        None, title="总期号", description="印作（总第612期）", ge=1, le=COUNT_MAX
    )
    series: Literal["regular", "supplement", "special"] | None = Field(
        None, title="刊别", description="regular 第N期；supplement 增刊；special 专刊"
    )
    issuing_body: IssuingBodies = Field(
        title="编发单位", description="一个单位，或由一至三个单位组成的列表，一个占一行"
    )
    issue_date: IsoDate = Field(
        title="印发日期", description="年-月-日；月刊可只写年-月", examples=["2017-12-22"]
    )
    notice: Line | None = Field(
        None, title="保存要求", description="简报名称左上方，如“内部资料 注意保存”"
    )
    security: Security | None = Field(None, title="密级")
    urgency: Literal["特急", "加急"] | None = Field(None, title="紧急程度")
    copy_number: int | None = Field(
        None, title="份号", description="印作六位数字", ge=1, le=COUNT_MAX
    )


class Contents(StrictModel):
    """How the contents list (目录) is wanted."""

    model_config = ConfigDict(title="目录")

    show: bool | None = Field(None, title="显示目录", description="省略时，两条以上即显示")
    page_numbers: bool | None = Field(None, title="目录带页码")
    heading: Line | None = Field(None, title="目录标题")


class EditorsNote(StrictModel):
    """A note of the editors (按语) under a label of its own, and who made it."""

    model_config = ConfigDict(title="按语")

    label: Label | None = Field(
        None, title="标签", description="至多 6 字，不带冒号；省略时为编者按", examples=["领导批示"]
    )
    text: NoteText = Field(title="文字", description="每行一段")
    by: Line | None = Field(None, title="署名", description="印在按语之后右侧")


def _note_tag(value: object) -> str | None:
    """Return the tag of a note: as sent, or as the model that it became."""
    if isinstance(value, str):
        return "#text"
    return "#editors_note" if isinstance(value, dict | EditorsNote) else None


Note = Annotated[
    Annotated[Lines, Tag("#text")] | Annotated[EditorsNote, Tag("#editors_note")],
    Discriminator(
        _note_tag,
        custom_error_type="document/wrong-type",
        custom_error_message="须是文字，或含标签（label）、文字（text）和署名（by）的一项",
    ),
]


class Article(StrictModel):
    """One article (文章)."""

    model_config = ConfigDict(title="文章")

    section: Line | None = Field(
        None, title="栏目", description="相邻几篇同一栏目的，栏目名只印一次，目录也按栏目分组"
    )
    headline: Headline = Field(title="标题", description="换行符是希望的回行处")
    kicker: Line | None = Field(None, title="引题")
    subhead: Line | None = Field(None, title="副题")
    contents_title: Line | None = Field(None, title="目录题", description="省略时同标题")
    byline: Line | None = Field(None, title="供稿单位")
    editors_note: Note | None = Field(None, title="按语")
    body: Body = Field(
        title="正文", description="一段文字（每行一段），或由这样的文字和段落块组成的列表"
    )


class Brief(StrictModel):
    """One short news item (简讯) with its headline and its byline."""

    model_config = ConfigDict(title="简讯条目")

    headline: Annotated[Line, AtMost("headline_chars")] | None = Field(None, title="标题")

    text: BriefText = Field(title="文字")
    byline: Line | None = Field(None, title="供稿单位")


def _brief_tag(value: object) -> str | None:
    return "#text" if isinstance(value, str) else "#brief" if isinstance(value, dict) else None


BriefMember = Annotated[
    Annotated[BriefText, Tag("#text")] | Annotated[Brief, Tag("#brief")],
    Discriminator(
        _brief_tag,
        custom_error_type="document/wrong-type",
        custom_error_message="须是一段文字，或含标题（headline）、文字（text）和供稿单位（byline）的一项",
    ),
]


class Briefs(StrictModel):
    """A group of short news."""

    model_config = ConfigDict(title="简讯")

    section: Line | None = Field(None, title="栏目", description="印在简讯栏名之上")
    heading: Line | None = Field(None, title="简讯栏名", description="省略时为“工作简讯”")
    mark: Mark | None = Field(
        None, title="符号", description="各条之前的符号，省略时用版式的（★）", examples=["■"]
    )
    items: Annotated[list[BriefMember], AtMost("briefs", "条")] | None = Field(
        None, title="简讯条目"
    )


def _briefs_tag(value: object) -> str | None:
    """Return the tag of one group of short news, or of a list of groups."""
    if isinstance(value, dict | Briefs):
        return "#briefs"
    return "#list" if isinstance(value, list) else None


BriefsGroups = Annotated[
    Annotated[Briefs, Tag("#briefs")]
    | Annotated[list[Briefs], Field(max_length=BRIEFS_GROUPS), Tag("#list")],
    Discriminator(
        _briefs_tag,
        custom_error_type="document/wrong-type",
        custom_error_message="须是一组字段（一组简讯），或由几组组成的列表",
    ),
]


CLOSING_SHAPES: dict[Place, Any] = {
    Place.RECIPIENTS: ClosingLine,
    Place.IMPRINT_BODY: Line,
    Place.IMPRINT_DATE: IsoDate,
    Place.PRINT_RUN: Annotated[int, Field(ge=1, le=COUNT_MAX)],
    Place.PEOPLE: Names,
    Place.CONTACT: Contacts,
    Place.COPIES: Recipients,
}


class LabelsPart(StrictModel):
    """Labels of the closing block; its fields follow from the rows of `ClosingBlock`."""

    model_config = ConfigDict(title="报尾标签")


if TYPE_CHECKING:
    Labels = LabelsPart
else:
    Labels = create_model(
        "Labels",
        __base__=LabelsPart,
        **{
            key: (Label | None, Field(None, title=f"{field.title}的标签"))
            for key, field in LABELLED.items()
        },
    )


class ClosingPart(StrictModel):
    """The closing block (报尾); its fields follow from the rows of `ClosingBlock`."""

    model_config = ConfigDict(title="报尾")

    labels: Labels | None = Field(
        None, title="标签", description="代替各项原有的标签，至多 6 字，不带冒号"
    )


if TYPE_CHECKING:
    Closing = ClosingPart
else:
    Closing = create_model(
        "Closing",
        __base__=ClosingPart,
        **{
            key: (
                CLOSING_SHAPES[field.place] | None,
                Field(None, title=field.title, description=field.description or None),
            )
            for key, field in FIELDS.items()
        },
    )


class Issue(StrictModel):
    """One issue of a bulletin, as it is sent."""

    model_config = ConfigDict(title="一期简报")

    layout: WantedLine | None = Field(None, title="版式", description="省略时为 dongtai")
    masthead: Masthead = Field(title="报头")
    contents: Contents | None = Field(None, title="目录")
    editors_note: Note | None = Field(None, title="按语")
    articles: Annotated[list[Article], AtMost("articles", "篇")] | None = Field(None, title="文章")
    briefs: BriefsGroups | None = Field(None, title="简讯", description="一组，或几组的列表")
    closing: Closing = Field(title="报尾")
