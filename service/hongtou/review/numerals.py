"""Figures in text: full-width digits, and hyphens for ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.review.copy import Text
from hongtou.review.rule import Remark

FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
HALF_WIDTH = {ord(full): ord(full) - 0xFEE0 for full in "０１２３４５６７８９"} | {
    code: code - 0xFEE0 for start in "Ａａ" for code in range(ord(start), ord(start) + 26)
}
FULL_WIDTH_CHARACTERS = "".join(map(chr, HALF_WIDTH))

HYPHENS = "-－–"
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
UNITS = (
    "分钟?|[人名户个次岁天项件条家棵株亩吨度倍]|[万亿]?元"
    "|小时|公里|千米|米|毫米|平方米|公斤|千克|克|%|％|℃"
)
# A hyphen between two numbers of which the second is greater and has a unit; not where a
# further hyphen, letter, bracket or figure makes it a telephone, model or document number.
AMOUNTS = re.compile(
    rf"(?<![0-9A-Za-z.〔\-－–])({NUMBER})[%％]?[ ]?([-－–])[ ]?({NUMBER})[ ]?(?:{UNITS})"
)
TIMES = re.compile(
    r"(?<![0-9A-Za-z.〔\-－–])([0-9]{1,2}|[0-9]{4})[年月日]?([-－–])([0-9]{1,2}|[0-9]{4})[年月日]"
)


def full_width_figures(text: Text) -> Iterator[Remark]:
    """Find full-width digits and letters."""
    for found in FULL_WIDTH.finditer(text.chars):
        half = found[0].translate(HALF_WIDTH)
        yield Remark(text, *found.span(), "数字或字母是全角", f"请改为“{printable(half)}”", half)


def hyphened_amounts(text: Text) -> Iterator[Remark]:
    """Find a hyphen between two amounts, e.g. 80-90分 for 80～90分.

    Source: GB/T 15834-2011 §4.13.3.3.
    """
    for found in AMOUNTS.finditer(text.chars):
        if float(found[1]) < float(found[3]):
            yield Remark(text, *found.span(2), "数值范围用了短横线", "请改为“～”", "～")


def hyphened_times(text: Text) -> Iterator[Remark]:
    """Find a hyphen between two dates, e.g. 14-15日 for 14—15日.

    Source: GB/T 15834-2011 §4.13.3.2.
    """
    for found in TIMES.finditer(text.chars):
        if int(found[1]) < int(found[3]) and len(found[1]) in (len(found[3]), 1):
            yield Remark(text, *found.span(2), "时间起止用了短横线", "请改为一字线“—”", "—")
