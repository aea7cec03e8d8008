"""Pages as data: complete, in their places, and each line with where it was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from unicodedata import normalize

import pytest

from hongtou.acceptance import accept
from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.issue import Contents, Issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.month import Month
from hongtou.bulletin.order import Order, Purpose
from hongtou.bulletin.sent_text import SentText, in_one_line
from hongtou.bulletin.sent_values import SentDate, SentNumber
from hongtou.intake import read_issue
from hongtou.pages.page import Pages, PlacedText
from hongtou.pages.sources import NO_CORRECTIONS, Source, sources_of_lines
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import read_pictures
from hongtou.plan import make_plan, plan_digest
from tests.support import issues
from tests.support.documents import article, document, encoded
from tests.support.pictures import village
from tests.support.reading import made, render
from tests.support.shop import faces, layouts
from tests.test_every_field import ISSUE

PICTURES = {"village.png": village()}
LAYOUTS = ("dongtai", "jianbao")
# By style, what a layout adds to the words that were sent.
# Of the issue that uses every field: its label stands in place of its number.
UNPRINTED = {"series", "issue_number", "recipients"}
LAYOUT_WORDS = {
    "copy_number": "0*",
    "masthead_mark": "★?",
    "issue_line": "年?(?:增刊|专刊)?(?:第期)?(?:（总第期）)?",
    "issuing_date": "年月日?",
    "contents_entry": "◆?",
    "editors_note": "(?:(?:编者按)?：)?",
    "attachment": r"(?:附件：)?(?:[0-9]+\.)?",
    "table_continued": r"续表(?:[0-9一二三四五六七八九十]+(?:[-—.][0-9]+)?)?",
    "brief": "★?（?）?",
    "brief_headline": "★?",
    "signoff": "(?:年月日)?",
    "closing": r"(?:[报送发]：|本期增发：|联系方式：|(?:(?:签发|审核|编辑|校对)?：\s*)*)",
    "closing_right": "年月日印发|共印份",
}


def read(sent: dict[str, Any]) -> Issue:
    issue = read_issue(json.dumps(sent).encode(), images=PICTURES).issue
    assert issue is not None
    return issue


def pages_of(sent: dict[str, Any], purpose: Purpose = Purpose.PRESS) -> Pages:
    issue = read(sent)
    pictures, _ = read_pictures(PICTURES, issue)
    order = Order(purpose=purpose)
    return paginate(make_plan(issue, layouts()[issue.layout], faces(), order, pictures))


@cache
def every_field(layout: str = "dongtai") -> tuple[dict[str, Any], Pages]:
    sent = json.loads(ISSUE.read_text(encoding="utf-8")) | {"layout": layout}
    return sent, pages_of(sent)


def at(sent: Any, pointer: str) -> str:
    """Return the string or the figures that a JSON Pointer names."""
    for step in pointer.split("/")[1:]:
        sent = sent[int(step)] if isinstance(sent, list) else sent[step]
    return sent if isinstance(sent, str) else json.dumps(sent)


def sources_of(
    placed: PlacedText, at: int, corrections: Corrections = NO_CORRECTIONS
) -> list[Source]:
    """Return the sources of line ``at`` of a placed text."""
    return sources_of_lines(placed.text, corrections)[placed.first + at]


def lines_of(pages: Pages) -> Iterator[tuple[PlacedText, str, list[Source]]]:
    """Yield every line: its text, its characters and their sources."""
    for page in pages:
        for placed in page.texts:
            for number, line in enumerate(placed.lines):
                yield placed, line.line.text, sources_of(placed, number)


def lines_with_sources(sent: Any, pages: Pages) -> Iterator[tuple[PlacedText, str, list[str]]]:
    """Yield every line: its text, its characters, and what was sent where its sources say."""
    for placed, text, sources in lines_of(pages):
        yield (
            placed,
            text,
            [at(sent, source.pointer)[source.start : source.end] for source in sources],
        )


def unsourced(text: str, sources: list[Source]) -> str:
    """Return the characters of a line that no source covers."""
    covered = {place for source in sources for place in range(source.first, source.last)}
    return "".join(char for place, char in enumerate(text) if place not in covered)


class TestSources:
    @pytest.mark.slow
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_character_was_sent_or_is_a_word_of_the_layout(self, layout: str) -> None:
        _, pages = every_field(layout)
        for placed, text, sources in lines_of(pages):
            added = unsourced(text, sources).replace("\u3000", "")
            assert re.fullmatch(LAYOUT_WORDS.get(placed.text.style, ""), added), (text, sources)

    @pytest.mark.parametrize("space", [" ", "　", "   "])
    def test_a_space_at_which_a_line_ends_shifts_none_of_the_next(self, space: str) -> None:
        first, second = "某某县：健全长效机制推动环境整治走深走实", "扮靓城乡环境，建设美丽家园"
        sent = document(articles=[article(headline=first + space + second)])
        (found,) = (
            sources
            for placed, text, sources in lines_of(pages_of(sent))
            if placed.text.style == "headline" and text == second
        )
        at_space = len(first) + len(space)
        assert [(one.start, one.end) for one in found] == [(at_space, at_space + len(second))]

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_source_names_the_very_characters(self, layout: str) -> None:
        sent, pages = every_field(layout)
        for _, text, sources in lines_of(pages):
            for source in sources:
                named = at(sent, source.pointer)[source.start : source.end]
                assert normalize("NFC", named) == text[source.first : source.last]

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_field_that_is_printed_is_the_source_of_something(self, layout: str) -> None:
        sent, pages = every_field(layout)
        named = {source.pointer for _, _, sources in lines_of(pages) for source in sources}
        for part in ("masthead", "closing"):
            for key, value in sent[part].items():
                first = f"/{part}/{key}" + ("/0" if isinstance(value, list) else "")
                first += f"/{next(iter(value))}" if isinstance(value, dict) else ""
                assert first in named or key in UNPRINTED

    def test_a_date_of_a_field_left_out_leads_to_the_field_it_is_taken_from(self) -> None:
        sent = document(articles=[article()])
        sent["masthead"] |= {"issue_date": " 2026-11-03 "}
        sent["closing"] = {"issue_to": "各县"}
        lines = [
            (text, [(one.pointer, one.start, one.end) for one in sources])
            for placed, text, sources in lines_of(pages_of(sent))
            if placed.text.style == "closing_right"
        ]
        pointer = "/masthead/issue_date"
        places = [(pointer, 1, 5), (pointer, 6, 8), (pointer, 10, 11)]
        assert lines == [("2026年11月3日印发", places)]

    def test_names_in_a_row_lead_to_each_of_their_fields(self) -> None:
        sent = document(articles=[article()])
        sent["closing"] |= {"reviewers": ["杨明"], "editors": ["陈炜", "王龙"], "print_run": 120}
        (found,) = (
            [(source.pointer, text[source.first : source.last]) for source in sources]
            for placed, text, sources in lines_of(pages_of(sent))
            if "审核" in text
        )
        assert found == [
            ("/closing/reviewers/0", "杨明"),
            ("/closing/editors/0", "陈炜"),
            ("/closing/editors/1", "王龙"),
        ]

    def test_together_they_are_the_whole_body(self) -> None:
        body = (
            "　　今年以来，**突出重点。**聚焦背街小巷，\u200b集中整治。\n一、健全机制。各单位"
            + "压实责任，" * 20
        )
        sent = document(articles=[article(body=body)])
        pages = pages_of(sent)
        covered = {
            offset
            for page in pages
            for placed in page.texts
            for number in range(len(placed.lines))
            for source in sources_of(placed, number)
            if source.pointer == "/articles/0/body"
            for offset in range(source.start, source.end)
        }
        printed = {number for number, char in enumerate(body) if char not in "　*\u200b\n"}
        assert printed <= covered
        assert covered - printed <= {number for number, char in enumerate(body) if char == "\u200b"}

    def test_what_was_corrected_leads_back_to_what_was_sent(self) -> None:
        body = "今年以来,各县市聚焦短板(弱项)，全力推进\u200b整治 ，成效明显。"
        sent = document(articles=[article(body=body)])
        order = Order(normalize=True)
        accepted = accept(encoded(sent), order, {}, layouts(), faces(), Limits())
        pages = paginate(make_plan(accepted.issue, accepted.layout, faces(), order, {}))
        found = {
            text[source.first : source.last]: body[source.start : source.end]
            for page in pages
            for placed in page.texts
            for number, line in enumerate(placed.lines)
            for text in [line.line.text]
            for source in sources_of(placed, number, accepted.corrections)
            if source.pointer == "/articles/0/body"
        }
        assert "".join(found.values()) == body
        assert "".join(found).startswith("今年以来，各县市")

    def test_a_headline_of_two_lines_leads_back_from_each_and_from_the_contents(self) -> None:
        sent = document(
            articles=[article(headline="某某市扎实推进\n城乡环境整治"), article()],
            contents={"show": True},
        )
        found = {
            (placed.text.style, part)
            for placed, _, parts in lines_with_sources(sent, pages_of(sent))
            for part in parts
        }
        assert ("headline", "某某市扎实推进") in found
        assert ("headline", "城乡环境整治") in found
        assert ("contents_entry", "某某市扎实推进\n城乡环境整治") in found

    def test_what_was_composed_is_counted_as_it_was_sent(self) -> None:
        sent = document(articles=[article(body="甲e\u0301乙" + "国" * 40 + "丙")])
        lines = [
            found for _, text, found in lines_with_sources(sent, pages_of(sent)) if "国" in text
        ]
        assert "".join(part for found in lines for part in found) == sent["articles"][0]["body"]

    @pytest.mark.slow
    def test_it_costs_no_byte_and_no_digest(self) -> None:
        """An issue whose texts know their places equals one whose texts do not."""
        issue = read(every_field()[0])
        plain = stripped(issue)
        assert isinstance(issue.articles[0].headline, SentText)
        assert isinstance(issue.closing.imprint_date, SentDate)
        assert isinstance(issue.masthead.issue_date, Month)
        assert issue.masthead.issue_date.pointer == "/masthead/issue_date"
        assert not isinstance(plain.articles[0].headline, SentText)
        assert not isinstance(plain.closing.imprint_date, SentDate)
        assert not plain.masthead.issue_date.pointer
        assert repr(issue) == repr(plain)
        pictures, _ = read_pictures(PICTURES, issue)
        layout = layouts()[issue.layout]
        sent, bare = (
            made(make_plan(one, layout, faces(), Order(), pictures)).content
            for one in (issue, plain)
        )
        assert sent == bare
        digests = {plan_digest(one, layout, faces(), Order(), pictures) for one in (issue, plain)}
        assert len(digests) == 1


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("某某市委书记\n调研", "某某市委书记调研"),
        ("附件1\n2026年", "附件1 2026年"),
        ("AI plan\nnew era", "AI plan new era"),
        ("加快AI\n建设", "加快AI建设"),
        ("“两会”\n——综述", "“两会”——综述"),
        ("甲\nAI\nplan\n乙", "甲AI plan乙"),
    ],
)
def test_a_wished_break_is_a_space_only_between_letters_and_figures(sent: str, wanted: str) -> None:
    assert in_one_line(sent) == wanted
    placed = in_one_line(SentText.at(sent, "/articles/0/headline", range(len(sent))))
    assert placed == wanted
    assert isinstance(placed, SentText)
    for char, offset in zip(placed, placed.offsets, strict=True):
        assert char == sent[offset] or (char, sent[offset]) == (" ", "\n")


def stripped(value: Any) -> Any:
    """Return a copy in which no text knows where it was sent."""
    if isinstance(value, SentText):
        return str(value)
    if isinstance(value, SentNumber):
        return int(value)
    if isinstance(value, SentDate):
        return date(value.year, value.month, value.day)
    if isinstance(value, Month):
        return Month(value.year, value.month)
    if isinstance(value, tuple):
        return tuple(map(stripped, value))
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(
            **{name: stripped(getattr(value, name)) for name in value.__dataclass_fields__}
        )
    return value


class TestComplete:
    def test_every_line_of_the_plan_is_placed_once(self) -> None:
        _, pages = every_field()
        placed = [
            (one.text.key, one.first + number)
            for page in pages
            for one in page.texts
            if not one.repetition
            for number in range(len(one.lines))
        ]
        assert len(placed) == len(set(placed))

    @pytest.mark.slow
    def test_folios_stand_on_every_page_and_the_mark_on_a_proof(self) -> None:
        sent = json.loads(ISSUE.read_text(encoding="utf-8"))
        for page in every_field()[1]:
            assert [one.placed.line.text for one in page.furniture] == [f"— {page.number} —"]
        for page in pages_of(sent, Purpose.PROOF):
            folio, mark, edition = (one.placed.line.text for one in page.furniture)
            assert (folio, mark) == (f"— {page.number} —", "校　样")
            assert re.fullmatch("2026-11　[0-9a-f]{12}", edition)

    def test_an_entry_of_the_contents_ends_with_the_page_it_leads_to(self) -> None:
        contents = Contents(show=True, page_numbers=True)
        pages = render(issues.issue(*issues.paragraphs(1), contents=contents)).pages
        (entry,) = (one for page in pages for one in page.texts if one.text.target)
        (link,) = (link for page in pages for link in page.links)
        assert entry.ending is not None
        assert entry.ending.line.text == f"{'…' * (len(entry.ending.line.text) - 1)}1"
        assert link.text is entry.text
        assert pages.anchors[link.target].page == 1

    def test_the_dots_before_it_keep_the_gap_of_the_layout(self) -> None:
        contents = Contents(show=True, page_numbers=True)
        page = render(issues.issue(*issues.paragraphs(1), contents=contents)).pages.pages[0]
        (entry,) = (one for one in page.texts if one.text.target)
        assert entry.ending is not None
        line, _, _ = entry.ending
        dots = line.text.count("…")
        gap = layouts()["dongtai"].em("contents.leader_gap") * line.size
        assert line.gaps[dots - 1] == pytest.approx(gap, abs=0.01)
        title = entry.lines[-1].line
        assert gap <= line.x - title.x - title.width < gap + line.size

    def test_lines_for_embedding_are_all_that_is_drawn(self) -> None:
        _, pages = every_field()
        drawn = {line.text for line in pages.lines()}
        assert "— 1 —" in drawn
        assert {
            line.line.text for page in pages for one in page.texts for line in one.lines
        } <= drawn

    def test_pages_are_the_size_of_the_layout(self) -> None:
        for page in every_field()[1]:
            assert (page.width, page.height) == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72))
