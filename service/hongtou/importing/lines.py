"""Lines of a source as every reader gives them, and what they look like by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from hongtou.importing.kinds import Kind
from hongtou.importing.merged_cells import Merged

SHORT_CHARS = 45  # a headline in one piece is no longer; a paragraph seldom shorter
SMALLER = 0.95  # of type beside that of the text
# A stop, with who sent it behind.
SENTENCE_END = re.compile(r"(?:[。！？；…：]|\.{3})[”’」』）》]*(?:[（(][^（）()]{1,20}[）)])?$")
MARKS = "★☆●○◎■□◆◇▲△►▶▪※•·"
NAMED = rf"[^{MARKS} \u3000][^{MARKS}]{{0,19}}?"
DECORATED = rf"([{MARKS}])\1{{0,2}}[ \u3000]{{0,4}}({NAMED})[ \u3000]{{0,4}}\1{{1,3}}"
DASH = re.compile("[—―─-]{1,2}[^—―─-]")  # of a title below the title
# Not a name between two marks: it is a heading (★ 基层动态 ★).
BRIEF_MARK = re.compile(rf"(?!{DECORATED}$)[{MARKS}][ \u3000]{{0,4}}")
BRACKETED = re.compile(rf"{DECORATED}|[【〖]([^【】〖〗]{{1,20}})[】〗]")
IN_BRACKETS = re.compile(r"[（(]([^（）()]{2,20})[）)]")  # who sent it
# Who wrote an article, behind a mark of its own (□ 张某某).
NAME = re.compile(r"[\w \u3000]{2,12}")
# What stands beside pictures and tables, and is no title.
SMALL_TEXT = re.compile(
    r"(?:图|表|注|附|单位|来源|续附?表)[ \u3000]{0,4}[0-9一二三四五六七八九十]{0,4}[：:.．、]?"
)
# What the name of a body ends in; a byline is one, and so is who signs.
BODY_NAME = re.compile(
    r"[^，。；：！？,;:]{1,18}(?:[局委办厅院部处科室市县区州旗镇乡]|街道|中心|公司|集团|学校|大学|支队|大队"
    r"|政府|委员会|联合会|协会|学会|商会|总工会|小组|课题组|调研组|工作组|督导组|专班|组织|机关|报社|管委会"
    r"|[村居]委会|派出所|[分支银]行|[中小]学|幼儿园)"
)
# Not category Cn: Python may be older than a character (GB 18030-2022 has CJK Extension I).
NONCHARACTERS = {chr(code) for code in range(0xFDD0, 0xFDF0)}


class Standing(Enum):
    """How a line stands in its source."""

    LINE = auto()  # no more is known: it may go on in the next
    PARAGRAPH = auto()  # it is whole
    TITLE = auto()  # centred, or of a heading's style


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name, with the caption that stands in a table with it."""

    name: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source, counted from 1, without spaces around it.

    ``bold`` counts the characters of a bold opening; ``size`` is that of its type in pt, 0 where
    it is unknown; ``rows`` are the cells of a table, some of them ``merged``; ``doubt`` is what
    its reader doubts of it; ``pictures`` stand there side by side; ``said`` is what a person says
    that it is. ``is_indented`` tells that its text begins two squares in, as a paragraph does, and
    ``parted_from`` is the line before it where empty ones part them.
    """

    number: int
    text: str
    standing: Standing = Standing.LINE
    bold: int = 0
    size: float = 0
    rows: tuple[tuple[str, ...], ...] = ()
    merged: tuple[Merged, ...] = ()
    pictures: tuple[Picture, ...] = ()
    doubt: str = ""
    said: Kind | None = None
    is_indented: bool = False
    parted_from: int = 0

    def may_be(self, *kinds: Kind) -> bool:
        """Tell whether nobody says that it is something else."""
        return self.said is None or self.said in kinds

    @property
    def is_short(self) -> bool:
        """Tell whether it is short and no sentence."""
        return (
            not (self.rows or self.pictures)
            and len(self.text) <= SHORT_CHARS
            and not ends_sentence(self.text)
        )


def usual_size(lines: Sequence[SourceLine]) -> float:
    """Return the size in pt of most characters, the text's; 0 where none is known."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.rows:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def cleaned(text: str) -> str:
    """Return a text without control characters, which no page prints, and spaces around it."""
    if text.isprintable():
        return text.strip()
    kept = (char for char in text if char == "\t" or not is_control(char))
    return "".join(kept).strip()


def is_control(char: str) -> bool:
    """Tell whether a character is one of those that say something about text and are none."""
    is_none = ord(char) & 0xFFFE == 0xFFFE or char in NONCHARACTERS
    return is_none or unicodedata.category(char) in ("Cc", "Cs") or char in "\ufeff\u200b\u2060"


def bare(text: str) -> str:
    """Return a text as it is compared: without spaces, with full-width colons and commas."""
    return "".join(text.split()).replace(":", "：").replace(",", "，")


def unmarked(text: str) -> str:
    """Return a text without the mark at its start, or the brackets or marks around it."""
    inner = BRACKETED.fullmatch(text)
    return (
        inner[2] or inner[3]
        if inner
        else BRIEF_MARK.sub("", text, count=1)
        if _marked(text)
        else text
    )


def is_marked_name(line: SourceLine) -> bool:
    """Tell whether a line is a name behind a mark, as who wrote an article has it."""
    return _marked(line.text) and NAME.fullmatch(unmarked(line.text)) is not None


def _marked(text: str) -> bool:
    return BRIEF_MARK.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences, lists and what announces something do."""
    return SENTENCE_END.search(text) is not None


def joined(lines: Sequence[SourceLine]) -> str:
    """Return lines that were one: a space stands only between two Latin words."""
    text = ""
    for line in lines:
        gap = " " if text[-1:].isascii() and text[-1:].isalnum() and line.text[:1].isalpha() else ""
        text += (gap if line.text[:1].isascii() else "") + line.text
    return text
