"""Tables whose cells take many rows, on more pages than one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongtou.bulletin.order import Order
from hongtou.bulletin.table import Cell, Table
from hongtou.plan import Plan, make_plan
from hongtou.plan.structure import Element
from hongtou.plan.table_groups import Groups, Span
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.reading import render
from tests.support.shop import compositor, faces, layouts

LABEL = "重点任务"


def grouped(count: int, label: str = LABEL, **fields: object) -> Table:
    """Return a table of which one cell takes ``count`` rows, and a last row of its own."""
    tasks = [(Cell(f"任务{number}"), Cell("12月")) for number in range(1, count + 1)]
    rows = ((Cell(label, rowspan=count), *tasks[0]), *tasks[1:], issues.row(("其他", "任务", "月")))
    return replace(issues.table(("类别", "任务", "时限"), []), rows=rows, **fields)


def planned(*tables: Table) -> Plan:
    issue = issues.issue(*issues.paragraphs(1), *tables)
    return make_plan(issue, layouts()["dongtai"], faces(), Order(), {})


def parts(plan: Plan) -> list[TablePlan]:
    """Return what of tables stands on each page."""
    return [piece.table for piece in plan.made_up.pieces if piece.table]


def setter() -> TextSetter:
    return TextSetter(layouts()["dongtai"], compositor())


class TestAGroupOfRows:
    @pytest.mark.parametrize("count", [20, 24, 45])
    @pytest.mark.parametrize("landscape", [False, True])
    def test_goes_on_under_the_same_words(self, count: int, landscape: bool) -> None:
        plan = planned(grouped(count, landscape=landscape))
        assert not plan.faults
        found = parts(plan)
        assert len(found) > 1
        assert [part.rows[0].cells[0].text.text for part in found] == [LABEL] * len(found)
        assert [part.rows[0].cells[0].all_rows for part in found] == [count] + [0] * (
            len(found) - 1
        )
        assert sum(part.rows[0].cells[0].rowspan for part in found) == count

    @pytest.mark.slow
    @pytest.mark.parametrize("landscape", [False, True])
    def test_is_one_cell_in_the_tags(self, landscape: bool) -> None:
        pages = render(issues.issue(grouped(24, landscape=landscape))).pages
        cells = [one for one in elements(pages.structure) if one.role == "TD"]
        assert [cell.rowspan for cell in cells if cell.rowspan > 1] == [24]
        assert len(cells) == 1 + 24 * 2 + 3

    def test_stands_in_the_middle_of_its_rows_on_every_page(self) -> None:
        plan = planned(grouped(24))
        for part in parts(plan):
            cell = part.rows[0].cells[0]
            text = plan.texts[cell.text.key]
            rows = part.rows[: cell.rowspan]
            assert text.height == pytest.approx(sum(row.lines for row in rows) * setter().pitch)
            assert text.above == pytest.approx(text.below)

    @pytest.mark.slow
    def test_leaves_no_row_of_it_alone(self) -> None:
        for lines in range(1, 14):
            issue = issues.issue(*issues.lines_of_text(lines), grouped(12))
            plan = make_plan(issue, layouts()["dongtai"], faces(), Order(), {})
            for part in parts(plan):
                assert part.rows[0].cells[0].rowspan > 1

    def test_stays_whole_where_it_is_short(self) -> None:
        rows = ((Cell("片区", rowspan=5), Cell("甲")), *((Cell("乙"),) for _ in range(4)))
        for part in parts(planned(replace(issues.table((), []), rows=rows * 12))):
            assert len(part.rows) % 5 == 0

    def test_may_leave_a_row_nothing_of_its_own(self) -> None:
        """As a row of double height is where Excel exports it."""
        double = ((Cell("甲", rowspan=2), Cell("乙", rowspan=2)), ())
        plain = (issues.row(("丙", "丁")),) * 12
        table = replace(issues.table((), []), rows=(*plain, *double, *plain))
        rows = [row for part in parts(planned(table)) for row in part.rows]
        assert [len(row.cells) for row in rows[12:14]] == [2, 0]

    def test_is_parted_between_the_short_groups_in_it(self) -> None:
        rows = (
            (Cell("全市", rowspan=24), Cell("片区", rowspan=4), Cell("甲")),
            *((Cell("乙"),) for _ in range(3)),
        )
        more = ((Cell("片区", rowspan=4), Cell("甲")), *rows[1:])
        table = replace(issues.table((), []), rows=(*rows, *more * 5))
        for part in parts(planned(table))[:-1]:
            assert len(part.rows) % 4 == 0

    def test_of_steps_that_hold_one_another_is_parted_all_the_same(self) -> None:
        rows: list[tuple[Cell, ...]] = [(Cell("甲", rowspan=2), Cell("乙"))]
        rows += [(Cell("丙", rowspan=2),) for _ in range(58)]
        rows.append((Cell("丁"),))
        assert not planned(replace(issues.table((), []), rows=tuple(rows))).faults


@pytest.mark.parametrize("lines", range(6, 15))
def test_two_tall_rows_under_one_cell_are_parted_where_no_page_has_room(lines: int) -> None:
    tall = Cell("\n".join("长" * lines))
    rows = ((Cell("片区", rowspan=2), tall), (tall,))
    table = replace(issues.table(("类别", "任务"), []), rows=rows, caption="表1", landscape=True)
    assert not planned(table).faults


@pytest.mark.slow
@given(st.lists(st.integers(1, 4), min_size=2, max_size=40), st.data())
def test_both_parts_of_a_cell_have_room_for_its_text(
    heights: list[int], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(heights) - 2))
    end = data.draw(st.integers(first + 2, len(heights)))
    lines = data.draw(st.integers(1, sum(heights[first:end])))
    begins = Groups(heights, [Span(first, end, lines)], 7, 20).beginnings()
    for row in range(first + 1, end):
        if begins[row]:
            assert lines <= min(sum(heights[first:row]), sum(heights[row:end]))


def test_a_group_parts_where_two_rows_of_it_stand_on_either_side() -> None:
    def beginnings(rows: int) -> list[bool]:
        return Groups([5] * rows, [Span(0, rows, 1)], whole=7, room=40).beginnings()

    assert [row for row, begins in enumerate(beginnings(4)) if begins] == [0, 2]
    assert [row for row, begins in enumerate(beginnings(3)) if begins] == [0]


@pytest.mark.slow
def test_a_cell_that_no_page_holds_is_named() -> None:
    own = setter()
    plan_table(
        issues.table(("项目", "内容"), [("甲", "长" * 2600)], pointer="/articles/0/body/0"), own
    )
    (fault,) = own.faults
    assert fault.code == "table/row-too-tall"
    assert "“长长长长长长长长长长”一格" in fault.message
    assert "拆成几行" in fault.hint


def test_a_cell_of_several_rows_makes_all_of_them_higher() -> None:
    rows = ((Cell("\n".join("甲乙丙丁戊己"), rowspan=3), Cell("一")), (Cell("二"),), (Cell("三"),))
    (part,) = plan_table(replace(issues.table((), []), rows=rows), setter())
    assert isinstance(part, TablePlan)
    heights = [row.lines for row in part.rows]
    assert max(heights) - min(heights) <= 1 < max(heights)


@pytest.mark.parametrize("landscape", [False, True])
def test_the_title_of_a_section_keeps_a_row(landscape: bool) -> None:
    rows = ((Cell("小标题", colspan=2),), *[issues.row(("甲", "乙"))] * 3) * 20
    for part in parts(planned(replace(issues.table((), []), rows=rows, landscape=landscape))):
        assert part.rows[-1].cells[0].colspan == 1


def test_a_table_of_nothing_but_wide_cells_is_no_row_of_titles() -> None:
    table = replace(issues.table((), []), rows=((Cell("一、", colspan=2),),) * 60)
    assert not planned(table).faults


class TestTheClosingBlock:
    """It does not stand alone after a table."""

    @pytest.mark.parametrize("count", range(8, 26))
    def test_has_rows_above_it_after_a_long_group(self, count: int) -> None:
        last = parts(planned(grouped(count)))[-1]
        assert len(last.rows) >= 2

    @pytest.mark.parametrize("lines", range(1, 7))
    def test_has_rows_above_it_after_a_few_tall_rows(self, lines: int) -> None:
        table = issues.table(("项目", "内容"), [("甲", "\n".join("长" * lines))] * 8)
        plan = planned(table)
        assert not plan.made_up.closing_begins_page


def elements(element: Element) -> list[Element]:
    """Return an element with all in it."""
    return [element, *(one for part in element.parts for one in elements(part))]


class TestColumnsBesideALabel:
    """A cell beside several rows takes lines of its own rather than the room of other columns."""

    LONG = "东部片区（含高新区、经开区）各责任单位"

    def test_short_texts_are_in_columns_that_are_alike(self) -> None:
        (part,) = plan_table(grouped(6), setter())
        assert isinstance(part, TablePlan)
        assert max(part.widths) < 1.5 * min(part.widths)

    def test_a_long_label_turns_over_before_it_is_wide(self) -> None:
        (part,) = plan_table(grouped(6, self.LONG), setter())
        assert isinstance(part, TablePlan)
        assert len(part.rows[0].cells[0].text.lines) > 1
        assert part.widths[0] < sum(part.widths) / 2

    def test_it_may_be_empty(self) -> None:
        plan = planned(grouped(24, ""))
        assert not plan.faults

    def test_it_makes_no_row_higher(self) -> None:
        (part,) = plan_table(grouped(6, self.LONG), setter())
        assert isinstance(part, TablePlan)
        assert {row.lines for row in part.rows} == {1}


@pytest.mark.parametrize(
    ("caption", "label"), [("表2 任务", "续表2"), ("附表1 课程", "续附表1"), ("任务", "续表")]
)
def test_what_is_printed_over_the_next_part_has_the_number_of_the_table(
    caption: str, label: str
) -> None:
    plan = planned(replace(grouped(60), caption=caption))
    over = [text for text in plan.texts if text.style == "table_continued"]
    assert {line.text for text in over for line in text.lines} == {label}


@pytest.mark.parametrize(("columns", "chars"), [(4, 353), (4, 367), (5, 202), (5, 206)])
def test_a_landscape_table_that_goes_on_has_room_for_its_tallest_row(
    columns: int, chars: int
) -> None:
    """What tells that it goes on takes more than no caption does."""
    measure = "健全长效机制推动城乡环境综合整治走深走实，" * 20
    short, tall = ("1", *["张贴标语"] * columns), ("3", *[measure[:chars]] * columns)
    rows = tuple(issues.row(each) for each in (short, short, tall, short))
    header = ("序号", *["工作措施"] * columns)
    plan = planned(replace(issues.table(header, [], landscape=True), rows=rows))
    width = layouts()["dongtai"].pt("page.type_area_width")
    assert not plan.faults
    for part in parts(plan):
        rest = sum(row.lines for row in part.rows)
        assert (part.head_lines + rest) * setter().pitch <= width + 0.01
