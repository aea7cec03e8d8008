"""Marks that come in pairs: quotation marks, brackets, title marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.patterns import HAN
from hongtou.review.rule import Remark

CLOSER_OF = {
    "“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "〔": "〕",
    "「": "」", "『": "』", "[": "]", "［": "］",
}  # fmt: skip
OPENER_OF = {closer: opener for opener, closer in CLOSER_OF.items()}
PAIRED = "".join([*CLOSER_OF, *OPENER_OF])
MARKS = Late(f"[{re.escape(PAIRED)}]")
DOUBLE_QUOTES = Late("[“”]")
ROUND_BRACKETS = Late("[（(）)]")
NESTING = 8  # levels that a closing mark is looked for in; real text has two or three
MAX_REMARKS = 10  # of one text: where more are unpaired, the text as a whole is damaged
# Either width closes the other; another rule minds the width.
CLOSED_BY = {closer: "（(" if opener in "（(" else opener for closer, opener in OPENER_OF.items()}

APOSTROPHE = Late("(?<=[A-Za-z])’(?=[A-Za-z])")
# The bracket behind the number of an item, 1） or a); so begun, it is found fast.
COUNTER = Late(
    r"[)）](?:(?<=[；，。、：;,:][\da-zA-Z].)|(?<=[；，。、：;,:]\d\d.)|(?<=^[\da-zA-Z].)|(?<=^\d\d.))"
)
STRAIGHT_QUOTES = (
    # Straight marks of either width, and what they are in print. Those of 1'12" tell the time.
    (r"""(?<!\d['′]\d)(?<!\d['′]\d\d)["＂]""", "“”"),
    ("(?<![A-Za-z0-9])['＇]|['＇](?![A-Za-z0-9])", "‘’"),
)
STRAIGHT_MARKS = "\"＂'＇"
BESIDE_HAN = Late(f"(?<=[{HAN}，。、；：])[{STRAIGHT_MARKS}]|[{STRAIGHT_MARKS}](?=[{HAN}])")
ANGLES = Late(f"(<<|＜＜)[^<>＜＞]{{0,80}}?[{HAN}][^<>＜＞]{{0,80}}(>>|＞＞)")
INNER_ANGLES = Late(
    f"《[^《》]{{0,60}}?([<＜])[^<>＜＞《》]{{0,60}}?[{HAN}][^<>＜＞《》]{{0,60}}([>＞])"
)
TITLES = Late("[《》]")


def round_brackets(chars: str) -> list[tuple[int, int]]:
    """Return where each pair of round brackets of either width opens and closes."""
    pairs = []
    pending: list[int] = []
    for found in ROUND_BRACKETS().finditer(chars):
        if found[0] in "（(":
            pending.append(found.start())
        elif pending:
            pairs.append((pending.pop(), found.start()))
    return sorted(pairs)


def unpaired(copy: Copy) -> Iterator[Remark]:
    """Find an opening mark that is not closed, or a closing mark that nothing opened.

    A quotation of several paragraphs begins each of them with “ and is closed in the last.
    """
    for text, following in zip_longest(copy.texts, copy.texts[1:]):
        if text.characters.isdisjoint(PAIRED):
            continue
        pending, strays = _unmatched(text.chars)
        if pending and following and _is_quoted_on(text, following):
            pending = [at for at in pending if text.chars[at] != "“"]
        yield from _alone_in(text, sorted((*pending, *strays))[:MAX_REMARKS])


def _is_quoted_on(text: Text, following: Text) -> bool:
    return following.article == text.article and following.chars.startswith("“")


def _alone_in(text: Text, places: Iterable[int]) -> Iterator[Remark]:
    for at in places:
        mark = text.chars[at]
        partner = CLOSER_OF.get(mark) or OPENER_OF[mark]
        side = "右边" if mark in CLOSER_OF else "左边"
        message = f"{mark} 缺少{side}的 {partner}"
        yield Remark(text, at, at + 1, message, f"请补上 {partner} 或删去 {mark}")


def nested_alike(text: Text) -> Iterator[Remark]:
    """Find double quotation marks inside double ones.

    Source: GB/T 15834-2011 §4.8.
    """
    inner, depth = [], 0
    for found in DOUBLE_QUOTES().finditer(text.chars):
        if found[0] == "“" and depth:
            inner.append(found.span())
        depth += 1 if found[0] == "“" else -1
    if inner and not any(_unmatched(text.chars)):
        for start, end in inner:
            yield Remark(text, start, end, "双引号里又用了双引号", "里面一层请用 ‘ ’")


def straight_quotes(text: Text) -> Iterator[Remark]:
    """Find straight quotation marks around Chinese; an odd one cannot be told to open or close."""
    if not BESIDE_HAN().search(text.chars):
        return
    for shape, pair in STRAIGHT_QUOTES:
        places = [found.start() for found in re.finditer(shape, text.chars)]
        turned = _in_turn(text.chars, places, pair)
        for at in places:
            mark = turned.get(at)
            hint = f"请改为 {mark}" if mark else f"直引号不成对，请补全并改为 {' '.join(pair)}"
            yield Remark(text, at, at + 1, "用了西文直引号", hint, mark)


def _in_turn(chars: str, places: list[int], pair: str) -> dict[int, str]:
    """Return which of a pair each straight mark is, among those that are right: “三个一".

    Nothing where they do not open and close in turn.
    """
    marks: dict[int, str] = {}
    is_open = False
    for at in sorted([*places, *(found.start() for found in re.finditer(f"[{pair}]", chars))]):
        mark = chars[at] if chars[at] in pair else pair[is_open]
        if (mark == pair[1]) != is_open:
            return {}
        is_open = not is_open
        marks[at] = mark
    return {} if is_open else marks


def angle_brackets(text: Text) -> Iterator[Remark]:
    """Find << >> around a title, as who has no 《 》 on the keyboard types it."""
    inside = INNER_ANGLES().finditer(text.chars) if "《" in text.characters else ()
    for shape, marks in ((ANGLES().finditer(text.chars), "《》"), (inside, "〈〉")):
        for found in shape:
            for group, mark in enumerate(marks, 1):
                hint = f"书名号请改为“{mark}”"
                yield Remark(text, *found.span(group), "用尖括号代替书名号", hint, mark)


def nested_titles(text: Text) -> Iterator[Remark]:
    """Find title marks inside title marks, of which the inner ones are single.

    Source: GB/T 15834-2011 §4.15.
    """
    if text.chars.count("《") < 2 or any(_unmatched(text.chars)):
        return
    depth = 0
    for found in TITLES().finditer(text.chars):
        depth += found[0] == "《"
        if depth > 1:
            mark = "〈" if found[0] == "《" else "〉"
            message = "书名号里又用了书名号"
            yield Remark(text, *found.span(), message, f"里面一层请用“{mark}”", mark)
        depth -= found[0] == "》"


def _unmatched(chars: str) -> tuple[list[int], list[int]]:
    """Return where opening marks stay open and where closing marks close nothing.

    A bracket behind a figure may number an item (：1）登记；2）核查) or close what was opened
    (3日22:00—23:00): it is read as what leaves fewer marks alone.
    """
    skipped: set[int] = set()
    if "’" in chars:
        skipped.update(found.start() for found in APOSTROPHE().finditer(chars))
    counters: list[int] = []
    if ")" in chars or "）" in chars:
        counters = [found.start() for found in COUNTER().finditer(chars)]
    opened, closed = _alone(chars, skipped.union(counters))
    if not counters or not (opened or closed):
        return opened, closed
    read_as_marks = _alone(chars, skipped)
    others = read_as_marks[0], [at for at in read_as_marks[1] if at not in counters]
    return min((opened, closed), others, key=lambda marks: len(marks[0]) + len(marks[1]))


def _alone(chars: str, skipped: set[int]) -> tuple[list[int], list[int]]:
    """Return where opening and where closing marks have no partner, but for those skipped."""
    open_marks: list[int] = []
    given_up: list[int] = []
    strays: list[int] = []
    for found in MARKS().finditer(chars):
        at, char = found.start(), found[0]
        if char in CLOSER_OF:
            open_marks.append(at)
        elif at not in skipped:
            wanted = CLOSED_BY[char]
            depth = len(open_marks) - 1
            deepest = max(0, len(open_marks) - NESTING)
            while depth >= deepest and chars[open_marks[depth]] not in wanted:
                depth -= 1
            if depth < deepest:
                strays.append(at)
            else:
                given_up += open_marks[depth + 1 :]
                del open_marks[depth:]
    return sorted((*given_up, *open_marks)), strays
