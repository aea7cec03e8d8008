"""The kinds of field in an issue: what a line, a text, a date or an image name may hold.

Every rule raises a `PydanticCustomError` whose type is a finding's code and whose message is
for editors, so that the faults of all fields come out at once, each with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from hongtou.bulletin.finding import printable
from hongtou.bulletin.issue import MOST_NUMBER, YEARS
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.month import Month
from hongtou.bulletin.sent_values import SentDate
from hongtou.intake.source_text import SourceText

ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
FIGURES = re.compile(r"\d++")
DATE_SHAPES = [[4, 1], [4, 2]]  # how many figures year, month and day have
DATE_SHAPES += [[4, month, day] for month in (1, 2) for day in (1, 2)]
LONGEST_DATE = 40  # characters of what may still be meant as a date
COUNT_MAX = 999_999  # a copy number has six digits; GB/T 9704-2012 §7.2.1
NAMEPLATE_CHARS = 30
NAMEPLATE_LINES = 2
ISSUING_BODIES = 3
ISSUE_LABEL_CHARS = 20  # 第12、13期（合刊）
LABEL_CHARS = 6  # 报送, 责任编辑, 领导批示
MARK_CHARS = 4
BRIEFS_GROUPS = 20
BARE_NAME = re.compile(r"[^/\\:*?\"<>|]+")
LINE_BREAKS = re.compile(r"[\r\n\t]")


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """What a document is held to besides its shape: limits, and the images sent with it."""

    limits: Limits = field(default_factory=Limits)
    images: frozenset[str] = frozenset()


def fault(code: str, message: str, hint: str = "", **values: object) -> PydanticCustomError:
    """Return the error of one field; ``{name}`` in the message stands for a value."""
    return PydanticCustomError(code, message, {"hint": hint, **values})


def context_of(info: ValidationInfo) -> ValidationContext:
    """Return what a validation was started with."""
    return info.context if isinstance(info.context, ValidationContext) else ValidationContext()


@dataclass(frozen=True, slots=True)
class AtMost:
    """Holds a text or a list to one of the limits, before anything in it is looked at."""

    limit: str
    counted: str = "字"

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the size before the type's own rules."""
        return core_schema.with_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Name the default limit in the schema."""
        described = handler(schema)
        keyword = "maxItems" if described.get("type") == "array" else "maxLength"
        return {**described, keyword: getattr(Limits(), self.limit)}

    def _check(self, value: object, info: ValidationInfo) -> object:
        most = getattr(context_of(info).limits, self.limit)
        if isinstance(value, str | list) and len(value) > most:
            raise fault(
                "document/too-long",
                "有 {size} {counted}，超过上限 {most} {counted}",
                "请精简或拆分",
                size=len(value),
                counted=self.counted,
                most=most,
            )
        return value


def _one_line(text: str) -> str:
    found = LINE_BREAKS.search(text.strip())
    if found:
        raise fault("text/line-break", "不能换行，也不能含制表符", "请写在一行里")
    return text


def _issue_number(value: object) -> object:
    """Refuse a number in words, and say where words go; other faults are the validator's."""
    if isinstance(value, str):
        raise fault(
            "document/wrong-type",
            "须是整数",
            "只写数字，不加引号；年份另有一项（year），合刊和汉字期号写在期号写法（issue_label）",
        )
    return value


def _one_body(text: str) -> str:
    if LINE_BREAKS.search(text.strip()):
        raise fault("text/line-break", "不能换行", "几个单位请写成列表，每个单位一项")
    return text


def _not_blank(text: str) -> str:
    if not SourceText.of(text).trimmed().chars:
        raise fault("text/blank", "是空的", "请填写，或删去这一项")
    return text


def _brief(text: str) -> str:
    if not any(map(str.isalnum, text)):  # nothing, or a mark alone
        raise fault("text/blank", "是空的", "请填写，或删去这一条")
    return text


def _nameplate(text: str) -> str:
    lines = SourceText.of(text).lines()
    if len(lines) > NAMEPLATE_LINES:
        raise fault(
            "nameplate/too-many-lines",
            "有 {lines} 行，最多 2 行",
            "请合成一行或两行",
            lines=len(lines),
        )
    size = sum(len(line.chars) for line in lines)
    if size > NAMEPLATE_CHARS:
        raise fault("nameplate/too-long", "有 {size} 字，最多 30 字", "请用简称", size=size)
    return text


def _date(value: object) -> date | Month:
    if not isinstance(value, str):
        raise fault("document/wrong-type", "须是写成 2017-12-22 的日期", "请加上英文双引号")
    found = ISO_DATE.fullmatch(value.strip())
    if found is None:
        raise fault(
            "date/unreadable",
            "“{text}”不是 2017-12-22 这样的日期",
            _iso_hint(value),
            text=printable(value),
        )
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        start = value.find(found[0])
        read = SentDate.at(date(year, month, day if found[3] else 1), "", start)
    except ValueError:
        raise fault(
            "date/impossible", "“{text}”这一天不存在", "请核对年月日", text=found[0]
        ) from None
    if year not in YEARS:
        raise fault(
            "date/out-of-range",
            "年份 {year} 不在 {first}—{last} 之间",
            "请核对年份",
            year=year,
            first=YEARS.start,
            last=YEARS.stop - 1,
        )
    return read if found[3] else Month(year, month, start=start)


def _iso_hint(text: str) -> str:
    """Return the date as it should be written, where the figures can be made out."""
    figures = FIGURES.findall(text) if len(text) <= LONGEST_DATE else []
    if [len(figure) for figure in figures] not in DATE_SHAPES:
        return "请写成 年-月-日，例如 2017-12-22"
    year, *others = (int(figure) for figure in figures)
    try:
        date(year, *(others if len(others) > 1 else (*others, 1)))
    except ValueError:
        return "这一天也不存在，请核对年月日，写成 2017-12-22 这样"
    return f"是否指 {'-'.join([f'{year:04d}', *(f'{other:02d}' for other in others)])}？"


def _image(name: str, info: ValidationInfo) -> str:
    sent: frozenset[str] = context_of(info).images
    if not BARE_NAME.fullmatch(name) or ".." in name or name != name.strip():
        raise fault(
            "picture/not-a-name",
            "“{name}”不是上传图片的名称",
            "只写文件名，不写网址和路径",
            name=printable(name),
        )
    if name not in sent:
        names = "、".join(printable(each) for each in sorted(sent)[:5])
        raise fault(
            "picture/not-sent",
            "没有随稿上传名为“{name}”的图片",
            f"已上传：{names}" if names else "请把图片与稿件一起上传",
            name=printable(name),
        )
    return name


class StrictModel(BaseModel):
    """A part of an issue: no field but those named, no conversion."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, defer_build=True
    )  # parts are built with the whole


Line = Annotated[str, AfterValidator(_one_line), AtMost("line_chars")]
WantedLine = Annotated[Line, AfterValidator(_not_blank)]
OneBody = Annotated[
    str, AfterValidator(_one_body), AfterValidator(_not_blank), AtMost("line_chars")
]
Lines = Annotated[str, AtMost("paragraph_chars")]
NoteText = Annotated[Lines, AfterValidator(_not_blank)]
Headline = Annotated[str, AfterValidator(_not_blank), AtMost("headline_chars")]
ClosingLine = Annotated[str, AfterValidator(_one_line), AtMost("closing_chars")]
Nameplate = Annotated[str, AfterValidator(_not_blank), AfterValidator(_nameplate)]
Cell = Annotated[str, AtMost("cell_chars")]
BriefText = Annotated[str, AfterValidator(_brief), AtMost("brief_chars")]
ParagraphText = Annotated[
    str, AfterValidator(_one_line), AfterValidator(_not_blank), AtMost("paragraph_chars")
]
ImageName = Annotated[str, AfterValidator(_image)]
IsoDate = Annotated[
    date | Month,
    PlainValidator(_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
            ]
        }
    ),
]
Names = Annotated[list[WantedLine], AtMost("names", "项")]


def text_or_list(value: object) -> str | None:
    """Return the tag of what may be one text or a list of them."""
    return "#text" if isinstance(value, str) else "#list" if isinstance(value, list) else None


ONE_OR_MORE = Discriminator(
    text_or_list,
    custom_error_type="document/wrong-type",
    custom_error_message="须是一行文字，或由几行文字组成的列表",
)
Label = Annotated[Line, Field(max_length=LABEL_CHARS)]
Mark = Annotated[Line, Field(max_length=MARK_CHARS)]
IssueNumber = Annotated[int, Field(ge=1, le=MOST_NUMBER), BeforeValidator(_issue_number)]
IssueLabel = Annotated[Line, Field(max_length=ISSUE_LABEL_CHARS)]
Contacts = Annotated[
    Annotated[Line, Tag("#text")] | Annotated[Names, Tag("#list")],
    ONE_OR_MORE,
]
IssuingBodies = Annotated[
    Annotated[OneBody, Tag("#text")]
    | Annotated[list[WantedLine], Field(min_length=1, max_length=ISSUING_BODIES), Tag("#list")],
    ONE_OR_MORE,
]
