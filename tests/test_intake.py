"""Issue JSON → Issue and passages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.finding import Severity
from hongtou.bulletin.issue import (
    Run,
    Series,
)
from hongtou.bulletin.passage import Kind, Passage
from hongtou.intake import Reading, issue_schema, read_issue
from hongtou.intake.pointers import pointer
from tests.support.documents import article, document, encoded, masthead

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "issues" / "real-issue.json"


def read(**parts: Any) -> Reading:
    reading = read_issue(encoded(document(**parts)), images=["a.png"])
    assert reading.issue is not None, reading.findings
    return reading


def passages(pointer: str, **parts: Any) -> list[Passage]:
    return [each for each in read(**parts).passages if each.pointer == pointer]


class TestBriefs:
    def test_there_may_be_twenty_groups(self) -> None:
        groups = [{"items": ["近日。"]}] * 21
        issue = read(briefs=groups[:20]).issue
        assert issue is not None and len(issue.briefs) == 20
        assert read_issue(encoded(document(briefs=groups))).issue is None

    @pytest.mark.parametrize("mark", ["★", "★ ", "● ", "■", "◆", "·", "　★　", ""])
    def test_a_leading_mark_is_dropped(self, mark: str) -> None:
        issue = read(briefs={"items": [f"{mark}近日开会。"]}).issue
        assert issue is not None and issue.briefs
        assert [item.paragraphs[0].text for item in issue.briefs[0].items] == ["近日开会。"]

    def test_an_item_may_have_a_byline_and_several_paragraphs(self) -> None:
        issue = read(
            briefs={"heading": "简讯", "items": [{"text": "甲。\n乙。", "byline": "丙"}]}
        ).issue
        assert issue is not None and issue.briefs
        (item,) = issue.briefs[0].items
        assert ([each.text for each in item.paragraphs], item.byline) == (["甲。", "乙。"], "丙")
        assert issue.briefs[0].heading == "简讯"

    def test_their_heading_has_a_default(self) -> None:
        issue = read(briefs={"items": ["甲。"]}).issue
        assert issue is not None and issue.briefs
        assert issue.briefs[0].heading == "工作简讯"


class TestIssue:
    def test_what_is_left_out_has_its_default(self) -> None:
        issue = read().issue
        assert issue is not None
        assert issue.layout == "dongtai"
        assert issue.masthead.series is Series.REGULAR
        assert issue.contents.show is None
        assert issue.closing.imprint_body == "某某市创建办"
        assert issue.closing.imprint_date == date(2017, 12, 22)

    def test_the_imprint_may_be_its_own(self) -> None:
        issue = read(closing={"imprint_body": "某办", "imprint_date": "2017-12-25"}).issue
        assert issue is not None
        assert issue.closing.imprint_body == "某办"
        assert issue.closing.imprint_date == date(2017, 12, 25)

    def test_a_headline_keeps_its_wished_breaks_and_a_nameplate_its_lines(self) -> None:
        issue = read(
            masthead=masthead(nameplate=" 城乡\n工作动态 "),
            articles=[article(headline="创新方法 \n\n　服务群众")],
        ).issue
        assert issue is not None
        assert issue.masthead.nameplate == ("城乡", "工作动态")
        assert issue.articles[0].headline == "创新方法\n服务群众"

    def test_a_single_zero_width_character_is_dropped_with_a_warning(self) -> None:
        reading = read(articles=[article(headline="工\u200b作")])
        assert reading.issue is not None
        assert reading.issue.articles[0].headline == "工作"
        (finding,) = reading.findings
        assert finding.severity is Severity.WARNING
        assert finding.suggestion is not None
        assert (finding.suggestion.start, finding.suggestion.end) == (1, 2)


class TestPassages:
    def test_they_name_their_place_for_people(self) -> None:
        places = {
            passage.pointer: passage.place
            for passage in read(
                articles=[
                    article(),
                    article(
                        body=[
                            "段。",
                            {"type": "table", "header": ["甲", "乙"], "rows": [["1", "2"]] * 3},
                        ]
                    ),
                ],
                briefs={"items": ["一。", {"text": "二。"}]},
                closing={"report_to": "省文明办", "editors": ["陈炜", "王龙"]},
            ).passages
        }
        assert places["/masthead/nameplate"] == "报头·简报名称"
        assert places["/articles/0/headline"] == "第1篇标题"
        assert places["/articles/1/body/0"] == "第2篇第1段"
        assert places["/articles/1/body/1/header/1"] == "第2篇第2段表格表头第2格"
        assert places["/articles/1/body/1/rows/2/1"] == "第2篇第2段表格第3行第2格"
        assert places["/briefs/items/0"] == "简讯第1条"
        assert places["/briefs/items/1/text"] == "简讯第2条"
        assert places["/closing/report_to"] == "报尾·报"
        assert places["/closing/editors/1"] == "报尾·编辑第2人"

    def test_a_paragraph_with_a_lead_in_is_several_passages(self) -> None:
        assert passages("/articles/0/body", articles=[article(body="甲。\n　**乙。**丙。")]) == [
            Passage("/articles/0/body", 0, "甲。", Kind.PARAGRAPH, "第1篇第1段"),
            Passage("/articles/0/body", 6, "乙。", Kind.LEAD_IN, "第1篇第2段", closes=False),
            Passage("/articles/0/body", 10, "丙。", Kind.PARAGRAPH, "第1篇第2段", opens=False),
        ]

    def test_a_dropped_character_parts_a_passage(self) -> None:
        found = passages("/articles/0/headline", articles=[article(headline="工\u200b作")])
        assert [(each.start, each.text, each.opens, each.closes) for each in found] == [
            (0, "工", True, False),
            (2, "作", False, True),
        ]

    def test_they_stand_in_reading_order(self) -> None:
        places = [passage.place for passage in read(briefs={"items": ["一。"]}).passages]
        assert places == [
            "报头·简报名称",
            "报头·编发单位",
            "第1篇标题",
            "第1篇第1段",
            "简讯第1条",
        ]


@pytest.mark.defect(11)
def test_the_schema_is_made_from_the_contract_and_lies_in_no_file() -> None:
    """What `/v1/schema` answers is made from the models: tests/web/test_listings.py compares the two."""
    copies = [path for path in (ROOT / "service").rglob("*.json") if "$defs" in path.read_text()]
    assert copies == []


def test_every_field_of_the_schema_has_a_chinese_title() -> None:
    schema = issue_schema()
    for part in (schema, *schema["$defs"].values()):
        for name, field in part["properties"].items():
            assert name == "type" or "$ref" in field or not field["title"].isascii(), name


def test_a_real_issue_is_read_without_a_fault() -> None:
    reading = read_issue(SAMPLE.read_bytes())
    assert reading.findings == ()
    assert reading.issue is not None
    assert len(reading.issue.articles) == 3
    assert reading.issue.articles[1].body[1].runs[0] == Run("整治环境卫生。", "lead_in")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ((), ""),
        (("articles", 0, "body"), "/articles/0/body"),
        (("a~b",), "/a~0b"),
        (("a/b",), "/a~1b"),
        (("标题", 1), "/标题/1"),
        (("\ud800",), "/\ufffd"),
    ],
)
def test_a_place_is_written_as_a_json_pointer(path: tuple[str | int, ...], written: str) -> None:
    assert pointer(path) == written
