"""The list of issues as an editor reads it: newest first, a row for numbers missing between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from hongtou.bulletin.issue import Series
from hongtou.desk import Desk
from hongtou.desk.issue import Found, IssueRecord


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers in a row that nobody has, the highest first.

    ``day`` is that of the issue after them, in whose year they count.
    """

    numbers: tuple[int, ...]
    day: date


def rows(desk: Desk, publication_id: int, found: Sequence[Found]) -> list[Found | Gap]:
    """Return issues with the numbers that are missing between them."""
    days = {
        one.record.facts.day.year: one.record.facts.day for one in found if one.record.facts.day
    }
    missing = {
        year: desk.publications.next(publication_id, day, Series.REGULAR).gaps
        for year, day in days.items()
    }
    return [*with_gaps(found, missing)]


def with_gaps(
    found: Iterable[Found], missing: Mapping[int, Sequence[int]]
) -> Iterator[Found | Gap]:
    """Yield issues, each before the numbers that are missing below its own."""
    left = {year: set(numbers) for year, numbers in missing.items()}
    listed = list(found)
    for place, one in enumerate(listed):
        yield one
        facts = one.record.facts
        if facts.day is None or facts.number is None or facts.series is not Series.REGULAR:
            continue
        lower = _number_after(listed[place + 1 :], facts.day.year)
        numbers = left.get(facts.day.year, set())
        between = {number for number in numbers if lower < number < facts.number}
        numbers -= between
        yield from (Gap(run, facts.day) for run in _runs(between))


def _runs(numbers: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Yield numbers that follow one another together, the highest first."""
    counted = enumerate(sorted(numbers, reverse=True))
    for _, run in groupby(counted, key=lambda one: one[0] + one[1]):
        yield tuple(number for _, number in run)


def _number_after(found: Iterable[Found], year: int) -> int:
    """Return the next lower number of a year in the list, 0 if the list has none."""
    for one in found:
        facts = one.record.facts
        if facts.day and facts.day.year == year and facts.number and facts.series is Series.REGULAR:
            return facts.number
    return 0


def shown_day(day: date | None) -> str:
    """Return a date as it is printed."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "没有日期"


def shown_moment(moment: datetime) -> str:
    """Return a moment as short as it can be told, where the service runs."""
    local = moment.astimezone()
    clock = f"{local:%H:%M}"
    past = (datetime.now().astimezone().date() - local.date()).days
    if past == 0:
        return clock
    return f"昨天 {clock}" if past == 1 else f"{shown_day(local.date())} {clock}"


def shown_number(record: IssueRecord) -> str:
    """Return the number of an issue for people."""
    facts = record.facts
    kind = {Series.SUPPLEMENT: "增刊", Series.SPECIAL: "专刊"}.get(facts.series, "")
    return f"{kind}第{facts.number}期" if facts.number else f"{kind}没有期号"
