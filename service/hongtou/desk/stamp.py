"""Who does something, from where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """The name of whoever acts, the address that it comes from, and the moment in UTC.

    ``reviews`` tells whether they may do what only a reviewer (审核) may.
    """

    who: str
    at: datetime
    client: str = ""
    reviews: bool = True
