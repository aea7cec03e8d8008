"""Punctuation: half-width marks among Chinese characters, doubled marks, ellipses."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import RUNNING, Text
from hongtou.review.pairs import round_brackets
from hongtou.review.pasted import CONTENTS_ENTRY
from hongtou.review.patterns import CLOSERS, HAN, OPENERS, SPACE
from hongtou.review.rule import Remark

FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
HALF_WIDTH = ",;:?!"

BETWEEN_HAN = Late(
    f"(?<=[{HAN}{CLOSERS}])[{SPACE}]*([,;:?!]+)[{SPACE}]*(?=[{HAN}{OPENERS}{CLOSERS}]|$)"
)
BESIDE_HAN = Late(f"(?<=[{HAN}])[,;:?!](?=[0-9A-Za-z])|(?<=[0-9A-Za-z%％])[,;?!](?=[{HAN}])")
# Before BESIDE_HAN and HALF_STOP these are looked for, which are sooner compiled.
BESIDE_WESTERN = Late("[,;:?!][0-9A-Za-z]|[0-9A-Za-z%％][,;?!]")
# An entry of 参考文献 has half-width marks throughout, [1]费孝通.乡土中国[M].北京:… (house style).
REFERENCE = Late(r"\[[0-9]{1,3}\].*\[[A-Z](?:/[A-Z]{2})?\]")
ENTITY = Late(r"&#?[0-9A-Za-z]{2,8};$")
LONE_POINT = Late(r"\.(?![0-9A-Za-z])")
HALF_STOP = Late(rf"(?<=[{HAN}])\.(?=[{HAN}]|$)|(?<=[{CLOSERS}%％])\.(?=$)")
COLLIDING = Late("[，、；：。][，、；：。]+")  # so begun, it is found fast
FORCE = "、，：；。"  # of two stops that meet, the later in this row is kept
DASHES = Late(f"[─━]{{2,}}|(?<=[{HAN}{CLOSERS}])(?:--|－－)(?=[{HAN}{OPENERS}])")
DOTS = Late(r"\.{3,}|。{3,}|(?<!…)…(?!…)(?!(?<=“…)”)")
DOUBLED = Late("([，、；：？])\\1+|(?<!。)。。(?!。)")
# Points of other scripts that stand for 间隔号: 买买提•艾力, 12・4.
POINTS = "•‧∙・⋅"
INTERPUNCT = Late(f"(?<=[{HAN}0-9”》])[{POINTS}](?=[{HAN}0-9“《])")
TILDE = Late(f"(?<=[0-9%％℃‰{HAN}])~(?=[0-9])|(?<=[0-9])~(?=[{HAN}])")
QUOTE_COMMA = Late("(?<=[”》])、(?=[“《])")
BOTH_SIDES = Late("。[”’]。")
SIGNS = frozenset("=＝÷×/")
HAS_HAN = Late(f"[{HAN}]")


def half_width_marks(text: Text) -> Iterator[Remark]:
    """Find half-width marks with Chinese on both sides, and the spaces typed around them."""
    if REFERENCE().match(text.chars):
        return
    for found in BETWEEN_HAN().finditer(text.chars):
        full = found[1].translate(FULL_WIDTH)
        message = f"“{printable(found[1])}”是半角标点"
        yield Remark(text, *found.span(), message, f"请改为全角“{printable(full)}”", full)


def half_width_beside_latin(text: Text) -> Iterator[Remark]:
    """Find half-width marks with Chinese on one side and a figure or letter on the other."""
    if not BESIDE_WESTERN().search(text.chars) or REFERENCE().match(text.chars):
        return
    for found in BESIDE_HAN().finditer(text.chars):
        if found[0] == ";" and ENTITY().search(text.chars, max(0, found.start() - 9), found.end()):
            continue  # &ldquo;, of which another rule tells
        full = found[0].translate(FULL_WIDTH)
        message = f"“{found[0]}”是半角标点"
        yield Remark(text, *found.span(), message, f"在中文句子里请改为全角“{full}”", full)


def half_width_stops(text: Text) -> Iterator[Remark]:
    """Find a full point where a Chinese full stop seems to be meant."""
    if not LONE_POINT().search(text.chars) or REFERENCE().match(text.chars):
        return
    for found in HALF_STOP().finditer(text.chars):
        hint = "句末请用“。”，人名间隔请用“·”"
        yield Remark(text, *found.span(), "用了西文句点", hint, "。")


def half_width_brackets(text: Text) -> Iterator[Remark]:
    """Find half-width round brackets around Chinese, or paired with a full-width one.

    Beside a sign they are those of a formula: 增速=(1+名义增速)÷(1+涨幅)-1.
    """
    han = [found.start() for found in HAS_HAN().finditer(text.chars)]
    for start, end in round_brackets(text.chars):
        pair = text.chars[start] + text.chars[end]
        around = text.chars[max(0, start - 1) : start] + text.chars[end + 1 : end + 2]
        is_formula = bisect(han, start) == bisect(han, end) or not SIGNS.isdisjoint(around)
        if pair == "()" and is_formula:
            continue
        for at in (start, end):
            full = text.chars[at].translate(FULL_WIDTH)
            if text.chars[at] != full:
                yield Remark(text, at, at + 1, "括号是半角", f"请改为全角“{full}”", full)


def doubled_marks(text: Text) -> Iterator[Remark]:
    """Find a mark typed twice, and a full stop on both sides of a closing quotation mark."""
    for found in BOTH_SIDES().finditer(text.chars):
        message, hint = "引号里外各有一个句号", "引文是整句的，请删去引号外的"
        yield Remark(text, found.end() - 1, found.end(), message, hint, "")
    chars = text.chars  # most texts have none of them, and each call costs
    pairs = ("，，" in chars, "、、" in chars, "；；" in chars, "：：" in chars, "？？" in chars)
    if True not in pairs and "。。" not in chars:
        return
    for found in DOUBLED().finditer(text.chars):
        mark = found[0][0]
        yield Remark(text, *found.span(), "标点重复", f"请只留一个“{mark}”", mark)


def colliding_stops(text: Text) -> Iterator[Remark]:
    """Find stops that follow one another though only one can hold, as in ；。 at an end."""
    for found in COLLIDING().finditer(text.chars):
        if len(set(found[0])) > 1:
            kept = max(found[0], key=FORCE.index)
            yield Remark(text, *found.span(), "两个点号相连", f"请只留一个，如“{kept}”", kept)


def commas_between_quotes(text: Text) -> Iterator[Remark]:
    """Find 、 between two in quotation marks or 《》, which part without it.

    Among some with words in brackets behind them it is wanted: 《甲》（试行）、《乙》.
    """
    chars = text.chars
    if not ("”、“" in chars or "》、《" in chars) or "）、" in chars:
        return
    for found in QUOTE_COMMA().finditer(text.chars):
        message = "并列的引号、书名号之间一般不用顿号"
        yield Remark(text, *found.span(), message, "请删去，全文一致即可", "")


def dashes(text: Text) -> Iterator[Remark]:
    """Find a dash that is made of lines of a box, or of hyphens."""
    chars = text.chars
    if not ("─" in chars or "━" in chars or "--" in chars or "－－" in chars):
        return
    for found in DASHES().finditer(text.chars):
        yield Remark(text, *found.span(), "破折号用了别的符号", "请改为“——”（两个 U+2014）", "——")


def interpuncts(text: Text) -> Iterator[Remark]:
    """Find a point of another script between names and figures, where 间隔号 is meant."""
    for found in INTERPUNCT().finditer(text.chars):
        message = f"间隔号用了别的点（U+{ord(found[0]):04X}）"
        yield Remark(text, *found.span(), message, "请改为“·”（U+00B7）", "·")


def tildes(text: Text) -> Iterator[Remark]:
    """Find ~ between amounts, for which ～ is meant."""
    for found in TILDE().finditer(text.chars):
        yield Remark(text, *found.span(), "起止用了半角的“~”", "请改为“～”（U+FF5E）", "～")


def ellipses(text: Text) -> Iterator[Remark]:
    """Find an ellipsis that is not written as six dots in two characters.

    “…” alone is named, not used; in a cell it stands for a number.

    Source: GB/T 15834-2011 §4.11.
    """
    is_number = text.kind is Kind.TABLE and text.chars == "…"
    chars = text.chars
    if is_number or not ("..." in chars or "。。。" in chars or "…" in chars):
        return
    if text.kind in RUNNING and CONTENTS_ENTRY().fullmatch(text.chars):
        return  # leaders, of which another rule tells
    for found in DOTS().finditer(text.chars):
        yield Remark(text, *found.span(), "省略号不规范", "省略号占两个字：……", "……")
