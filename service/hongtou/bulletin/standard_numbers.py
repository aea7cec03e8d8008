"""Numbers of standards, as they are printed on them: GB/T 15834—2011, JTG D81—2017."""

from __future__ import annotations

from hongtou.bulletin.patterns import Late

YEAR_CHARS, YEAR_DASHES = len("—2011"), frozenset("—–－:：-")  # years before 2000 may have two
# A space parts the letters from the number, another one the year from the title that follows.
STANDARD_NUMBER = Late(
    "[A-Z](?<![A-Za-z0-9].)[A-Z]{0,5}[0-9]{0,6}(?:/[A-Z]{1,6}){0,2}(?P<space>[ \u00a0]?)"
    "[A-Z]?[0-9]{1,6}(?:\\.[0-9]{1,3})?["
    + "".join(sorted(YEAR_DASHES))
    + "](?P<year>(?:19|20)[0-9]{2}|[89][0-9])(?![0-9])"
)


def ends_standard_number(text: str, end: int) -> bool:
    """Tell whether a standard's number ends here, so that its title follows behind a space."""
    if YEAR_DASHES.isdisjoint(text[max(0, end - YEAR_CHARS) : end]):  # most places
        return False
    return any(match.end() == end for match in STANDARD_NUMBER().finditer(text))
