"""The goals of typesetting, each once: what is measured, how, and the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.typography.feet import ASKED_FOR, FLOAT, HEADLINE
from benchmarks.typography.measured import Measured
from benchmarks.typography.on_pages import OnPages

TWO_LINES = 2.1  # with what the grid leaves over
TWO_CHARACTERS = 2.05  # with rounding


class Found(NamedTuple):
    """What was found: a number, of how many where it is counted."""

    value: float
    of: int | None = None

    @property
    def percent(self) -> float:
        """Return the share of what is counted."""
        return 100 * self.value / self.of if self.of else 0.0


Measure = Callable[[Sequence[Measured]], Found]


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of the table.

    ``unit`` is "%" for a share, "" for a number of faults, else that of a length. ``by_plan`` tells
    that our pages or plan are measured, as no PDF shows it; ``typst`` is then what comes nearest to
    it in a PDF. One that is ``ours_alone`` hangs on the sheet that the peers are given.
    """

    title: str
    measure: Measure
    limit: float = 0.0
    unit: str = ""
    is_least: bool = False
    by_plan: bool = False
    ours_alone: bool = False
    typst: Measure | None = None

    def is_met(self, found: Found) -> bool:
        """Tell whether a measure is within the limit."""
        value = found.percent if self.unit == "%" else found.value
        return value >= self.limit if self.is_least else value <= self.limit

    def of_typst(self, issues: Sequence[Measured]) -> Found | None:
        """Return the measure of what Typst set, None where its PDF does not tell."""
        measure = self.typst if self.by_plan or self.ours_alone else self.measure
        return measure(issues) if measure and issues else None


def faults(key: str, of: str | None = None) -> Measure:
    """Count what `geometry` lists or counts under a name, among all of another."""

    def count(issues: Sequence[Measured]) -> Found:
        found = sum(_number(issue.pdf[key]) for issue in issues)
        return Found(found, sum(_number(issue.pdf[of]) for issue in issues) if of else None)

    return count


def _number(found: object) -> int:
    return len(found) if isinstance(found, list) else int(found or 0)  # type: ignore[call-overload]


def over(measure: Callable[[OnPages], Sequence[float]], worst: Callable[..., float]) -> Measure:
    """Return the worst of lengths on our pages."""

    def length(issues: Sequence[Measured]) -> Found:
        lengths = [one for issue in pages_of(issues) for one in measure(issue)]
        return Found(worst(lengths, default=0.0), len(lengths))

    return length


def told(measure: Callable[[OnPages], int], of: Callable[[OnPages], int] | None = None) -> Measure:
    """Count faults on our pages, among all of another."""

    def count(issues: Sequence[Measured]) -> Found:
        pages = pages_of(issues)
        return Found(sum(map(measure, pages)), sum(map(of, pages)) if of else None)

    return count


def pages_of(issues: Sequence[Measured]) -> list[OnPages]:
    """Return what was measured on our own pages."""
    return [issue.ours for issue in issues if issue.ours]


def _unlike(issues: Sequence[Measured]) -> Found:
    apart = [one for issue in issues for one in issue.apart]
    return Found(sum(one > TWO_CHARACTERS for one in apart), len(apart))


def _feet(issues: Sequence[Measured]) -> Found:
    return Found(
        sum(issue.pdf["short_feet"] for issue in issues),
        sum(issue.pdf["pages"] - 1 for issue in issues),
    )


def _few_last_lines(least: int) -> Measure:
    """Count issues of several pages whose last has fewer lines above the closing block."""

    def count(issues: Sequence[Measured]) -> Found:
        several = [issue for issue in issues if issue.pdf["pages"] > 1]
        return Found(sum(issue.pdf["last_lines"] < least for issue in several), len(several))

    return count


def _column_lines(issues: Sequence[Measured]) -> Found:
    lines = [table for pages in pages_of(issues) for table in pages.column_lines]
    fewest = sum(best for _, best in lines)
    return Found(sum(taken for taken, _ in lines) - fewest, fewest)


def _short(pages: OnPages, *, over: float = 0.0, but: Sequence[str] = (ASKED_FOR,)) -> int:
    return sum(lines > over and why not in but for _, lines, why in pages.feet)


GOALS = (
    Goal("headlines broken inside a word", faults("torn_heads", "head_breaks")),
    Goal(
        "entries of the contents, table headers and lists broken inside a word",
        told(lambda pages: len(pages.torn_words)),
        by_plan=True,
    ),
    Goal("headlines with lines more than 2 characters apart", _unlike),
    Goal("centred lines more than 0.3 mm off", faults("off_centre")),
    Goal(
        "pages but the last that end a line or more short",
        told(_short, lambda pages: pages.asked_feet),
        10,
        "%",
        by_plan=True,
        typst=_feet,
    ),
    Goal(
        "of these more than 2 lines, but before a headline that would not fit with two lines",
        told(lambda pages: _short(pages, over=TWO_LINES, but=(ASKED_FOR, HEADLINE))),
        by_plan=True,
    ),
    Goal(
        "pictures and tables that leave more than 2 lines",
        told(lambda pages: sum(lines > TWO_LINES and why == FLOAT for _, lines, why in pages.feet)),
        by_plan=True,
    ),
    Goal(
        "last pages with fewer than 5 lines above the closing block, and no page saved",
        told(
            lambda pages: pages.pages > 1 and pages.last_lines < 5 and not pages.saves_page,
            lambda pages: pages.pages > 1,
        ),
        by_plan=True,
        typst=_few_last_lines(5),
    ),
    Goal(
        "closing blocks alone on a page",
        told(lambda pages: pages.last_lines == 0, lambda _: 1),
        by_plan=True,
        typst=_few_last_lines(1),
    ),
    Goal(
        "lowest red rule",
        lambda issues: Found(max(one.red_rule for one in issues)),
        110,
        "mm",
        ours_alone=True,
    ),
    Goal(
        "first pages without text of the body",
        told(lambda pages: not pages.has_body_on_first, lambda _: 1),
        by_plan=True,
    ),
    Goal(
        "nameplates under 36 pt on one line",
        told(lambda pages: len(pages.nameplate) == 1 and min(pages.nameplate) < 36),
        by_plan=True,
    ),
    Goal(
        "nameplates under 36 pt without a warning",
        told(lambda pages: min(pages.nameplate) < 36 and not pages.tells_small_nameplate),
        by_plan=True,
    ),
    Goal("lines with more than 0.03 em between Han", faults("loose_lines", "full_lines"), 1, "%"),
    Goal("number parted from its measure word", faults("split_measure", "full_lines"), 2, "%"),
    Goal("number parted from 万, 亿, 元, % or ℃", faults("split_number")),
    Goal("closing marks with a full square at a line end", faults("full_square_ends")),
    Goal("forbidden mark at a line start or end", faults("kinsoku")),
    Goal("last lines of one character", faults("lonely")),
    Goal("edges of a list apart", over(lambda pages: pages.edges, max), 0.1, "mm", by_plan=True),
    Goal(
        "numbers, times and dates torn in a table",
        told(lambda pages: len(pages.torn_figures)),
        by_plan=True,
    ),
    Goal(
        "least padding over and under the text of a cell",
        over(lambda pages: pages.paddings, min),
        0.3,
        "em",
        is_least=True,
        by_plan=True,
    ),
    Goal(
        "tables of up to 8 rows parted by a page",
        told(lambda pages: pages.parted_tables, lambda pages: pages.small_tables),
        by_plan=True,
    ),
    Goal(
        "lines of tables over the local optimum of their columns",
        _column_lines,
        2,
        "%",
        by_plan=True,
    ),
)
