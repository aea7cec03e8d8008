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

    ``day`` is that of the issue after them, or the last one of the year in which that counts.
    """

    numbers: tuple[int, ...]
    day: date


def rows(desk: Desk, publication_id: int, found: Sequence[Found]) -> list[Found | Gap]:
    """Return issues with the numbers that are missing between them."""
    facts = [one.record.facts for one in found]
    years = {one.year for one in facts if one.year and one.number and one.series is Series.REGULAR}
    return [*with_gaps(found, desk.publications.gaps_before(publication_id, years, Series.REGULAR))]


def with_gaps(
    found: Iterable[Found], missing: Mapping[tuple[int, int], Sequence[int]]
) -> Iterator[Found | Gap]:
    """Yield issues, each before the numbers missing below its own; these by its year and number.

    So each number stands in one place, on whatever page of the list that is.
    """
    for one in found:
        yield one
        facts = one.record.facts
        if facts.year and facts.number and facts.series is Series.REGULAR:
            is_of_year = facts.day is not None and facts.day.year == facts.year
            day = facts.day if facts.day and is_of_year else date(facts.year, 12, 31)
            yield from (Gap(run, day) for run in _runs(missing.get((facts.year, facts.number), ())))


def _runs(numbers: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Yield numbers that follow one another together, the highest first."""
    counted = enumerate(sorted(numbers, reverse=True))
    for _, run in groupby(counted, key=lambda one: one[0] + one[1]):
        yield tuple(number for _, number in run)


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
