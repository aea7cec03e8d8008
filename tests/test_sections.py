"""Sections (栏目) and groups of short news: printed once, listed in the contents, tagged."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf
import pytest

from hongtou.bulletin.order import Order
from hongtou.intake import read_issue
from tests.support.documents import document, encoded
from tests.support.printed import packed
from tests.support.readers import mupdf_characters
from tests.support.reading import lines_of
from tests.support.shop import typesetter
from tests.support.tags import Tag, tags_of

BODY = "各项工作有序推进。"


def article(section: str, headline: str, **fields: Any) -> dict[str, Any]:
    return {"section": section, "headline": headline, "body": BODY, **fields}


def made(**parts: Any) -> bytes:
    sent = document(**{"contents": {"show": False}, **parts})
    return typesetter().produce(encoded(sent), Order()).content


def lines(content: bytes) -> list[str]:
    return [packed(line.text) for line in lines_of(content)]


def headings(tree: Tag) -> list[tuple[str, str]]:
    return [(tag.role, packed(tag.text)) for tag in tree.walk() if tag.role[1:].isdigit()]


def tree_of(content: bytes) -> Tag:
    return tags_of(pikepdf.open(io.BytesIO(content)))


def bookmarks(content: bytes) -> list[Any]:
    """Return the bookmarks as titles, each followed by a list of those below it."""

    def below(items: Any) -> list[Any]:
        return [part for item in items for part in (item.title, below(item.children))]

    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return below(outline.root)


THREE = [article("领导动态", "甲"), article("领导动态", "乙"), article("基层动态", "丙")]


def test_a_section_is_printed_once_over_the_articles_that_follow_one_another() -> None:
    found = lines(made(articles=THREE))
    assert found.count("领导动态") == found.count("基层动态") == 1
    assert found.index("领导动态") < found.index("甲") < found.index("乙")
    assert found.index("乙") < found.index("基层动态") < found.index("丙")


def test_it_groups_the_contents() -> None:
    sent = made(articles=THREE, contents={"show": True, "page_numbers": True})
    (contents,) = (tag for tag in tree_of(sent).all("Sect") if tag.all("TOC"))
    (outer,) = (part for part in contents.parts if part.role == "TOC")
    groups = [[packed(part.whole()) for part in group.parts] for group in outer.parts]
    assert [[text[:4] for text in group] for group in groups] == [
        ["领导动态", "◆甲……", "◆乙……"],
        ["基层动态", "◆丙……"],
    ]


def test_its_heading_stands_above_those_of_its_articles_and_no_other() -> None:
    articles = [article("", "甲"), *THREE[1:], article("", "丁")]
    assert headings(tree_of(made(articles=articles)))[1:] == [
        ("H2", "甲"),
        ("H2", "领导动态"),
        ("H3", "乙"),
        ("H2", "基层动态"),
        ("H3", "丙"),
        ("H2", "丁"),
    ]
    assert bookmarks(made(articles=articles)) == [
        *("甲", []),
        *("领导动态", ["乙", []]),
        *("基层动态", ["丙", []]),
        *("丁", []),
    ]


def test_no_level_of_headings_is_deeper_than_six() -> None:
    levels = ["一、甲", "（一）乙", "1.丙", "（1）丁"]
    blocks = [
        {"type": "heading", "level": level, "text": text}
        for level, text in enumerate(levels, start=1)
    ]
    found = headings(tree_of(made(articles=[article("栏目", "标题", body=[*blocks, BODY])])))
    assert [role for role, _ in found] == ["H1", "H2", "H3", "H4", "H5", "H6", "H6"]


def test_a_headline_of_two_lines_is_joined_by_a_space_in_contents_and_bookmarks() -> None:
    sent = made(
        articles=[article("", "附件1\n2026年第三季度得分表"), article("", "乙")],
        contents={"show": True},
    )
    assert bookmarks(sent)[2] == "附件1 2026年第三季度得分表"
    assert "附件1 2026" in tree_of(sent).all("TOCI")[0].whole()


@pytest.mark.slow
def test_the_bookmark_of_an_annex_says_which_it_is_and_leads_to_its_label() -> None:
    """One that begins with a turned table too; a label in the title is not said twice."""
    table = {"type": "table", "header": ["甲"], "rows": [["一"]], "orientation": "landscape"}
    annexes = [
        {"type": "annex", "label": "附件1", "title": "方案", "body": [BODY]},
        {"type": "annex", "label": "附件2", "title": "任务\n分解表", "body": [table]},
        {"type": "annex", "label": "附件3", "title": "附件3 名单", "body": [BODY]},
        {"type": "annex", "title": "没有写序号", "body": [BODY]},
    ]
    sent = made(articles=[article("", "甲", body=[BODY, *annexes])], contents={"show": False})
    headline, below = bookmarks(sent)
    assert headline == "甲"
    assert below[::2] == ["附件1 方案", "附件2 任务分解表", "附件3 名单", "附件 没有写序号"]
    (label,) = (line for line in lines_of(sent) if packed(line.text) == "附件1")
    with pikepdf.open(io.BytesIO(sent)) as pdf:
        top = pdf.Root.Outlines.First.First.Dest[3]
        assert 0 < label.baseline - (297 - float(top) / 72 * 25.4) < 10


def test_the_bookmark_of_an_annex_on_its_side_leads_above_its_label_as_it_is_read() -> None:
    table = {"type": "table", "header": ["甲"], "rows": [["一"]], "orientation": "landscape"}
    annex = {"type": "annex", "label": "附件2", "title": "任务分解表", "body": [table]}
    sent = made(articles=[article("", "甲", body=[BODY, annex])])
    with pikepdf.open(io.BytesIO(sent)) as pdf:
        page, _, left, top, _ = pdf.Root.Outlines.First.First.Dest
        number = next(at for at, one in enumerate(pdf.pages, 1) if one.objgen == page.objgen)
    x, y = float(left) / 72 * 25.4, 297 - float(top) / 72 * 25.4
    label = [(x, y) for char, x, y in mupdf_characters(sent, number) if char in "附件"]
    assert len(label) == 2
    assert all(x - 1 < character[0] < x + 15 and y < character[1] for character in label)


class TestBriefs:
    GROUPS = (
        {
            "section": "基层之声",
            "heading": "县区动态",
            "mark": "■",
            "items": [{"headline": "市城管局开展夜查", "text": "■近日开展夜查。"}, "近日整治。"],
        },
        {"section": "基层之声", "heading": "部门动态", "items": ["★近日推进。"]},
    )

    def test_groups_have_headings_marks_and_headlines_of_their_own(self) -> None:
        found = lines(made(articles=[], briefs=list(self.GROUPS)))
        at = found.index("基层之声")
        assert found[at : at + 7] == [
            "基层之声",
            "县区动态",
            "■市城管局开展夜查",
            "近日开展夜查。",
            "■近日整治。",
            "部门动态",
            "★近日推进。",
        ]

    def test_one_group_may_be_sent_as_it_always_was(self) -> None:
        alone = read_issue(encoded(document(articles=[], briefs={"items": ["近日。"]}))).issue
        listed = read_issue(encoded(document(articles=[], briefs=[{"items": ["近日。"]}]))).issue
        assert alone is not None and listed is not None
        assert alone.briefs[0].items == listed.briefs[0].items
        assert alone.briefs[0].heading == "工作简讯"

    def test_each_has_its_entry_and_its_anchor(self) -> None:
        sent = made(articles=[], briefs=list(self.GROUPS), contents={"show": True})
        assert [packed(one.whole()) for one in tree_of(sent).all("TOCI")] == [
            "◆县区动态",
            "◆部门动态",
        ]
        with pikepdf.open(io.BytesIO(sent)) as pdf:
            names = pdf.Root.Names.Dests.Names.as_list()[::2]
        assert [str(name) for name in names] == ["briefs", "briefs-2"]

    def test_faults_are_named_by_their_group(self) -> None:
        sent = document(briefs=[{"items": ["近日。"]}, {"items": [{"text": 3}], "kopf": ""}])
        found = {fault.pointer for fault in read_issue(json.dumps(sent).encode()).findings}
        assert found == {"/briefs/1/items/0/text", "/briefs/1/kopf"}

    def test_an_issue_of_empty_groups_is_empty(self) -> None:
        (fault,) = read_issue(encoded(document(articles=[], briefs=[{"items": []}]))).findings
        assert fault.code == "issue/empty"


class TestNotes:
    def test_a_note_has_its_own_label_and_says_who_made_it(self) -> None:
        note = {"label": "领导批示", "text": "做法务实管用。\n同意。", "by": "顾承远"}
        found = lines(made(editors_note=note))
        at = found.index("领导批示：做法务实管用。")
        assert found[at + 1 : at + 3] == ["同意。", "顾承远"]

    def test_without_a_label_it_is_the_layouts(self) -> None:
        assert "编者按：供借鉴。" in lines(made(editors_note={"text": "供借鉴。"}))

    def test_its_faults_are_named(self) -> None:
        sent = document(editors_note={"label": "一二三四五六七", "text": " "})
        found = {(fault.code, fault.pointer) for fault in read_issue(encoded(sent)).findings}
        assert found == {
            ("document/too-long", "/editors_note/label"),
            ("text/blank", "/editors_note/text"),
        }
