"""What the closing block (报尾) prints: its fields as rows of text."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.closing_block import FIELDS, ClosingBlock, Place, fields_at
from hongtou.bulletin.joined_text import filled, joined, separated
from hongtou.bulletin.numerals import chinese_date
from hongtou.bulletin.sent_values import figures

NAME_GAP = "\u3000"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the closing block: a labelled text, or a left and a right part."""

    label: str
    text: str
    right: str = ""


def distribution_rows(closing: ClosingBlock) -> list[Row]:
    """Return 报, 送, 发 and 增发 in order, those that are given."""
    return _labelled(closing, Place.RECIPIENTS)


def contact_rows(closing: ClosingBlock) -> list[Row]:
    """Return how the editors are reached, if it is given."""
    return _labelled(closing, Place.CONTACT)


def imprint_row(closing: ClosingBlock) -> Row:
    """Return who printed the issue, and when.

    Source: GB/T 9704-2012 §7.4.3.
    """
    day = closing.imprint_date
    printed = filled(FIELDS["imprint_date"].pattern, chinese_date(day)) if day else ""
    return Row("", closing.imprint_body, printed)


def staff(closing: ClosingBlock) -> list[str]:
    """Return who answers for the issue, each duty with its names: 编辑：陈炜　王龙."""
    return [
        joined(field.label, separated(NAME_GAP, names))
        for key, field in fields_at(Place.PEOPLE).items()
        if (names := getattr(closing, key))
    ]


def print_run(closing: ClosingBlock) -> str:
    """Return 共印120份, or nothing."""
    count = closing.print_run
    return filled(FIELDS["print_run"].pattern, figures(count)) if count else ""


def _labelled(closing: ClosingBlock, place: Place) -> list[Row]:
    return [
        Row(field.label, text)
        for key, field in fields_at(place).items()
        if (text := getattr(closing, key))
    ]
