"""Notes under tables: one style, few or many, on one page or on two."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hongtou.bulletin.table import Table
from hongtou.pages.report import DrawnLine
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.reading import render
from tests.support.shop import compositor, layouts

NOTE = "注：本表由各县区报送，数据截至上月末，未含正在核实的部分。"
MANY = (NOTE, *(f"{number}.{'各县区按月报送，由市创建办汇总。' * 4}" for number in range(1, 6)))
LAYOUT = layouts()["dongtai"]
PITCH_MM = LAYOUT.mm("page.line_pitch")


def noted(rows: int, *notes: str, **fields: object) -> Table:
    return issues.table(("县区", "户数"), [("甲", "1")] * rows, notes=notes, **fields)


def lines(style: str, *blocks: object) -> list[DrawnLine]:
    """Return the lines of one style of an issue."""
    return [line for line in render(issues.issue(*blocks)).lines if line.style == style]


def steps(found: list[DrawnLine]) -> list[float]:
    """Return how far lines that follow one another on a page stand from one another."""
    return [b.baseline_mm - a.baseline_mm for a, b in pairwise(found) if a.page == b.page]


@pytest.mark.parametrize("notes", [(NOTE, NOTE), MANY])
def test_their_lines_stand_two_to_a_line_of_the_grid(notes: tuple[str, ...]) -> None:
    found = steps(lines("table_note", noted(3, *notes)))
    assert found == pytest.approx([PITCH_MM / 2] * len(found), abs=0.01)


@pytest.mark.slow
def test_few_and_many_stand_as_far_from_their_table() -> None:
    gaps = set()
    for notes in ((NOTE,), MANY):
        made = render(issues.issue(noted(3, *notes)))
        (first, *_) = (line for line in made.lines if line.style == "table_note")
        last = max(line.baseline_mm for line in made.lines if line.style == "table_cell")
        gaps.add((round(first.baseline_mm - last, 2), round(first.left_mm + first.line.x, 2)))
    assert len(gaps) == 1


@pytest.mark.slow
@pytest.mark.parametrize("rows", range(9, 24))
def test_text_under_notes_that_go_on_is_on_the_grid(rows: int) -> None:
    made = render(issues.issue(*issues.paragraphs(1), noted(rows, *MANY), *issues.paragraphs(2)))
    body = [line.baseline_mm for line in made.lines if line.style == "paragraph"]
    for one in body:
        assert (one - body[0] + 1) % PITCH_MM == pytest.approx(1, abs=0.05)


@pytest.mark.slow
def test_more_than_a_page_of_them_go_on_and_stay_in_the_type_area() -> None:
    found = lines("table_note", noted(3, *MANY * 5))
    pages = {line.page for line in found}
    assert len(pages) > 1
    lowest = LAYOUT.mm("page.head_margin") + LAYOUT.mm("page.type_area_height")
    assert max(line.baseline_mm for line in found) < lowest


@pytest.mark.slow
def test_the_last_row_keeps_a_line_of_them() -> None:
    for above in range(1, 12):
        made = render(issues.issue(*issues.lines_of_text(above), noted(12, *MANY)))
        last = [line for line in made.lines if line.style == "table_cell"][-1]
        first = next(line for line in made.lines if line.style == "table_note")
        assert first.page == last.page


@pytest.mark.parametrize(
    "label", ["注：", "资料来源：", "注 1.", "注：1.", "2.", "（1）", "①", "*"]
)
def test_further_lines_stand_under_what_follows_the_label(label: str) -> None:
    own = TextSetter(LAYOUT, compositor())
    (part,) = plan_table(noted(3, label + "各县区按月报送" * 8), own)
    assert isinstance(part, TablePlan)
    first, second = part.notes[0].lines[:2]
    style = own.style("table_note")
    width = compositor().natural_width(label, style.role, style.size_pt)
    assert second.x - first.x == pytest.approx(width, abs=0.5)


def test_under_a_landscape_table_many_stay_too() -> None:
    table = noted(3, *MANY, landscape=True)
    parts = plan_table(table, TextSetter(LAYOUT, compositor()))
    (part,) = parts
    assert isinstance(part, TablePlan)
    assert len(part.notes) == len(MANY)
