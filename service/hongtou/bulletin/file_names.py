"""The names of finished files: Chinese, and ASCII for programs that need it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from hongtou.bulletin.issue import Issue, Series
from hongtou.bulletin.numerals import copy_number, full_name, issue_line

# Characters that Windows, shells or headers refuse; RFC 6266 §4.3 asks for names without paths.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST = 80  # with a suffix fewer bytes than a disk takes (255), of Chinese characters too
LEAST_OF_NAME = 20  # characters of a bulletin's name that stay where its number is long
DIGITS = 8  # of a digest in a name
OPEN_BRACKET = re.compile("[（(《〈【〔“‘][^）)》〉】〕”’]*$")


def file_name(issue: Issue, extension: str, marks: Sequence[str] = ()) -> str:
    """Return a name such as 创建工作动态第33期（2017年）.pdf, up to 80 characters and a suffix.

    ``marks`` tell files of one issue apart: 创建工作动态第33期（2017年）（付印、专色）.pdf. What is
    too long loses the end of the bulletin's name, then that of its number.
    """
    masthead = issue.masthead
    number = _safe(issue_line(masthead))
    if masthead.year is None:
        number += f"（{masthead.issue_date.year}年）"
    marked = f"（{'、'.join(marks)}）" if marks else ""
    room = LONGEST - len(marked)
    name = _cut(_safe(full_name(masthead)), max(LEAST_OF_NAME, room - len(number)))
    return f"{name}{_cut(number, room - len(name))}{marked}.{extension}"


def numbered_name(numbers: range, recipient: str, extension: str) -> str:
    """Return a name for numbered copies, such as 000001-000003市委办公室.pdf."""
    ends = "-".join(map(copy_number, dict.fromkeys((numbers[0], numbers[-1]))))
    return f"{ends}{_cut(_safe(recipient), LONGEST - len(ends))}.{extension}"


def _safe(name: str) -> str:
    return UNSAFE.sub("", unicodedata.normalize("NFC", name)).lstrip(".").strip()


def _cut(text: str, length: int) -> str:
    """Return the first characters of a text, without a bracket that would stay open."""
    return text if len(text) <= length else OPEN_BRACKET.sub("", text[:length])


def ascii_name(issue: Issue, extension: str, marks: Sequence[str] = ()) -> str:
    """Return a name such as bulletin-2017-33.pdf, or bulletin-2017-33-print-inks-spot.pdf.

    That of a 增刊 is bulletin-2017-supplement-1.pdf. Marks that make it too long are told by their
    digest.
    """
    masthead = issue.masthead
    series = () if masthead.series is Series.REGULAR else (masthead.series.value,)
    year = masthead.year or masthead.issue_date.year
    name = "-".join(("bulletin", str(year), *series, str(masthead.issue_number)))
    marked = "-".join((name, *marks))
    if len(marked) > LONGEST:
        marked = f"{name}-{sha256(marked.encode()).hexdigest()[:DIGITS]}"
    return f"{marked}.{extension}"
