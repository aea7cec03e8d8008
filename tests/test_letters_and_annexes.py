"""Blocks of letters and annexes: salutation, sign-off, annex, page break."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest

from hongtou.bulletin.issue import (
    Annex,
    Article,
    Block,
    Heading,
    Issue,
    PageBreak,
    Salutation,
    Signoff,
)
from hongtou.bulletin.month import Month
from hongtou.bulletin.order import Order
from hongtou.intake import read_issue
from hongtou.plan import make_plan
from hongtou.plan.annex_heading import AnnexHeading
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.documents import article, document, encoded
from tests.support.printed import packed
from tests.support.reading import Line, lines_of, render
from tests.support.shop import compositor, faces, layouts

LAYOUT = layouts()["dongtai"]
CHARACTER = LAYOUT.mm("page.type_area_width") / LAYOUT.count("page.characters")
LEFT = LAYOUT.mm("page.binding_margin")
RIGHT = LEFT + LAYOUT.mm("page.type_area_width")
TOP = LAYOUT.mm("page.head_margin")
PITCH = LAYOUT.mm("page.line_pitch")
TEXT = issues.paragraph("各项工作有序推进。")
BLOCKS = [
    {"type": "salutation", "text": "各县（区）创建办："},
    {"type": "signoff", "bodies": ["甲办", "乙局"], "date": "2026-10"},
    {"type": "page_break"},
    {
        "type": "annex",
        "label": "附件1",
        "title": "方案",
        "body": ["正文。", {"type": "page_break"}],
    },
]
BODY_AT = "/articles/0/body"


def drawn(*blocks: Block, layout: str = "dongtai", **parts: Any) -> dict[str, Line]:
    """Return the lines of an issue of these blocks, by what they say."""
    made = render(issues.issue(*blocks, **parts), layout)
    return {packed(line.text): line for line in lines_of(made.content)}


def remarks(issue: Issue, layout: str = "dongtai") -> list[str]:
    """Return the codes of what shows only when an issue is set."""
    plan = make_plan(issue, layouts()[layout], faces(), Order(), {})
    return [one.code for one in plan.remarks]


def read(*blocks: Any) -> Any:
    return read_issue(encoded(document(articles=[article(["国。", *blocks])])))


class TestIntake:
    def test_each_is_read_as_it_was_sent(self) -> None:
        salutation, signoff, page_break, annex = read(*BLOCKS).issue.articles[0].body[1:]
        assert salutation == Salutation("各县（区）创建办：")
        assert signoff == Signoff(("甲办", "乙局"), Month(2026, 10))
        assert page_break == PageBreak(f"{BODY_AT}/3")
        assert (annex.label, annex.title) == ("附件1", "方案")
        assert annex.body[1] == PageBreak(f"{BODY_AT}/4/body/1")

    @pytest.mark.parametrize(
        ("block", "code", "where"),
        [
            ({"type": "annex", "title": "甲"}, "document/missing-field", "/body"),
            ({"type": "annex", "body": "甲。"}, "document/missing-field", "/title"),
            (
                {"type": "annex", "title": "甲", "label": "附件一二三四五", "body": "甲。"},
                "document/too-long",
                "/label",
            ),
            (
                {
                    "type": "annex",
                    "title": "甲",
                    "body": [{"type": "annex", "title": "乙", "body": "乙。"}],
                },
                "body/unknown-block",
                "/body/0",
            ),
            ({"type": "signoff"}, "text/blank", ""),
            ({"type": "signoff", "date": "16日"}, "date/unreadable", "/date"),
            ({"type": "salutation", "text": " "}, "text/blank", "/text"),
            ({"type": "page_break", "text": "甲"}, "document/unknown-field", "/text"),
        ],
    )
    def test_what_is_wrong_with_one_is_named(
        self, block: dict[str, Any], code: str, where: str
    ) -> None:
        (fault,) = read(block).findings
        assert (fault.code, fault.pointer) == (code, f"{BODY_AT}/1{where}")

    def test_pictures_and_tables_of_annexes_count_among_those_of_the_issue(self) -> None:
        tables = [{"type": "table", "rows": [["甲"]]}] * 101
        annex = {"type": "annex", "title": "甲", "body": tables}
        (fault,) = read(annex, annex).findings
        assert (fault.code, fault.pointer) == ("table/too-many", f"{BODY_AT}/2/body/100")


class TestSalutation:
    def test_stands_flush_left(self) -> None:
        found = drawn(Salutation("广大市民朋友们："), TEXT)
        assert found["广大市民朋友们："].x0 == pytest.approx(LEFT, abs=0.5)


class TestSignoff:
    """GB/T 9704-2012 §7.3.5.2."""

    def test_the_body_ends_two_characters_from_the_edge_and_the_date_begins_two_behind_it(
        self,
    ) -> None:
        found = drawn(TEXT, Signoff(("安澜市城乡环境治理办公室",), issues.DAY))
        body, day = found["安澜市城乡环境治理办公室"], found["2026年11月23日"]
        assert body.x1 == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.5)
        assert day.x0 - body.x0 == pytest.approx(2 * CHARACTER, abs=0.7)
        assert day.baseline - body.baseline == pytest.approx(PITCH, abs=0.1)
        text = found["各项工作有序推进。"]
        assert body.baseline - text.baseline == pytest.approx(2 * PITCH, abs=0.1)

    def test_a_date_that_is_longer_ends_there_and_the_body_moves_to_the_left(self) -> None:
        found = drawn(TEXT, Signoff(("市城管局",), issues.DAY))
        body, day = found["市城管局"], found["2026年11月23日"]
        assert day.x1 == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.5)
        assert day.x0 - body.x0 == pytest.approx(2 * CHARACTER, abs=0.7)

    def test_several_bodies_begin_under_one_another(self) -> None:
        found = drawn(TEXT, Signoff(("安澜市城乡环境治理办公室", "安澜市住房和城乡建设局")))
        first, second = found["安澜市城乡环境治理办公室"], found["安澜市住房和城乡建设局"]
        assert first.x0 == pytest.approx(second.x0, abs=0.2)
        assert first.baseline < second.baseline

    def test_a_body_too_long_for_a_line_is_broken_by_its_sense_and_stands_at_the_right(
        self,
    ) -> None:
        long = "安澜市推进国家新型城镇化综合试点和城乡融合发展工作领导小组办公室"
        found = drawn(TEXT, Signoff((long, "安澜市爱卫办"), issues.DAY))
        first, second = (
            found["安澜市推进国家新型城镇化综合试点"],
            found["和城乡融合发展工作领导小组办公室"],
        )
        short, day = found["安澜市爱卫办"], found["2026年11月23日"]
        assert first.x0 == pytest.approx(second.x0, abs=0.2) == pytest.approx(short.x0, abs=0.2)
        assert max(first.x1, second.x1) == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.5)
        assert day.x0 - short.x0 == pytest.approx(2 * CHARACTER, abs=0.7)

    @pytest.mark.slow
    def test_it_stays_with_what_it_signs(self) -> None:
        for count in range(10, 26):
            made = render(
                issues.issue(*issues.lines_of_text(count), Signoff(("甲办",), issues.DAY))
            )
            pages: dict[int, list[str]] = {}
            for line in lines_of(made.content):
                pages.setdefault(line.page, []).append(packed(line.text))
            assert not any(texts[0].startswith(("甲办", "2026年11月")) for texts in pages.values())

    def test_a_layout_that_signs_articles_says_where_both_would(self) -> None:
        article = Article(headline="甲", body=(TEXT, Signoff(("甲办",))), byline="甲办")
        assert remarks(issues.issue(articles=(article,)), "jianbao") == ["signoff/byline-too"]
        assert remarks(issues.issue(articles=(article,)), "dongtai") == []


class TestAnnex:
    """GB/T 9704-2012 §7.3.7."""

    ANNEX = Annex("附件1", "考评得分表", (TEXT,))

    def test_begins_a_page_with_its_label_and_has_its_title_on_the_third_line(self) -> None:
        found = drawn(issues.paragraph("正文。"), self.ANNEX)
        label, title = found["附件1"], found["考评得分表"]
        assert label.page == title.page == found["正文。"].page + 1
        assert label.x0 == pytest.approx(LEFT, abs=0.5)
        assert label.baseline - TOP < PITCH
        assert (title.x0 + title.x1) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
        assert 2 * PITCH < title.baseline - TOP < 3.3 * PITCH

    @pytest.mark.slow
    def test_its_text_stands_on_the_grid(self) -> None:
        found = drawn(issues.paragraph("正文。"), self.ANNEX)
        lines = (found["各项工作有序推进。"].baseline - found["附件1"].baseline) / PITCH
        assert lines == pytest.approx(round(lines), abs=0.01)

    @pytest.mark.slow
    def test_one_that_begins_with_a_landscape_table_has_its_heading_on_that_page(self) -> None:
        annex = Annex(
            "附件1", "任务分解表", (issues.table(("甲",), (("一",),), landscape=True), TEXT)
        )
        issue = issues.issue(issues.paragraph("正文。"), annex)
        with pdfplumber.open(io.BytesIO(render(issue).content)) as pdf:
            found = ["".join(char["text"] for char in page.chars) for page in pdf.pages]
        assert [page for page, text in enumerate(found) if "任务分解表" in text] == [1]
        assert "附件1" in found[1] and "一" in found[1] and "各项工作" in found[2]

    @pytest.mark.slow
    def test_its_heading_stands_before_a_landscape_table_that_leaves_it_no_room(self) -> None:
        tall = issues.table(("甲",), (("长" * 1600,),), landscape=True)
        setter = TextSetter(LAYOUT, compositor())
        *heading, table = plan_table(tall, setter, AnnexHeading("附件1", "表"))
        assert [part.text for part in heading if isinstance(part, SetText)] == ["附件1", "表"]
        assert isinstance(table, TablePlan) and not table.heading and not setter.faults

    @pytest.mark.slow
    def test_the_next_article_begins_a_page_and_the_closing_block_does_not(self) -> None:
        alone = drawn(issues.paragraph("正文。"), self.ANNEX)
        assert max(line.page for line in alone.values()) == alone["附件1"].page
        first = issues.issue(issues.paragraph("正文。"), self.ANNEX).articles[0]
        second = issues.issue(issues.paragraph("另文。")).articles[0]
        found = drawn(articles=(first, second))
        assert found["另文。"].page == found["附件1"].page + 1

    def test_the_signature_of_an_article_stands_before_its_annexes(self) -> None:
        body = (issues.paragraph("正文。"), self.ANNEX)
        signed = Article(headline="甲", body=body, byline="市创建办")
        found = drawn(articles=(signed,), layout="jianbao")
        assert found["市创建办"].page == found["正文。"].page


class TestPageBreak:
    def test_what_follows_begins_a_page(self) -> None:
        found = drawn(issues.paragraph("前文。"), PageBreak(), issues.paragraph("后文。"))
        assert found["后文。"].page == found["前文。"].page + 1

    def test_one_under_a_heading_is_told(self) -> None:
        body = (TEXT, Heading(1, "一、概况"), PageBreak(), TEXT)
        assert remarks(issues.issue(*body)) == ["page-break/under-heading"]

    @pytest.mark.parametrize(
        "blocks",
        [
            (PageBreak(), TEXT),
            (TEXT, PageBreak()),
            (TEXT, PageBreak(), PageBreak(), TEXT),
            (TEXT, PageBreak(), Annex("", "甲", (TEXT,))),
        ],
        ids=["first", "last", "twice", "before an annex"],
    )
    def test_one_that_parts_nothing_is_left_out_and_told(self, blocks: tuple[Block, ...]) -> None:
        made = render(issues.issue(*blocks))
        assert remarks(issues.issue(*blocks)) == ["page-break/idle"]
        assert {line.page for line in lines_of(made.content)} == set(range(1, made.count + 1))
        assert made.count == 1 + (len(blocks) > 2)
