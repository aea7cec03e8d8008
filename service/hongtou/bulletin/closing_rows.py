"""What the closing block (报尾) prints: its fields as rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hongtou.bulletin.closing_block import FIELDS, ClosingBlock, fields_at
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.joined_text import filled, separated
from hongtou.bulletin.numerals import chinese_date
from hongtou.bulletin.sent_values import figures

NAME_GAP = "\u3000"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the closing block: a labelled text, or a left and a right part.

    ``under`` is the label in a row above, under whose text this one stands. ``beside`` is another
    labelled text, which begins in the middle.
    """

    label: str
    text: str
    right: str = ""
    under: str = ""
    beside: str = ""


def distribution_rows(closing: ClosingBlock) -> list[Row]:
    """Return 报, 送, 发 and 增发 in order, those that are given."""
    return [
        Row(closing.label(key), text)
        for key in fields_at(Place.RECIPIENTS)
        if (text := getattr(closing, key))
    ]


def contact_rows(closing: ClosingBlock) -> list[Row]:
    """Return how the editors are reached, a row for each way.

    Several bring their labels along (联系电话, 投稿邮箱), so that only one that was sent for all of
    them is printed.
    """
    rows = []
    for key in fields_at(Place.CONTACT):
        texts: tuple[str, ...] = getattr(closing, key)
        named = len(texts) == 1 or key in dict(closing.labels)
        label = closing.label(key) if named else ""
        rows += [
            Row("" if number else label, text, under=label if number else "")
            for number, text in enumerate(texts)
        ]
    return rows


def imprint_row(closing: ClosingBlock) -> Row:
    """Return who printed the issue, and when.

    Source: GB/T 9704-2012 §7.4.3.
    """
    day = closing.imprint_date
    printed = filled(FIELDS["imprint_date"].pattern, chinese_date(day)) if day else ""
    return Row("", closing.imprint_body, printed)


def staff(closing: ClosingBlock) -> list[Row]:
    """Return who answers for the issue, a row for each duty: 编辑：陈炜　王龙.

    Names stand further apart than the characters of a name that was spread: 杨　明　　王　龙.
    """
    return [
        Row(closing.label(key), separated(NAME_GAP * _gaps(names), names))
        for key in fields_at(Place.PEOPLE)
        if (names := getattr(closing, key))
    ]


def _gaps(names: Sequence[str]) -> int:
    return 2 if any(char.isspace() for name in names for char in name) else 1


def print_run(closing: ClosingBlock) -> str:
    """Return 共印120份, or nothing."""
    count = closing.print_run
    return filled(FIELDS["print_run"].pattern, figures(count)) if count else ""
