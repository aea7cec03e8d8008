"""Titles that only their wording and their place tell: short lines above their text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.contents import HEADING
from hongtou.importing.dates import DATE
from hongtou.importing.lines import (
    BODY_NAME,
    BRACKETED,
    BRIEF_MARK,
    DASH,
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
from hongtou.importing.spaced_tables import holds_figures
from hongtou.importing.speeches import is_day, is_speaker, stands_below_title
from hongtou.importing.titles import Opens, Title

ANNEX_LABEL = re.compile(r"附件[ \u3000]{0,4}[0-9一二三四五六七八九十]{0,2}[：:]?")
MIN_CHARS = 5  # of a title that no contents list names
MAX_SECTION_CHARS = 10
MOST_LISTED = 3  # lines of names that go on below their label
MOST_BETWEEN = 6  # lines from a title to its text: day, speaker, salutation, a first heading


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
    below = lines[at + 1 : at + MOST_BETWEEN]
    follower = next((other for other in below if not _is_between(other)), None)
    is_sure = at == 0 or any(is_day(one) or is_speaker(one) for one in below[:2])
    is_sure = is_sure or BRACKETED.fullmatch(line.text) is not None
    return follower is not None and not follower.rows and _is_text(follower, line, is_sure=is_sure)


def _is_text(follower: SourceLine, line: SourceLine, *, is_sure: bool) -> bool:
    """Tell whether what follows a short line is its text: long, indented, or a sentence.

    A sentence is enough at once below the masthead, and where a speaker stands between.
    """
    is_long = len(follower.text) >= SHORT_CHARS
    is_further_in = follower.is_indented and not line.is_indented
    return is_long or is_further_in or (is_sure and _ends(follower.text))


def _is_between(line: SourceLine) -> bool:
    """Tell whether a line may stand between a title and its text.

    A byline may, a first heading, when and by whom it was said, and whom it addresses.
    """
    if line.text[-1:] in "：:" and 0 < len(line.text) < SHORT_CHARS:
        return True
    is_heading = level_number(line.text) is not None and line.is_short
    is_name = is_marked_name(line) or BODY_NAME.fullmatch(line.text) is not None
    return is_heading or is_name or stands_below_title(line) or _is_dashed(line)


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
        and not holds_figures(line)
        and not _is_dashed(line)
        and not is_day(line)
        and not is_speaker(line)
        and not BRIEF_MARK.match(text)
        and not SMALL_TEXT.match(text)
        and not DATE.fullmatch(text)
        and not HEADING.fullmatch(bare(text))
        and "\t" not in text
    )


def _is_dashed(line: SourceLine) -> bool:
    """Tell whether a line is the rest of a title, behind a dash."""
    return line.is_short and DASH.match(line.text) is not None


def is_annex_label(line: SourceLine) -> bool:
    return ANNEX_LABEL.fullmatch(line.text) is not None


def _is_done(line: SourceLine) -> bool:
    return line.standing is not Standing.LINE or (not line.is_short and _ends(line.text))


def _ends(text: str) -> bool:
    return text.rstrip("”’」』）》)")[-1:] in "。！？…：；"
