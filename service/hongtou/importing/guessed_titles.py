"""Titles that only their wording and their place tell: short lines above their text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.contents import HEADING
from hongtou.importing.dates import DATE
from hongtou.importing.lines import (
    BODY_NAME,
    BRIEF_MARK,
    SHORT_CHARS,
    SMALL_TEXT,
    SourceLine,
    Standing,
    bare,
    is_marked_name,
    joined,
    unmarked,
)
from hongtou.importing.paragraphs import lists_more
from hongtou.importing.titles import Opens, Title

ANNEX_LABEL = re.compile(r"附件[ \u3000]{0,4}[0-9一二三四五六七八九十]{0,2}[：:]?")
MIN_CHARS = 5  # of a title that no contents list names
MAX_SECTION_CHARS = 10
MOST_LISTED = 3  # lines of names that go on below their label


def guessed_titles(lines: Sequence[SourceLine]) -> Iterator[Title]:
    """Yield what may be titles: short lines before long ones."""
    found = [at for at in range(len(lines)) if _may_be_title(lines, at)]
    for at in found:
        before = at - 1
        if before >= 0 and _may_be_section(lines, before) and before not in found:
            name = unmarked(lines[before].text)
            yield Title(before, at, name, Opens.SECTION, doubt="认作栏目，请核对")
        start = before if _is_first_of_two(lines, at) else at
        yield Title(
            start,
            at + 1,
            unmarked(joined(lines[start : at + 1])),
            why="短行，其后是长段",
            doubt=f"没有目录，凭长短{'把两行合为一个' if start < at else '认作'}标题",
        )


def _is_first_of_two(lines: Sequence[SourceLine], at: int) -> bool:
    """Tell whether a title began in the line above it, neither indented as its text is."""
    if at == 0 or at + 1 == len(lines) or not lines[at + 1].is_indented:
        return False
    pair = lines[at - 1 : at + 1]
    is_free = at == 1 or _is_done(lines[at - 2])
    long = all(is_wording(one) and len(one.text) > MAX_SECTION_CHARS for one in pair)
    return (
        is_free
        and long
        and not any(one.is_indented or BODY_NAME.fullmatch(one.text) for one in pair)
    )


def _may_be_title(lines: Sequence[SourceLine], at: int) -> bool:
    line = lines[at]
    if not is_wording(line) or len(line.text) < MIN_CHARS or (at and is_annex_label(lines[at - 1])):
        return False
    before = lines[at - 1] if at else None
    if any(lists_more(above.text, line.text) for above in lines[max(0, at - MOST_LISTED) : at]):
        return False
    if BODY_NAME.fullmatch(line.text) and before and is_wording(before):
        return False  # it is who wrote what stands below the title above it
    if before and not before.is_short and not before.rows and not _is_done(before):
        return False
    below = (other for other in lines[at + 1 : at + 4] if not _is_between(other))
    follower = next(below, None)
    return follower is not None and not follower.rows and _is_text(follower, line, is_first=at == 0)


def _is_text(follower: SourceLine, line: SourceLine, *, is_first: bool) -> bool:
    """Tell whether what follows a short line is its text: long, indented, or a sentence at once."""
    is_long = len(follower.text) >= SHORT_CHARS
    is_further_in = follower.is_indented and not line.is_indented
    return is_long or is_further_in or (is_first and _ends(follower.text))


def _is_between(line: SourceLine) -> bool:
    """Tell whether a line may stand between a title and its text.

    A byline may, a first heading, and whom an article addresses.
    """
    if line.text[-1:] in "：:" and 0 < len(line.text) < SHORT_CHARS:
        return True
    is_heading = level_number(line.text) is not None and line.is_short
    return is_heading or is_marked_name(line) or BODY_NAME.fullmatch(line.text) is not None


def _may_be_section(lines: Sequence[SourceLine], at: int) -> bool:
    line = lines[at]
    is_free = at == 0 or _is_done(lines[at - 1]) or not lines[at - 1].is_short
    is_name = is_wording(line) and len(line.text) <= MAX_SECTION_CHARS
    return is_free and is_name and not BODY_NAME.fullmatch(line.text)


def is_wording(line: SourceLine) -> bool:
    """Tell whether a line may be a title by its own wording."""
    text = line.text
    return (
        line.is_short
        and not level_number(text)
        and not BRIEF_MARK.match(text)
        and not SMALL_TEXT.match(text)
        and not DATE.fullmatch(text)
        and not HEADING.fullmatch(bare(text))
        and "\t" not in text
    )


def is_annex_label(line: SourceLine) -> bool:
    return ANNEX_LABEL.fullmatch(line.text) is not None


def _is_done(line: SourceLine) -> bool:
    return line.standing is not Standing.LINE or (not line.is_short and _ends(line.text))


def _ends(text: str) -> bool:
    return text.rstrip("”’」』）》)")[-1:] in "。！？…：；"
