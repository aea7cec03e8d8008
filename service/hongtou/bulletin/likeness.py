"""Which known name a wrong one may mean: one rule for keys, fields, options and settings."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches  # at once, as a worker can load nothing later

LIKENESS = 0.6  # of two names, 0 to 1, as difflib counts it: below it they only share letters
LONGEST_COMPARED = 50  # characters of a wrong name, as comparing takes the square of the time


def nearest(name: str, known: Iterable[str], likeness: float = LIKENESS) -> str | None:
    """Return the known name that is most like a wrong one, None if none is like it."""
    found = get_close_matches(name[:LONGEST_COMPARED], tuple(known), n=1, cutoff=likeness)
    return found[0] if found else None
