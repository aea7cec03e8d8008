"""Dates and numbers as issues print them, in figures or Chinese characters."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from hongtou.bulletin.level_numbers import chinese_value

ZERO = "〇"
# What old files have for it: input methods of their time could not write it (二○二六年, 二O二六年).
ZEROS = "零○◯OＯo0０"
COUNT = rf"[0-9０-９]{{1,5}}|[{ZERO}{ZEROS}一二三四五六七八九十百]{{1,6}}"
YEAR = rf"[0-9０-９]{{4}}|[一二三四五六七八九][{ZERO}{ZEROS}一二三四五六七八九]{{3}}"
PART = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
DASH = r"\s{0,4}[-－./．]\s{0,4}"
DATE = re.compile(
    rf"({YEAR})\s{{0,4}}年\s{{0,4}}({PART})\s{{0,4}}月(?:\s{{0,4}}({PART})\s{{0,4}}日)?"
    rf"|(?<![0-9０-９])([0-9０-９]{{4}}){DASH}([0-9０-９]{{1,2}}){DASH}([0-9０-９]{{1,2}})(?![0-9０-９])"
)
# Of a bulletin on a flood or a drill: 15时, 8时30分, 8:00, 上午.
HOUR = "[0-9０-９]{1,2}(?:时(?:[0-9０-９]{1,2}分)?|[:：][0-9０-９]{2})|[上下]午"
DAY = re.compile(
    rf"(?:^|(?<=[\t \u3000]))({PART})\s{{0,4}}月\s{{0,4}}({PART})\s{{0,4}}日"
    rf"(?=\s{{0,4}}(?:{HOUR})?$)"
)


def value(numeral: str) -> int:
    """Return what figures or Chinese characters count."""
    if numeral.isdecimal():
        return int(numeral)
    return chinese_value(numeral.translate(str.maketrans(ZEROS, ZERO * len(ZEROS))))


def iso_date(found: re.Match[str]) -> str:
    """Return a found date, or its month, as the contract writes it; "" for a day that is none."""
    year, month, *day = (value(part) for part in found.groups() if part)
    return _iso(year, month, *day)


def iso_day(found: re.Match[str], year: int) -> str:
    """Return a found day of a year as the contract writes it; "" for one that is none."""
    return _iso(year, value(found[1]), value(found[2]))


def _iso(year: int, month: int, day: int = 0) -> str:
    with suppress(ValueError):
        written = date(year, month, day or 1).isoformat()
        return written if day else written[:7]
    return ""
