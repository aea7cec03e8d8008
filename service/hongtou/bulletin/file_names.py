"""The names of finished files: Chinese, and ASCII for programs that need it."""

from __future__ import annotations

import re
import unicodedata

from hongtou.bulletin.issue import Issue
from hongtou.bulletin.numerals import full_name, issue_line

# Characters that Windows, shells or headers refuse; RFC 6266 §4.3 asks for names without paths.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST = 80


def file_name(issue: Issue, extension: str) -> str:
    """Return a name such as 创建工作动态第33期（2017年）.pdf, up to 80 characters and a suffix."""
    masthead = issue.masthead
    name = f"{full_name(masthead)}{issue_line(masthead)}"
    if masthead.year is None:
        name += f"（{masthead.issue_date.year}年）"
    clean = UNSAFE.sub("", unicodedata.normalize("NFC", name)).lstrip(".").strip()
    return f"{clean[:LONGEST]}.{extension}"


def ascii_name(issue: Issue, extension: str) -> str:
    """Return a name such as bulletin-2017-33.pdf."""
    masthead = issue.masthead
    return f"bulletin-{masthead.issue_date.year}-{masthead.issue_number}.{extension}"
