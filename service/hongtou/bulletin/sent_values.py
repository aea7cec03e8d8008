"""Numbers and dates of an issue that know where they were sent, and how they are printed."""

from __future__ import annotations

from datetime import date

from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.month import Month
from hongtou.bulletin.sent_text import SentText

YEAR, MONTH, DAY = range(4), range(5, 7), range(8, 10)  # characters of 2017-12-22


class SentNumber(int):
    """A number, and the JSON Pointer of its value; it equals and prints as the plain number."""

    pointer: str

    @classmethod
    def at(cls, number: int, pointer: str) -> SentNumber:
        """Return this number with its place."""
        sent = cls(number)
        sent.pointer = pointer
        return sent


class SentDate(date):
    """A date, and the JSON Pointer of its string, in which it begins at ``start``.

    It equals and prints as the plain date, so that a digest of an issue does not change.
    """

    __slots__ = ("pointer", "start")

    pointer: str
    start: int

    @classmethod
    def at(cls, day: date, pointer: str, start: int = 0) -> SentDate:
        """Return this date with its place."""
        sent = cls(day.year, day.month, day.day)
        sent.pointer, sent.start = pointer, start
        return sent

    def __repr__(self) -> str:
        return repr(date(self.year, self.month, self.day))


def figures(number: int, min_digits: int = 1) -> str:
    """Return a number in figures, padded with zeros."""
    plain = str(number)
    if isinstance(number, SentNumber):
        plain = SentText.at(plain, number.pointer, range(len(plain)))
    return joined("0" * (min_digits - len(plain)), plain)


def date_figures(when: date | Month) -> tuple[str, ...]:
    """Return year, month and, unless it is a month, day in figures, without padding."""
    plain = [str(when.year), str(when.month)]
    if isinstance(when, date):
        plain.append(str(when.day))
    if not isinstance(when, SentDate | Month) or not when.pointer:
        return tuple(plain)
    return tuple(
        SentText.at(text, when.pointer, [when.start + at for at in places[-len(text) :]])
        for text, places in zip(plain, (YEAR, MONTH, DAY), strict=False)
    )
