"""What a bulletin's issue (期) is: plain frozen values, nothing but the standard library.

Shapes follow the contract's issue JSON, read: strings are trimmed, bodies are parsed into
blocks, dates are dates. Absent text is "", an absent part is None or an empty tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from hongtou.bulletin.closing_block import ClosingBlock

RunStyle = Literal["text", "lead_in", "heading_1", "heading_2", "heading_3", "heading_4"]
Align = Literal["left", "center", "right"]


class Series(StrEnum):
    """Which series an issue number counts in; 增刊 and 专刊 are numbered apart."""

    REGULAR = "regular"
    SUPPLEMENT = "supplement"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a paragraph in one style, e.g. a run-in heading or a lead-in."""

    text: str
    style: RunStyle = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (自然段), as runs in reading order."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return the paragraph's characters without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A free-standing heading with its 层次序数; level 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the header, or as the longest row.

    ``pointer`` is the JSON Pointer of its block.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...] = ()
    caption: str = ""
    landscape: bool = False
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture sent along with the issue, named as its part was; width in mm.

    ``pointer`` is the JSON Pointer of its block: a body of text and blocks hides their numbers.
    """

    image: str
    caption: str = ""
    width_mm: float | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in brackets after the text (附注)."""

    text: str


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """The names of the attachments (附件说明), in order."""

    items: tuple[str, ...]


Block = Paragraph | Heading | Table | Figure | Note | AttachmentList


@dataclass(frozen=True, slots=True)
class Security:
    """Security class (密级) and its term (保密期限), e.g. 秘密★1年."""

    name: Literal["秘密", "机密", "绝密"]
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The masthead (报头): everything above the red rule. ``nameplate`` has one or two lines."""

    nameplate: tuple[str, ...]
    issue_number: int
    issuing_body: str
    issue_date: date
    total_number: int | None = None
    series: Series = Series.REGULAR
    notice: str = ""
    security: Security | None = None
    urgency: Literal["", "特急", "加急"] = ""
    copy_number: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """How the contents list (目录) is wanted; ``show`` None means: from two entries on."""

    show: bool | None = None
    page_numbers: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article (文章); a newline in a headline is a wished break."""

    headline: str
    body: tuple[Block, ...]
    kicker: str = ""
    subhead: str = ""
    contents_title: str = ""
    byline: str = ""
    editors_note: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One short news item (简讯), without its ★."""

    paragraphs: tuple[Paragraph, ...]
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Briefs:
    """The short news of an issue under their heading (工作简讯)."""

    heading: str
    items: tuple[Brief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a bulletin, as it is to be set."""

    masthead: Masthead
    closing: ClosingBlock
    layout: str = "dongtai"
    contents: Contents = field(default_factory=Contents)
    editors_note: tuple[Paragraph, ...] = ()
    articles: tuple[Article, ...] = ()
    briefs: Briefs | None = None
