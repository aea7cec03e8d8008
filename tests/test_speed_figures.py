"""The benchmarks of speed hold together: engines, figures, a row for each goal, a place in the docs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed import report
from benchmarks.speed.engines import ENGINES, Engine
from benchmarks.speed.figures import exponent, page_milliseconds, ratio
from benchmarks.speed.issues import edited_issue, varied_issue
from benchmarks.speed.processes import COMMANDS
from benchmarks.speed.workers import helpers_seconds, timed

LENGTHS = (1, 4, 16)
GOALS = 16  # seven ratios, a page, memory, PDF, cold, twice again, preview, rate: 15, and the head


def timing(cpu: float, pages: int = 9) -> dict[str, float]:
    return {"cpu": cpu, "wall": cpu, "size": 200_000, "pages": pages, "held": 0}


def growing(cost: Callable[[int], float], *lengths: int) -> dict[str, Any]:
    return {str(length): {"hongtou": [timing(cost(length), 9 * length)]} for length in lengths}


def results(*engines: str) -> dict[str, Any]:
    """Return what a run could find with these engines."""
    return {
        "date": "2026-11-24",
        "form": "短测",
        "machine": "2 核",
        "renders": 50,
        "skipped": [ENGINES[name].title for name in ENGINES if name not in engines],
        "lengths": {
            str(length): {name: [timing(0.05 + length / 20, 9 * length)] for name in engines}
            for length in LENGTHS
        },
        "held": {"hongtou": [100 * 2**20] * 4},
        "http": {"again": [0.002], "unchanged": [0.002], "preview": [0.2]},
        "rates": {"1": 10.0, "2": 20.0},
        "cold": {name: [timing(0.5)] for name in engines if name in COMMANDS},
    }


def goal_rows(found: dict[str, Any]) -> list[str]:
    return [
        line for line in report.tables(found).split("\n\n")[1].splitlines() if "---" not in line
    ]


@pytest.mark.parametrize("one", [*ENGINES.values(), *COMMANDS.values()], ids=lambda one: one.title)
def test_every_engine_says_whether_it_is_there(one: Engine) -> None:
    wanted = [f"没有装 {need}" for need in one.needs]
    if isinstance(one, Engine) and one.font:
        wanted.append(f"没有字体 {one.font}")
    assert one.missing() in ("", *(f"{one.title}：{want}" for want in wanted))


def test_an_engine_that_is_not_there_says_what_is_wanted() -> None:
    absent = Engine("某排版器", "热", ENGINES["typst"].open, ["json", "no-such-typesetter"])
    assert absent.missing() == "某排版器：没有装 no-such-typesetter"


@pytest.mark.slow
def test_hongtou_is_timed() -> None:
    with ExitStack() as stack:
        found = timed(ENGINES["hongtou"], ENGINES["hongtou"].open(stack), 1, 1)
    assert found.pages == 9
    assert found.cpu > 0
    assert found.wall > 0
    assert found.size > 100_000
    assert found.held > 0


def test_processes_that_were_started_are_counted() -> None:
    before = helpers_seconds()
    subprocess.run([sys.executable, "-c", "sum(range(10**6))"], check=True)
    assert helpers_seconds() > before


def test_every_goal_has_its_row() -> None:
    rows = goal_rows(results(*ENGINES))
    assert len(rows) == GOALS
    assert all(row.endswith(("✓ |", "✗ |")) for row in rows[1:])


def test_a_goal_whose_peer_is_not_there_says_so() -> None:
    rows = goal_rows(results("hongtou", "http"))
    assert len(rows) == GOALS
    assert sum("没有量" in row and row.endswith("— |") for row in rows) == 7
    assert "没有量：Typst；" in report.tables(results("hongtou", "http"))


def test_every_engine_that_ran_is_in_each_table_and_in_the_plot() -> None:
    found = results("hongtou", "http", "typst")
    for name in ("hongtou", "http", "typst"):
        assert report.tables(found).count(f"| {ENGINES[name].title} |") >= 2
        assert ENGINES[name].title in report.plot(found)
    assert "XeLaTeX" not in report.plot(found)


def test_results_go_between_their_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, plot = tmp_path / "page.md", tmp_path / "plot.svg"
    page.write_text("前\n<!-- speed -->\n旧\n<!-- /speed -->\n后", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "PLOT", plot)
    report.write_docs(results(*ENGINES))
    written = page.read_text(encoding="utf-8")
    assert written.startswith("前\n<!-- speed -->\n2026-11-24")
    assert written.endswith("(plot.svg)\n<!-- /speed -->\n后")
    assert "旧" not in written
    assert plot.read_text(encoding="utf-8").startswith("<svg")


def test_the_page_has_a_place_for_the_results() -> None:
    assert "<!-- speed -->" in report.PAGE.read_text(encoding="utf-8")


def test_growth_leaves_out_what_every_render_costs() -> None:
    assert exponent(growing(lambda times: 5 + times, 1, 4, 16), "hongtou") == pytest.approx(1)
    assert exponent(
        growing(lambda times: 5 + (times - 1) ** 2, 1, 4, 16), "hongtou"
    ) == pytest.approx(2)
    assert exponent(growing(lambda times: 5 + times, 1, 4), "hongtou") is None


def test_a_page_costs_what_is_added() -> None:
    assert page_milliseconds(
        growing(lambda times: 5 + 0.009 * times, 1, 4), "hongtou"
    ) == pytest.approx(1)


def test_ratios_are_of_the_same_round() -> None:
    ours, theirs = [timing(2), timing(20), timing(4)], [timing(1), timing(10), timing(2)]
    assert ratio(ours, theirs, "cpu") == 2


def test_an_edit_changes_one_article() -> None:
    issue = varied_issue(1)
    assert varied_issue(1) == issue
    for number in range(4):
        pairs = zip(issue["articles"], edited_issue(issue, number)["articles"], strict=True)
        assert sum(old != new for old, new in pairs) == 1
