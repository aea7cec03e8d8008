"""Numbers and dates as a bulletin prints them."""

from __future__ import annotations

from datetime import date

from hongtou.bulletin.issue import Masthead, Series
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.sent_values import date_figures, figures

SERIES_PREFIX = {Series.REGULAR: "", Series.SUPPLEMENT: "增刊", Series.SPECIAL: "专刊"}


def chinese_date(day: date) -> str:
    """Return 2017年12月22日: Arabic figures, the year in full, no padding.

    Source: GB/T 9704-2012 §7.3.5.4.
    """
    year, month, of_month = date_figures(day)
    return joined(year, "年", month, "月", of_month, "日")


def issue_line(masthead: Masthead) -> str:
    """Return 第33期（总第612期）, or 增刊第2期 for a series that is numbered apart."""
    number = joined(SERIES_PREFIX[masthead.series], "第", figures(masthead.issue_number), "期")
    if masthead.total_number is None:
        return number
    return joined(number, "（总第", figures(masthead.total_number), "期）")


def copy_number(number: int) -> str:
    """Return a copy number (份号) as six digits.

    Source: GB/T 9704-2012 §7.2.1.
    """
    return figures(number, min_digits=6)
