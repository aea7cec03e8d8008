"""Columns of tables: who gets how much of the measure, and what must not be parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongtou.bulletin.issue import Table
from hongtou.plan.tables import plan_table, shared_out
from hongtou.plan.texts import TextSetter
from tests.support.shop import compositor, layouts

HEADER = (
    "县（区）",
    "总投资（万元）",
    "累计完成投资（万元）",
    "完成率",
    "同比增长",
    "牵头单位",
    "备注",
)
ROWS = (
    ("七星关区", "1234567.89", "1034567.89", "83.80%", "12.5%", "市住房和城乡建设局", "按期推进"),
    (
        "赫章县",
        "234567.89",
        "134567.89",
        "57.37%",
        "-2.5%",
        "市生态环境局",
        "受汛期影响进度滞后，正在追赶",
    ),
)
LEAST_COLUMN = 2  # characters, of the layout


def setter() -> TextSetter:
    return TextSetter(layouts()["dongtai"], compositor())


def cells(table: Table, setter: TextSetter) -> list[list[str]]:
    """Return the lines of every cell."""
    return [
        [line.text for line in cell.lines]
        for part in plan_table(table, setter)
        for row in part.rows
        for cell in row.cells
    ]


def test_numbers_and_short_names_stay_whole_and_long_remarks_take_lines() -> None:
    made = cells(Table(HEADER, ROWS), setter())
    for row in ROWS:
        for whole in row[:5]:
            assert [whole] in made


def test_numbers_for_which_there_is_no_room_are_told() -> None:
    table = Table((), (("12345.67",) * 12,), pointer="/articles/0/body/1")
    narrow = setter()
    plan_table(table, narrow)
    (remark,) = narrow.remarks
    assert (remark.code, remark.pointer) == ("table/too-narrow", "/articles/0/body/1")
    assert "landscape" in remark.hint


@given(st.lists(st.floats(0, 200), min_size=1, max_size=12), st.integers(28, 40))
def test_columns_fill_the_measure_and_none_is_too_narrow(
    wants: list[float], characters: int
) -> None:
    least = [LEAST_COLUMN] * len(wants)
    widths = shared_out(wants, least, characters, LEAST_COLUMN)
    assert sum(widths) == characters
    assert all(width >= low for width, low in zip(widths, least, strict=True))


@pytest.mark.parametrize(
    ("wants", "widths"),
    [([4, 4, 100], (4, 4, 20)), ([7, 7], (14, 14)), ([100, 100, 4], (12, 12, 4))],
)
def test_who_wants_little_gets_it(wants: list[float], widths: tuple[int, ...]) -> None:
    assert shared_out(wants, [LEAST_COLUMN] * len(wants), 28, LEAST_COLUMN) == widths
