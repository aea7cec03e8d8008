"""The masthead: the number in every form, whose issue it is, and how large its name is."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from hongtou.bulletin.file_names import ascii_name, file_name
from hongtou.bulletin.issue import Security, Series
from hongtou.bulletin.measure import mm_from_pt
from hongtou.bulletin.month import Month, agree, first_day
from hongtou.bulletin.numerals import chinese_date, issue_line
from hongtou.bulletin.order import Order
from hongtou.intake import read_issue
from hongtou.pages.page import Page, PlacedText
from hongtou.paginate.pagination import paginate
from hongtou.plan import Plan, make_plan
from tests.support import issues
from tests.support.documents import document, encoded, masthead
from tests.support.printed import packed
from tests.support.reading import lines_of, render
from tests.support.shop import faces, layouts

MEETING = "安澜市第十二届人民代表大会第三次会议"


def sizes(**fields: Any) -> dict[str, float]:
    """Return the size in points of every line that is set with such a masthead."""
    made = render(issues.issue(issues.paragraph("国"), masthead=issues.masthead(**fields)))
    return {packed(line.text): line.size_pt for line in lines_of(made.content)}


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, "第33期"),
        ({"total_number": 1268}, "第33期（总第1268期）"),
        ({"year": 2026, "total_number": 1268}, "2026年第33期（总第1268期）"),
        ({"year": 2026, "series": Series.SUPPLEMENT}, "2026年增刊第33期"),
        ({"issue_label": "第33、34期（合刊）"}, "第33、34期（合刊）"),
        ({"issue_label": "第十二期", "year": 2026}, "2026年第十二期"),
    ],
)
def test_the_number_of_an_issue(fields: dict[str, Any], wanted: str) -> None:
    assert issue_line(issues.masthead(**fields)) == wanted


@pytest.mark.parametrize(
    ("year", "is_one"), [(1948, False), (1949, True), (2199, True), (2200, False)]
)
def test_the_years_of_an_issue(year: int, *, is_one: bool) -> None:
    assert (read_issue(encoded(document(masthead=masthead(year=year)))).issue is not None) is is_one


def test_a_month_is_a_date_without_a_day() -> None:
    reading = read_issue(encoded(document(masthead=masthead(issue_date="2026-10"))))
    assert reading.issue is not None
    assert reading.issue.masthead.issue_date == Month(2026, 10)
    assert reading.issue.closing.imprint_date == Month(2026, 10)
    assert chinese_date(Month(2026, 10)) == "2026年10月"


def test_a_month_prints_the_same_wherever_it_stands() -> None:
    assert repr(Month(2026, 10, "/masthead/issue_date", 3)) == repr(Month(2026, 10))
    assert first_day(Month(2026, 10)) == date(2026, 10, 1)
    assert agree(Month(2026, 10), date(2026, 10, 16))
    assert not agree(Month(2026, 10), date(2026, 11, 1))


def test_a_month_is_the_same_wherever_it_stands() -> None:
    placed = Month(2026, 10, "/masthead/issue_date", 4)
    assert placed == Month(2026, 10)
    assert repr(placed) == repr(Month(2026, 10))


@pytest.mark.parametrize(
    ("sent", "code", "hint"),
    [
        ("2026-13", "date/impossible", "请核对年月日"),
        ("2026年10月", "date/unreadable", "是否指 2026-10？"),
        ("2026-10-16", None, ""),
        ("2026年10月" + "　" * 32, "date/unreadable", "是否指 2026-10？"),
        ("2026年2月30日", "date/unreadable", "这一天也不存在，请核对年月日，写成 2017-12-22 这样"),
        ("2026.13", "date/unreadable", "这一天也不存在，请核对年月日，写成 2017-12-22 这样"),
        ("2026年10月" + "　" * 33, "date/unreadable", "请写成 年-月-日，例如 2017-12-22"),
    ],
)
def test_a_month_that_does_not_exist_is_refused(sent: str, code: str | None, hint: str) -> None:
    found = read_issue(encoded(document(masthead=masthead(issue_date=sent)))).findings
    assert [(one.code, one.hint) for one in found] == ([(code, hint)] if code else [])


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"issue_number": 33}, "bulletin-2017-33.pdf"),
        ({"issue_number": 52, "year": 2016}, "bulletin-2016-52.pdf"),
        ({"issue_number": 2, "series": "supplement"}, "bulletin-2017-supplement-2.pdf"),
    ],
)
def test_its_ascii_name_tells_it_from_other_issues(fields: dict[str, Any], name: str) -> None:
    issue = read_issue(encoded(document(masthead=masthead(**fields)))).issue
    assert issue is not None
    assert ascii_name(issue, "pdf") == name


def test_up_to_three_bodies_issue_it_one_a_line_and_the_first_prints_it() -> None:
    bodies = ["安澜市城乡环境治理领导小组办公室", "安澜市住房和城乡建设局", "安澜市生态环境局"]
    reading = read_issue(encoded(document(masthead=masthead(issuing_body=bodies))))
    assert reading.issue is not None
    lines = [packed(line.text) for line in lines_of(render(reading.issue).content)]
    at = lines.index(bodies[0])
    assert lines[at : at + 2] == bodies[:2]
    assert lines[at + 2] in (bodies[2], f"{bodies[2]}2017年12月22日")
    assert reading.issue.closing.imprint_body == bodies[0]
    for wrong in ([*bodies, "甲"], []):
        fault = read_issue(encoded(document(masthead=masthead(issuing_body=wrong)))).findings[0]
        assert fault.pointer == "/masthead/issuing_body"


def test_only_the_last_body_leaves_the_date_its_room() -> None:
    long = "某某市创建全国文明城市工作指挥部办公室"
    fields = {"issuing_bodies": (long, long, "市委办")}
    assert [line for line in sizes(**fields) if "文明城市" in line] == [long]


def test_lines_in_one_string_are_told_how_to_be_sent() -> None:
    (fault,) = read_issue(encoded(document(masthead=masthead(issuing_body="甲\n乙")))).findings
    assert (fault.code, fault.hint) == ("text/line-break", "几个单位请写成列表，每个单位一项")


def test_a_number_in_words_is_told_where_words_go() -> None:
    sent = document(masthead=masthead(issue_number="2026年第42期"))
    (fault,) = read_issue(encoded(sent)).findings
    assert (fault.code, fault.pointer) == ("document/wrong-type", "/masthead/issue_number")
    assert "year" in fault.hint and "issue_label" in fault.hint


class TestNameplate:
    def test_each_line_is_as_large_as_it_can_be(self) -> None:
        found = sizes(nameplate=(MEETING, "简报"))
        assert found["简报"] == pytest.approx(44)
        assert found[MEETING] < 25

    def test_lines_that_are_nearly_alike_share_a_size(self) -> None:
        found = sizes(nameplate=("政协安澜市第十一届委员会", "第四次会议大会发言简报"))
        assert len({found["政协安澜市第十一届委员会"], found["第四次会议大会发言简报"]}) == 1

    def test_a_second_line_in_brackets_is_smaller_than_the_name(self) -> None:
        found = sizes(nameplate=("党风廉政建设和反腐败工作简报", "（审计专刊）"))
        assert found["（审计专刊）"] < 0.7 * found["党风廉政建设和反腐败工作简报"]

    def test_a_line_in_brackets_alone_is_the_name(self) -> None:
        assert sizes(nameplate=("（试刊）",))["（试刊）"] == pytest.approx(64)

    @pytest.mark.parametrize(
        ("nameplate", "told"),
        [
            (("党风廉政建设和反腐败工作简报", "（审计专刊）"), "第1行"),
            (("简报", "党风廉政建设和反腐败工作专刊"), "第2行"),
            (("工作简报", "（审计专刊）"), None),
            (("城乡环境综合治理", "工作动态"), None),
        ],
    )
    def test_a_small_line_of_the_name_is_told_of(
        self, nameplate: tuple[str, str], told: str | None
    ) -> None:
        issue = issues.issue(masthead=issues.masthead(nameplate=nameplate))
        found = make_plan(issue, layouts()["dongtai"], faces(), Order(), {}).remarks
        small = [one.message for one in found if one.code == "masthead/nameplate-small"]
        assert bool(small) is bool(told)
        assert all(told in message for message in small if told)

    @pytest.mark.slow
    def test_a_line_over_it_is_small_and_leaves_it_its_size(self) -> None:
        alone = sizes(nameplate=("简报",))["简报"]
        found = sizes(nameplate=("简报",), overline=MEETING)
        assert found["简报"] == alone
        assert found[MEETING] < alone / 2

    @pytest.mark.parametrize(
        ("characters", "is_small"), [(20, False), (30, False), (31, True), (36, True)]
    )
    def test_a_line_over_it_that_is_small_is_told_of(self, characters: int, is_small: bool) -> None:
        long = ("某某市第十三届委员会第八次全体会议暨经济工作会议" * 2)[:characters]
        issue = issues.issue(masthead=issues.masthead(nameplate=("简报",), overline=long))
        plan = make_plan(issue, layouts()["dongtai"], faces(), Order(), {})
        told = [one for one in plan.remarks if one.code == "masthead/overline-small"]
        assert bool(told) == is_small
        assert all(one.pointer == "/masthead/overline" for one in told)
        assert all("太长" in one.message for one in told)

    def test_the_line_over_it_does_not_move_what_follows(self) -> None:
        def top(**fields: Any) -> float:
            made = render(issues.issue(issues.paragraph("国"), masthead=issues.masthead(**fields)))
            return next(line.baseline for line in lines_of(made.content) if "第33期" in line.text)

        assert top(overline=MEETING) == pytest.approx(top(), abs=0.01)

    def test_it_is_part_of_the_name(self) -> None:
        issue = issues.issue(masthead=issues.masthead(nameplate=("简报",), overline=MEETING))
        assert file_name(issue, "pdf").startswith(f"{MEETING} 简报第33期")


@pytest.mark.parametrize(
    ("lines", "is_flush"),
    [
        (("某某市人民政府办公室", "城乡环境工作动态"), True),
        (("城乡环境工作动态", "某某市人民政府办公室"), True),
        (("某某市人民政府", "工作动态快报"), True),
        (("某某市人民政府办公室", "工作动态"), False),
    ],
)
def test_two_lines_of_a_name_have_one_width_or_the_same_gaps(
    lines: tuple[str, str], is_flush: bool
) -> None:
    issue = issues.issue(issues.paragraph("国"), masthead=issues.masthead(nameplate=lines))
    plan = make_plan(issue, layouts()["dongtai"], faces(), Order(), {})
    first, second = (text.lines[0] for text in plan.masthead.nameplate)
    gaps = [line.gaps[0] / line.size for line in (first, second)]
    assert (first.width == pytest.approx(second.width, abs=0.01)) == is_flush
    assert (gaps[0] == pytest.approx(gaps[1], abs=0.001)) != is_flush


class TestMarksAndBodies:
    """However much stands in the masthead, the red rule leaves the page to the text."""

    THREE = ("某某市创建办", "某某市城市管理局", "某某市生态环境局")
    NAME = ("某某市人民政府办公室", "城乡环境工作动态")

    @pytest.mark.parametrize("number", [None, 42])
    @pytest.mark.parametrize("marks", range(4))
    @pytest.mark.parametrize("bodies", range(1, 4))
    def test_the_red_rule_stands_within_110_mm(
        self, bodies: int, marks: int, number: int | None
    ) -> None:
        page = self.page(marks, bodies, number)
        (rule,) = (rule for rule in page.rules if rule.colour == "red")
        assert mm_from_pt(rule.area.y) <= 110
        last = max(y for y in self.baselines(page, "issuing_line"))
        assert last < rule.area.y

    @pytest.mark.parametrize("number", [None, 42])
    @pytest.mark.parametrize("marks", range(4))
    @pytest.mark.parametrize("bodies", range(1, 4))
    def test_so_it_does_under_a_name_on_two_lines_and_a_line_over_it(
        self, bodies: int, marks: int, number: int | None
    ) -> None:
        plan = self.plan(marks, bodies, number, nameplate=self.NAME, overline=MEETING)
        page = paginate(plan).pages[0]
        (rule,) = (rule for rule in page.rules if rule.colour == "red")
        assert mm_from_pt(rule.area.y) <= 110
        small = [one for one in plan.remarks if one.code == "masthead/nameplate-small"]
        name = plan.masthead.nameplate[0].lines[0].size
        assert bool(small) == (name < 36)
        assert name >= 36 or bodies == 3
        assert all("周围的内容太多" in one.message for one in small)
        columns = ("overline", "nameplate", "issue_line", "issuing_line")
        boxes = [
            (line.baseline - 0.88 * line.line.size, line.baseline + 0.12 * line.line.size)
            for style in columns
            for text in self.texts(page, style)
            for line in text.lines
        ]
        assert all(above[1] <= below[0] for above, below in pairwise(boxes))

    def test_a_name_is_no_smaller_for_a_rule_that_comes_too_low_all_the_same(self) -> None:
        long = "某某市全面深化改革委员会办公室某某市优化营商环境领导小组办公室" * 2
        plan = self.plan(3, 3, 42, nameplate=self.NAME, issuing_bodies=(long,) * 3)
        assert plan.masthead.nameplate[0].lines[0].size >= 36
        assert not [one for one in plan.remarks if one.code == "masthead/nameplate-small"]

    def test_marks_stand_in_a_row_only_where_the_name_would_be_small(self) -> None:
        roomy = self.plan(3, 1, 42, nameplate=("政务要情",))
        full = self.plan(3, 2, 42, nameplate=self.NAME, overline=MEETING)
        assert len(roomy.masthead.marks) == 3
        (row,) = full.masthead.marks
        assert row.text == "机密★1年　特急　内部资料 注意保存"
        (placed,) = self.texts(paginate(full).pages[0], "masthead_mark")
        assert self.baselines(paginate(full).pages[0], "copy_number") == [
            pytest.approx(placed.lines[0].baseline, abs=0.01)
        ]

    def test_the_line_over_the_name_is_under_it_in_size_however_small_that_is(self) -> None:
        for bodies in range(1, 4):
            plan = self.plan(3, bodies, 42, nameplate=self.NAME, overline="市创建办")
            assert plan.masthead.overline
            over, name = (
                text.lines[0].size for text in (plan.masthead.overline, plan.masthead.nameplate[0])
            )
            assert over <= 0.55 * name + 0.01

    def test_the_last_of_three_marks_goes_to_the_right_only_where_it_must(self) -> None:
        left = {
            bodies: [
                text.lines[0].line.x
                for text in self.texts(self.page(3, bodies, 42), "masthead_mark")
            ]
            for bodies in (1, 3)
        }
        assert left[1] == [0, 0, 0]
        assert left[3][:2] == [0, 0]
        assert left[3][2] > layouts()["dongtai"].pt("page.type_area_width") / 2

    @pytest.mark.parametrize("number", [None, 42])
    def test_what_shares_a_line_stands_on_one_baseline(self, number: int | None) -> None:
        page = self.page(3, 3, number)
        first, second, last = self.baselines(page, "masthead_mark")
        if number:
            assert self.baselines(page, "copy_number") == [pytest.approx(first, abs=0.01)]
        assert last == pytest.approx(second if number else first, abs=0.01)
        (day,) = self.baselines(page, "issuing_date")
        assert self.baselines(page, "issuing_line")[-1] == pytest.approx(day, abs=0.01)

    def page(self, marks: int, bodies: int, number: int | None) -> Page:
        return paginate(self.plan(marks, bodies, number, nameplate=("政务要情",))).pages[0]

    def plan(self, marks: int, bodies: int, number: int | None, **name: Any) -> Plan:
        given: dict[str, Any] = {
            "security": Security("机密", "1年"),
            "urgency": "特急",
            "notice": "内部资料 注意保存",
        }
        fields = dict(list(given.items())[:marks]) | {"issuing_bodies": self.THREE[:bodies]}
        sent = issues.masthead(**{"copy_number": number, **fields, **name})
        issue = issues.issue(issues.paragraph("国"), masthead=sent)
        return make_plan(issue, layouts()["dongtai"], faces(), Order(), {})

    def texts(self, page: Page, style: str) -> list[PlacedText]:
        return [text for text in page.texts if text.text.style == style]

    def baselines(self, page: Page, style: str) -> list[float]:
        return [line.baseline for text in self.texts(page, style) for line in text.lines]
