"""Numbers and dates as a bulletin prints them."""

from __future__ import annotations

from datetime import date

from hongtou.bulletin.issue import Masthead, Series
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.month import Month
from hongtou.bulletin.sent_values import date_figures, figures

SERIES_PREFIX = {Series.REGULAR: "", Series.SUPPLEMENT: "增刊", Series.SPECIAL: "专刊"}


def chinese_date(when: date | Month) -> str:
    """Return 2017年12月22日, or 2017年12月: Arabic figures, the year in full, no padding.

    Source: GB/T 9704-2012 §7.3.5.4.
    """
    year, month, *days = date_figures(when)
    return joined(year, "年", month, "月", *(piece for day in days for piece in (day, "日")))


def folio(page: int) -> str:
    """Return the number of a page (from 1) as it is printed: — 1 —.

    Source: GB/T 9704-2012 §7.5.
    """
    return f"— {page} —"


def issue_line(masthead: Masthead) -> str:
    """Return 第33期（总第612期）, 2026年第42期, or 增刊第2期 for a series numbered apart."""
    year = joined(figures(masthead.year), "年") if masthead.year is not None else ""
    number = masthead.issue_label or joined("第", figures(masthead.issue_number), "期")
    line = joined(year, SERIES_PREFIX[masthead.series], number)
    if masthead.total_number is None:
        return line
    return joined(line, "（总第", figures(masthead.total_number), "期）")


def full_name(masthead: Masthead) -> str:
    """Return the name of a bulletin, behind what stands over its nameplate: 某某市党代会 简报.

    Two lines of a nameplate are one name; what stands over it is another, as of a meeting.
    """
    return f"{masthead.overline} {''.join(masthead.nameplate)}".lstrip()


def copy_number(number: int) -> str:
    """Return a copy number (份号) as six digits.

    Source: GB/T 9704-2012 §7.2.1.
    """
    return figures(number, min_digits=6)
