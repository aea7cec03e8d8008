"""A month without a day, as monthly bulletins are dated."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, 1 to 12, and the JSON Pointer of its string, in which it begins at start.

    It equals and prints as the plain month, so that a digest of an issue does not change.
    """

    year: int
    month: int
    pointer: str = field(default="", compare=False, repr=False)
    start: int = field(default=0, compare=False, repr=False)

    def isoformat(self) -> str:
        """Return 2017-12 (ISO 8601), as a date returns 2017-12-22."""
        return f"{self.year:04}-{self.month:02}"


def first_day(when: date | Month) -> date:
    """Return a day, or the first one of a month, for what can hold nothing but days."""
    return date(when.year, when.month, 1) if isinstance(when, Month) else when


def agree(one: date | Month, other: date | Month) -> bool:
    """Tell whether two dates may be the same: a month agrees with every day of it."""
    if isinstance(one, Month) or isinstance(other, Month):
        return (one.year, one.month) == (other.year, other.month)
    return one == other
