"""Figures in text: full-width digits, and hyphens for ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.rule import Remark

FULL_WIDTH = Late("[０-９Ａ-Ｚａ-ｚ]+")
HALF_WIDTH = {ord(full): ord(full) - 0xFEE0 for full in "０１２３４５６７８９"} | {
    code: code - 0xFEE0 for start in "Ａａ" for code in range(ord(start), ord(start) + 26)
}
FULL_WIDTH_CHARACTERS = "".join(map(chr, HALF_WIDTH))

HYPHENS = "-－–"
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
UNITS = (
    "分钟?|[人名户个次岁天项件条家棵株亩吨度倍级节层页座台套辆艘所周处起例宗]|[万亿]?元"
    "|小时|公里|千米|米|毫米|厘米|微米|平方米|公斤|千克|克|公顷|%|％|℃|‰"
    "|(?:[kcmμµ]?m|[kmμµ]?g|m?L|[kMG]W|t|h|min|dB|ppm)(?![A-Za-z0-9])"
)
# A hyphen between two numbers of which the second is greater and has a unit; not where a
# further hyphen, letter, bracket or figure makes it a telephone, model or document number.
AMOUNTS = Late(
    rf"(?<![0-9A-Za-z.〔\-－–])({NUMBER})[%％]?[ ]?([-－–])[ ]?({NUMBER})[ ]?(?:{UNITS})"
)
TIMES = Late(
    r"(?<![0-9A-Za-z.〔\-－–])([0-9]{1,2}|[0-9]{4})[年月日]?([-－–])([0-9]{1,2}|[0-9]{4})[年月日]"
)

# The end of a year in Chinese figures whose zero is a circle, a letter or a figure: 二○二六,
# 二O二六, 二0二六. Here and below the mark comes first, for which a text is searched sooner.
YEAR = Late("年(?<=(?<![0-9A-Za-z])[一二三四五六七八九][一二三四五六七八九〇零○◯OＯo0０]{3}年)")
WRONG_ZERO = Late("[○◯OＯo0０]")
WRONG_ZEROS = "○◯OＯo0０"
# Signs of units that are written so: kV, kg; those of which either size means something are left
# out (Mw and mW, g and G).
RIGHT_CASE = {
    sign.lower(): sign
    for sign in ("km", "kg", "kV", "kW", "kVA", "kWh", "kPa", "MPa", "Hz", "dB", "mm", "cm", "pH")
}
_ANY_SIGN = "|".join(sorted(RIGHT_CASE, key=len, reverse=True)).replace("|ph", "")
WRONG_CASE = Late(
    f"(?<=[0-9万亿千百])(?i:{_ANY_SIGN})(?![A-Za-z0-9])|(?<![A-Za-z0-9])(?i:ph)(?=[值≥≤＞＜<>])"
)
_SOME = "[0-9][0-9.]{0,8}[百千万亿]{0,2}"
ABOUT_TWICE = Late(
    f"(?:约|大约|将近|近|超过|逾){_SOME}(?:余|多(?!功能|样|元))|"
    f"(?:约|大约|将近|近|超过|逾){_SOME}[^0-9，。；、（）左]{{0,5}}左右|{_SOME}[余多][^0-9，。；、（）左]{{0,5}}左右"
)
FEWER_BY_TIMES = Late(f"(?:减少|降低|下降|缩短|缩小)了?约?{_SOME}多?倍")
RATIO = Late(
    "(?<![0-9:])([0-9]{1,4}):(?=[0-9](?![0-9:]))|(?<=比例为)[0-9]{1,4}:(?=[0-9]+)|(?<=之比为)[0-9]{1,4}:"
)
CLOCK = Late("：(?=[0-5][0-9](?![0-9：]))")
HOUR = Late("(?:^|[^0-9：])(?:[01]?[0-9]|2[0-4])$")


def units_in_other_case(text: Text) -> Iterator[Remark]:
    """Find signs of units in letters of the wrong size: 35KV, 50Kg, PH值."""
    for found in WRONG_CASE().finditer(text.chars):
        right = RIGHT_CASE[found[0].lower()]
        if found[0] != right:
            message = f"单位符号“{found[0]}”的大小写不对"
            yield Remark(text, *found.span(), message, f"请改为“{right}”", right)


def approximate_twice(text: Text) -> Iterator[Remark]:
    """Find amounts that are called approximate twice (约300余亩), or smaller by times."""
    for found in ABOUT_TWICE().finditer(text.chars):
        message = "概数说了两遍"
        hint = "“约、近、超过”与“余、多、左右”只留一个"
        yield Remark(text, *found.span(), message, hint)
    for found in FEWER_BY_TIMES().finditer(text.chars) if "倍" in text.characters else ():
        hint = "“倍”只用于增加；减少请写“减少了百分之几”或“减少到几分之几”"
        yield Remark(text, *found.span(), "减少不能用“倍”", hint)


def zeros(text: Text) -> Iterator[Remark]:
    """Find years in Chinese figures whose zero is not 〇."""
    for found in YEAR().finditer(text.chars):
        for zero in WRONG_ZERO().finditer(text.chars, found.start() - 4, found.start()):
            message = f"年份里的“{printable(zero[0])}”不是“〇”"
            yield Remark(text, *zero.span(), message, "请改为“〇”（U+3007）", "〇")


def ratios(text: Text) -> Iterator[Remark]:
    """Find ratios with the colon of a sentence, e.g. 5:3; a time has two figures behind it."""
    for found in RATIO().finditer(text.chars):
        at = found.end() - 1
        yield Remark(text, at, at + 1, "比号用了冒号", "如是比例，请改为“∶”（U+2236）", "∶")


def clocks(text: Text) -> Iterator[Remark]:
    """Find times with a full-width colon, e.g. 8：30."""
    for found in CLOCK().finditer(text.chars):
        if HOUR().search(text.chars[max(0, found.start() - 3) : found.start()]):
            yield Remark(text, *found.span(), "时与分之间用了全角冒号", "请改为半角“:”", ":")


def mixed_percents(copy: Copy) -> Iterator[Remark]:
    """Find ％ in an issue that has % too."""
    for text in copy.texts:
        for found in re.finditer("％", text.chars) if "％" in text.characters else ():
            message = "同一期里又用“％”又用“%”"
            yield Remark(text, *found.span(), message, "请统一为“%”", "%")


def full_width_figures(text: Text) -> Iterator[Remark]:
    """Find full-width digits and letters."""
    for found in FULL_WIDTH().finditer(text.chars):
        half = found[0].translate(HALF_WIDTH)
        yield Remark(text, *found.span(), "数字或字母是全角", f"请改为“{printable(half)}”", half)


def hyphened_amounts(text: Text) -> Iterator[Remark]:
    """Find a hyphen between two amounts, e.g. 80-90分 for 80～90分.

    Source: GB/T 15834-2011 §4.13.3.3.
    """
    for found in AMOUNTS().finditer(text.chars):
        if float(found[1]) < float(found[3]):
            yield Remark(text, *found.span(2), "数值范围用了短横线", "请改为“～”", "～")


def hyphened_times(text: Text) -> Iterator[Remark]:
    """Find a hyphen between two dates, e.g. 14-15日 for 14—15日.

    Source: GB/T 15834-2011 §4.13.3.2.
    """
    for found in TIMES().finditer(text.chars):
        if int(found[1]) < int(found[3]) and len(found[1]) in (len(found[3]), 1):
            yield Remark(text, *found.span(2), "时间起止用了短横线", "请改为一字线“—”", "—")
