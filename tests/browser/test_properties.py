"""The line over the manuscript that shows what is said of the part at the caret; columns and rows of pictures."""

from __future__ import annotations

from typing import Any, ClassVar

from tests.browser.test_screens import faults
from tests.support.desk import DeskPage
from tests.support.pictures import village
from tests.support.ways import PARTS, TABLE, beside, choose, menu, pictures, say

MARKS = """() => [...document.querySelectorAll(".brief, .brief-headline")]
    .map((one) => getComputedStyle(one, "::before").content)"""


class TestMark:
    """Each group of short news shows its own mark, where the page has it."""

    def test_the_marks_of_groups_are_those_of_the_issue(self, small_desk: DeskPage) -> None:
        issue = small_desk.issue()
        item = {"headline": "题", "text": "文。"}
        issue["briefs"] = [
            {"heading": "一", "items": ["文。"]},
            {"heading": "二", "mark": "■", "items": ["文。", item]},
            {"heading": "三", "mark": '"\\', "items": ["文。"]},
        ]
        small_desk.begin_with(issue)
        usual, square, odd = '"★ "', '"■ "', '"\\"\\\\ "'
        assert small_desk.page.evaluate(MARKS) == [usual, square, square, "none", odd]

    def test_it_follows_what_is_said_and_undone(self, small_desk: DeskPage) -> None:
        small_desk.put_caret("brief")
        say(small_desk, "条目记号", "◆")
        assert small_desk.page.evaluate(MARKS) == ['"◆ "']
        assert small_desk.issue()["briefs"]["mark"] == "◆"
        small_desk.put_caret("brief")
        small_desk.undo()
        assert small_desk.page.evaluate(MARKS) == ['"★ "']


class TestProperties:
    """The line over the manuscript that shows what is said of the part at the caret."""

    def test_one_visit_is_one_step_of_undo(self, small_desk: DeskPage) -> None:
        small_desk.put_caret("headline")
        before = small_desk.issue()
        small_desk.press("Alt+Enter")
        for letter in "目录里的题":
            small_desk.press("End")
            small_desk.type(letter)
        assert small_desk.issue()["articles"][0]["contents_title"] == "目录里的题"
        small_desk.press("Enter")
        small_desk.undo()
        assert small_desk.issue() == before

    def test_keys_lead_there_and_back(self, small_desk: DeskPage) -> None:
        small_desk.put_caret("paragraph", 0, 4)
        caret = small_desk.page.evaluate("() => desk.caret()")
        for back in ("Escape", "Enter"):
            small_desk.press("Alt+Enter")
            small_desk.press("Tab")
            assert small_desk.page.evaluate("() => document.activeElement.name") == "contents_title"
            small_desk.press(back)
            assert small_desk.page.evaluate("() => desk.view.hasFocus()")
            assert small_desk.page.evaluate("() => desk.caret()") == caret

    def test_a_date_is_read_as_clerks_write_it_and_left_as_typed(
        self, small_desk: DeskPage
    ) -> None:
        menu("落款", "插入")(small_desk)
        say(small_desk, "日期", "2026.11.20")
        assert small_desk.page.input_value("#properties input") == "2026.11.20"
        assert small_desk.issue()["articles"][0]["body"][1] == {
            "type": "signoff",
            "date": "2026-11-20",
        }
        say(small_desk, "日期", "")
        small_desk.put_caret("signoff_body")
        small_desk.type("某某市创建办")
        assert small_desk.issue()["articles"][0]["body"][1] == {
            "type": "signoff",
            "bodies": ["某某市创建办"],
        }

    def test_an_input_method_composes_in_peace(self, small_desk: DeskPage) -> None:
        small_desk.put_caret("headline")
        small_desk.press("Alt+Enter")
        small_desk.settle()
        small_desk.asked.clear()
        small_desk.compose(("m", "mu", "目"))
        small_desk.page.wait_for_timeout(600)
        assert small_desk.asked == []
        small_desk.compose((), "目录题")
        small_desk.wait_for_pages()
        assert small_desk.issue()["articles"][0]["contents_title"] == "目录题"

    def test_a_finding_on_a_property_leads_to_its_field(self, small_desk: DeskPage) -> None:
        menu("落款", "插入")(small_desk)
        small_desk.type("某某市创建办")
        say(small_desk, "日期", "十一月二十日")
        small_desk.put_caret("headline")
        small_desk.wait_for_pages()
        small_desk.page.locator("#findings li", has_text="日期").get_by_role(
            "button", name="去看"
        ).click()
        assert small_desk.page.evaluate("() => document.activeElement.name") == "date"
        assert small_desk.page.evaluate("() => document.activeElement.value") == "十一月二十日"

    def test_axe_finds_nothing_at_any_part(self, small_desk: DeskPage) -> None:
        for step in PARTS:
            step(small_desk)
            assert faults(small_desk) == []

    def test_no_line_of_it_is_wider_than_the_manuscript(self, small_desk: DeskPage) -> None:
        room = "() => { const { scrollWidth, clientWidth, offsetHeight } = document.querySelector('#properties'); return [scrollWidth - clientWidth, offsetHeight]; }"
        heights = set()
        for step in PARTS:
            step(small_desk)
            wider, height = small_desk.page.evaluate(room)
            assert wider <= 0
            heights.add(height)
        assert len(heights) == 1, "nothing moves as the caret does"


class TestColumns:
    def aligned(self, small_desk: DeskPage) -> Any:
        return small_desk.issue()["articles"][0]["body"][1].get("align")

    def test_what_is_said_of_columns_stays_with_them(self, small_desk: DeskPage) -> None:
        TABLE(small_desk)
        small_desk.put_caret("cell_text", 4)
        say(small_desk, "本列对齐", "居右")
        small_desk.put_caret("cell_text", 3)
        choose(small_desk, "加一列", "表格")
        assert self.aligned(small_desk) == ["left", "left", "right"]
        small_desk.put_caret("cell_text", 4)
        choose(small_desk, "删这一列", "表格")
        assert self.aligned(small_desk) == ["left", "right"]
        small_desk.put_caret("cell_text", 4)
        choose(small_desk, "删这一列", "表格")
        assert self.aligned(small_desk) is None


class TestHeader:
    """The header is all rows down to that of the caret, and never the whole table."""

    TABLE: ClassVar[Any] = {"type": "table", "header": ["甲"], "rows": [["一"], ["二"], ["三"]]}

    def begin(self, small_desk: DeskPage) -> Any:
        issue = small_desk.issue()
        issue["articles"][0]["body"] = [self.TABLE, "末段。"]
        small_desk.begin_with(issue)

    def written(self, small_desk: DeskPage) -> Any:
        table = small_desk.issue()["articles"][0]["body"][0]
        return table.get("header"), table["rows"]

    def test_rows_come_and_go(self, small_desk: DeskPage) -> None:
        self.begin(small_desk)
        small_desk.put_caret("cell_text", 2)
        choose(small_desk, "设为表头行", "表格")
        assert self.written(small_desk) == ([["甲"], ["一"], ["二"]], [["三"]])
        small_desk.put_caret("cell_text", 1)
        choose(small_desk, "设为表头行", "表格")
        assert self.written(small_desk) == (["甲"], [["一"], ["二"], ["三"]])

    def test_what_cannot_be_done_is_told_with_what_to_do(self, small_desk: DeskPage) -> None:
        self.begin(small_desk)
        small_desk.put_caret("cell_text", 3)
        choose(small_desk, "设为表头行", "表格")
        assert "至少要留一行" in small_desk.told()
        choose(small_desk, "合并所选各格", "表格")
        assert "选中表格里相邻的几格" in small_desk.told()
        choose(small_desk, "加一行", "表格")
        assert small_desk.told() == ""
        small_desk.put_caret("paragraph", 0)
        choose(small_desk, "表注", "表格")
        assert small_desk.told().endswith("请先把光标放进表格里的一格")


class TestRowsOfPictures:
    def body(self, small_desk: DeskPage) -> Any:
        return small_desk.issue()["articles"][0]["body"][1:]

    def test_three_at_most_and_apart_again(self, small_desk: DeskPage) -> None:
        pictures(4)(small_desk)
        for number in range(4):
            small_desk.put_caret("figure_caption", number)
            small_desk.type(f"图{number}")
        single = self.body(small_desk)
        small_desk.put_caret("figure_caption", 0)
        beside("与下图并排")(small_desk)
        small_desk.put_caret("figure_caption", 0)
        beside("下图也并排")(small_desk)
        assert [len(one.get("items", "1")) for one in self.body(small_desk)] == [3, 1]
        small_desk.put_caret("figure_caption", 0)
        beside("下图也并排")(small_desk)
        assert "一排至多三张" in small_desk.told()
        small_desk.put_caret("figure_caption", 3)
        small_desk.type("整治前后")
        small_desk.wait_for_pages()
        assert small_desk.page.inner_text("#page-count").startswith("共"), (
            small_desk.page.inner_text("#findings")
        )
        beside("各占一行")(small_desk)
        assert self.body(small_desk) == [*single[:3], "整治前后", single[3]]

    def test_another_picture_in_its_place(self, small_desk: DeskPage) -> None:
        pictures(1)(small_desk)
        small_desk.type("村口")
        file = {"name": "新.png", "mimeType": "image/png", "buffer": village()}
        small_desk.page.set_input_files("#properties input[type=file]", files=[file])  # type: ignore[list-item]
        assert self.body(small_desk) == [{"type": "figure", "image": "新.png", "caption": "村口"}]
