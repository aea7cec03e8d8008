"""Columns of tables: who gets how much of the measure, and what must not be parted."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongtou.bulletin.table import Cell, Table
from hongtou.bulletin.table_grid import SpanFault, first_columns
from hongtou.plan.column_search import column_step, measure_of, shared_out
from hongtou.plan.columns import Setting, set_columns
from hongtou.plan.table_cells import draft_rows
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from tests.support import issues
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
        [line.text for line in cell.text.lines]
        for part in parts(table, setter)
        for row in part.rows
        for cell in row.cells
    ]


def parts(table: Table, setter: TextSetter) -> list[TablePlan]:
    """Return the parts of a table."""
    return [part for part in plan_table(table, setter) if isinstance(part, TablePlan)]


def test_numbers_and_short_names_stay_whole_and_long_remarks_take_lines() -> None:
    made = cells(issues.table(HEADER, ROWS), setter())
    for row in ROWS:
        for whole in row[:5]:
            assert [whole] in made


def test_numbers_for_which_there_is_no_room_are_told() -> None:
    table = issues.table((), (("12345.67",) * 12,), pointer="/articles/0/body/1")
    narrow = setter()
    plan_table(table, narrow)
    (remark,) = narrow.remarks
    assert (remark.code, remark.pointer) == ("table/too-narrow", "/articles/0/body/1")
    assert "landscape" in remark.hint


@pytest.mark.slow
@given(st.lists(st.floats(0, 200), min_size=1, max_size=12), st.integers(28, 40))
def test_columns_fill_the_measure_and_none_is_too_narrow(
    wants: list[float], characters: int
) -> None:
    least = [LEAST_COLUMN] * len(wants)
    widths = shared_out(wants, least, characters, wants)
    assert sum(widths) == characters
    assert all(width >= low for width, low in zip(widths, least, strict=True))


@pytest.mark.parametrize(
    ("wants", "widths"),
    [([4, 4, 100], (4, 4, 20)), ([7, 7], (14, 14)), ([100, 100, 4], (12, 12, 4))],
)
def test_who_wants_little_gets_it(wants: list[float], widths: tuple[int, ...]) -> None:
    growth = [want - LEAST_COLUMN for want in wants]
    assert shared_out(wants, [LEAST_COLUMN] * len(wants), 28, growth) == widths


class TestWhatIsNotParted:
    """Numbers, times, dates and short names are whole in every cell, in smaller type if need be."""

    WHOLE = ("9:00—10:30", "2026年12月31日", "-3.75", "1,234.5万元", "100%", "古丽·阿卜杜拉", "3—5")

    @pytest.mark.parametrize("whole", WHOLE)
    def test_beside_long_texts(self, whole: str) -> None:
        long = "现场观摩龙塘村、关口镇整治点位，听取情况介绍"
        table = issues.table(("时间", "内容", "地点", "参加人员"), [(whole, long, long, long)] * 3)
        assert [whole] in cells(table, setter())

    def test_words_of_a_header_stay_whole_before_a_bracket(self) -> None:
        header = ("序号", "项目", "总投资（万元）", "完成投资（万元）")
        table = issues.table(header, [("1", "雨污分流改造" * 6, "3480", "2150")])
        (part,) = parts(table, setter())
        for cell in part.header[0].cells:
            for line in cell.text.lines:
                assert line.text.count("（") == line.text.count("）"), line.text

    def test_smaller_type_is_taken_first_and_told(self) -> None:
        shrinking = setter()
        made = cells(issues.table((), [("1234567.89",) * 7]), shrinking)
        assert made == [["1234567.89"]] * 7
        assert [remark.code for remark in shrinking.remarks] == ["table/smaller-type"]

    @pytest.mark.parametrize("over", [("单位", "合计"), ("合计", "同比")])
    def test_twelve_months_are_as_narrow_as_their_figures(self, over: tuple[str, str]) -> None:
        months = tuple(f"{number}月" for number in range(1, 13))
        figures = tuple(str(1035 + number) for number in range(12))
        rows = [(name, *figures, "12873", "11.5%") for name in ("城关镇", "河口镇", "龙潭街道")]
        shrinking = setter()
        made = cells(issues.table(("乡镇", *months, *over), rows), shrinking)
        assert all([figure] in made for figure in (*figures, "12873", "11.5%"))
        assert [remark.code for remark in shrinking.remarks] == ["table/smaller-type"]

    @pytest.mark.parametrize("figure", ["{}", "{:.1f}%"])
    def test_sixteen_columns_stand_nearer_to_the_rules_before_a_figure_is_parted(
        self, figure: str
    ) -> None:
        months = tuple(f"{number}月" for number in range(1, 13))
        least = 1000 if figure == "{}" else 10
        figures = tuple(figure.format(least + number) for number in range(12))
        rows = [(name, "亿元", *figures, "15000", "12.5%") for name in ("工业增加值", "进出口")]
        table = issues.table(("指标", "单位", *months, "合计", "增长"), rows)
        own = setter()
        made = cells(table, own)
        assert all([whole] in made for whole in (*figures, "15000", "12.5%"))
        assert [remark.code for remark in own.remarks] == ["table/smaller-type"]
        (part,) = parts(table, own)
        assert part.is_close

    def test_a_table_that_has_room_keeps_its_padding(self) -> None:
        (part,) = parts(issues.table((), [("12345.67",) * 7]), setter())
        assert not part.is_close

    def test_where_one_column_is_too_wide_the_others_keep_their_figures_whole(self) -> None:
        row = (*(f"{number}00%" for number in range(1, 10)), "49382.68" * 6)
        made = cells(issues.table((), [row]), setter())
        for whole in row[:-1]:
            assert [whole] in made


class TestWidths:
    """Columns get the widths that take the fewest lines, as far as moving steps shows."""

    HEADER = ("序号", "单位", "项目名称", "建设内容", "总投资（万元）", "完成率")
    ROWS = (
        ("1", "青坪县", "龙塘片区雨污分流改造工程", "新建雨水管网12.6千米、污水管网18.4千米", "3480", "61.8%"),
        ("2", "石桥县", "东门老旧小区改造项目（二期）", "改造房屋46栋1872户，加装电梯31部", "4847", "63.2%"),
        ("3", "云溪区", "关口镇生活垃圾中转站迁建", "日转运能力150吨", "7581", "64.4%"),
        ("4", "河东新区", "县第二污水处理厂提标扩能工程", "由2万立方米/日扩至4万立方米/日", "8948", "64.8%"),
    )  # fmt: skip

    def lines(self, widths: tuple[int, ...], setting: Setting, setter: TextSetter) -> int:
        """Return how many lines of the grid the rows take with these widths."""
        layout = setter.layout
        padding = 2 * layout.pt("table.cell_padding")
        return sum(
            setting.type.rows(
                max(one.count(measure_of(one, widths, column_step(setter), padding)) for one in row)
            )
            for row in (*setting.header, *setting.rows)
        )

    def test_no_step_is_better_in_another_column(self) -> None:
        own = setter()
        setting = set_columns(issues.table(self.HEADER, self.ROWS), own.measure, own)
        fewest = self.lines(setting.widths, setting, own)
        for giver, taker in permutations(range(len(self.HEADER)), 2):
            moved = list(setting.widths)
            moved[giver] -= 1
            moved[taker] += 1
            if moved[giver] * column_step(
                own
            ) >= LEAST_COLUMN * own.layout.character_pt and self.is_whole(
                giver, moved[giver], setting, own
            ):
                assert self.lines(tuple(moved), setting, own) >= fewest

    def is_whole(self, column: int, width: int, setting: Setting, setter: TextSetter) -> bool:
        """Tell whether nothing of a column that belongs together is wider than this."""
        room = width * column_step(setter) - 2 * setter.layout.pt("table.cell_padding")
        return all(row[column].whole <= room for row in (*setting.header, *setting.rows))

    def test_a_column_gets_the_room_that_several_others_can_spare(self) -> None:
        """No single one of them has enough for a line less of it."""
        works = "年产正极材料10万吨、负极材料15万吨，新建厂房28万平方米"
        header = ("名称", *(f"第{at}季度" for at in "一二三"), "内容")
        rows = [("项目", "12", "34", "56", works)] * 3
        own = setter()
        setting = set_columns(issues.table(header, rows), own.measure, own)
        needed = [max(row[at].whole for row in (*setting.header, *setting.rows)) for at in range(4)]
        padding, step = 2 * own.layout.pt("table.cell_padding"), column_step(own)
        least = [ceil((need + padding) / step - 1e-6) for need in needed]
        most = sum(setting.widths) - sum(least)
        fewest = (*least, most)
        assert self.lines(setting.widths, setting, own) == self.lines(fewest, setting, own)


class TestTallTables:
    """A long table with many lines a row takes smaller type where that saves a quarter of it."""

    HEADER = (
        "序号",
        "姓名",
        "出生年月",
        "学历学位",
        "工作单位",
        "职务（职称）",
        "主要业绩",
        "类别",
    )
    ROW = (
        "阿依古丽·艾合买提", "1974.09", "硕士研究生", "江州师范学院数学与统计学院",
        "高级工程师", "高寒山区杂交水稻抗病育种和栽培技术推广", "创新领军人才",
    )  # fmt: skip

    def setting(self, count: int, own: TextSetter) -> Setting:
        rows = [(str(at), *self.ROW) for at in range(1, count + 1)]
        return set_columns(issues.table(self.HEADER, rows), own.measure, own)

    @pytest.mark.slow
    def test_a_long_one(self) -> None:
        own = setter()
        assert self.setting(20, own).type.shrunk < 1
        (remark,) = own.remarks
        assert remark.code == "table/smaller-type"
        assert "文字多" in remark.message

    @pytest.mark.slow
    def test_one_that_stays_whole_keeps_its_type(self) -> None:
        own = setter()
        assert self.setting(4, own).type.shrunk > self.setting(20, setter()).type.shrunk
        (remark,) = own.remarks
        assert "较宽" in remark.message


class TestRows:
    """No line of type comes near a rule, and what stays together is told."""

    LEAST = 0.3  # em

    @pytest.mark.parametrize("lines", range(1, 12))
    def test_type_keeps_its_distance_from_the_rules(self, lines: int) -> None:
        own = setter()
        table = issues.table((), [("\n".join(["项目"] * lines), "一")])
        (part,) = parts(table, own)
        text = part.rows[0].cells[0].text
        size = text.lines[0].size
        baseline = own.layout.em("composition.baseline") * size
        over = text.baselines[0] - baseline
        under = text.heights[-1] - text.baselines[-1] - (size - baseline)
        assert over >= self.LEAST * size
        assert under >= self.LEAST * size
        assert text.height == pytest.approx(part.rows[0].lines * own.pitch)

    def test_a_small_table_stays_whole_and_of_a_long_one_no_row_is_alone(self) -> None:
        small, long = (
            parts(issues.table(("甲",), [("一",)] * count), setter())[0].rows for count in (8, 30)
        )
        assert [row.stays for row in small] == [False, *[True] * 7]
        assert [at for at, row in enumerate(long) if row.stays] == [1, 29]

    def test_a_first_row_of_two_lines_is_not_alone_under_its_header(self) -> None:
        (part,) = parts(issues.table(("甲",), [("一\n二",)] * 9), setter())
        assert [at for at, row in enumerate(part.rows) if row.stays] == [8]

    def test_a_small_table_of_two_lines_a_row_stays_whole(self) -> None:
        (part,) = parts(issues.table(("甲",), [("一\n二",)] * 7), setter())
        assert all(row.stays for row in part.rows[1:])

    def test_what_spans_rows_stays_with_them(self) -> None:
        rows = (
            (Cell("片区", rowspan=3), Cell("甲")),
            (Cell("乙"),),
            (Cell("丙"),),
        )
        table = issues.table((), [])
        (part,) = parts(replace(table, rows=rows * 5), setter())
        assert [row.stays for row in part.rows[3:12]] == [False, True, True] * 3

    def test_more_rows_than_a_page_holds_do_not_all_stay(self) -> None:
        table = issues.table(("甲",), [("\n".join("甲乙丙丁戊己"),)] * 8)
        (part,) = parts(table, setter())
        assert not all(row.stays for row in part.rows[1:])


@pytest.mark.parametrize("text", ["（一期）", "12%", "已办结。", "《通知》"])
def test_what_is_set_right_ends_with_its_ink_where_figures_end(text: str) -> None:
    table = issues.table((), [(text,), ("12",)], ("right",))
    (part,) = parts(table, setter())
    (mark,), (figures,) = (row.cells[0].text.lines for row in part.rows)
    blank = mark.size / 2 if text[-1] in "）。》" else 0
    assert mark.x + mark.width - blank == pytest.approx(figures.x + figures.width, abs=0.01)


class TestDecimals:
    """Whole numbers end under one another, whatever goes before them and follows."""

    @staticmethod
    def ends(*texts: str) -> list[float]:
        """Return where the whole numbers of a column end; each is what stands before "|"."""
        sent = [text.replace("|", "") for text in texts]
        (part,) = parts(issues.table((), [(text,) for text in sent], ("decimal",)), setter())
        places = []
        for row, text in zip(part.rows, texts, strict=True):
            (line,) = row.cells[0].text.lines
            width = compositor().natural_width(text.split("|")[0], "body", line.size)
            places.append(line.x + width)
        return places

    @pytest.mark.parametrize(
        "text",
        [
            "1,234|.5", "-3|.75", "1|.2万", "1|.5×10⁴", "1|.5×10⁻⁴", "约3|", "<0|.01", "≥1,234|.56",
            "±0|.3", "3|.2%", "1 234|.5", "约1|.2亿千瓦时", "12|（14.5）", "12|[1]", "（12|.3）", "↑3|.5%",
            "—|", "——|", "……|", "-|", "/|",
        ],
    )  # fmt: skip
    def test_beside_a_plain_one(self, text: str) -> None:
        places = self.ends("98|", text, "123|.45")
        assert places == pytest.approx([places[0]] * 3, abs=0.01)

    def test_a_whole_number_ends_at_the_sign_that_the_others_have(self) -> None:
        table = issues.table((), [("95.7%",), ("100%",), ("8.5%",), ("—",)], ("decimal",))
        (part,) = parts(table, setter())
        first, whole, other, dash = (row.cells[0].text.lines[0] for row in part.rows)
        assert whole.x + whole.width == pytest.approx(first.x + first.width, abs=0.01)
        assert other.x + other.width == pytest.approx(first.x + first.width, abs=0.01)
        assert dash.x + dash.width < first.x + first.width - 1

    @pytest.mark.parametrize("texts", [("95|.7%", "100|%", "95|.72%"), ("95|.7", "100|")])
    def test_where_signs_are_not_in_line_a_whole_number_ends_at_its_point(
        self, texts: tuple[str, ...]
    ) -> None:
        places = self.ends(*texts)
        assert places == pytest.approx([places[0]] * len(places), abs=0.01)

    @pytest.mark.parametrize("text", ["未统计", "3—5", "9:30", "1/3", ""])
    def test_what_is_no_number_stands_in_the_middle(self, text: str) -> None:
        table = issues.table((), [("98",), (text,), ("1.5",)], ("decimal",))
        own = setter()
        (part,) = parts(table, own)
        middle = part.widths[0] * column_step(own) / 2 - own.layout.pt("table.cell_padding")
        for line in part.rows[1].cells[0].text.lines:
            assert line.x + line.width / 2 == pytest.approx(middle, abs=0.01)


class TestUnasked:
    """Where a table says nothing of alignment, its columns of bare numbers stand as figures do."""

    @staticmethod
    def aligned(*texts: str, align: tuple[str, ...] = ()) -> set[str]:
        rows = [("甲", text) for text in texts]
        _, drafts = draft_rows(issues.table(("名称", "数"), rows, align), setter())
        return {row[1].align for row in drafts}

    @pytest.mark.parametrize(
        "texts",
        [
            ("1", "2"),
            ("12.5%", "100%", "—"),
            ("-3.75", "1,234.5", "98"),
            ("2024", "", "2025"),
            ("1 237", "814", "12 000 000.5"),
            ("↑1.87", "↓0.73", "—"),
            ("＋0.85", "－0.43", "—"),
            ("1,206", "88", "3（输入2）"),
            ("24", "≥120", "10", "8.5", "＜5"),
        ],
    )
    def test_numbers_stand_under_one_another(self, texts: tuple[str, ...]) -> None:
        assert self.aligned(*texts) == {"decimal"}

    @pytest.mark.parametrize(
        "texts",
        [
            ("1", "已办结"),
            ("1", "3（输入2）", "2（疑似）"),
            ("—", "—"),
            ("15～25", "已办结"),
            ("2023年", "2024年"),
            ("10:30", "9:05"),
        ],
    )
    def test_what_is_none_stands_at_the_left(self, texts: tuple[str, ...]) -> None:
        assert self.aligned(*texts) == {"left"}

    @pytest.mark.parametrize(
        "texts",
        [
            ("15～25", "110～160"),
            ("0.5～1.2", "3", "—"),
            ("61.4±0.9", "54", "52±2", "80"),
            ("≥120", "≤5"),
        ],
    )
    def test_ranges_stand_in_the_middle(self, texts: tuple[str, ...]) -> None:
        assert self.aligned(*texts) == {"centre"}

    def test_what_was_asked_for_one_column_leaves_the_others_at_the_left(self) -> None:
        assert self.aligned("1", "2", align=("center",)) == {"left"}

    def test_columns_of_short_texts_are_alike(self) -> None:
        rows = [("2023年", "58", "9"), ("2024年", "55", "8")]
        (part,) = parts(issues.table(("年份", "颗粒物", "硫"), rows), setter())
        assert max(part.widths) < 2 * min(part.widths)

    def test_one_without_any_text_has_room_to_be_written_in(self) -> None:
        rows = [("申诉事项", ""), ("主要负责人签字", "")]
        (part,) = parts(issues.table(("申诉单位", ""), rows), setter())
        assert part.widths[1] > 0.6 * part.widths[0]


class TestGrid:
    """Where cells stand that take several columns or rows."""

    def test_each_takes_the_first_place_that_is_free(self) -> None:
        rows = ((Cell("甲", rowspan=2), Cell("乙", colspan=2)), (Cell("丙"), Cell("丁")))
        assert first_columns(rows, 3) == [[0, 1], [1, 2]]

    @pytest.mark.parametrize(
        "rows",
        [
            ((Cell("甲", colspan=3),),),
            ((Cell("甲"),),),
            ((Cell("甲", rowspan=2), Cell("乙")),),
            ((Cell("甲", rowspan=2), Cell("乙")), (Cell("丙"), Cell("丁"))),
            ((Cell("甲"), Cell("乙", rowspan=2), Cell("丙")), (Cell("丁", colspan=2),)),
        ],
    )
    def test_a_hole_or_two_on_one_place_are_refused(
        self, rows: tuple[tuple[Cell, ...], ...]
    ) -> None:
        with pytest.raises(SpanFault):
            first_columns(rows, 3 if len(rows[0]) == 3 else 2)


class TestRowsOfATurnedTable:
    """They are whole lines of the grid, or lower where that saves a page."""

    def turned(self, rows: int, *, landscape: bool = True) -> list[TablePlan]:
        table = replace(issues.table(("序号", "项目"), [("1", "道路")] * rows), landscape=landscape)
        return parts(table, setter())

    def heights(self, rows: int, *, landscape: bool = True) -> set[float]:
        found = self.turned(rows, landscape=landscape)
        return {row.lines for part in found for row in (*part.header, *part.rows)}

    def test_they_keep_the_grid_where_there_is_room(self) -> None:
        assert self.heights(8) == {1.0}
        assert self.heights(60, landscape=False) == {1.0}

    def test_two_that_would_go_over_stay_on_the_page(self) -> None:
        fit = max(rows for rows in range(8, 20) if self.heights(rows) == {1.0} and
                  len(self.turned(rows)) == 1)  # fmt: skip
        assert len(self.turned(fit + 2)) == 1
        assert max(self.heights(fit + 2)) < 1

    def test_their_texts_stand_clear_of_the_rules(self) -> None:
        for rows in range(8, 30):
            for part in self.turned(rows):
                for cell in (cell for row in part.rows for cell in row.cells):
                    size = cell.text.lines[0].size
                    clear = (cell.text.height - size) / 2
                    assert clear >= 0.3 * size

    def test_parts_fill_no_more_than_the_page(self) -> None:
        width = setter().layout.pt("page.type_area_width")
        for rows in range(8, 60):
            for part in self.turned(rows):
                lines = part.head_lines + sum(row.lines for row in part.rows)
                assert lines * setter().pitch <= width + 0.01


@pytest.mark.parametrize(("text", "piece"), [("及时受理率", "受理率"), ("市农业农村局", "农村局")])
def test_the_last_character_of_a_name_is_not_alone(text: str, piece: str) -> None:
    box = compositor().box(text, "body", 12.0, has_names=True)
    width = compositor().natural_width(piece, "body", 12.0)
    lines = [text[span.first : span.last] for span in box.spans(width)]
    assert lines[-1] == piece


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("≥65岁", 3.1, ["≥65岁"]),
        ("100岁以上（人）", 2.6, ["100岁", "以上", "（人）"]),
        ("60岁以上人口", 2.6, ["60岁", "以上", "人口"]),
        ("居家适老化改造", 4.0, ["居家", "适老化", "改造"]),
        ("市委党校1号楼", 4.0, ["市委党校", "1号楼"]),
    ],
)
def test_a_number_stays_with_its_measure_word_and_what_follows_may_turn_over(
    text: str, characters: float, lines: list[str]
) -> None:
    box = compositor().box(text, "heading", 12.0, has_names=False)
    assert box.widest <= characters * 12.0
    assert [text[span.first : span.last] for span in box.spans(characters * 12.0)] == lines


@pytest.mark.parametrize("text", ["市生态环境局", "至2027年12月31日", "省发展改革委"])
def test_the_first_and_the_last_character_of_a_cell_are_not_alone(text: str) -> None:
    box = compositor().box(text, "body", 12.0, has_names=True)
    for characters in range(2, len(text)):
        if box.widest <= characters * 12.0:
            lines = [text[span.first : span.last] for span in box.spans(characters * 12.0)]
            assert min(map(len, lines)) > 1, lines


def test_columns_keep_their_room_where_no_row_is_saved() -> None:
    rows = [
        ("垃圾收集点改造（处）", "64", "64", "100%"),
        ("雨污管网疏浚（千米）", "21.8", "20.5", "94.0%"),
    ]
    own = setter()
    table = issues.table(("整改事项", "计划数", "完成数", "完成率"), rows)
    widths = set_columns(table, own.measure, own).widths
    assert min(widths) * column_step(own) > 4 * own.layout.character_pt
