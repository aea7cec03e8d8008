"""Level numbers (层次序数): gaps, and marks that do not belong to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from hongtou.bulletin.level_numbers import (
    LevelNumber,
    chinese_numeral,
    chinese_value,
    is_enumeration,
    level_number,
    written,
)
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import HEADINGS, Copy, Text
from hongtou.review.patterns import HAN
from hongtou.review.rule import Remark

COUNTED = HEADINGS | {Kind.PARAGRAPH}
LEVELS = 4
LEAST_PASSED = 2  # a single number under a heading begins no row that the next heading goes on with

MARK_AFTER_BRACKET = Late(r"([（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)])[、，,.．]")
COMMA_FOR_POINT = Late("([0-9]{1,2})、([0-9]*)")
ORDINAL = Late("第([一二三四五六七八九十]{1,2})(?=[，、：:,])(?!、第?[一二三四五六七八九十])")
LEVEL_MARK = Late("([一二三四五六七八九十]{1,3})[．.，,：:][ \u3000]*(?=[^0-9 \u3000])")
ANNEX = Late(r"/articles/\d+/body/\d+(?=/body(?:/|$))")
SENTENCE_MARK = Late("[。！？]")
# ①…；②…； and 1.…；2.…； within a paragraph.
CIRCLED = Late(f"(?:^|(?<=[。；：]))([①-⑳])(?=[{HAN}“《])")
POINTED = Late(rf"(?:^|(?<=[。；：]))([0-9]{{1,2}})[.．](?=[{HAN}“《])")
# The order of steps, 第一，: 第一、二产业 counts two of them.
ORDINAL_COMMA = Late("(?:^|(?<=[。；：]))(第[一二三四五六七八九十])、(?!第?[一二三四五六七八九十])")
# A level number in one character: the next is found with it, and its bracket is not typed.
ONE_CHARACTERS = "".join(
    chr(ord(first) + at)
    for first, count in (("㈠", 10), ("⑴", 20), ("⒈", 20))
    for at in range(count)
)
ONE_CHARACTER = Late(f"[{ONE_CHARACTERS}]")
FULL_BRACKETS = str.maketrans("()", "（）")
INLINE = Late(
    "([一二三四五六七八九十](?:(?<=^.)|(?<=[。；：，、！].))[一二三四五六七八九十]?)(?:是|要|抓)(?=.)"
)


class Count:
    """Counts the level numbers of an article or an annex.

    They may go on from those of sentences (一、会议听取了……。会议指出，……。), and over headings
    above them, as the articles of a rule do: 一、（一）（二）, 二、（三）.
    """

    def __init__(self) -> None:
        self.last = [0] * (LEVELS + 1)  # of each level
        self._passed = [0] * (LEVELS + 1)  # the same, also under a heading before

    def begin(self, level: int, value: int) -> None:
        """Go on from a number; those of the levels below begin anew."""
        self.last[level:] = [value, *[0] * (LEVELS - level)]

    def follows(self, number: LevelNumber) -> bool:
        """Tell whether a number has its place, and go on from it."""
        level, value, before = number.level, number.value, self.last[number.level]
        goes_on = value == before + 1 or value == self._passed[level] + 1 > LEAST_PASSED
        self.begin(level, value)
        self._passed[level] = value
        return goes_on or (value == 1 and before != 1)


def gaps(copy: Copy) -> Iterator[Remark]:
    """Find level numbers of an article or an annex that skip, repeat or do not begin with one."""
    part, count = "", Count()
    for text in copy.texts:
        if not text.article or text.kind not in COUNTED or text.opening is Kind.LEAD_IN:
            continue
        if (own := _part(text)) != part:
            part, count = own, Count()
        # One that is written otherwise is told of by itself: its number counts all the same.
        if found := _written_otherwise(text):
            count.begin(1, chinese_value(found[1]))
        elif found := _with_comma(text):
            count.begin(3, int(found[1]))
        elif number := level_number(text.chars):
            before = count.last[number.level]
            if _is_plain_text(text, number):
                if number.value == before + 1 and not is_enumeration(text.chars, number):
                    count.last[number.level] = number.value
            elif not count.follows(number):
                yield _gap(text, number, before)


def _part(text: Text) -> str:
    """Return the pointer of the annex or the article within which a text is counted."""
    found = ANNEX().match(text.pointer)
    return found[0] if found else text.article


def _is_plain_text(text: Text, number: LevelNumber) -> bool:
    """Tell whether a number opens plain text, as in 二、三产业: nothing is said of it."""
    if text.opening is not Kind.PARAGRAPH:
        return False
    return is_enumeration(text.chars, number) or bool(SENTENCE_MARK().search(text.chars[:-1]))


def _gap(text: Text, number: LevelNumber, before: int) -> Remark:
    expected = written(number.level, before + 1)
    came = f"接在“{written(number.level, before)}”之后" if before else "之前没有同层的序数"
    hint = f"按顺序应为“{expected}”，请核对是否漏了内容"
    return Remark(text, 0, len(number.text), f"层次序数{came}", hint, expected)


def marks_after_brackets(text: Text) -> Iterator[Remark]:
    """Find （一）、 and the like: a bracketed number takes no further mark.

    Source: GB/T 15834-2011 §4.5.3.3.
    """
    found = MARK_AFTER_BRACKET().match(text.chars)
    if found and text.article and text.kind in COUNTED:
        hint = f"请改为“{found[1]}”"
        yield Remark(text, 0, found.end(), "带括号的序数之后不用标点", hint, found[1])


def commas_for_points(text: Text) -> Iterator[Remark]:
    """Find 1、 where a number of the third level is written 1.

    Source: GB/T 9704-2012 §7.3.3, by analogy.
    """
    if found := _with_comma(text):
        right = f"{found[1]}."
        hint = f"请改为“{right}”"
        if found[2]:  # 1.2026年 would read as a decimal
            hint, right = f"{hint}，并改写开头，使它后面不是数字", ""
        end = found.end(1) + 1
        yield Remark(text, 0, end, "第三层序数用了顿号", hint, right or None)


def _with_comma(text: Text) -> re.Match[str] | None:
    """Return the number of the third level that a line begins with, if its mark is 、.

    1、2号楼 names two things, and counts nothing.
    """
    found = COMMA_FOR_POINT().match(text.chars)
    if not found or not text.article or text.kind not in COUNTED:
        return None
    return None if found[2] == str(int(found[1]) + 1) else found


def inline_gaps(text: Text) -> Iterator[Remark]:
    """Find the first place where 一是…二是… or 第一，…第二，… in a paragraph skips a number.

    So do ①…；②… and 1.…；2.….
    """
    if "一" in text.characters:
        yield from _inline_gap(text, INLINE(), "{}")
        if "第" in text.characters:
            yield from _inline_gap(text, ORDINAL(), "第{}")
    if "①" in text.characters:
        yield from _figure_gap(text, CIRCLED(), lambda value: chr(ord("①") + value - 1))
    if "1" in text.characters:
        yield from _figure_gap(text, POINTED(), lambda value: f"{value}.")


def ordinal_commas(text: Text) -> Iterator[Remark]:
    """Find 第一、 before what is to be done first, where a comma is meant."""
    for found in ORDINAL_COMMA().finditer(text.chars):
        right = f"{found[1]}，"
        yield Remark(text, *found.span(), "“第”字头的序次语之后用了顿号", f"请改为“{right}”", right)


def in_one_character(text: Text) -> Iterator[Remark]:
    """Find ㈠ ⑴ ⒈, each a single character: no level is known by them, and none can go on."""
    for found in ONE_CHARACTER().finditer(text.chars):
        right = normalize("NFKC", found[0]).translate(FULL_BRACKETS)
        before, after = text.chars[: found.start()][-1:], text.chars[found.end() :][:1]
        is_safe = not (before.isalnum() and before.isascii()) and not after.isdigit()
        message = f"序数“{found[0]}”是一个字符，认不出层次"
        yield Remark(text, *found.span(), message, f"请改为“{right}”", right, is_safe)


def level_marks(text: Text) -> Iterator[Remark]:
    """Find 一．  一，  一： where a number of the first level is written 一、 instead.

    Source: GB/T 9704-2012 §7.3.3, by analogy.
    """
    if found := _written_otherwise(text):
        right = f"{found[1]}、"
        message = "第一层序数之后不是顿号"
        yield Remark(text, 0, found.end(), message, f"如是小标题，请改为“{right}”", right)


def _written_otherwise(text: Text) -> re.Match[str] | None:
    """Return the number of the first level that a line begins with, if its mark is another."""
    found = LEVEL_MARK().match(text.chars)
    if not found or not text.article or text.kind is not Kind.PARAGRAPH:
        return None
    return None if SENTENCE_MARK().search(text.chars[:-1]) else found


def _inline_gap(text: Text, shape: re.Pattern[str], form: str) -> Iterator[Remark]:
    expected = 1
    for found in shape.finditer(text.chars):
        wanted = chinese_numeral(expected)
        if found[1] == "一":
            expected = 2
        elif expected > 1 and found[1] == wanted:
            expected += 1
        elif expected > 1:
            word = found[0][-1] if shape is INLINE() else ""
            message = f"之前没有“{form.format(wanted)}{word}”"
            yield Remark(text, *found.span(), message, "请核对是否漏了内容")
            return


def _figure_gap(text: Text, shape: re.Pattern[str], form: Callable[[int], str]) -> Iterator[Remark]:
    expected = 1
    for found in shape.finditer(text.chars):
        value = int(normalize("NFKC", found[1]))
        if value == 1 or (expected > 1 and value == expected):
            expected = value + 1
        elif expected > 1:
            message = f"之前没有“{form(expected)}”"
            yield Remark(text, *found.span(), message, "请核对是否漏了内容")
            return
