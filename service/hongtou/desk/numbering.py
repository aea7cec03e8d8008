"""Numbers of issues: the next one, those that are missing, the running total (总期号).

An issue is known by its publication, year, series and number. A number that is left out is either
a gap, which the list shows, or skipped on purpose, which somebody has said.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from hongtou.bulletin.issue import Series
from hongtou.desk.publication import Numbering, PublicationPlan

MOST_GAPS = 200  # that are told: an archive that begins with 第900期 is not full of holes


class Number(NamedTuple):
    """A number that is taken by an issue or skipped; a skipped one has no total."""

    year: int
    series: Series
    number: int
    total: int | None = None
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class NextNumber:
    """What the next issue is called; ``gaps`` are the numbers before it that nobody has."""

    year: int
    number: int
    total_number: int | None
    gaps: tuple[int, ...]
    warnings: tuple[str, ...] = ()


def next_number(
    plan: PublicationPlan,
    numbers: Collection[Number],
    day: date,
    series: Series = Series.REGULAR,
    latest: date | None = None,
) -> NextNumber:
    """Return the number of an issue of this day; ``latest`` is the day of the last one.

    The total counts the regular series alone.
    """
    highest = max(_counted(plan, numbers, day.year, series), default=0)
    total = _next_total(plan, numbers) if series is Series.REGULAR else None
    missing = gaps(plan, numbers, day.year, series)
    warnings = tuple(_warnings(plan, missing, day, latest))
    return NextNumber(day.year, highest + 1, total, missing, warnings)


def counting_year(plan: PublicationPlan, year: int) -> int | None:
    """Return the year in which a number is given once, None where it is once for ever."""
    return year if plan.numbering is Numbering.YEARLY else None


def gaps(
    plan: PublicationPlan, numbers: Collection[Number], year: int, series: Series
) -> tuple[int, ...]:
    """Return the numbers below the highest that are neither taken nor skipped, the last 200.

    Those before the first issue that is kept at all are none: the archive began with it.
    """
    counted = sorted(set(_counted(plan, numbers, year, series)))
    years = {one.year for one in numbers if one.series is series and not one.is_skipped}
    goes_on = plan.numbering is Numbering.CONTINUOUS or min(years, default=year) >= year
    edges = counted if goes_on else [0, *counted]
    missing: list[int] = []
    for below, above in reversed(list(pairwise(edges))):  # a number mistyped may leave millions
        wanted = MOST_GAPS - len(missing)
        missing += range(above - 1, max(below, above - 1 - wanted), -1)
    return tuple(reversed(missing))


def gaps_before(
    plan: PublicationPlan, numbers: Collection[Number], year: int, series: Series
) -> Mapping[tuple[int, int], Sequence[int]]:
    """Return the gaps by year and number of the issue that comes next after each."""
    counting = _counting(plan, numbers, year, series)
    issues = sorted((one.number, one.year) for one in counting if not one.is_skipped)
    before: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for missing in gaps(plan, numbers, year, series):
        place = bisect(issues, (missing, 0))  # no issue has it
        for number, its_year in issues[place : place + 1]:
            before[its_year, number].append(missing)
    return before


def is_missing(plan: PublicationPlan, numbers: Collection[Number], one: Number) -> bool:
    """Tell whether a number may be left out: neither taken nor skipped, the next at the most."""
    counted = _counted(plan, numbers, one.year, one.series)
    return one.number not in counted and one.number <= max(counted, default=0) + 1


def free_number(
    plan: PublicationPlan, numbers: Collection[Number], year: int, series: Series
) -> int:
    """Return the number that is free for one that is taken."""
    return max(_counted(plan, numbers, year, series), default=0) + 1


def _counted(
    plan: PublicationPlan, numbers: Iterable[Number], year: int, series: Series
) -> list[int]:
    return [one.number for one in _counting(plan, numbers, year, series)]


def _counting(
    plan: PublicationPlan, numbers: Iterable[Number], year: int, series: Series
) -> list[Number]:
    """Return those among which a new one counts."""
    within = counting_year(plan, year)
    return [one for one in numbers if one.series is series and within in (None, one.year)]


def _next_total(plan: PublicationPlan, numbers: Iterable[Number]) -> int | None:
    totals = [
        one.total for one in numbers if one.total is not None and one.series is Series.REGULAR
    ]
    return max(totals) + 1 if totals else plan.first_total


def _warnings(
    plan: PublicationPlan, missing: Collection[int], day: date, latest: date | None
) -> Iterable[str]:
    if missing:
        named = "、".join(f"第{number}期" for number in list(missing)[-5:])
        since = "本年" if plan.numbering is Numbering.YEARLY else ""
        yield f"{since}还缺{named}{'等' if len(missing) > 5 else ''}，请补录，或确认跳号"
    if latest is not None and day < latest:
        yield f"日期早于上一期的 {latest.year}年{latest.month}月{latest.day}日，请核对"
