"""Document numbers (发文字号) that the text cites."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Text
from hongtou.review.patterns import HAN
from hongtou.review.rule import Remark

BRACKETS = "[［【(（"
LEFT, RIGHT = r"[\[［【(（]", r"[\]］】)）]"
CITED = Late(f"(?<=[{HAN}])({LEFT})(?:19|20)[0-9]{{2}}({RIGHT})(?=第?[0-9]{{1,5}}号)")

COUNTED = Late(f"(?:(?<=〕)|(?<={RIGHT}))(第?)(0*)([1-9][0-9]{{0,4}})号")


def ordinals(text: Text) -> Iterator[Remark]:
    """Find a cited document number that is written with 第 or with zeros before it.

    Source: GB/T 9704-2012 §7.2.5.
    """
    for found in COUNTED().finditer(text.chars):
        if found[1] or found[2]:
            right = f"{found[3]}号"
            message = "发文字号的顺序号不加“第”，前面不补 0"
            yield Remark(text, *found.span(), message, f"请改为“{right}”", right)


def year_brackets(text: Text) -> Iterator[Remark]:
    """Find a cited document number whose year does not stand in 六角括号.

    Source: GB/T 9704-2012 §7.2.5.
    """
    if "号" not in text.characters:
        return
    for found in CITED().finditer(text.chars):
        for group, right in ((1, "〔"), (2, "〕")):
            hint = f"请改为六角括号“{right}”"
            yield Remark(text, *found.span(group), "发文字号的年份括号不对", hint, right)
