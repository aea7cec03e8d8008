"""Who does something, from where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """The name of whoever acts, the address that it comes from, and the moment in UTC.

    ``reviews`` tells whether they may do what only a reviewer (审核) may.
    """

    who: str
    at: datetime
    client: str = ""
    reviews: bool = True


def local_day(moment: datetime) -> date:
    """Return the day of a moment where the service runs: in China that of UTC begins at 08:00."""
    return moment.astimezone().date()
