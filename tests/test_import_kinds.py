"""What a person says that lines are goes before the rules, and the same code reads the issue."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import MalformedDocument
from hongtou.importing import Imported, Kind
from hongtou.importing.kinds import GROUPS, TITLES, read_kinds
from hongtou.importing.reading import read_file
from tests.test_importing import LINES, LONG, is_kept, words

HEAD = ("工作动态", "第3期", "市创建办　　2026年3月2日")
ISSUE = (*HEAD, "全市工作有序推进开新局", "我市各项工作推进顺利", LONG, LONG, "报：市委")
DROPPED = (Kind.UNPLACED, Kind.FOLIO)


def read(*lines: str, **said: str) -> Imported:
    """Import lines; ``said`` names the kinds of some: ``at4="headline"`` is the fourth line."""
    kinds = {int(name.removeprefix("at")): Kind(kind) for name, kind in said.items()}
    return read_file("\n".join(lines).encode(), kinds)


def kind_of(found: Imported, number: int) -> Kind:
    return next(line.kind for line in found.lines if line.number == number)


def test_every_kind_has_a_name_for_people_in_one_group() -> None:
    assert {*TITLES} == {*Kind}
    assert sum(map(len, GROUPS.values())) == len(TITLES)


class TestTitles:
    def test_a_headline_is_where_a_person_says(self) -> None:
        before = read(*ISSUE).issue["articles"]
        after = read(*ISSUE, at6="headline", at4="section", at5="paragraph").issue["articles"]
        assert [one["headline"] for one in before] != [one["headline"] for one in after]
        assert after[-1]["headline"] == LONG
        assert after[0]["section"] == ISSUE[3]

    def test_a_line_that_is_no_headline_becomes_text(self) -> None:
        (article,) = read(*ISSUE, at4="headline", at5="paragraph").issue["articles"]
        assert article["headline"] == ISSUE[3]
        assert article["body"].split("\n") == [*ISSUE[4:7]]

    def test_headlines_that_touch_are_one(self) -> None:
        (article,) = read(*ISSUE, at4="headline", at5="headline").issue["articles"]
        assert article["headline"] == ISSUE[3] + ISSUE[4]

    def test_lines_go_with_a_headline_where_a_person_says(self) -> None:
        (article,) = read(*ISSUE, at4="kicker", at5="headline", at6="subhead").issue["articles"]
        assert (article["kicker"], article["headline"]) == (ISSUE[3], ISSUE[4])
        assert (article["subhead"], article["body"]) == (LONG, LONG)

    def test_a_kicker_without_a_headline_below_stays_text_and_is_told(self) -> None:
        found = read(*ISSUE, at7="kicker")
        assert found.issue["articles"][-1]["body"].endswith(LONG)
        assert any("成不了引题" in one.message for one in found.doubts)

    def test_short_news_begin_where_a_person_says(self) -> None:
        found = read(*ISSUE, at7="brief")
        assert found.issue["briefs"] == {"heading": "工作简讯", "items": [LONG]}
        assert any("没有栏名" in one.message for one in found.doubts)

    def test_a_section_without_a_title_keeps_its_text(self) -> None:
        found = read(*ISSUE, at5="section", at6="paragraph")
        last = found.issue["articles"][-1]
        assert (last["section"], last["headline"]) == (ISSUE[4], "")
        assert any("没有标题" in one.message for one in found.doubts)


class TestMasthead:
    def test_the_name_of_two_lines(self) -> None:
        found = read("毕节市", *ISSUE, at1="nameplate", at2="nameplate")
        assert found.issue["masthead"]["nameplate"] == "毕节市\n工作动态"

    def test_a_field_below_the_masthead_is_found(self) -> None:
        found = read(*ISSUE[:2], *ISSUE[3:], "秘密★一年", at8="security")
        assert found.issue["masthead"]["security"] == {"class": "秘密", "term": "一年"}

    @pytest.mark.parametrize("kind", ["issue_date", "security", "urgency", "copy_number"])
    def test_what_cannot_be_read_is_told(self, kind: str) -> None:
        found = read(*ISSUE, at5=kind)
        (doubt,) = [one for one in found.doubts if one.line == 5]
        assert "读不出" in doubt.message
        assert kind_of(found, 5) == kind

    def test_a_number_that_is_said_is_the_whole_of_it(self) -> None:
        head = ["工作动态", "第7、8期合刊", "第9期", *HEAD[2:]]
        masthead = read(*head, "标题", LONG, at2="issue_number", at3="issue_number").issue[
            "masthead"
        ]
        assert masthead["issue_number"] == 9
        assert "issue_label" not in masthead

    def test_a_second_number_is_told(self) -> None:
        found = read(*ISSUE[:4], "第8期", *ISSUE[4:], at5="issue_number")
        assert found.issue["masthead"]["issue_number"] == 8
        assert any("有两处" in one.message for one in found.doubts if one.line == 2)


class TestText:
    def body(self, *lines: str, **said: str) -> Any:
        (article,) = read(*HEAD, "全市工作有序推进开新局", LONG, *lines, **said).issue["articles"]
        return article["body"]

    def test_a_line_goes_on_in_the_one_above(self) -> None:
        assert self.body("第一段的下半句。", at6="continued") == LONG + "第一段的下半句。"

    def test_lines_are_a_table(self) -> None:
        _, table = self.body("县区　　完成", "赫章　　3", at6="table", at7="table")
        assert (table["header"], table["rows"]) == (["县区", "完成"], [["赫章", "3"]])

    def test_lines_sign(self) -> None:
        _, signed = self.body("办公室主任", "2026年3月2日", at6="signoff", at7="signoff")
        assert signed == {"type": "signoff", "date": "2026-03-02", "bodies": ["办公室主任"]}

    def test_what_makes_no_sign_off_stays_text_and_is_told(self) -> None:
        found = read(*HEAD, "全市工作有序推进开新局", LONG, "办公室主任", at6="signoff")
        assert found.issue["articles"][0]["body"].endswith("\n办公室主任")
        assert any("成不了落款" in one.message for one in found.doubts)

    def test_whom_an_article_addresses(self) -> None:
        addressed, _ = self.body("同志们", LONG, at6="salutation")[1:]
        assert addressed == {"type": "salutation", "text": "同志们"}

    def test_a_sender_stands_anywhere(self) -> None:
        (article,) = read(*ISSUE[:3], ISSUE[3], LONG, "王龙", at6="byline").issue["articles"]
        assert (article["byline"], article["body"]) == ("王龙", LONG)

    def test_what_is_not_wanted_is_left_out_and_listed(self) -> None:
        found = read(*ISSUE, at7="unplaced")
        assert found.issue["articles"][-1]["body"] == LONG
        assert [(one.kind, one.why) for one in found.lines if one.number == 7] == [
            (Kind.UNPLACED, "人工指定")
        ]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(LINES, st.none() | st.sampled_from([*Kind])), min_size=1, max_size=30))
def test_no_word_is_lost_whatever_a_person_says(given_lines: list[tuple[str, Kind | None]]) -> None:
    lines = [(text, kind) for text, kind in given_lines if "".join(text.split())]
    if not lines:
        return
    said = {at: kind for at, (_, kind) in enumerate(lines, 1) if kind}
    found = read_file("\n".join(text for text, _ in lines).encode(), said)
    printed = words(json.dumps(found.issue, ensure_ascii=False))
    assert len(found.lines) == len(lines)
    for line in found.lines:
        assert is_kept(line.text, printed) or line.doubt or line.kind in DROPPED, line


class TestWhatIsSent:
    def test_kinds_come_by_the_numbers_of_lines(self) -> None:
        assert read_kinds(b'{"12": "headline"}') == {12: Kind.HEADLINE}
        assert read_kinds(b"") == {}

    @pytest.mark.parametrize(
        "sent", [b"[", b"[]", b'{"a": "headline"}', b'{"1": "x"}', b'{"1": []}', b"\xff"]
    )
    def test_anything_else_is_refused(self, sent: bytes) -> None:
        with pytest.raises(MalformedDocument):
            read_kinds(sent)
