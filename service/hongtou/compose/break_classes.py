"""Break classes of Chinese text, as data: what each mark may do at a line's ends.

Sources: GB/T 15834-2011 §5.1 (where marks stand; §5.1.6 连接号, §5.1.9 分隔号, §5.1.10 line
ends) and W3C CLREQ (行首行尾禁则 with the GB rule, 符号分离禁则, 标点挤压). Signs that a figure is
read with stay with it (CLREQ 符号分离禁则). GB/T 15835-2011 is about how figures are written, not
about where lines end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from hongtou.bulletin.patterns import Late


class Mark(StrEnum):
    """The class of a character, as the letter that stands for it in a class string."""

    HAN = "h"
    CLOSING = "c"  # never starts a line; the right half of its square is blank
    QUOTE = "f"  # a closing quotation mark: as CLOSING, but to readers of a PDF Western
    OPENING = "o"  # never ends a line; the left half of its square is blank
    DOT = "m"  # 间隔号: half a character, never starts a line
    DASH = "e"  # two make a 破折号 and are never parted; one alone joins (see JOIN)
    ELLIPSIS = "t"  # two make a 省略号 and are never parted
    JOIN = "n"  # 连接号: never starts a line
    REPEAT = "k"  # repeats or draws out what stands before it: never starts a line
    SOLIDUS = "x"  # 分隔号: never starts a line and never ends one
    OPERATOR = "r"  # stands between two things: never starts a line and never ends one
    PREFIX = "q"  # a sign before a number: never ends a line
    SIGN = "u"  # % ℃ and the like: stays with its number
    SCRIPT = "v"  # raised or lowered: stays with what it stands on, without a gap
    DIGIT = "d"
    WIDE_DIGIT = "w"  # a digit as wide as Han: set like Han, but numbers stay whole
    LATIN = "l"
    STOP = "p"  # half-width closing punctuation: never starts a line
    START = "b"  # half-width opening punctuation, ★ and boxes to tick: never ends a line
    SPACE = "s"


CHARACTERS = {
    Mark.CLOSING: "，。、；：！？．）」』》〉】〕］｝〗",
    Mark.QUOTE: "”’",
    Mark.OPENING: "（「『《〈【〔［｛“‘〖",
    Mark.DOT: "·‧・",
    Mark.DASH: "—―⸺─━",
    Mark.ELLIPSIS: "…⋯",
    Mark.JOIN: "～‒–－‐〜∼",
    Mark.REPEAT: "々〃ー",
    Mark.SOLIDUS: "/⁄∕",
    Mark.OPERATOR: "／＋＝＜＞×÷≈≠≡≤≥≦≧≪≫∶∷∝＼｜",
    Mark.PREFIX: "±∓−§$￥¥＄￡€£₩₽№＃",
    Mark.SIGN: "%％‰‱℃℉°′″‴㎡㎥㎜㎝㎞㎏㎎㎢",
    Mark.SCRIPT: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
    Mark.DIGIT: "0123456789½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
    Mark.WIDE_DIGIT: "０１２３４５６７８９",
    Mark.LATIN: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz&@#_+=\\<>|~^*-‑",
    Mark.STOP: "!)]},.:;?•'\"",
    Mark.START: "([{★☆☐☑☒",
    Mark.SPACE: " \u00a0\u2002\u2003\u2004\u2005\u2006\u2009\u200a\u202f\u3000\t",
}

CLASS_OF = {char: mark for mark, chars in CHARACTERS.items() for char in chars}
LETTERS_UP_TO, LATIN_AND_GREEK = "\u0530", ("\u1e00", "\u1fff")  # blocks of Western letters


def mark_of(char: str) -> Mark:
    """Return the class of a character: Han unless the table or its script says otherwise."""
    mark = CLASS_OF.get(char)
    if mark is None:
        first, last = LATIN_AND_GREEK
        is_western = char < LETTERS_UP_TO or first <= char <= last
        mark = Mark.LATIN if is_western and char.isalpha() else Mark.HAN
    return mark


@dataclass(frozen=True, slots=True)
class Pair:
    """What happens between two neighbours: may a line break, and how the gap behaves.

    ``gap`` and ``shrink`` are in em: the set gap (negative: squeezed) and how much more it may
    be squeezed to save a line. ``stretch`` tells whether justification may widen the gap;
    ``latin`` whether the gap between Han and Latin goes in.
    """

    breaks: bool
    gap: float = 0.0
    shrink: float = 0.0
    stretch: bool = True
    latin: bool = False


CLOSINGS = {Mark.CLOSING, Mark.QUOTE}
NO_START = {
    *CLOSINGS, Mark.DOT, Mark.JOIN, Mark.REPEAT, Mark.SOLIDUS, Mark.OPERATOR, Mark.SIGN,
    Mark.SCRIPT, Mark.STOP, Mark.SPACE,
}  # fmt: skip
NO_END = {Mark.OPENING, Mark.START, Mark.PREFIX, Mark.SOLIDUS, Mark.OPERATOR}
# Nothing opens beside them (CLREQ 拉伸: not at 连接号 and 分隔号).
RIGID = {Mark.JOIN, Mark.SOLIDUS, Mark.OPERATOR}
WORD = {Mark.DIGIT, Mark.LATIN, Mark.SCRIPT}
# What goes on inside a figure or a word, behind what and before what.
INSIDE = {
    **dict.fromkeys(
        (*WORD, Mark.SIGN),
        WORD | {Mark.STOP, Mark.SIGN, Mark.SOLIDUS, Mark.OPERATOR, Mark.PREFIX},
    ),
    Mark.START: WORD | {Mark.STOP, Mark.PREFIX},
    Mark.PREFIX: WORD | {Mark.STOP, Mark.PREFIX},
    Mark.STOP: WORD | {Mark.STOP},
    Mark.SOLIDUS: WORD | {Mark.PREFIX},
    Mark.OPERATOR: WORD | {Mark.PREFIX},
    Mark.WIDE_DIGIT: {Mark.WIDE_DIGIT},
    Mark.DASH: {Mark.DASH},
    Mark.ELLIPSIS: {Mark.ELLIPSIS},
}
BESIDE_HAN = {Mark.DIGIT, Mark.LATIN, Mark.SOLIDUS}
TRIMMED_AFTER = {Mark.CLOSING: 0.5, Mark.QUOTE: 0.5, Mark.DOT: 0.25}  # blank behind the ink, in em
TRIMMED_BEFORE = {Mark.OPENING: 0.5, Mark.DOT: 0.25}  # blank before the ink, in em
INNER_SHRINK = 0.25  # em of a mark's blank half, when a line is too full (CLREQ §3.1.6.2)
LATIN_SHRINK = 0.03  # em of the gap between Han and Latin, as much as between Han
BLANK_OPENING = 0.3  # em: how far a gap opens on the blank side of a mark, a line still too loose
# MuPDF takes a gap of 0.15 em for a space, but only behind what it counts as Western: ” and — too.
# The widest stretch that no eye sees goes on top.
WESTERN = {Mark.QUOTE, Mark.DASH, Mark.ELLIPSIS, Mark.STOP, Mark.SIGN, *WORD}
BLANK_OPENING_BEHIND_WESTERN = 0.085


def pair_of(first: Mark, second: Mark) -> Pair:
    """Return what happens between two classes of characters."""
    if second in INSIDE.get(first, ()):
        return Pair(breaks=False, stretch=False)
    breaks = second not in NO_START and first not in NO_END
    gap, shrink = _squeeze(first, second)
    latin = (first is Mark.HAN and second in BESIDE_HAN) or (
        second is Mark.HAN and first in BESIDE_HAN | {Mark.SIGN, Mark.SCRIPT}
    )
    if latin:
        return Pair(breaks=breaks, shrink=LATIN_SHRINK, stretch=False, latin=True)
    stretch = second is not Mark.SPACE and RIGID.isdisjoint((first, second))
    return Pair(breaks=breaks, gap=gap, shrink=shrink, stretch=stretch)


def opening_of(pair: Pair, first: Mark, second: Mark) -> float:
    """Return how far a gap may open beside a mark before Han must part further than an eye accepts.

    In em; a blank half that the pair had given up may come back (CLREQ §3.1.6.3). On the side of
    its ink nothing opens: a gap before a comma looks like a space that was typed.
    """
    if not pair.stretch or Mark.SPACE in (first, second):
        return 0.0
    if pair.gap <= -0.5:
        return 0.5
    if second in CLOSINGS or first is Mark.OPENING:
        return 0.0
    if first not in CLOSINGS and second is not Mark.OPENING:
        return 0.0
    return BLANK_OPENING_BEHIND_WESTERN if first in WESTERN else BLANK_OPENING


def _squeeze(first: Mark, second: Mark) -> tuple[float, float]:
    """Return the gap between two neighbours' squares and how much further it may close, in em.

    Between two marks one blank half goes (连续标点占一个半字); a 间隔号 is half a character.
    """
    behind = TRIMMED_AFTER.get(first, 0.0)
    before = TRIMMED_BEFORE.get(second, 0.0)
    fixed = (0.25 if first is Mark.DOT else 0.0) + (0.25 if second is Mark.DOT else 0.0)
    if Mark.DOT in (first, second):
        other = behind if second is Mark.DOT else before
        return -fixed - (other if other == 0.5 else 0.0), 0.0
    if first in CLOSINGS and second in {*CLOSINGS, Mark.OPENING, Mark.STOP}:
        return -0.5, 0.0
    if first is Mark.OPENING and second is Mark.OPENING:
        return -0.5, 0.0
    return 0.0, INNER_SHRINK if behind or before else 0.0


PAIRS = {f"{a}{b}": pair_of(a, b) for a in Mark for b in Mark}
OPENINGS = {f"{a}{b}": opening_of(PAIRS[f"{a}{b}"], a, b) for a in Mark for b in Mark}

SPACE = re.compile(Mark.SPACE)  # in a class string
NO_END_BEFORE_SPACE = Late(f"[{''.join(sorted(NO_END))}]s+")  # in a class string
# Marks that are another kind by what stands around them: an apostrophe inside a Latin word, and a
# dash by itself, which is a 连接号. A face may draw them otherwise, under the second character.
LETTERS = "A-Za-zÀ-ɏḀ-ỿ"
APOSTROPHE, MODIFIER_APOSTROPHE = "’", "\u02bc"
DASHES, FIGURE_DASH = "—―⸺─━", "\u2012"
# PM₂.₅: fonts/composed.py draws the point at a code point that no text has.
POINT, LOWERED_POINT, LOWERED = ".", "\ufdd0", "₀₁₂₃₄₅₆₇₈₉"
BY_CONTEXT = Late(
    rf"{APOSTROPHE}(?<=[0-9{LETTERS}].)(?=[{LETTERS}])|[—―─━](?<![{DASHES}].)(?![{DASHES}])"
    rf"|\.(?<=[{LOWERED}].)(?=[{LOWERED}])|×{{2,}}"
)
UNNAMED = "×"  # ××省: more than one stands for a name, and is set like it
DEPENDENT = APOSTROPHE + DASHES + LOWERED + UNNAMED  # the characters to look around at
COMBINING_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
COMBINING = re.compile(f"[{COMBINING_MARKS}]")
COMBINED = Late(f".[{COMBINING_MARKS}]+", re.S)
WORDS = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f]+")
