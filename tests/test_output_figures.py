"""What outputs may take beside a screen PDF: the table of docs/performance.md, and the sizes in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.outputs.cases import CASES, Case, Sizes
from benchmarks.outputs.measuring import Measured, figure_of, sizes_of
from benchmarks.outputs.table import missed, table
from hongtou.outputs import OUTPUTS
from tests.support.shop import ROOT, typesetter

KEPT = Measured(0.1, (0.1, 0.1), Sizes(40_000, 40_000, 20_000))
pytestmark = pytest.mark.slow


def found(**of_first_archive: object) -> dict[str, Measured]:
    """Return figures that keep all goals, but of the first archive those that are given."""
    every = {case.title: KEPT for case in CASES}
    name = next(case.title for case in CASES if case.order.output == "archive")
    return {**every, name: replace(KEPT, **of_first_archive)}


def test_every_output_is_measured_and_told() -> None:
    assert {case.order.output for case in CASES} == {*OUTPUTS}
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    told = page.partition("<!-- outputs -->")[2].partition("<!-- /outputs -->")[0]
    assert [line for line in told.splitlines() if line.startswith("| ")][1:]
    assert all(f"| {case.title} |" in told for case in CASES)
    for case in CASES:
        goals = [goal.said for goal in (case.time, case.size) if goal]
        (row,) = (line for line in told.splitlines() if line.startswith(f"| {case.title} |"))
        assert all(f"| {said} |" in row for said in goals)


@pytest.mark.parametrize("case", [case for case in CASES if case.size], ids=lambda case: case.title)
def test_a_file_is_no_larger_than_it_may_be(case: Case) -> None:
    assert case.size is not None
    assert case.size.is_kept(sizes_of(typesetter(), case))


def test_a_goal_that_is_missed_is_told() -> None:
    assert list(missed(found())) == []
    assert list(missed(found(figure=1.11))) == ["archive，PDF/A-3a"]
    assert "| archive，PDF/A-3a | 1.11 倍 | ≤ 1.1 倍 | ✗ |" in table(found(figure=1.11))


def test_ratios_are_of_turns_and_not_of_means() -> None:
    ratio, seconds, cost = (
        next(case for case in CASES if case.order.output == "print" and not case.per),
        next(case for case in CASES if case.is_absolute),
        next(case for case in CASES if case.per),
    )
    turns = [(1.0, 1.0), (20.0, 10.0), (3.0, 1.0)]  # the machine was slow in the second
    assert figure_of(ratio, turns) == 2.0
    assert figure_of(seconds, turns) == 3.0
    assert figure_of(cost, turns) == pytest.approx(2000 / cost.per)
