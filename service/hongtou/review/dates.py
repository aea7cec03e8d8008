"""Dates: those that do not exist, and those that do not agree."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from hongtou.bulletin.numerals import chinese_date
from hongtou.review.copy import Copy, Text
from hongtou.review.rule import FieldRemark, Remark

WRITTEN = re.compile(r"(?:(?<![0-9])([0-9]{4})年)?(?<![0-9])([0-9]{1,2})月(?:([0-9]{1,2})[日号])")
LEAP_YEAR = 2000  # for a date without a year, which may stand in one


def impossible(text: Text) -> Iterator[Remark]:
    """Find dates that no calendar has, e.g. 2月30日."""
    for found in WRITTEN.finditer(text.chars):
        year, month, day = (int(part) if part else None for part in found.groups())
        if month is None or day is None or _exists(year or LEAP_YEAR, month, day):
            continue
        yield Remark(text, *found.span(), f"没有{found[0]}这一天", "请核对年月日")


def disagreeing(copy: Copy) -> Iterator[FieldRemark]:
    """Find an imprint date in the closing block that is not the date of the masthead."""
    issued = copy.issue.masthead.issue_date
    printed = copy.issue.closing.imprint_date
    if printed is not None and printed != issued:
        message = f"报尾印发日期{chinese_date(printed)}与报头{chinese_date(issued)}不一致"
        yield FieldRemark("/closing/imprint_date", message, "请核对，两处通常相同")


def _exists(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
