"""What a bulletin's issue (期) is: plain frozen values, nothing but the standard library.

Shapes follow the contract's issue JSON, read: strings are trimmed, bodies are parsed into
blocks, dates are dates. Absent text is "", an absent part is None or an empty tuple.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from hongtou.bulletin.closing_block import ClosingBlock
from hongtou.bulletin.month import Month
from hongtou.bulletin.table import Table

RunStyle = Literal["text", "lead_in", "heading_1", "heading_2", "heading_3", "heading_4"]
YEARS = range(1949, 2200)  # outside of these a year is a slip of the keyboard; house style
MOST_NUMBER = 9_999  # of an issue; house style


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
class Figure:
    """A picture sent along with the issue, named as its part was; width in mm.

    ``alternative`` says what it shows to who cannot see it. ``pointer`` is the JSON Pointer of its
    block: a body of text and blocks hides their numbers.
    """

    image: str
    caption: str = ""
    width_mm: float | None = None
    pointer: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Two or three pictures side by side; ``caption`` is that of all of them."""

    figures: tuple[Figure, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in brackets after the text (附注)."""

    text: str


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """The names of the attachments (附件说明), in order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Salutation:
    """Whom a text addresses (称呼, 主送机关), flush left above it."""

    text: str


@dataclass(frozen=True, slots=True)
class Signoff:
    """Who signs a text and when (署名, 成文日期); the body in charge comes first."""

    bodies: tuple[str, ...]
    day: date | Month | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page. ``pointer`` is the JSON Pointer of its block."""

    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (附件): a part that begins a page, with its label, e.g. 附件1; it holds no other.

    ``pointer`` is the JSON Pointer of its block.
    """

    label: str
    title: str
    body: tuple[Block, ...]
    pointer: str = ""


Block = (
    Paragraph
    | Heading
    | Table
    | Figure
    | FigureRow
    | Note
    | AttachmentList
    | Salutation
    | Signoff
    | PageBreak
    | Annex
)


@dataclass(frozen=True, slots=True)
class Security:
    """Security class (密级) and its term (保密期限), e.g. 秘密★1年."""

    name: Literal["秘密", "机密", "绝密"]
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The masthead (报头): everything above the red rule.

    ``nameplate`` has one or two lines, ``overline`` is a small one above it. ``issue_label`` is
    printed in place of 第N期. ``issuing_bodies`` are up to three, the one in charge first.
    """

    nameplate: tuple[str, ...]
    issue_number: int
    issuing_bodies: tuple[str, ...]
    issue_date: date | Month
    overline: str = ""
    year: int | None = None
    issue_label: str = ""
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


@dataclass(frozen=True, slots=True)
class EditorsNote:
    """A note of the editors (按语) or a remark on the issue (批示), and who made it.

    ``label`` "" stands for the layout's own.
    """

    paragraphs: tuple[Paragraph, ...]
    label: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article (文章); a newline in a headline is a wished break.

    Articles that follow one another in one ``section`` (栏目) stand under its heading.
    """

    headline: str
    body: tuple[Block, ...]
    section: str = ""
    kicker: str = ""
    subhead: str = ""
    contents_title: str = ""
    byline: str = ""
    editors_note: EditorsNote | None = None

    @property
    def blocks(self) -> Iterator[Block]:
        """Yield every block of the body, then of its annexes where they stand."""
        for block in self.body:
            yield block
            if isinstance(block, Annex):
                yield from block.body


@dataclass(frozen=True, slots=True)
class Brief:
    """One short news item (简讯), without its ★."""

    paragraphs: tuple[Paragraph, ...]
    byline: str = ""
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Briefs:
    """A group of short news under its heading (工作简讯); ``mark`` "" is the layout's own.

    ``pointer`` is the JSON Pointer of the group.
    """

    heading: str
    items: tuple[Brief, ...]
    section: str = ""
    mark: str = ""
    pointer: str = "/briefs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a bulletin, as it is to be set."""

    masthead: Masthead
    closing: ClosingBlock
    layout: str = "dongtai"
    contents: Contents = field(default_factory=Contents)
    editors_note: EditorsNote | None = None
    articles: tuple[Article, ...] = ()
    briefs: tuple[Briefs, ...] = ()

    @property
    def members(self) -> tuple[Article | Briefs, ...]:
        """Return what the contents list and sections hold: articles, then groups of short news."""
        return (*self.articles, *self.briefs)


def section_openings(issue: Issue) -> list[bool]:
    """Tell of every member of an issue whether a section begins there."""
    names = [member.section for member in issue.members]
    return [bool(name) and name != before for before, name in pairwise(["", *names])]
