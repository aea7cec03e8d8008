"""What stands in old files for a sign: raised figures, symbol fonts, marks around a name, dates."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.importing.pdf_rows import Glyph, levelled
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
