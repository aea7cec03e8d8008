"""Labels: those that a text brings along beside the printed one, and their colons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from hongtou.bulletin.closing_block import LABELLED, ClosingBlock
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.issue import Annex
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy, Text, note_at
from hongtou.review.rule import FieldRemark, Remark

LABEL_KINDS = (Kind.LABEL, Kind.ANNEX_LABEL, Kind.CLOSING)
COLONS = ("：", ":")
IN_LABEL = "[^\\s，。、；：:（(]"
# 联系电话：, 24小时值班电话：, and 传　　真： spread to the width of others.
OWN_LABEL = Late(
    f"({IN_LABEL}{{1,6}}|{IN_LABEL}{{7,12}}(?<=[话真箱址号人式])|{IN_LABEL}\\s+{IN_LABEL})"
    "[：:]\\s*(?=.)"
)
BARE_UNIT = Late("[（(]?([^：:0-9（(）)]{1,20})[）)]?")
TWICE = "这几个字由版式印出，会印两遍"


def closing_labels_twice(copy: Copy) -> Iterator[Remark]:
    """Find the label that is printed before a field of the closing block at its beginning too."""
    for text, key, found in _own_labels(copy):
        if _closed(found[1]) == printed_label(copy.issue.closing, key):
            yield Remark(text, 0, found.end(), TWICE, "请删去", "")


def closing_labels_in_texts(copy: Copy) -> Iterator[Remark]:
    """Find another label at the beginning of a field: both would be printed, 报：报送：.

    Of several contacts only the first stands behind the label of all, the others below it.
    """
    closing = copy.issue.closing
    for text, key, found in _own_labels(copy):
        label = printed_label(closing, key)
        is_first = text.pointer.removeprefix(f"/closing/{key}") in ("", "/0")
        stands_below = LABELLED[key].place is Place.CONTACT and not is_first
        if label and _closed(found[1]) != label and not stands_below:
            own = found[0].rstrip()
            message = f"会印成“{label}：{own}”" if is_first else f"“{label}：”一行里又有“{own}”"
            place = f"“{LABELLED[key].title}”的标签（closing.labels.{key}）"
            hint = f"请把“{found[1]}”写在{place}里，并从这里删去"
            yield Remark(text, 0, found.end(), message, hint)


def note_labels_twice(copy: Copy) -> Iterator[Remark]:
    """Find the label of a note at the beginning of its text."""
    begun: set[str] = set()
    for text in copy.of(Kind.EDITORS_NOTE):
        if text.pointer in begun:
            continue
        begun.add(text.pointer)
        note = note_at(copy, text.pointer)
        if note is None or not note.label:
            continue
        found = re.match(re.escape(note.label) + r"[：:]\s*(?=.)", text.chars)
        if found:
            yield Remark(text, 0, found.end(), TWICE, "请删去", "")


def annex_labels_twice(copy: Copy) -> Iterator[Remark]:
    """Find the label of an annex at the beginning of its title."""
    labels = {
        f"{block.pointer}/title": block.label
        for article in copy.issue.articles
        for block in article.body
        if isinstance(block, Annex) and block.label
    }
    for text in copy.of(Kind.ANNEX_TITLE):
        label = labels.get(text.pointer)
        found = re.match(re.escape(label) + r"[：:\s]*(?=.)", text.chars) if label else None
        if found:
            yield Remark(text, 0, found.end(), "附件序号另成一行，会印两遍", "请删去", "")


def colons_in_labels(copy: Copy) -> Iterator[Remark]:
    """Find a colon at the end of a label, behind which the layout prints one, or none."""
    for text in chain.from_iterable(map(copy.of, LABEL_KINDS)):
        label = text.chars.rstrip()
        if _is_label(text.pointer) and label.endswith(COLONS):
            start, message = len(label[:-1].rstrip()), "标签之后的冒号由版式印出"
            yield Remark(text, start, len(text.chars), message, "请删去", "")


def labels_alike(copy: Copy) -> Iterator[FieldRemark]:
    """Find a label that several lists of the closing block have: 送：… above 送：…."""
    closing = copy.issue.closing
    seen: dict[str, str] = {}
    for key, field in LABELLED.items():
        label = _closed(printed_label(closing, key)) if getattr(closing, key) else ""
        if label and label in seen:
            message = f"“{seen[label]}”和“{field.title}”印出的标签都是“{label}：”"
            hint = "请改其中一个的标签，或并为一项"
            yield FieldRemark(f"/closing/{key}", message, hint)
        seen.setdefault(label, field.title)


def contacts_without_labels(copy: Copy) -> Iterator[FieldRemark]:
    """Find one of several contacts that says not what it is."""
    closing = copy.issue.closing
    if len(closing.contact) < 2 or "contact" in dict(closing.labels):
        return
    for at, contact in enumerate(closing.contact):
        if not OWN_LABEL().match(contact):
            message = f"第{at + 1}项联系方式没有标签，不知是电话还是邮箱"
            yield FieldRemark(f"/closing/contact/{at}", message, "请写成“联系电话：……”这样")


def units_without_labels(copy: Copy) -> Iterator[Remark]:
    """Find the unit of a table (万元) that is printed over it without saying what it is."""
    for text in copy.of(Kind.TABLE):
        if not text.pointer.endswith("/unit") or "单位" in text.chars:
            continue
        if found := BARE_UNIT().fullmatch(text.chars):
            message, unit = "会原样印在表格右上方，没有说明是单位", f"单位：{found[1]}"
            yield Remark(text, 0, len(text.chars), message, f"请写成“{unit}”", unit)


def printed_label(closing: ClosingBlock, key: str) -> str:
    """Return the label that is printed before a field, without its colon."""
    if LABELLED[key].place is Place.CONTACT and len(closing.contact) > 1:
        return dict(closing.labels).get(key, "")
    return closing.label(key).rstrip("：")


def _closed(label: str) -> str:
    """Return a label without the spaces that spread it."""
    return "".join(label.split())


def _is_label(pointer: str) -> bool:
    return pointer.startswith("/closing/labels/") or pointer.endswith("/label")


def _own_labels(copy: Copy) -> Iterator[tuple[Text, str, re.Match[str]]]:
    """Yield the fields of the closing block that begin with a label: text, key, what was found."""
    for text in copy.of(Kind.CLOSING):
        steps = text.pointer.split("/")
        if steps[2] not in LABELLED:
            continue
        if found := OWN_LABEL().match(text.chars):
            yield text, steps[2], found
