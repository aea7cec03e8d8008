"""What stands in old files for a sign: raised figures, symbol fonts, marks around a name, dates."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.importing.lines import SourceLine, Standing
from hongtou.importing.pdf_rows import Glyph, levelled
from hongtou.importing.rules import read_lines
from tests.test_importing import LONG, imported, issue, kinds

TITLE = "全市工作推进有声有色"
EM = 16.0


def glyphs(*runs: tuple[str, float, float]) -> list[Glyph]:
    """Return characters of a row; each run is smaller than the first by a factor, and raised."""
    made: list[Glyph] = []
    left = 0.0
    for text, size, raised in runs:
        for char in text:
            right = left + size * EM / 2
            made.append(Glyph(char, "body", size * EM, left, right, 100 + raised * EM, False))
            left = right
    return made


class TestRaised:
    @pytest.mark.parametrize(
        ("runs", "text", "flat"),
        [
            ([("3m", 1, 0), ("2", 0.65, 0.33), ("，", 1, 0)], "3m²，", ""),
            ([("10", 1, 0), ("-4", 0.6, 0.4), ("m", 1, 0), ("3", 0.6, 0.4)], "10⁻⁴m³", ""),
            ([("CO", 1, 0), ("2", 0.65, -0.14), ("降", 1, 0)], "CO₂降", ""),
            ([("PM", 1, 0), ("2.5", 0.65, -0.14)], "PM₂.₅", ""),
            ([("第1", 1, 0), ("st", 0.65, 0.33), ("名", 1, 0)], "第1st名", "st"),
            ([("工作动态", 1, 0), ("总第2期", 0.6, 0)], "工作动态总第2期", ""),
        ],
    )
    def test_figures_beside_others_are_indices(self, runs: Any, text: str, flat: str) -> None:
        found = list(levelled(glyphs(*runs)))
        assert "".join(one.char for one in found) == text
        assert "".join(one.char for one in found if one.is_flat) == flat
        assert len({one.baseline for one in found}) == 1

    def test_smaller_type_further_on_is_none(self) -> None:
        row = glyphs(("甲", 1, 0), ("2", 0.65, 0.33))
        apart = [row[0], row[1]._replace(left=row[1].left + EM, right=row[1].right + EM)]
        assert list(levelled(apart)) == apart


class TestSymbolFonts:
    def test_a_bullet_is_the_mark_that_every_font_has(self) -> None:
        found = imported(issue(TITLE, LONG, "工作简讯", f"\uf0d8{LONG}", f"\uf0d8{LONG}"))
        assert found.issue["briefs"] == {"heading": "工作简讯", "mark": "▶", "items": [LONG, LONG]}

    def test_what_no_other_font_has_is_left_out_and_told(self) -> None:
        found = imported(issue(TITLE, f"\uf0e4{LONG}"))
        assert found.issue["articles"][0]["body"] == LONG
        assert any("符号字体" in one.message and one.line for one in found.doubts)

    def test_characters_of_an_older_standard_stay(self) -> None:
        found = imported(issue(TITLE, f"\ue863{LONG}"))
        assert found.issue["articles"][0]["body"] == f"\ue863{LONG}"


class TestNamesBetweenMarks:
    @pytest.mark.parametrize("line", ["★ 基层动态 ★", "◆基层动态◆", "★★★基层动态★★★"])
    def test_are_a_section_above_a_title(self, line: str) -> None:
        (article,) = imported(issue(line, TITLE, LONG)).issue["articles"]
        assert (article["section"], article["headline"]) == ("基层动态", TITLE)

    def test_a_name_is_more_than_the_space_between_marks(self) -> None:
        found = imported(issue(TITLE, LONG, "★　★", "县委组织部开展干部轮训", LONG)).issue
        assert "　" not in {one.get("section", "") for one in found["articles"]}

    @pytest.mark.parametrize("line", ["★　★　★", "＊＊＊", "◆◆◆◆", "***"])
    def test_marks_without_a_name_are_a_rule(self, line: str) -> None:
        found = imported(issue(TITLE, LONG, line, LONG))
        assert found.issue["articles"] == [{"headline": TITLE, "body": f"{LONG}\n{LONG}"}]
        assert kinds(found)[line] == "folio"

    @pytest.mark.parametrize("heading", ["★★★一句话新闻★★★", "★ 一句话新闻 ★"])
    def test_are_the_heading_of_short_news_with_the_same_mark(self, heading: str) -> None:
        items = ["1月3日，区残联走访慰问。", "1月4日，区妇联举办讲座。"]
        found = imported(issue(TITLE, LONG, heading, *(f"★{item}" for item in items))).issue
        assert found["briefs"] == {"heading": "一句话新闻", "items": items}

    def test_are_the_heading_of_short_news(self) -> None:
        found = imported(issue(TITLE, LONG, "★ 基层动态 ★", f"★{LONG}", f"★{LONG}")).issue
        assert found["briefs"] == {"heading": "基层动态", "items": [LONG, LONG]}

    def test_an_item_between_marks_of_its_own_is_short_news(self) -> None:
        found = imported(issue("工作简讯", f"★{LONG}★", f"★{LONG}"))
        assert len(found.issue["briefs"]["items"]) == 2


class TestDates:
    @pytest.mark.parametrize("day", ["2026-03-02", "2026.3.2", "2026/3/2", "２０２６－３－２"])
    def test_in_figures_alone(self, day: str) -> None:
        head = f"工作动态\n第3期\n市创建办　　{day}"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert (masthead["issuing_body"], masthead["issue_date"]) == ("市创建办", "2026-03-02")

    @pytest.mark.parametrize(
        "day",
        ["二○二六年三月二日", "二O二六年三月二日", "二０二六年三月二日", "二零二六年三月二日"],
    )
    def test_with_what_old_files_have_for_a_zero(self, day: str) -> None:
        head = f"工作动态\n第三十○期\n市创建办　　{day}"
        found = imported(issue(TITLE, LONG, "报：市委", f"市创建办　{day}印发", head=head)).issue
        assert found["masthead"]["issue_date"] == "2026-03-02"
        assert found["masthead"]["issue_number"] == 30
        assert found["closing"] == {
            "report_to": "市委",
            "imprint_body": "市创建办",
            "imprint_date": "2026-03-02",
        }

    def test_a_period_above_the_date_leaves_no_body(self) -> None:
        head = "工作动态\n第3期\n（2026年2月1日—2026年2月28日）\n市创建办　　2026年3月2日"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert (masthead["issuing_body"], masthead["issue_date"]) == ("市创建办", "2026-03-02")

    def test_an_imprint_that_cannot_be_read_is_no_recipient(self) -> None:
        found = imported(issue(TITLE, LONG, "报：市委", "市创建办　三月初印发"))
        assert "市创建办" not in found.issue["closing"].get("report_to", "")
        assert any(found.lines[one.line - 1].text.startswith("市创建办") for one in found.doubts)

    @pytest.mark.parametrize(
        ("number", "imprint", "told"),
        [
            ("〔2026〕第3期", "", "日期没有年份，按期号补作2026年"),
            ("第3期", "市创建办　　2026年3月3日印发", "日期没有年份，按报尾补作2026年"),
        ],
    )
    def test_without_a_year_have_that_of_the_issue(
        self, number: str, imprint: str, told: str
    ) -> None:
        head = f"工作动态\n{number}\n市创建办　　3月2日"
        found = imported(issue(TITLE, LONG, imprint, head=head))
        assert found.issue["masthead"]["issue_date"] == "2026-03-02"
        assert any(told in one.message for one in found.doubts)

    def test_without_any_year_are_told(self) -> None:
        head = "工作动态\n第3期\n市创建办　　3月2日"
        found = imported(issue(TITLE, LONG, head=head))
        assert "issue_date" not in found.issue["masthead"]
        assert any("“3月2日”没有年份" in one.message for one in found.doubts)
        assert kinds(found)[TITLE] == "headline"


def test_what_is_too_long_is_taken_and_told_with_its_length() -> None:
    found = imported(issue(TITLE, "长" * 5_100 + "。", "工作简讯", f"★{'短' * 600}。"))
    told = {one.pointer: (one.message, one.line) for one in found.doubts if "上限" in one.message}
    assert told.keys() == {"/articles/0/body", "/briefs/items/0"}
    message, line = told["/articles/0/body"]
    assert "5101 字，超过上限 5000 字；照样取了，请分段" in message
    assert found.lines[line - 1].text.startswith("长长")


def test_main_and_copied_recipients_are_two_lists() -> None:
    closing = imported(issue(TITLE, LONG, "主送：省委组织部", "抄送：市委办")).issue["closing"]
    assert (closing["report_to"], closing["send_to"]) == ("省委组织部", "市委办")
    assert closing["labels"] == {"report_to": "主送", "send_to": "抄送"}


def test_a_line_that_begins_with_a_dash_goes_with_the_title_above_it() -> None:
    centred = [
        SourceLine(number, text, Standing.TITLE, size=22)
        for number, text in enumerate((TITLE, "——系列报道之一"), 1)
    ]
    found = read_lines([*centred, SourceLine(3, LONG, Standing.PARAGRAPH, size=16)])
    (article,) = found.issue["articles"]
    assert (article["headline"], article["subhead"]) == (TITLE, "——系列报道之一")


def test_rows_of_a_note_are_one_paragraph_and_told() -> None:
    rows = [f"编者按：{LONG[:30]}", LONG[30:]]
    lines = [SourceLine(number, text, size=16) for number, text in enumerate(rows, 1)]
    title = SourceLine(3, TITLE, Standing.TITLE, size=22)
    found = read_lines([*lines, title, SourceLine(4, LONG, Standing.PARAGRAPH, size=16)])
    assert found.issue["editors_note"] == LONG
    assert any("接成一段" in one.message and one.line == 2 for one in found.doubts)


class TestLabelsInTheMasthead:
    HEAD = "工作动态\n第3期\n市创建办　签发：{}　2026年3月2日"

    @pytest.mark.parametrize(
        ("said", "names"),
        [
            ("王建国", ["王建国"]),
            ("李　敏、赵四海", ["李敏", "赵四海"]),
            ("阿依·古丽", ["阿依·古丽"]),
        ],
    )
    def test_who_answers_for_the_issue_goes_to_the_closing_block(
        self, said: str, names: list[str]
    ) -> None:
        found = imported(issue(TITLE, LONG, head=self.HEAD.format(said)))
        assert found.issue["masthead"]["issuing_body"] == "市创建办"
        assert found.issue["masthead"]["issue_date"] == "2026-03-02"
        assert found.issue["closing"]["approvers"] == names
        assert f"“签发：{said}”移到了报尾" in {one.message for one in found.doubts}

    def test_who_stands_there_too_is_not_told(self) -> None:
        found = imported(issue(TITLE, LONG, "签发：王建国", head=self.HEAD.format("王建国")))
        assert found.issue["closing"]["approvers"] == ["王建国"]
        assert not [one for one in found.doubts if "签发" in one.message]

    def test_somebody_else_there_is_told(self) -> None:
        found = imported(issue(TITLE, LONG, "签发：赵四海", head=self.HEAD.format("王建国")))
        assert found.issue["closing"]["approvers"] == ["赵四海"]
        assert [one.line for one in found.doubts if "没有取：报尾已有" in one.message] == [3]

    def test_a_line_of_its_own_may_stand_below_the_date(self) -> None:
        head = "工作动态\n第3期\n市创建办　2026年3月2日\n签发人：王建国\n审核：李敏"
        found = imported(issue(TITLE, LONG, head=head)).issue
        assert (found["closing"]["approvers"], found["closing"]["reviewers"]) == (
            ["王建国"],
            ["李敏"],
        )
        assert [one["headline"] for one in found["articles"]] == [TITLE]

    @pytest.mark.parametrize(
        "head",
        [
            "主办：  市创建办\n工作动态\n第3期\n2026年3月2日",
            "工作动态\n第3期\n主办单位：市创建办　2026年3月2日",
            "工作动态\n第3期\n2026年3月2日\n编印：市创建办",
        ],
    )
    def test_a_body_goes_without_its_label_which_is_told(self, head: str) -> None:
        found = imported(issue(TITLE, LONG, head=head))
        masthead = found.issue["masthead"]
        assert (masthead["nameplate"], masthead["issuing_body"]) == ("工作动态", "市创建办")
        assert [one.message for one in found.doubts if "编发单位只写名称" in one.message]


def test_a_rare_character_of_a_name_stays_whatever_its_age() -> None:
    """Characters of GB 18030-2022 that Python 3.11 has not heard of."""
    line = "王\U0002ebf1同志、李\U00031350同志在会上发言，大家深受教育。"
    (article,) = imported(issue(TITLE, line)).issue["articles"]
    assert article["body"] == line


def test_the_tenth_attachment_of_a_line_is_one_of_its_own() -> None:
    names = "甲乙丙丁戊己庚辛壬癸"
    line = "附件：" + "；".join(f"{number}.{name}方案" for number, name in enumerate(names, 1))
    (article,) = imported(issue(TITLE, LONG, line)).issue["articles"]
    assert article["body"][-1]["items"] == [f"{name}方案" for name in names]


@pytest.mark.parametrize(
    "last", ["审核：杨明　编辑：王龙　报送：省委办公厅", "编辑：王龙　报送：省委办公厅"]
)
def test_recipients_beside_the_editor_are_words(last: str) -> None:
    closing = imported(issue(TITLE, LONG, last)).issue["closing"]
    assert (closing["report_to"], closing["editors"]) == ("省委办公厅", ["王龙"])
