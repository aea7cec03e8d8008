"""Fields that the layout labels, numbers or brackets itself: what is then printed twice, or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hongtou.bulletin.finding import printable
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import PROSE, Copy, Text
from hongtou.review.rule import FieldRemark, Remark

DATE = Late("[0-9]{4}年[0-9]{1,2}月")
STAR = Late(r"[★☆]\s*")
NUMBERED = Late(r"[0-9]{1,2}[.．、](?![0-9])\s*")
BRIEF_NUMBER = Late(r"[0-9]{1,2}[.．、](?![0-9])[ \u3000]*")
SOURCE = Late(
    "[（(](?:(?:供稿|来源|作者|撰稿|撰文|通讯员|记者|文)[：: ][^（()）]+|[^（()）]{2,20}供稿)[）)]$"
)
FINAL_MARK = Late("(?<![。；，、;,])[。；，、;,]+$")
OPENING, CLOSING = ("（", "("), ("）", ")")


def stars_twice(copy: Copy) -> Iterator[Remark]:
    """Find a star before how long a secret is kept."""
    for text in copy.of(Kind.NOTICE):
        if text.pointer == "/masthead/security/term":
            yield from _opening(text, STAR(), "密级与保密期限之间的 ★ 由版式印出，会印两遍")


def attachments_numbered(copy: Copy) -> Iterator[Remark]:
    """Find attachments that bring a number along; one that is alone gets none."""
    items = copy.of(Kind.ATTACHMENT)
    lists = Counter(text.pointer.rpartition("/")[0] for text in items)
    for text in items:
        if lists[text.pointer.rpartition("/")[0]] > 1:
            yield from _opening(text, NUMBERED(), "序号由版式印出，会印两遍")


def attachments_behind_signers(copy: Copy) -> Iterator[FieldRemark]:
    """Find the names of attachments below a sign-off: they stand between the text and the signers.

    Source: GB/T 9704-2012 §7.3.4.
    """
    for above, text in pairwise(copy.texts):
        if above.kind is Kind.SIGNOFF and text.kind is Kind.ATTACHMENT:
            pointer = text.pointer.rpartition("/items")[0]
            yield FieldRemark(pointer, "附件说明排在落款之后", "请移到正文之后、落款之前")


def briefs_numbered(text: Text) -> Iterator[Remark]:
    """Find a number before a brief, which has its mark before it."""
    if text.kind is Kind.BRIEF:
        yield from _opening(text, BRIEF_NUMBER(), "简讯前由版式印出 ★，又写了序号")


def bylines_twice(copy: Copy) -> Iterator[Remark]:
    """Find a source in brackets at the end of a text that has a byline too."""
    bylines = {
        text.pointer.removesuffix("byline"): text for text in copy.texts if text.kind is Kind.BYLINE
    }
    for text in copy.texts if bylines else ():
        found = SOURCE().search(text.chars) if text.chars.endswith(CLOSING) else None
        if found is None or text.kind not in PROSE:
            continue
        byline = next(
            (one for start, one in bylines.items() if text.pointer.startswith(start)), None
        )
        if byline:
            message = f"与供稿单位“{printable(byline.chars)}”重复，会印两处"
            yield Remark(text, *found.span(), message, "请只留一处")


def attachments_stopped(text: Text) -> Iterator[Remark]:
    """Find a mark behind the name of an attachment.

    Source: GB/T 9704-2012 §7.3.4.
    """
    found = FINAL_MARK().search(text.chars) if text.kind is Kind.ATTACHMENT else None
    if found and found.start():
        yield Remark(text, *found.span(), "附件名称之后不加标点", "请删去", "")


def notes_without_brackets(copy: Copy) -> Iterator[Remark]:
    """Find a note (附注) that does not stand in brackets.

    Source: GB/T 9704-2012 §7.3.6.
    """
    for text in copy.of(Kind.NOTE):
        chars = text.chars
        if not (chars.startswith(OPENING) and chars.endswith(CLOSING)):
            whole = len(chars)
            yield Remark(text, 0, whole, "附注未加圆括号", "请加上（ ）", f"（{chars}）")


def secrets_without_copy_number(copy: Copy) -> Iterator[FieldRemark]:
    """Find a classified issue whose copies are not numbered.

    Source: GB/T 9704-2012 §7.2.1.
    """
    masthead = copy.issue.masthead
    if masthead.security and not masthead.copy_number:
        hint = "涉密的应当标注份号，请填写份号（copy_number）"
        yield FieldRemark("/masthead/security", "有密级而没有份号", hint)


def recipients_without_copies(copy: Copy) -> Iterator[FieldRemark]:
    """Find recipients of numbered copies who are named twice, or whose sum is not the print run."""
    closing = copy.issue.closing
    names = [recipient.name for recipient in closing.recipients]
    counts = Counter(names)
    for at, name in enumerate(names):
        if counts[name] > 1 and names.index(name) != at:
            message = f"份号领受单位“{printable(name)}”写了 {counts[name]} 次"
            yield FieldRemark(f"/closing/recipients/{at}", message, "请合成一项，份数相加")
    given = sum(recipient.copies for recipient in closing.recipients)
    if names and closing.print_run and given != closing.print_run:
        message = f"份号领受单位共领 {given} 份，报尾写的是共印{closing.print_run}份"
        yield FieldRemark("/closing/recipients", message, "请核对各单位的份数（copies）与印数")


def headings_twice(copy: Copy) -> Iterator[FieldRemark]:
    """Find a group of short news under the heading of an earlier one."""
    seen: set[tuple[str, str]] = set()
    for group in copy.issue.briefs:
        if (group.section, group.heading) in seen:
            message = f"几组简讯的栏名都是“{printable(group.heading)}”"
            yield FieldRemark(group.pointer, message, "请写上不同的栏名（heading），或合成一组")
        seen.add((group.section, group.heading))


def salutations_without_colon(copy: Copy) -> Iterator[Remark]:
    """Find a salutation that does not end with a colon.

    Source: GB/T 9704-2012 §7.3.2.
    """
    for text in copy.of(Kind.SALUTATION):
        if not text.chars.endswith(("：", ":")):
            end = len(text.chars)
            yield Remark(text, end, end, "称呼之后没有冒号", "请补上“：”", "：")


def dates_among_signers(copy: Copy) -> Iterator[Remark]:
    """Find a date among the bodies of a sign-off, where it is set as one of them."""
    for text in filter(lambda text: DATE().search(text.chars), copy.of(Kind.SIGNOFF)):
        yield Remark(text, 0, len(text.chars), "署名里写了日期", "请从这里删去，写在日期（date）里")


def _opening(text: Text, shape: re.Pattern[str] | None, message: str) -> Iterator[Remark]:
    found = shape.match(text.chars) if shape else None
    if found and found.end() < len(text.chars):
        yield Remark(text, 0, found.end(), message, "请删去", "")
