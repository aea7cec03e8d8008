"""Spaces in running text. In lines of names, headlines and tables a space may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.bulletin.standard_numbers import STANDARD_NUMBER, ends_standard_number
from hongtou.review.copy import HEADINGS, RUNNING, Text
from hongtou.review.patterns import DIGIT, HAN, SPACE, STOPS
from hongtou.review.rule import Remark

# These begin with a space, and only then look at what is before it: Python finds a character of a
# class fast, and tries everything else at each place of a text.
# A telephone number after its label is left alone: there the space separates.
BESIDE_DIGITS = Late(
    f"[{SPACE}](?:(?<=[{HAN}].)[{SPACE}]*(?=[{DIGIT}])"
    f"(?![{DIGIT}]{{7}}|[{DIGIT}]{{3,4}}[-－—])"
    f"|(?<=[{DIGIT}%％].)[{SPACE}]*(?=[{HAN}]))"
)
WIDE_SPACE = "\u3000"
BESIDE_STOPS = Late(
    f"[{SPACE}](?:(?<![{SPACE}].)[{SPACE}]*+(?=[{STOPS}])|(?<=[{STOPS}].)[{SPACE}]*)"
)
BEHIND_NUMBER = Late(f"[0-9]{{1,2}}[.．]([{SPACE}])(?=[{HAN}“《])")  # 1. 基本情况
# One narrow space inside a bracket: wide ones, or a bracket of spaces alone, are to be filled in.
# ‘ and ’ are not among the marks: in English a space belongs before them.
INSIDE_MARKS = Late(
    f" (?:(?<=[“（《〈【〔「『] )(?=[{HAN}0-9A-Za-z])|(?<=[{HAN}0-9A-Za-z%] )(?=[”）》〉】〕」』]))"
)
BETWEEN_HAN = Late(f"[{SPACE}](?<=[{HAN}].)[{SPACE}]*(?=[{HAN}])")
DOUBLED = Late(f"[{SPACE}][{SPACE}]+")
# The same as BETWEEN_HAN and more, and sooner compiled.
BETWEEN_WIDE = Late(f"[{SPACE}](?<![ -~].)[{SPACE}]*(?![ -~])")
BOTH_HAN = Late(f"[{HAN}]{{2}}")
ANY_SPACE = Late(f"[{SPACE}][{SPACE}]*")
# 出席：, before a list of names; after a space another may stand (联系人：王　龙　　电话：…).
LABEL = Late(rf"(?:^|(?<=[{SPACE}]))[^{STOPS}{SPACE}]{{1,12}}[：:]")
SPREAD_LABEL = Late(f"[{HAN}][{SPACE}]{{1,3}}[{HAN}][：:]")  # as wide as one of three characters
BRACKETS = frozenset("（）()")
IN_BRACKETS = Late("（[^（）。]{0,30}）")
FEWEST_TO_WRITE = 3  # spaces
LONGEST_NUMBER = 30  # characters
LONE_HAN = Late(f"[{HAN}]")
ANY_STOP = Late(f"[{STOPS},;:?!]")
# 本报讯, 本报讯（记者　潘玥）, 新华社北京5月2日电: a wide space parts them from what is told.
# 4月1日　市信访局召开……: a diary, in which the date stands apart.
DATELINE = Late(
    "(?:[^，。；：！？（]{1,16}[讯电](?:（[^（）]{1,30}）)?"
    "|(?:[是本]月|[同当是]日)(?:[上下]午|晚)?|[0-9一二三四五六七八九十][0-9一二三四五六七八九十年月日旬至—～上中下午晚:：]{1,24}"
    "(?:（[^（）]{1,12}）)?)(?=\u3000)"
)
# 财政部 税务总局关于…, 财政部 税务总局公告2023年第7号: bodies that issued a document together.
BODY = "[部委局署院会办厅行社]"
BETWEEN_BODIES = Late(
    f"(?:(?<={BODY})|(?<=中共中央))[{SPACE}](?=[{HAN}]{{1,14}}{BODY}(?:[{SPACE}]|关于|公告|令第?[0-9]))"
)
STOP_OF_SENTENCE = Late(f"[{STOPS.replace('、', '')},;:?!]")  # 王　龙　市委常委、副市长 is none


def beside_digits(text: Text) -> Iterator[Remark]:
    """Find spaces between Chinese and figures: the gap there is the compositor's to set.

    In columns a space parts one entry from the next (柳湾区 96.3　石桥县 95.1), and nothing is
    said of wide ones there (火警：119　急救：120). Nor of one behind the number of a standard,
    which its title follows: GB 3095—2012 环境空气质量标准; nor of a wide one behind 本报讯.
    """
    places = _spaces(text, BESIDE_DIGITS())
    is_column = bool(places) and in_columns(text)
    for start, end in places:
        is_narrow = end - start == 1 and text.chars[start] != WIDE_SPACE
        if (is_column and not is_narrow) or ends_standard_number(text.chars, start):
            continue
        if start == _dateline_end(text):
            continue
        is_safe = is_narrow and not is_column
        message = "汉字与数字之间有空格"
        yield Remark(text, start, end, message, "请删去，排版自留间隙", "", is_safe)


def beside_stops(text: Text) -> Iterator[Remark]:
    """Find spaces before or after a full-width mark, inside a bracket, and behind 1. before Han."""
    for shape in (BESIDE_STOPS(), INSIDE_MARKS()):
        for start, end in _spaces(text, shape):
            if _is_room_to_write(text.chars, start, end):
                continue
            yield Remark(text, start, end, "标点旁有空格", "请删去", "")
    if text.kind in RUNNING and (found := BEHIND_NUMBER().match(text.chars)):
        yield Remark(text, *found.span(1), "序数之后有空格", "请删去", "")


def between_han(text: Text) -> Iterator[Remark]:
    """Find spaces between Chinese characters in a sentence, or between all of a short line.

    In columns of names they are what parts one from the next, and nothing is said of them, nor in
    the title of a standard, 《水质 总磷的测定》（GB 11893—89）, nor between bodies that issued a
    document, 《财政部 税务总局关于…》. A nameplate is spread over its
    width by itself: 简　报 would be spread twice.
    """
    if in_columns(text):
        if _is_spaced_out(text):
            message = "逐字加了空格"
            bare = ANY_SPACE().sub("", text.chars)
            yield Remark(text, 0, len(text.chars), message, "请删去，字距由版式定", bare)
        return
    if not BETWEEN_WIDE().search(text.chars):
        return
    meant = _spread_end(text)
    runs_in = text.opening in HEADINGS and text.kind not in HEADINGS
    for start, end in _spaces(text, BETWEEN_HAN()):
        if runs_in:  # without the blank they would be one sentence
            runs_in = False
            message, hint = "小标题与正文之间是空格", "请改为“。”，或让正文另起一段"
            yield Remark(text, start, end, message, hint, "。")
            continue
        if start < meant or _is_in_title_of_standard(text.chars, start):
            continue
        if BETWEEN_BODIES().match(text.chars, start):
            continue
        yield Remark(text, start, end, "汉字之间有空格", "如不是有意分隔，请删去", "")


def _spread_end(text: Text) -> int:
    """Return how far spaces spread a label (成　员：), part those at a meeting, or end 本报讯."""
    if attendance_label(text.chars):
        return len(text.chars)
    label = SPREAD_LABEL().match(text.chars)
    return label.end() if label else _dateline_end(text) + 1


def _dateline_end(text: Text) -> int:
    """Return where the wide space stands behind 本报讯 and the like, -1 without one."""
    found = DATELINE().match(text.chars) if WIDE_SPACE in text.characters else None
    return found.end() if found else -1


def _is_in_title_of_standard(chars: str, at: int) -> bool:
    """Tell whether a place is within 《》 that the number of a standard stands beside."""
    start, end = chars.rfind("《", 0, at), chars.find("》", at)
    if start < 0 or end < 0 or chars.rfind("》", start, at) >= 0:
        return False
    around = chars[max(0, start - LONGEST_NUMBER) : end + LONGEST_NUMBER]
    return STANDARD_NUMBER().search(around) is not None


def doubled(text: Text) -> Iterator[Remark]:
    """Find several spaces in a row beside letters or figures; in columns they may be meant.

    In a bracket they are room for what is written by hand, （  ） or （  年  月）.
    """
    for start, end in _spaces(text, DOUBLED()):
        if _is_room_to_write(text.chars, start, end):
            continue
        if text.chars[start - 1 : start] in BRACKETS or text.chars[end : end + 1] in BRACKETS:
            continue
        if BOTH_HAN().fullmatch(text.chars[max(0, start - 1) : start] + text.chars[end : end + 1]):
            continue
        is_safe = not in_columns(text)
        yield Remark(text, start, end, "有连续的空格", "请只留一个", text.chars[start], is_safe)


def _is_room_to_write(chars: str, start: int, end: int) -> bool:
    """Tell whether spaces behind a colon are to be written in: 填报人：　　　　联系电话：."""
    return end - start >= FEWEST_TO_WRITE and chars[start - 1 : start] in ("：", ":")


def in_columns(text: Text) -> bool:
    """Tell whether a line with spaces has no mark, but for a label: entries side by side.

    A bracket says what somebody is, with any mark: 艾华（女，满族）.
    """
    stop = STOP_OF_SENTENCE() if WIDE_SPACE in text.chars else ANY_STOP()
    chars = text.chars if text.characters.isdisjoint("：:") else LABEL().sub("", text.chars)
    return stop.search(IN_BRACKETS().sub("", chars) if "（" in chars else chars) is None


def is_list(text: Text) -> bool:
    """Tell whether a line is a list of names or scores, and no sentence."""
    if text.characters.isdisjoint(SPACE):  # most texts
        return False
    return in_columns(text) and len(ANY_SPACE().findall(text.chars)) > 1


def _is_spaced_out(text: Text) -> bool:
    """Tell whether every character of a line stands apart, e.g. 下 一 步 工 作."""
    is_name = text.kind is Kind.NAMEPLATE
    if text.kind not in RUNNING and not is_name:
        return False
    parts = ANY_SPACE().split(text.chars)
    enough = len(parts) > (1 if is_name else 2)
    return enough and all(LONE_HAN().fullmatch(part) for part in parts)


def _spaces(text: Text, shape: re.Pattern[str]) -> list[tuple[int, int]]:
    if text.kind not in RUNNING:
        return []
    return [found.span() for found in shape.finditer(text.chars)]
