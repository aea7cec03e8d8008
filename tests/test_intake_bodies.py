"""The body of an article: lines, level numbers, lead-ins and blocks."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import (
    AttachmentList,
    Figure,
    FigureRow,
    Heading,
    Note,
    Paragraph,
    Run,
)
from hongtou.bulletin.table import Cell, Table
from hongtou.intake import read_issue
from tests.support import issues
from tests.support.documents import article, document, encoded


def blocks(body: Any) -> tuple[Any, ...]:
    sent = document(articles=[article(body=body)])
    issue = read_issue(encoded(sent), images=["a.png"]).issue
    assert issue is not None
    return issue.articles[0].body


def faults(body: Any) -> set[str]:
    """Return the codes of what is found in a body."""
    return {finding.code for finding in findings(body)}


def findings(body: Any) -> tuple[Finding, ...]:
    sent = document(articles=[article(body=body)])
    return tuple(read_issue(encoded(sent), images=["a.png"]).findings)


def runs(line: str) -> list[tuple[str, str]]:
    (paragraph,) = blocks(line)
    assert isinstance(paragraph, Paragraph)
    return [(run.text, run.style) for run in paragraph.runs]


class TestBody:
    def test_every_line_that_is_not_blank_is_a_paragraph(self) -> None:
        assert [block.text for block in blocks("　　第一段。 \r\n\n \u3000\n\t第二段。")] == [
            "第一段。",
            "第二段。",
        ]

    def test_strings_and_blocks_may_follow_each_other(self) -> None:
        sent = [
            "第一段。\n第二段。",
            {"type": "paragraph", "text": " 第三段。"},
            {"type": "heading", "level": 2, "text": "（一）健全机制"},
            {"type": "note", "text": "此件公开发布"},
            {"type": "attachments", "items": ["名单", "方案"]},
            {"type": "figure", "image": "a.png", "caption": "现场", "width_mm": 120},
        ]
        assert blocks(sent) == (
            Paragraph((Run("第一段。"),)),
            Paragraph((Run("第二段。"),)),
            Paragraph((Run("第三段。"),)),
            Heading(2, "（一）健全机制"),
            Note("此件公开发布"),
            AttachmentList(("名单", "方案")),
            Figure("a.png", "现场", 120.0, "/articles/0/body/5"),
        )

    @pytest.mark.parametrize(
        ("firsts", "told"),
        [
            (["总产值", "　　其中：种植业", "　　　　　畜牧业"], 2),
            (["总产值", "  其中：种植业", {"text": "　畜牧业"}], 2),
            (["　总产值", "　种植业"], 0),  # all alike
            ([" 9", "10"], 0),  # a space is a slip
            (["总产值", "　　", ""], 0),
        ],
    )
    def test_rows_that_hung_under_others_by_an_indent_are_told(
        self, firsts: list[Any], told: int
    ) -> None:
        found = findings([{"type": "table", "rows": [[first, "1"] for first in firsts]}])
        assert [one.message for one in found if one.code == "table/indent-dropped"] == [
            f"第1篇第1段表格有{count}行的项目前有空格，印出来与上一级对齐，看不出从属"
            for count in [told] * bool(told)
        ]

    def test_a_table_is_read_cell_by_cell(self) -> None:
        sent = {
            "type": "table",
            "caption": "进度",
            "header": ["县区", "进度"],
            "rows": [["甲县", " 80%\n完成"], ["乙县", ""]],
            "align": ["left", "right"],
            "orientation": "landscape",
        }
        assert blocks([sent]) == (
            issues.table(
                ("县区", "进度"),
                (("甲县", "80%\n完成"), ("乙县", "")),
                ("left", "right"),
                caption="进度",
                landscape=True,
                pointer="/articles/0/body/0",
            ),
        )

    def test_cells_may_span_and_a_header_may_have_several_rows(self) -> None:
        sent = {
            "type": "table",
            "header": [
                [{"text": "地区", "rowspan": 2}, {"text": "事故", "colspan": 2}],
                ["起", "人"],
            ],
            "rows": [["甲县", {"text": "3", "align": "decimal"}, "2"], ["合计", "3", "2"]],
            "unit": "单位：起、人",
            "notes": [" 注：含较大事故。"],
            "total_rows": 1,
        }
        (table,) = blocks([sent])
        assert isinstance(table, Table)
        assert table.columns == 3
        assert table.header == (
            (Cell("地区", rowspan=2), Cell("事故", colspan=2)),
            (Cell("起"), Cell("人")),
        )
        assert table.rows[0][1] == Cell("3", align="decimal")
        assert (table.unit, table.notes, table.total_rows) == (
            "单位：起、人",
            ("注：含较大事故。",),
            1,
        )

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"rows": [[{"text": "甲", "colspan": 2}], ["乙"]]}, "table/spans"),
            ({"rows": [[{"text": "甲", "rowspan": 2}, "乙"]]}, "table/spans"),
            ({"header": [["甲", "乙"], ["丙"]], "rows": [["1", "2"]]}, "table/ragged-row"),
            ({"rows": [[{"text": "甲", "colspan": 17}]]}, "document/too-long"),
            ({"rows": [[{"text": "甲", "colspan": 0}]]}, "document/out-of-range"),
            ({"rows": [[{"txt": "甲"}]]}, "document/unknown-field"),
            ({"rows": [[12]]}, "document/wrong-type"),
            ({"rows": [["甲"]], "total_rows": 2}, "table/total-rows"),
        ],
    )
    def test_what_fills_no_grid_is_refused(self, fields: dict[str, Any], code: str) -> None:
        assert code in faults([{"type": "table", **fields}])

    def test_a_cell_that_is_null_is_told_in_words_of_the_contract(self) -> None:
        (found,) = findings([{"type": "table", "rows": [["甲", None]]}])
        assert (found.code, found.hint) == ("document/wrong-type", "请用英文双引号括起来")

    def test_pictures_stand_side_by_side_in_twos_and_threes(self) -> None:
        items = [{"image": "a.png", "caption": "整治前", "alt": "旧房"}, {"image": "a.png"}]
        (row,) = blocks([{"type": "figures", "items": items, "caption": "对比"}])
        path = "/articles/0/body/0/items"
        assert row == FigureRow(
            (
                Figure("a.png", "整治前", None, f"{path}/0", "旧房"),
                Figure("a.png", pointer=f"{path}/1"),
            ),
            "对比",
        )
        assert "picture/row-count" in faults([{"type": "figures", "items": items[:1]}])

    @pytest.mark.parametrize(
        "text", ["<b>x</b>。", "{{ x }}。", "&amp;。", "a*b。", "#一。", "`x`。", "1 < 2。"]
    )
    def test_nothing_else_is_markup(self, text: str) -> None:
        assert runs(text) == [(text, "text")]


class TestLevels:
    @pytest.mark.parametrize(
        ("line", "level"),
        [
            ("一、健全机制", 1),
            ("十二、健全机制", 1),
            ("（一）健全机制", 2),
            ("(一)健全机制", 2),
            ("1.健全机制", 3),
            ("1．健全机制", 3),
            ("12. 健全机制", 3),
            ("（1）健全机制", 4),
            ("一、**健全**机制", 1),
        ],
    )
    def test_a_number_without_a_sentence_is_a_heading(self, line: str, level: int) -> None:
        assert blocks(line) == (Heading(level, line.replace("**", "")),)

    @pytest.mark.parametrize(
        "line",
        [
            "1.5万元用于补助",
            "1. 5万元用于补助",
            "2017.12印发",
            "2017年完成20%",
            "（2017）12号文件",
            "一是健全机制",
            "第一、健全机制",
            "1、健全机制",
            "一、",
            "一、各单位要健全机制。",
            "（一）落实责任；",
            "（一）落实责任，",
        ],
    )
    def test_what_only_looks_like_a_heading_is_a_paragraph(self, line: str) -> None:
        assert runs(line) == [(line, "text")]

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("一、健全机制。各单位要落实。", [("一、健全机制。", "heading_1"), ("各单位要落实。", "text")]),
            ("（二）“放管服。”各单位", [("（二）“放管服。”", "heading_2"), ("各单位", "text")]),
            ("1.怎么办？大家说。", [("1.怎么办？", "heading_3"), ("大家说。", "text")]),
            (
                "（1）健全机制。各**单位**要",
                [("（1）健全机制。", "heading_4"), ("各", "text"), ("单位", "lead_in"), ("要", "text")],
            ),
            (
                "一、**健全。落实**责任。",
                [("一、", "heading_1"), ("健全。", "heading_1"), ("落实", "lead_in"), ("责任。", "text")],
            ),
        ],
    )  # fmt: skip
    def test_a_sentence_after_it_makes_it_run_in(
        self, line: str, expected: list[tuple[str, str]]
    ) -> None:
        assert runs(line) == expected

    def test_a_paragraph_block_is_never_a_heading_of_its_own(self) -> None:
        (block,) = blocks([{"type": "paragraph", "text": "一、健全机制"}])
        assert block == Paragraph((Run("一、健全机制"),))


class TestLeadIns:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("**创建。**进一步", [("创建。", "lead_in"), ("进一步", "text")]),
            (
                "先**甲**后**乙**",
                [("先", "text"), ("甲", "lead_in"), ("后", "text"), ("乙", "lead_in")],
            ),
            ("** 创建。 ** 后", [("创建。 ", "lead_in"), (" 后", "text")]),
            ("**一、创建。**后。", [("一、创建。", "lead_in"), ("后。", "text")]),
            ("**a*b**", [("a*b", "lead_in")]),
            ("**未完", [("**未完", "text")]),
            ("甲** **乙", [("甲** **乙", "text")]),
            ("****", [("****", "text")]),
            ("**甲**乙**", [("甲", "lead_in"), ("乙**", "text")]),
        ],
    )
    def test_marks_that_pair_set_a_lead_in(
        self, line: str, expected: list[tuple[str, str]]
    ) -> None:
        assert runs(line) == expected


def test_a_fault_in_an_annex_says_that_it_is_in_one() -> None:
    annex = {"type": "annex", "label": "附件1", "title": "名单", "body": " "}
    (found,) = findings(["甲。", annex])
    assert found.message == "第1篇·正文第2项·附件·正文：是空的"
