"""Dates and numbers as issues print them, in figures or Chinese characters."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from hongtou.bulletin.level_numbers import chinese_value

COUNT = "[0-9０-９]{1,5}|[零〇一二三四五六七八九十百]{1,6}"
YEAR = "[0-9０-９]{4}|[零〇一二三四五六七八九]{4}"
PART = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
DATE = re.compile(
    rf"({YEAR})\s{{0,4}}年\s{{0,4}}({PART})\s{{0,4}}月(?:\s{{0,4}}({PART})\s{{0,4}}日)?"
)


def value(numeral: str) -> int:
    """Return what figures or Chinese characters count."""
    return int(numeral) if numeral[0].isdecimal() else chinese_value(numeral)


def iso_date(found: re.Match[str]) -> str:
    """Return a found date, or its month, as the contract writes it; "" for a day that is none."""
    year, month, day = (value(part) if part else 0 for part in found.groups())
    with suppress(ValueError):
        written = date(year, month, day or 1).isoformat()
        return written if day else written[:7]
    return ""
