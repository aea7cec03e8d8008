"""Spaces in running text. In lines of names, headlines and tables a space may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.review.copy import RUNNING, Text
from hongtou.review.patterns import DIGIT, HAN, SPACE, STOPS
from hongtou.review.rule import Remark

# A telephone number after its label is left alone: there the space separates.
BESIDE_DIGITS = re.compile(
    f"(?<=[{HAN}])[{SPACE}]+(?=[{DIGIT}])(?![{DIGIT}]{{7}}|[{DIGIT}]{{3,4}}[-－—])"
    f"|(?<=[{DIGIT}%％])[{SPACE}]+(?=[{HAN}])"
)
BESIDE_STOPS = re.compile(f"(?<![{SPACE}])[{SPACE}]++(?=[{STOPS}])|(?<=[{STOPS}])[{SPACE}]+")
BETWEEN_HAN = re.compile(f"(?<=[{HAN}])[{SPACE}](?=[{HAN}])")
DOUBLED = re.compile(f"[{SPACE}]{{2,}}")


def beside_digits(text: Text) -> Iterator[Remark]:
    """Find spaces between Chinese and figures: the gap there is the compositor's to set."""
    for start, end in _spaces(text, BESIDE_DIGITS):
        yield Remark(text, start, end, "汉字与数字之间有空格", "请删去，排版自留间隙", "")


def beside_stops(text: Text) -> Iterator[Remark]:
    """Find spaces before or after a full-width mark."""
    for start, end in _spaces(text, BESIDE_STOPS):
        yield Remark(text, start, end, "标点旁有空格", "请删去", "")


def between_han(text: Text) -> Iterator[Remark]:
    """Find a single space between two Chinese characters, which may be a separator."""
    for start, end in _spaces(text, BETWEEN_HAN):
        yield Remark(text, start, end, "汉字之间有空格", "如不是有意分隔，请删去", "")


def doubled(text: Text) -> Iterator[Remark]:
    """Find several spaces in a row."""
    for start, end in _spaces(text, DOUBLED):
        yield Remark(text, start, end, "有连续的空格", "请只留一个", text.chars[start])


def _spaces(text: Text, shape: re.Pattern[str]) -> list[tuple[int, int]]:
    if text.kind not in RUNNING:
        return []
    return [found.span() for found in shape.finditer(text.chars)]
