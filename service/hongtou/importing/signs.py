"""Signs of symbol fonts (Wingdings, Symbol): code points that mean something in one font alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hongtou.bulletin.equivalents import equivalent
from hongtou.importing.lines import SourceLine

PRIVATE = range(0xE000, 0xF900)
# What office programs put there as bullets and signs; a code that both fonts have is a bullet of
# the one that lists are made with.
SIGNS = {
    **dict.fromkeys((0xF06C, 0xF09F, 0xF0B7), "●"),
    **dict.fromkeys((0xF06E, 0xF0A7), "■"),
    **dict.fromkeys((0xF06F, 0xF071, 0xF0A8), "□"),
    **dict.fromkeys((0xF075, 0xF076, 0xF077), "◆"),
    **dict.fromkeys((0xF0D8, 0xF0D6), "▶"),
    **dict.fromkeys((0xF0E0, 0xF0E8), "→"),
    **dict.fromkeys((0xF0FC, 0xF0FE), "√"),
    **dict.fromkeys((0xF0FB, 0xF0B4), "×"),
    0xF0AB: "★",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0B8: "÷",
    0xF0A3: "≤",
    0xF0B3: "≥",
    0xF0B9: "≠",
}
LOST = "里面有只在符号字体里才有的字，没有取，请照原稿核对"


def with_signs(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Return lines with signs that every font has; what is none is left out and told.

    Characters that an older standard put there stay: the review says which is meant.
    """
    return [_with_signs(line) if _is_private(line) else line for line in lines]


def _with_signs(line: SourceLine) -> SourceLine:
    rows = tuple(tuple(_written(cell) for cell in row) for row in line.rows)
    text = _written(line.text)
    lost = any(map(_is_lost, line.text))
    doubt = "；".join(filter(None, (line.doubt, LOST if lost else "")))
    return replace(line, text=text, rows=rows, doubt=doubt)


def _written(text: str) -> str:
    return "".join("" if _is_lost(char) else SIGNS.get(ord(char), char) for char in text).strip()


def _is_private(line: SourceLine) -> bool:
    return any(ord(char) in PRIVATE for char in line.text)


def _is_lost(char: str) -> bool:
    return ord(char) in PRIVATE and ord(char) not in SIGNS and not equivalent(char)
