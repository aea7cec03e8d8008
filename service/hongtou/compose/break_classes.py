"""Break classes of Chinese text, as data: what each mark may do at a line's ends.

Sources: GB/T 15834-2011 §5.1 (where marks stand), W3C CLREQ §3.1 (行首行尾禁则, 标点挤压),
GB/T 15835-2011 (numbers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The class of a character, as the letter that stands for it in a class string."""

    HAN = "h"
    CLOSING = "c"  # never starts a line; the right half of its square is blank
    OPENING = "o"  # never ends a line; the left half of its square is blank
    DOT = "m"  # 间隔号: half a character, never starts a line
    DASH = "e"  # two make a 破折号 and are never parted
    ELLIPSIS = "t"  # two make a 省略号 and are never parted
    JOIN = "n"  # 连接号: never starts a line
    SIGN = "u"  # % ℃ and the like: stays with its number
    DIGIT = "d"
    LATIN = "l"
    STOP = "p"  # half-width closing punctuation: never starts a line
    START = "b"  # half-width opening punctuation and ￥ № ★: never ends a line
    SPACE = "s"


CHARACTERS = {
    Mark.CLOSING: "，。、；：！？）」』》〉】〕］｝”’〗",
    Mark.OPENING: "（「『《〈【〔［｛“‘〖",
    Mark.DOT: "·‧・",
    Mark.DASH: "—―⸺",
    Mark.ELLIPSIS: "…⋯",
    Mark.JOIN: "～–－‐〜々〃ー",
    Mark.SIGN: "%％‰℃℉°′″㎡㎥㎜㎝㎞㎏",
    Mark.DIGIT: "0123456789",
    Mark.LATIN: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz&@#_+=/\\<>|~^*-",
    Mark.STOP: "!)]},.:;?•'\"",
    Mark.START: "([{$￥¥＄￡€№★☆",
    Mark.SPACE: " \u00a0\u2002\u2003\u2009\u3000\t",
}

CLASS_OF = {char: mark for mark, chars in CHARACTERS.items() for char in chars}


def mark_of(char: str) -> Mark:
    """Return the class of a character: Han unless the table or its script says otherwise."""
    mark = CLASS_OF.get(char)
    if mark is None:
        mark = Mark.LATIN if char < "\u0530" and char.isalpha() else Mark.HAN
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


NO_START = {Mark.CLOSING, Mark.DOT, Mark.JOIN, Mark.SIGN, Mark.STOP, Mark.SPACE}
NO_END = {Mark.OPENING, Mark.START}
WORD = {Mark.DIGIT, Mark.LATIN}
TRIMMED_AFTER = {Mark.CLOSING: 0.5, Mark.DOT: 0.25}  # blank behind the ink, in em
TRIMMED_BEFORE = {Mark.OPENING: 0.5, Mark.DOT: 0.25}  # blank before the ink, in em
INNER_SHRINK = 0.25  # em of a mark's blank half, when a line is too full (CLREQ §3.1.6.2)


def pair_of(first: Mark, second: Mark) -> Pair:
    """Return what happens between two classes of characters."""
    if _is_word_inside(first, second):
        return Pair(breaks=False, stretch=False)
    breaks = second not in NO_START and first not in NO_END
    gap, shrink = _squeeze(first, second)
    latin = {first, second} <= {Mark.HAN, Mark.DIGIT, Mark.LATIN} and Mark.HAN in {first, second}
    if first is Mark.SIGN and second is Mark.HAN:
        latin = True
    return Pair(breaks=breaks, gap=gap, shrink=shrink, latin=latin)


def opening_of(pair: Pair, first: Mark, second: Mark) -> float:
    """Return how far a gap may open beside a mark or a figure before Han must part further.

    In em; a blank half that the pair had given up may come back (CLREQ §3.1.6.3). On the side of
    its ink a mark stays nearer: a gap before a comma looks like a space that was typed.
    """
    if not pair.stretch or first is second is Mark.HAN or Mark.SPACE in (first, second):
        return 0.0
    if pair.gap <= -0.5:
        return 0.5
    if second is Mark.CLOSING or first is Mark.OPENING:
        return INKED_OPENING
    return BLANK_OPENING if first is Mark.CLOSING or second is Mark.OPENING else MARK_OPENING


def _is_word_inside(first: Mark, second: Mark) -> bool:
    if first is second and first in {Mark.DASH, Mark.ELLIPSIS}:
        return True
    if first in WORD and second in WORD | {Mark.STOP, Mark.SIGN}:
        return True
    if first is Mark.START and second in WORD | {Mark.STOP}:
        return True
    return first is Mark.STOP and second in WORD | {Mark.STOP}


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
    if first is Mark.CLOSING and second in {Mark.CLOSING, Mark.OPENING, Mark.STOP}:
        return -0.5, 0.0
    if first is Mark.OPENING and second is Mark.OPENING:
        return -0.5, 0.0
    return 0.0, INNER_SHRINK if behind or before else 0.0


# How far gaps may open when a line is too loose, in em: beside a figure or a word, and on the inked
# and the blank side of a mark with a blank half.
MARK_OPENING, INKED_OPENING, BLANK_OPENING = 0.3, 0.15, 0.45
PAIRS = {f"{a}{b}": pair_of(a, b) for a in Mark for b in Mark}
OPENINGS = {f"{a}{b}": opening_of(PAIRS[f"{a}{b}"], a, b) for a in Mark for b in Mark}

# A number and what counts it are one thing (GB/T 15835-2011); the list is of the words that
# bulletins count with. 万, 亿 and 余 may stand between the number and the word.
MEASURE_WORDS = (
    "平方公里|平方米|立方米|个百分点|百分点|人次|公里|公斤|公顷|千米|千克|千瓦|小时|分钟|周年|年度|"
    "元|吨|米|亩|年|月|日|号|时|分|秒|天|周|岁|个|名|人|次|户|条|项|家|株|辆|幅|期|届|级|件|起|场|处|"
    "篇|份|座|栋|幢|套|台|张|本|册|部|种|类|批|组|对|双|只|头|匹|块|片|根|支|枚|颗|棵|盆|车|吨|升|度|"
    "倍|成|折|点|步|章|节|款|档|班|所|间|层|排|位|句|字|页|村|镇|乡|县|市|区|省|国|星|强|多|余|万|亿|千|百"
)
NUMBER_AND_UNIT = re.compile(
    rf"[0-9](?P<unit>(?:[余多来]?[百千万亿]{{0,2}}[余多]?(?:{MEASURE_WORDS})))"
)
DATE_INSIDE = re.compile(r"(?:[0-9]年(?=[0-9])|[0-9]月(?=[0-9]))")
# Digits and letters joined by these make one word: 80～90, 3—5, 5+X, 12:30, 2017/12.
JOINED = re.compile(r"[0-9A-Za-z][～~—–－‐\-+./:,×](?=[0-9A-Za-z])")
# A web or mail address, which may part where its parts end: it is too long to go over whole.
WESTERN = re.compile(r"[0-9A-Za-z][!-~]{5,}")  # a run of characters that may be one
ADDRESS_SIGN = re.compile(r"://|\.[A-Za-z]|@")
ADDRESS_JOINTS = frozenset("/?&=-_.:@")
COMBINING_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
COMBINING = re.compile(f"[{COMBINING_MARKS}]")
COMBINED = re.compile(f".[{COMBINING_MARKS}]+", re.S)
WORDS = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
