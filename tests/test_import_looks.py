"""Word files without styles of headings: type and place tell names, titles and what goes with them."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.importing import Imported
from hongtou.importing.reading import read_file
from hongtou.importing.rehearsal import WORD
from tests.support.word import word_file

LONG = (
    "全市各级各部门坚持问题导向，聚焦重点领域和关键环节，健全机制，压实责任，推动各项工作走深走实。"
)
LARGE, SMALL, TEXT = 44, 24, 32  # half points: 二号, 小四, 三号


def line(text: str, size: int = TEXT, place: str = "") -> str:
    """Return a paragraph with the type and the place that a clerk gives it by hand."""
    placed = f'<w:pPr><w:jc w:val="{place}"/></w:pPr>' if place else ""
    return f'<w:p>{placed}<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>{words(text)}</w:r></w:p>'


def words(text: str) -> str:
    return "<w:br/>".join(f"<w:t>{one}</w:t>" for one in text.split("\n"))


def title(text: str) -> str:
    return line(text, LARGE, "center")


def cell(text: str, columns: int = 1, rows: str = "") -> str:
    merged = f'<w:vMerge w:val="{rows}"/>' if rows else ""
    spans = f'<w:tcPr><w:gridSpan w:val="{columns}"/>{merged}</w:tcPr>'
    return f"<w:tc>{spans}{line(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


HEAD = (
    line("某某市第八次代表大会", TEXT, "center")
    + line("工作简报", 120, "center")
    + line("第3期", TEXT, "center")
    + table(cell("大会秘书处") + cell("2026年3月2日"))
)


def imported(*paragraphs: str, head: str = HEAD, **more: str) -> Imported:
    return read_file(word_file(head + "".join(paragraphs) + line("报：市委"), **more))


def articles(*paragraphs: str, **more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = imported(*paragraphs, **more).issue["articles"]
    return found


class TestMasthead:
    def test_the_name_is_the_largest(self) -> None:
        assert imported(title("全市工作有序推进"), line(LONG)).issue["masthead"] == {
            "nameplate": "工作简报",
            "overline": "某某市第八次代表大会",
            "issue_number": 3,
            "issuing_body": "大会秘书处",
            "issue_date": "2026-03-02",
        }

    def test_a_table_may_hold_the_whole_masthead(self) -> None:
        head = table(
            cell("统 计 信 息", 2),
            cell("〔2026〕第 8 期", 2),
            cell("市统计局") + cell("2026年8月15日"),
        )
        found = imported(title("全市工作有序推进"), line(LONG), head=head)
        assert found.issue["masthead"] == {
            "nameplate": "统计信息",
            "issue_number": 8,
            "year": 2026,
            "issuing_body": "市统计局",
            "issue_date": "2026-08-15",
        }

    def test_a_table_may_hold_the_contents_list(self) -> None:
        rows = (cell("第一个题目") + cell("1"), cell("第二个题目") + cell("5"))
        found = imported(
            line("目　录"),
            table(*rows),
            title("第一个题目"),
            line(LONG),
            title("第二个题目"),
            line(LONG),
        )
        assert [one["headline"] for one in found.issue["articles"]] == ["第一个题目", "第二个题目"]
        assert found.issue["contents"] == {"page_numbers": True}

    def test_letters_that_are_a_drawing_are_read(self) -> None:
        art = (
            '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>'
            '<v:textpath string="政务要情"/></v:shape></w:pict></w:r></w:p>'
        )
        head = art + line("第3期", TEXT, "center") + line("市委办　　2026年3月2日")
        found = imported(title("全市工作有序推进"), line(LONG), head=head)
        assert found.issue["masthead"]["nameplate"] == "政务要情"


class TestTitles:
    def test_what_is_centred_and_larger_than_the_text_is_a_title_with_a_doubt(self) -> None:
        found = imported(title("短题"), line(LONG), title("第二个题目\n分成两行"), line(LONG))
        assert [one["headline"] for one in found.issue["articles"]] == [
            "短题",
            "第二个题目分成两行",
        ]
        titles = [one for one in found.lines if one.kind == "headline"]
        assert [bool(one.doubt) for one in titles] == [True, True, False]  # its second line

    def test_a_style_gives_size_and_place_too(self) -> None:
        styles = (
            f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/>'
            '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="T">'
            '<w:name w:val="大标题"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/>'
            "</w:rPr></w:style></w:styles>"
        )
        text = f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>"
        headline = '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>短题</w:t></w:r></w:p>'
        assert [one["headline"] for one in articles(headline, text, styles=styles)] == ["短题"]

    def test_what_is_centred_around_a_title_goes_with_it(self) -> None:
        (first, second) = articles(
            title("第一个题目"),
            line(LONG),
            line("直面问题　实干担当", TEXT, "center"),
            title("第二个题目"),
            line("——安澜市创建工作纪实", TEXT, "center"),
            line("市创建办　王　磊", TEXT, "center"),
            line(LONG),
        )
        assert first["body"] == LONG
        assert second == {
            "kicker": "直面问题　实干担当",
            "headline": "第二个题目",
            "subhead": "——安澜市创建工作纪实",
            "byline": "市创建办　王　磊",
            "body": LONG,
        }

    def test_each_of_them_is_doubtful(self) -> None:
        above, below = line("直面问题", TEXT, "center"), line("（3月2日）", TEXT, "center")
        found = imported(
            title("第一个题目"), line(LONG), above, title("第二个题目"), below, line(LONG)
        )
        doubted = {one.kind for one in found.lines if one.doubt}
        assert {"kicker", "subhead"} <= doubted

    def test_a_caption_above_a_title_stays_with_its_picture(self) -> None:
        first, second = articles(
            title("第一个题目"),
            line(LONG),
            line("图1：清扫现场", TEXT, "center"),
            title("第二个题目"),
            line(LONG),
        )
        assert "图1：清扫现场" in first["body"]
        assert "kicker" not in second

    def test_a_title_that_the_contents_list_leaves_out_is_a_section(self) -> None:
        contents = "".join(map(line, ("目录", "第一个题目", "第二个题目")))
        found = imported(
            contents,
            line("要闻", 52, "center"),
            title("第一个题目"),
            line(LONG),
            title("第二个题目"),
            line(LONG),
        )
        assert [one.get("section") for one in found.issue["articles"]] == ["要闻", "要闻"]
        assert any("认作栏目" in one.message for one in found.doubts)

    def test_a_short_marked_line_above_a_title_is_a_section(self) -> None:
        found = articles(line("★工作要闻", 36), title("短题"), line(LONG))
        assert [(one["section"], one["headline"]) for one in found] == [("工作要闻", "短题")]

    def test_a_line_broken_within_a_sentence_is_one_paragraph(self) -> None:
        (article,) = articles(
            title("短题"), line("安澜市地处库区，\n全市有十八个乡镇。") + line(LONG)
        )
        assert article["body"].split("\n")[0] == "安澜市地处库区，全市有十八个乡镇。"


class TestMergedCells:
    def body(self, *rows: str) -> Any:
        (article,) = articles(title("短题"), line(LONG), table(*rows), line(LONG))
        return article["body"][1]

    def test_figures_stay_in_their_columns(self) -> None:
        found = self.body(
            cell("乡镇") + cell("产业") + cell("产值"),
            cell("石门乡") + cell("茶叶") + cell("2,150.0"),
            cell("合计", 2) + cell("5,750.5"),
        )
        assert found["rows"][-1] == [{"text": "合计", "colspan": 2}, "5,750.5"]

    def test_heads_over_heads_are_a_header_of_two_rows(self) -> None:
        found = self.body(
            cell("单位", rows="restart") + cell("一季度", 2),
            cell("", rows="continue") + cell("数量") + cell("金额"),
            cell("甲县") + cell("1") + cell("10.5"),
            cell("乙县") + cell("3") + cell("7"),
        )
        assert found["header"] == [
            [{"text": "单位", "rowspan": 2}, {"text": "一季度", "colspan": 2}],
            ["数量", "金额"],
        ]
        assert found["rows"] == [["甲县", "1", "10.5"], ["乙县", "3", "7"]]

    def test_a_cell_over_all_columns_at_the_head_is_the_caption(self) -> None:
        found = self.body(
            cell("一季度进展", 2), cell("单位") + cell("户数"), cell("甲县") + cell("5")
        )
        assert (found["caption"], found["header"]) == ("一季度进展", ["单位", "户数"])

    @pytest.mark.parametrize("columns", [0, 61, 999_999])
    def test_a_width_that_no_table_has_is_none(self, columns: int) -> None:
        found = self.body(
            cell("单位", columns) + cell("户数"), cell("甲县") + cell("5"), cell("乙县") + cell("6")
        )
        assert found["header"] == ["单位", "户数"]
