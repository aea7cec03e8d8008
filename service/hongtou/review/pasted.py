"""What was pasted from a finished document: its folios, its salutation and its sign-off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text
from hongtou.review.patterns import SPACE, STOPS
from hongtou.review.rule import Remark

DASHED = Late(f"[—–－-]{{1,2}}[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*[—–－-]{{1,2}}")
COUNTED = Late(
    f"第[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*页[{SPACE}，,/]*(?:共[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*页)?"
)
DATE = Late(
    f"(?:[0-9]{{4}}|[一二三四五六七八九〇○零O]{{4}})[{SPACE}]*年[{SPACE}]*"
    f"[0-9一二三四五六七八九十]{{1,2}}[{SPACE}]*月[{SPACE}]*"
    f"[0-9一二三四五六七八九十]{{1,3}}[{SPACE}]*日"
)
ADDRESSED = Late(f"[^{STOPS}]{{0,16}}(?:们|同志|先生|女士|领导|代表|委员|单位|部门)[：:]")
ANY_STOP = Late(f"[{STOPS}]")
FOLIO_CHARS = 20  # the longest folio, as 第 2 页，共 5 页
NAME_CHARS = 30  # the longest name of a body that signs


def folios(copy: Copy) -> Iterator[Remark]:
    """Find a folio of another document (— 1 —, 第2页 共5页) in a paragraph of its own."""
    found = [
        text
        for text in copy.texts
        if len(text.chars) <= FOLIO_CHARS and text.kind is Kind.PARAGRAPH and _is_folio(text)
    ]
    if not found:
        return
    others = Counter(text.pointer for text in copy.texts)
    others.subtract(text.pointer for text in found)
    for text in found:
        is_sure = "页" not in text.characters or "共" in text.characters
        removed = "" if is_sure and others[text.pointer] > 0 else None
        message = "像是复制来的页码，会印在正文里"
        yield Remark(text, 0, len(text.chars), message, "请删去这一段，页码由版式印出", removed)


def sign_offs(copy: Copy) -> Iterator[Remark]:
    """Find a body and a date below one another, which sign what stands above."""
    for text, following in pairwise(copy.texts):
        if len(following.chars) > NAME_CHARS or not _is_date(following):
            continue
        is_name = len(text.chars) <= NAME_CHARS and not ANY_STOP().search(text.chars)
        if is_name and _is_paragraph(text) and _is_paragraph(following):
            message = f"与下一段「{following.chars}」像是落款，现按两段正文排"
            hint = '请改用落款（{"type": "signoff", "bodies": […], "date": "…"}）'
            yield Remark(text, 0, len(text.chars), message, hint)


def salutations(copy: Copy) -> Iterator[Remark]:
    """Find the salutation of a letter, which stands flush left."""
    article = ""
    for text in copy.texts:
        if text.kind is not Kind.PARAGRAPH or text.article == article:
            continue
        if ADDRESSED().fullmatch(text.chars):
            hint = '称呼应顶格，请改用称呼（{"type": "salutation", "text": "…"}）'
            yield Remark(text, 0, len(text.chars), "像是称呼，现缩进两字排", hint)
        article = text.article


def _is_date(text: Text) -> bool:
    return text.chars.endswith("日") and DATE().fullmatch(text.chars) is not None


def _is_folio(text: Text) -> bool:
    return bool(DASHED().fullmatch(text.chars) or COUNTED().fullmatch(text.chars))


def _is_paragraph(text: Text) -> bool:
    return text.kind is Kind.PARAGRAPH and bool(text.article)
