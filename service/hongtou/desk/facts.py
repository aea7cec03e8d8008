"""What is derived from a document: its number, date and title for the list, its words for a search.

The document is the truth. Nothing here is ever set apart from it, so an issue that was sent by a
program and one that was typed are alike. A draft may lack any of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hongtou.bulletin.issue import Series
from hongtou.desk.document import pointer_to

DAY = re.compile("([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
LEAST_YEAR, MOST_YEAR = 1900, 2999
MOST_NUMBER = 99_999_999  # what an integer column holds with room to spare
TITLE_CHARS = 200
UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # what a database refuses in a text
# Values that are no words of the text: choices, names of files, dates.
WORDLESS = frozenset(("type", "align", "orientation", "image", "date", "mark"))
SEARCHED = ("editors_note", "articles", "briefs")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is derived from a document; None where a draft does not say it.

    ``year`` is the one in which the number counts.
    """

    year: int | None
    series: Series
    number: int | None
    total_number: int | None
    day: date | None
    title: str

    def is_numbered_as(self, other: Facts) -> bool:
        """Tell whether both say the same number of the same year and series."""
        return (self.year, self.series, self.number) == (other.year, other.series, other.number)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of an issue and the JSON Pointer of where it stands."""

    pointer: str
    text: str


def facts_of(fields: Mapping[str, Any]) -> Facts:
    """Return what the fields of an issue say of it."""
    masthead = _table(fields.get("masthead"))
    day = _day(masthead.get("issue_date"))
    return Facts(
        year=_number(masthead.get("year"), MOST_YEAR, LEAST_YEAR) or (day.year if day else None),
        series=_series(masthead.get("series")),
        number=_number(masthead.get("issue_number")),
        total_number=_number(masthead.get("total_number")),
        day=day,
        title=_title(fields),
    )


def passages_of(fields: Mapping[str, Any]) -> Iterator[Passage]:
    """Yield what is looked for in an issue: its number, headlines and texts.

    The rest of the masthead and the closing block are nearly alike in all issues of a publication.
    """
    facts = facts_of(fields)
    if facts.number:
        year = f"{facts.year}年" if facts.year else ""
        total = f"（总第{facts.total_number}期）" if facts.total_number else ""
        yield Passage("/masthead/issue_number", f"{year}第{facts.number}期{total}")
    for name in SEARCHED:
        yield from _passages(fields.get(name), f"/{name}")


def keepable(text: str) -> str:
    """Return a text without the characters that a database refuses."""
    return UNKEPT.sub("", text)


def _passages(value: object, pointer: str) -> Iterator[Passage]:
    if isinstance(value, str):
        yield from (Passage(pointer, keepable(line)) for line in value.split("\n") if line.strip())
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in WORDLESS:
                yield from _passages(member, pointer_to(pointer, keepable(name)))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _passages(member, f"{pointer}/{place}")


def _title(fields: Mapping[str, Any]) -> str:
    """Return the first headline, "" if there is none."""
    articles = fields.get("articles")
    members = articles if isinstance(articles, list) else []
    headlines = (_table(article).get("headline") for article in members)
    found = next((one for one in headlines if isinstance(one, str) and one.strip()), "")
    return keepable(" ".join(found.split()))[:TITLE_CHARS]


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: object, most: int = MOST_NUMBER, least: int = 1) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and isinstance(value, int) and least <= value <= most else None


def _series(value: object) -> Series:
    return Series(value) if isinstance(value, str) and value in list(Series) else Series.REGULAR


def _day(value: object) -> date | None:
    """Return a day, the first one of a month, None for any other text."""
    found = DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or not LEAST_YEAR <= int(found[1]) <= MOST_YEAR:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
