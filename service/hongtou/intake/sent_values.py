"""Values that are no texts, with the place where they were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from hongtou.bulletin.month import Month
from hongtou.bulletin.sent_text import SentText
from hongtou.bulletin.sent_values import SentDate, SentNumber
from hongtou.intake.pointers import Path, pointer

Value = TypeVar("Value")


def sent_at(value: Value, path: Path) -> Value:
    """Return an equal value that knows where it was sent: a word, a number or a date."""
    sent: Any = value
    where = pointer(path)
    if isinstance(value, str) and value:
        sent = SentText.at(value, where, range(len(value)))
    elif isinstance(value, SentDate):
        sent = SentDate.at(value, where, value.start)
    elif isinstance(value, date):
        sent = SentDate.at(value, where)
    elif isinstance(value, Month):
        sent = replace(value, pointer=where)
    elif isinstance(value, int):
        sent = SentNumber.at(value, where)
    return sent  # type: ignore[no-any-return]
