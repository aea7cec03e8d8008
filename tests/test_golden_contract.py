"""Every addition of contract 1.1 has a golden page, and the table below says which."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pytest

from hongtou.intake import issue_schema
from hongtou.outputs.paging import PAGING
from tests.support.golden import (
    EVERY_FIELD,
    ISSUES,
    LAYOUTS,
    OTHER_FORMS,
    GoldenIssue,
    edition,
    fields_in,
    hold,
    properties,
)


class Shown(NamedTuple):
    """A golden issue, and words of one of its pages; none where they show no words."""

    issue: GoldenIssue
    words: str = ""


# Fields of version 1; whatever else the schema has is an addition.
VERSION_1 = {
    "issue": "layout masthead contents editors_note articles briefs closing",
    "Masthead": "nameplate issue_number total_number series issuing_body issue_date notice security "
    "urgency copy_number",
    "Security": "class term",
    "Contents": "show page_numbers heading",
    "Article": "headline kicker subhead contents_title byline editors_note body",
    "Briefs": "heading items",
    "Brief": "text byline",
    "Closing": "report_to send_to issue_to extra_issue_to imprint_body imprint_date print_run "
    "approvers reviewers editors proofreaders contact",
    "ParagraphBlock": "type text",
    "HeadingBlock": "type level text",
    "TableBlock": "type caption header rows align orientation",
    "FigureBlock": "type image caption width_mm",
    "NoteBlock": "type text",
    "AttachmentsBlock": "type items",
}
ADDITIONS = {
    "Masthead.year": Shown(OTHER_FORMS, "2026年第42期（总第1268期）"),
    "Masthead.issue_label": Shown(EVERY_FIELD, "2026年第33、34期（合刊）（总第612期）"),
    "Masthead.overline": Shown(EVERY_FIELD, "某某市创建全国文明城市工作指挥部"),
    "Article.section": Shown(EVERY_FIELD, "他山之石"),
    "EditorsNote.label": Shown(EVERY_FIELD, "领导批示："),
    "EditorsNote.text": Shown(EVERY_FIELD, "本期集中编发"),
    "EditorsNote.by": Shown(EVERY_FIELD, "李明2026年11月20日"),
    "Briefs.section": Shown(EVERY_FIELD, "基层之声"),
    "Briefs.mark": Shown(EVERY_FIELD, "■近日"),
    "Brief.headline": Shown(EVERY_FIELD, "■某某区部署冬季保洁"),
    "Closing.labels": Shown(EVERY_FIELD, "责任编辑：陈伟"),
    "Closing.recipients": Shown(EVERY_FIELD),  # printed where copies are numbered
    "Recipient.name": Shown(EVERY_FIELD),
    "Recipient.copies": Shown(EVERY_FIELD),
    "Labels.report_to": Shown(OTHER_FORMS, "报送："),
    "Labels.send_to": Shown(OTHER_FORMS, "抄送："),
    "Labels.issue_to": Shown(OTHER_FORMS, "分送："),
    "Labels.extra_issue_to": Shown(OTHER_FORMS, "增送："),
    "Labels.approvers": Shown(OTHER_FORMS, "主任："),
    "Labels.reviewers": Shown(OTHER_FORMS, "主编："),
    "Labels.editors": Shown(OTHER_FORMS, "责任编辑："),
    "Labels.proofreaders": Shown(OTHER_FORMS, "责任校对："),
    "Labels.contact": Shown(OTHER_FORMS, "投稿电话："),
    "TableBlock.unit": Shown(EVERY_FIELD, "单位：户"),
    "TableBlock.notes": Shown(OTHER_FORMS, "注：1.户数为2026年9月末数。2.完成率"),
    "TableBlock.total_rows": Shown(OTHER_FORMS, "小计"),
    "CellBlock.text": Shown(EVERY_FIELD, "改厕"),
    "CellBlock.colspan": Shown(OTHER_FORMS, "占全市比重"),
    "CellBlock.rowspan": Shown(OTHER_FORMS, "北片"),
    "CellBlock.align": Shown(EVERY_FIELD, "合计"),
    "FigureBlock.alt": Shown(OTHER_FORMS),  # read aloud
    "FiguresBlock.type": Shown(OTHER_FORMS),
    "FiguresBlock.items": Shown(OTHER_FORMS, "整治前整治中整治后"),
    "FiguresBlock.caption": Shown(OTHER_FORMS, "图1青山乡村道三年变化"),
    "RowFigure.image": Shown(OTHER_FORMS),
    "RowFigure.caption": Shown(OTHER_FORMS, "整治中"),
    "RowFigure.alt": Shown(OTHER_FORMS),
    "SalutationBlock.type": Shown(EVERY_FIELD, "各县（区）创建办："),
    "SalutationBlock.text": Shown(OTHER_FORMS, "市财政局、市自然资源和规划局："),
    "SignoffBlock.type": Shown(EVERY_FIELD, "某某县创建办"),
    "SignoffBlock.bodies": Shown(EVERY_FIELD, "某某县创建办某某县住房和城乡建设局"),
    "SignoffBlock.date": Shown(OTHER_FORMS, "2026年10月16日"),
    "AnnexBlock.type": Shown(EVERY_FIELD, "附件1"),
    "AnnexBlock.label": Shown(OTHER_FORMS, "附件1"),
    "AnnexBlock.title": Shown(OTHER_FORMS, "三年行动方案及任务分解表和责任清单"),
    "AnnexBlock.body": Shown(OTHER_FORMS, "一、总体要求"),
    "PageBreakBlock.type": Shown(EVERY_FIELD, "本方案自印发之日起施行。"),
    "option.even_pages": Shown(OTHER_FORMS, "报送："),
    "option.margins": Shown(OTHER_FORMS),
    "option.copyfit": Shown(OTHER_FORMS),
}
# What is no field of its own.
FORMS = {
    "a month without a day": Shown(OTHER_FORMS, "2026年10月目"),
    "three issuing bodies": Shown(OTHER_FORMS, "委员会某某市生态环境局某某市融媒体中心"),
    "栏目 that group the contents": Shown(OTHER_FORMS, "领导动态◆市委主要领导"),
    "several groups of briefs": Shown(EVERY_FIELD, "工作简讯"),
    "several contacts": Shown(EVERY_FIELD, "联系电话：0857-1234567投稿邮箱："),
    "several rows of a header": Shown(OTHER_FORMS, "改厕备注户数完成率"),
    "a table that goes on": Shown(OTHER_FORMS, "续表1"),
    "decimal alignment": Shown(OTHER_FORMS, "96.48%"),
    "subscripts": Shown(OTHER_FORMS, "PM₂.₅平均浓度26.4微克/m³，CO₂"),
    "superscripts": Shown(OTHER_FORMS, "6.5×10⁴m³/d"),
    "signs of a form": Shown(OTHER_FORMS, "☑台账齐全；☐整改到位；✓"),
}


def words_of(issue: GoldenIssue) -> dict[int, str]:
    """Return the words of every page in reading order, without spaces."""
    words: dict[int, str] = {}
    for one in edition("dongtai", issue).lines:
        words[one.page] = words.get(one.page, "") + re.sub(r"\s", "", one.line.text)
    return words


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_other_forms_look_as_they_did(layout: str, request: pytest.FixtureRequest) -> None:
    """Compare with the golden pictures; ``pytest --save-golden`` renews them."""
    hold(OTHER_FORMS, layout, save=request.config.getoption("--save-golden"))


def test_whatever_version_1_does_not_have_has_a_golden_page() -> None:
    known = {f"{part}.{field}" for part, fields in VERSION_1.items() for field in fields.split()}
    options = {f"option.{option.name}" for option in PAGING}
    schema = properties(issue_schema())
    assert known <= schema
    assert set(ADDITIONS) == (schema - known) | options


@pytest.mark.parametrize("addition", [*ADDITIONS, *FORMS])
def test_the_golden_page_shows_the_addition(addition: str) -> None:
    issue, words = {**ADDITIONS, **FORMS}[addition]
    pages = [page for page, shown in words_of(issue).items() if words in shown]
    assert pages
    assert all(issue.path("dongtai", page).exists() for page in pages)
    part, _, field = addition.partition(".")
    if part == "option":
        assert field in dict(issue.options) or field == "copyfit"  # which is on by default
    elif field:
        assert field in set(fields_in(issue.document()))


def test_no_two_issues_name_their_pictures_alike() -> None:
    names = Counter(issue.path(layout, 1) for issue in ISSUES for layout in LAYOUTS)
    assert set(names.values()) == {1}
