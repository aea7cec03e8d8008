"""The names of finished files: Chinese, and ASCII for programs that need it."""

from __future__ import annotations

import re
import unicodedata

from hongtou.bulletin.issue import Issue
from hongtou.bulletin.numerals import copy_number, full_name, issue_line

# Characters that Windows, shells or headers refuse; RFC 6266 §4.3 asks for names without paths.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST = 80


def file_name(issue: Issue, extension: str, mark: str = "") -> str:
    """Return a name such as 创建工作动态第33期（2017年）.pdf, up to 80 characters and a suffix.

    A ``mark`` stands before the suffix: 创建工作动态第33期（2017年）（归档）.pdf.
    """
    masthead = issue.masthead
    name = f"{full_name(masthead)}{issue_line(masthead)}"
    if masthead.year is None:
        name += f"（{masthead.issue_date.year}年）"
    marked = f"（{mark}）" if mark else ""
    return f"{_safe(name)[: LONGEST - len(marked)]}{marked}.{extension}"


def numbered_name(numbers: range, recipient: str, extension: str) -> str:
    """Return a name for numbered copies, such as 000001-000003市委办公室.pdf."""
    ends = dict.fromkeys((numbers[0], numbers[-1]))
    return f"{'-'.join(map(copy_number, ends))}{_safe(recipient)[:LONGEST]}.{extension}"


def _safe(name: str) -> str:
    return UNSAFE.sub("", unicodedata.normalize("NFC", name)).lstrip(".").strip()


def ascii_name(issue: Issue, extension: str, mark: str = "") -> str:
    """Return a name such as bulletin-2017-33.pdf, with a ``mark`` bulletin-2017-33-archive.pdf."""
    masthead = issue.masthead
    marked = f"-{mark}" if mark else ""
    return f"bulletin-{masthead.issue_date.year}-{masthead.issue_number}{marked}.{extension}"
