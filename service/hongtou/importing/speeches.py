"""When a speech was held and who held it: lines between its title and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hongtou.bulletin.attendance import PERSON, POSTS
from hongtou.importing.dates import DATE, PART
from hongtou.importing.lines import SourceLine

SPEAKER = re.compile(rf"[^，。；：！？,;:]{{0,30}}(?:{POSTS})[ \u3000]{{1,4}}{PERSON}")
NAME_ALONE = re.compile(rf"{PERSON}|(?:[一-鿿][ \u3000]{{1,2}}){{2}}[一-鿿]")  # or 赵 四 海
DAY_ALONE = re.compile(
    rf"[（(][ \u3000]?(?:{DATE.pattern}|(?:{PART})月(?:{PART})日)[ \u3000]?[）)]"
)


def is_day(line: SourceLine) -> bool:
    """Tell whether a line is a day in brackets."""
    return line.said is None and DAY_ALONE.fullmatch(line.text) is not None


def is_speaker(line: SourceLine) -> bool:
    """Tell whether a line is somebody's office and name."""
    return line.said is None and SPEAKER.fullmatch(line.text) is not None


def stands_below_title(line: SourceLine) -> bool:
    """Tell whether a line may stand between the title of a speech and its text."""
    return is_day(line) or is_speaker(line) or NAME_ALONE.fullmatch(line.text) is not None


def day_of(lines: Sequence[SourceLine]) -> SourceLine | None:
    """Return the line below a title that says when: the first, or the second below a name."""
    first, second = (*lines[:2], None, None)[:2]
    if first and is_day(first):
        return first
    is_below_name = first and second and stands_below_title(first) and is_day(second)
    return second if is_below_name else None
