"""By what whoever holds a sheet tells one edition of an issue from another."""

from __future__ import annotations

from datetime import date

from hongtou.bulletin.month import Month

DIGEST_CHARS = 12  # of the plan digest: enough to tell editions apart


def edition_name(issue_date: date | Month, digest: str) -> str:
    """Return the date of an issue, not of the day, and the beginning of its plan digest."""
    return f"{issue_date.isoformat()}　{digest[:DIGEST_CHARS]}"
