"""Small tables that pages part: where one kept whole would leave a large hole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hongtou.bulletin.table import Cell
from hongtou.paginate.pagination import paginate
from tests.support import issues
from tests.test_makeup import blank_lines, plan_of, styles

ROWS = tuple((f"第{number}项", "\n".join(["落实"] * 3)) for number in range(1, 6))
MOST = 5  # lines, of the layout


@pytest.mark.parametrize("before", range(3, 20))
def test_no_large_hole_stays_above_a_small_table(before: int) -> None:
    table = issues.table(("项目", "要求"), ROWS, caption="表1 任务分解")
    pages = paginate(plan_of(*issues.lines_of_text(before), table))
    for page, following in zip(pages.pages, pages.pages[1:], strict=False):
        if "caption" in styles(following):
            assert blank_lines(page) <= MOST + 1


def test_a_table_that_leaves_a_small_hole_stays_whole() -> None:
    table = issues.table(("项目", "要求"), ROWS[:2], caption="表1 任务分解")
    for before in range(3, 20):
        pages = paginate(plan_of(*issues.lines_of_text(before), table))
        assert "table_continued" not in [style for page in pages for style in styles(page)]


def test_rows_that_a_cell_spans_stay_together() -> None:
    rows = [
        (Cell(day, rowspan=2), Cell("\n".join(["上午"] * 3))) if half == 0 else (Cell("\n".join(["下午"] * 3)),)
        for day in ("4月20日", "4月21日", "4月22日")
        for half in range(2)
    ]  # fmt: skip
    table = replace(issues.table((), [], caption="日程表"), rows=tuple(rows))
    pages = paginate(plan_of(*issues.lines_of_text(6), table))
    for page in pages:
        halves = [text.text.text[:2] for text in page.texts if text.text.style == "table_cell"]
        assert halves.count("上午") == halves.count("下午")
