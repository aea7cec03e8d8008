"""Level numbers (层次序数) of headings and items."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}

UNITS = {"十": 10, "百": 100}

# 一 to 九百九十九, as the points of an amended law go on, and figure by figure: 一〇一.
_FIGURE = "[一二三四五六七八九]"
NUMERAL = f"([一二三四五六七八九十零〇]{{1,3}}|{_FIGURE}百(?:零{_FIGURE}|{_FIGURE}十{_FIGURE}?)?)"

LEVELS = (
    # Level, and the shape of its number at the start of a line. A figure after the point or a
    # third digit is a quantity or a date (1.5万元, 2017.12), not a number of the third level, but
    # where a date follows: 2.6月20日前, 3.2026年.
    # Source: GB/T 9704-2012 §7.3.3; brackets of either width are read.
    (1, re.compile(f"{NUMERAL}、")),
    (2, re.compile(f"[（(]{NUMERAL}[）)]")),
    (3, re.compile(r"([0-9０-９]{1,2})[.．](?![ \u3000]*[0-9０-９](?![0-9]?月|[0-9]{3}年))")),
    (4, re.compile(r"[（(]([0-9０-９]{1,2})[）)]")),
)


# What a number counts beside another one: 一、二级 and 三、四月份 are the first and second class,
# the third and fourth month.
ENUMERATED = re.compile("([一二三四五六七八九十]{1,3})(?:[级季月类产等批期线档轮次届]|、)")


@dataclass(frozen=True, slots=True)
class LevelNumber:
    """A level number at the start of a line: level 1 to 4, its value, and its characters."""

    level: int
    value: int
    text: str


def level_number(line: str) -> LevelNumber | None:
    """Return the level number that a line begins with, if it begins with one."""
    for level, shape in LEVELS:
        found = shape.match(line)
        if found:
            return LevelNumber(level, _value(found[1]), found[0])
    return None


def is_enumeration(line: str, number: LevelNumber) -> bool:
    """Tell whether the number of a line may be the first of several, as in 二、三产业."""
    if number.level != 1:
        return False
    found = ENUMERATED.match(line, len(number.text))
    return found is not None and _value(found[1]) > number.value


def written(level: int, value: int) -> str:
    """Return a level number as it is written: 一、 （一） 1. （1）.

    Source: GB/T 9704-2012 §7.3.3.
    """
    match level:
        case 1:
            return f"{chinese_numeral(value)}、"
        case 2:
            return f"（{chinese_numeral(value)}）"
        case 3:
            return f"{value}."
        case _:
            return f"（{value}）"


def chinese_numeral(value: int) -> str:
    """Return 1 to 999 in Chinese characters, e.g. 十二, 一百一十, 一百零一; others in figures."""
    if value not in range(1, 1000):
        return str(value)
    (hundreds, rest), figures = divmod(value, 100), " 一二三四五六七八九"
    tens, ones = divmod(rest, 10)
    head = f"{figures[hundreds]}百" if hundreds else ""
    middle = f"{figures[tens]}十" if tens else "零" if head and ones else ""
    return (head + middle + figures[ones].strip()).removeprefix("一" if 10 <= value < 20 else "")


def chinese_value(numeral: str) -> int:
    """Return what a numeral in Chinese characters counts; 一〇八 is read figure by figure."""
    if UNITS.keys().isdisjoint(numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    value = digit = 0
    for char in numeral:
        if char in UNITS:
            value, digit = value + (digit or 1) * UNITS[char], 0
        else:
            digit = DIGITS[char]
    return value + digit


def _value(numeral: str) -> int:
    is_chinese = numeral[0] in DIGITS or numeral[0] in UNITS
    return chinese_value(numeral) if is_chinese else int(numeral)
