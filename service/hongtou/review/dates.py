"""Dates: those that do not exist, and those that do not agree."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from hongtou.bulletin.month import agree, first_day
from hongtou.bulletin.numerals import chinese_date
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.rule import FieldRemark, Remark

WRITTEN = Late("[0-9](?<![0-9].)(?:[0-9]{3}年[0-9]{1,2}|[0-9]?)月[0-9]{1,2}[日号]")
FIGURES = Late("[0-9]{1,4}")
PADDED = Late("0(?<![0-9.]0)([1-9])(?=[月日])")
SHORT_YEAR = Late("年(?<=(?<![0-9第.])[0-9]{2}年)(?=[0-9]{1,2}月)")
DOTTED = Late(
    r"(?<![0-9./])((?:19|20)[0-9]{2})([./．])(0?[1-9]|1[0-2])\2(0?[1-9]|[12][0-9]|3[01])(?![0-9./])"
)
# 24时 ends a day, and 24时30分 is none; what has no minutes counts hours.
MOMENT = Late("[0-9](?<![0-9.].)[0-9]?[时点][0-9]{1,2}分")
WEEKDAYS = "一二三四五六日"
WEEKDAY = Late(
    "([0-9](?<![0-9].)(?:[0-9]{3}年[0-9]{1,2}|[0-9]?)月[0-9]{1,2})日"
    f"[（(]?((?:星期|周|礼拜)([{WEEKDAYS}天]))"
)
HALF_A_YEAR = 183  # days from the issue: farther, a date without a year may be of any
LEAP_YEAR = 2000  # for a date without a year, which may stand in one


def impossible(text: Text) -> Iterator[Remark]:
    """Find dates that no calendar has, e.g. 2月30日, and moments that no clock shows: 9时75分."""
    for found in WRITTEN().finditer(text.chars):
        *years, month, day = map(int, FIGURES().findall(found[0]))
        if not _exists(years[0] if years else LEAP_YEAR, month, day):
            yield Remark(text, *found.span(), f"没有{found[0]}这一天", "请核对年月日")
    for found in MOMENT().finditer(text.chars):
        hour, minute = map(int, FIGURES().findall(found[0]))
        if minute >= 60 or hour * 60 + minute > 24 * 60:
            yield Remark(text, *found.span(), f"没有{found[0]}这一时刻", "请核对时间")


def weekdays(copy: Copy) -> Iterator[Remark]:
    """Find a date with a day of the week that is another's: 2026年11月20日（星期四）.

    A date without a year is that of the issue's year, if it is not far from the issue.
    """
    issued = first_day(copy.issue.masthead.issue_date)
    for text in copy.texts:
        if "月" not in text.characters or text.characters.isdisjoint("周期拜"):
            continue
        for found in WEEKDAY().finditer(text.chars):
            *years, month, day = map(int, FIGURES().findall(found[1]))
            year = years[0] if years else issued.year
            if not _exists(year, month, day):
                continue
            when = date(year, month, day)
            named = WEEKDAYS.index(found[3].replace("天", "日"))
            is_near = bool(years) or abs((when - issued).days) <= HALF_A_YEAR
            if is_near and when.weekday() != named:
                right = found[2][:-1] + WEEKDAYS[when.weekday()]
                message = f"{chinese_date(when)}是{right}"
                yield Remark(text, *found.span(2), message, "请核对日期和星期")


def padded(text: Text) -> Iterator[Remark]:
    """Find months and days with a zero before them, e.g. 08月01日.

    Source: GB/T 9704-2012 §7.3.5.4, by analogy.
    """
    for found in PADDED().finditer(text.chars):
        unit = text.chars[found.end()]
        hint = f"请改为“{found[1]}{unit}”"
        yield Remark(text, *found.span(), "月、日前面加了 0", hint, found[1])


def short_years(text: Text) -> Iterator[Remark]:
    """Find years of two figures, e.g. 26年9月.

    Source: GB/T 9704-2012 §7.3.5.4, by analogy.
    """
    for found in SHORT_YEAR().finditer(text.chars):
        start, end = found.start() - 2, found.start()
        full = f"20{text.chars[start:end]}"
        hint = f"如是年份，请写成“{full}年”"
        yield Remark(text, start, end, "年份没有写全", hint, full)


def dotted(text: Text) -> Iterator[Remark]:
    """Find dates whose parts are parted by points, e.g. 2026.10.16."""
    for found in DOTTED().finditer(text.chars):
        year, month, day = (int(found[group]) for group in (1, 3, 4))
        written = f"{year}年{month}月{day}日"
        if _exists(year, month, day):
            yield Remark(text, *found.span(), "日期用点号分隔", f"请写成“{written}”", written)
        else:
            yield Remark(text, *found.span(), "没有这一天，日期又用点号分隔", "请核对年月日")


def disagreeing(copy: Copy) -> Iterator[FieldRemark]:
    """Find an imprint date in the closing block that is not the date of the masthead."""
    issued = copy.issue.masthead.issue_date
    printed = copy.issue.closing.imprint_date
    if printed is not None and not agree(printed, issued):
        message = f"报尾印发日期{chinese_date(printed)}与报头{chinese_date(issued)}不一致"
        yield FieldRemark("/closing/imprint_date", message, "请核对，两处通常相同")


def _exists(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
