"""A page that ends between two rows or has a whole table: rows fill it, a little higher each."""

from __future__ import annotations

import re
from functools import cache

import pytest

from hongtou.layouts import Layout
from hongtou.pages.page import PlacedText
from hongtou.paginate.pagination import paginate
from hongtou.plan import Plan
from tests.support import issues
from tests.support.shop import layouts
from tests.test_makeup import FOOT, PITCH, plan_of, with_values

WORDS = "统筹推进城乡环境综合整治，压实各级各部门责任，健全长效机制"  # three lines of a cell
ROWS = tuple((str(number), WORDS, "某局", "完成") for number in range(14))
MOST = layouts()["dongtai"].pt("copyfit.most_row_space")
TOLD = re.compile(r"表格(\d+)行各增高([\d.]+)毫米")


def plan_with(before: int, layout: Layout | None = None) -> Plan:
    table = issues.table(("序号", "内容", "单位", "进展"), ROWS)
    return plan_of(*issues.lines_of_text(before), table, *issues.lines_of_text(9), layout=layout)


def cells_of(plan: Plan) -> list[list[PlacedText]]:
    return [
        [text for text in page.texts if text.text.style == "table_cell"] for page in paginate(plan)
    ]


def foot_of(cell: PlacedText) -> float:
    """Return how far down the page a cell reaches."""
    return cell.lines[-1].baseline + cell.text.heights[-1] - cell.text.baselines[-1]


@cache
def higher() -> list[Plan]:
    """Return plans in which rows were made higher."""
    plans = (plan_with(before) for before in range(1, 22, 2))
    return [plan for plan in plans if any(TOLD.search(what) for _, what in plan.copyfit)]


@pytest.mark.slow
def test_the_last_row_ends_with_the_grid_of_the_page() -> None:
    plans = higher()
    assert plans
    for plan in plans:
        for page, what in plan.copyfit:
            if TOLD.search(what):
                cells = cells_of(plan)[page - 1]
                foot = max(foot_of(cell) for cell in cells)
                assert foot == pytest.approx(FOOT, abs=PITCH / 10)


@pytest.mark.slow
def test_rows_of_other_pages_keep_their_height() -> None:
    for plan in higher():
        told = {page for page, what in plan.copyfit if TOLD.search(what)}
        for number, cells in enumerate(cells_of(plan), start=1):
            lines = {cell.text.height / PITCH for cell in cells}
            assert all((line % 1 < 0.001) != (number in told) for line in lines)


@pytest.mark.slow
def test_cells_stay_in_the_middle_of_their_rows() -> None:
    for plan in higher():
        for cell in (cell for cells in cells_of(plan) for cell in cells):
            assert cell.text.above == pytest.approx(cell.text.below)


def plan_of_whole_tables(before: int) -> Plan:
    """Return a page with a table, to which the next does not fit, nor is any text left."""
    tables = (issues.table(("序号", "内容", "单位", "进展"), ROWS[:7]) for _ in range(2))
    return plan_of(*issues.lines_of_text(before), *tables)


@cache
def higher_tables() -> list[tuple[int, Plan]]:
    """Return plans in which a whole table was made higher, each with its page."""
    plans = map(plan_of_whole_tables, range(12, 19))
    return [(page, plan) for plan in plans for page, what in plan.copyfit if TOLD.search(what)]


@pytest.mark.slow
def test_a_whole_table_brings_a_page_to_two_lines_or_none() -> None:
    assert higher_tables()
    for number, plan in higher_tables():
        cells = cells_of(plan)[number - 1]
        free = (FOOT - max(map(foot_of, cells))) / PITCH
        assert -0.1 <= free <= 2.6  # with the blank under a table


@pytest.mark.slow
def test_a_whole_table_takes_whole_lines_of_the_grid_with_its_header() -> None:
    for number, plan in higher_tables():
        texts = [text for text in paginate(plan).pages[number - 1].texts if text.text.lines]
        rows = [text for text in texts if text.text.style in ("table_header", "table_cell")]
        tops = [text.lines[0].baseline - text.text.baselines[0] for text in rows]
        height = (max(map(foot_of, rows)) - min(tops)) / PITCH
        assert height == pytest.approx(round(height), abs=0.01)
        assert all(row.text.above == pytest.approx(row.text.below) for row in rows)


@pytest.mark.slow
def test_no_row_grows_by_more_than_the_layout_allows() -> None:
    for plan in higher():
        for _, what in plan.copyfit:
            if told := TOLD.search(what):
                assert 0 < float(told[2]) * 72 / 25.4 <= MOST + 0.15
    layout = with_values(copyfit__most_row_space=0)
    assert not any(TOLD.search(str(plan_with(at, layout).copyfit)) for at in range(1, 22, 4))


@pytest.mark.slow
@pytest.mark.parametrize("before", range(6, 18))
def test_a_whole_table_takes_no_line_that_has_no_room(before: int) -> None:
    """What stands over a long table under it takes half a line of the grid."""
    small = issues.table(("单位", "事项"), [("某县", "整改滞后")] * 3, caption="表1 扣分")
    rows = [(str(number), "某局", "97.6") for number in range(20)]
    long = issues.table(("序号", "单位", "得分"), rows, caption="表2 得分", unit="单位：分")
    plan = plan_of(*issues.lines_of_text(before), small, long, *issues.lines_of_text(3))
    assert len(paginate(plan)) == plan.made_up.page_count
