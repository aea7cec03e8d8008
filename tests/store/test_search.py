"""The list of issues: by publication, year and state, and by the words in them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.issue import State, Wanted
from hongtou.store import SqlArchive
from hongtou.store.words import MOST_TOKENS, PIECE_CHARS, snippet
from tests.support.archives import (
    WANG,
    document,
    is_full_scan,
    kept,
    move,
    plans_of,
    publication,
    texts,
)

pytestmark = pytest.mark.slow


class TestTheList:
    def test_it_is_newest_first_and_goes_on(self, desk: Desk) -> None:
        for number in range(1, 6):
            kept(desk, number, day=f"2017-12-{number:02}")
        first = desk.issues.listed(Wanted(count=2))
        assert [one.record.facts.number for one in first.found] == [5, 4]
        assert first.next == 2
        last = desk.issues.listed(Wanted(count=3, after=2))
        assert ([one.record.facts.number for one in last.found], last.next) == ([3, 2, 1], None)

    def test_it_is_of_a_publication_a_year_a_state(self, desk: Desk) -> None:
        one, old = kept(desk), kept(desk, 1, day="2016-01-05")
        other = desk.issues.add(publication(desk, "另一种"), document(), WANG).id
        move(desk, one, "submit")
        owner = desk.issues.one(one).record.publication_id

        def ids(**wanted: Any) -> list[int]:
            return [found.record.id for found in desk.issues.listed(Wanted(**wanted)).found]

        assert ids() == [other, one, old]
        assert ids(publication_id=owner) == [one, old]
        assert ids(year=2016) == [old]
        assert ids(state=State.REVIEW) == [one]

    @pytest.mark.parametrize(
        ("wanted", "is_found"),
        [
            ("园", True), ("环境", True), ("农村环境卫生", True), ("卫环", False), ("查无此词", False),
            ("2017", True), ("２０１７", True), ("gdp", True), ("ＧＤＰ", True), ("𠮷", True), ("𠮷家", True),
            ("𰀀", True), ("王𮯱", True), ("境，卫", True), ("，", False), ('"', False), ("*", False), ("a' OR '1'='1", False),
            ("头条", True), ("省文明办", False), ("u", False), ("境卫生整治进校园", True), ("境卫生整治园", False),
            ("环境 校园", True), ("校园　gdp 头条", True), ("环境 ，", True), ("环境 城市", False), ("整治进校园 查无", False),
        ],
    )  # fmt: skip
    def test_one_and_two_characters_are_found(
        self, desk: Desk, wanted: str, is_found: bool
    ) -> None:
        kept(desk, body="2017年，农村环境卫生整治进校园，GDP增长，𠮷家村、𰀀、王𮯱。")
        found = desk.issues.listed(Wanted(text=wanted)).found
        assert bool(found) is is_found

    @pytest.mark.parametrize("wanted", ["2017年第3期", "2017年第3期 一段"])
    def test_an_issue_is_found_by_its_number(self, desk: Desk, wanted: str) -> None:
        for number in (3, 13, 30):
            kept(desk, number)
        found = desk.issues.listed(Wanted(text=wanted)).found
        assert [one.record.facts.number for one in found] == [3]

    def test_where_it_was_found_is_shown(self, desk: Desk) -> None:
        kept(desk, body="甲" * 100 + "农村环境卫生" + "乙" * 100)
        (found,) = desk.issues.listed(Wanted(text="环境")).found
        assert found.pointer == "/articles/0/body/0"
        assert "农村环境卫生" in found.snippet
        assert found.snippet.startswith("…")
        assert found.snippet.endswith("…")

    def test_of_several_words_all_are_in_the_issue_and_the_first_is_shown(self, desk: Desk) -> None:
        both = kept(desk, body="农村环境。" + "甲" * 400 + "城市面貌整治。")
        kept(desk, 34, body="农村环境。")
        (found,) = desk.issues.listed(Wanted(text="面貌整治 农村环境")).found
        assert found.record.id == both
        assert "面貌整治" in found.snippet

    def test_what_was_taken_out_is_found_no_more(self, desk: Desk) -> None:
        one = kept(desk, body="农村环境。")
        desk.issues.save(one, 1, document(body="城市面貌。"), WANG)
        assert desk.issues.listed(Wanted(text="环境")).found == ()
        assert len(desk.issues.listed(Wanted(text="面貌")).found) == 1

    def test_only_passages_that_changed_are_written(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        one = kept(desk)
        before = texts(archive)
        desk.issues.save(one, 1, document(body="改了。"), WANG)
        after = texts(archive)
        assert before.items() - after.items() == {(3, "一段。")}
        assert sorted(after.values()) == ["2017年第33期（总第613期）", "改了。", "第33期的头条"]

    @settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
    @given(place_=st.integers(0, 1000), count=st.integers(1, MOST_TOKENS))
    def test_whatever_stands_in_a_long_paragraph_is_found(
        self, archive: SqlArchive, place_: int, count: int
    ) -> None:
        long = "".join(chr(0x4E00 + number * 7 % 977) for number in range(1000)) + "的" * 700
        assert len(long) > 5 * PIECE_CHARS
        desk = Desk(archive, Limits())
        if not desk.publications.listed():
            kept(desk, body=long)
        wanted = long[place_ : place_ + count]
        assert len(desk.issues.listed(Wanted(text=wanted)).found) == 1

    def test_a_list_and_a_search_read_no_table_from_end_to_end(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        for number in range(1, 21):
            kept(desk, number)
        for wanted in (
            Wanted(), Wanted(publication_id=1), Wanted(year=2017), Wanted(in_bin=True),
            *(Wanted(text=word) for word in ("境", "环境", "环境卫生", "环境 校园卫生")),
        ):  # fmt: skip
            steps = plans_of(archive, lambda wanted=wanted: desk.issues.listed(wanted))
            assert steps
            assert not [step for step in steps if is_full_scan(step)], wanted


class TestManyIssues:
    """What is asked of a hundred thousand issues (`python -m benchmarks.many_issues`) reads few of them."""

    @pytest.mark.parametrize(
        ("wanted", "index"),
        [
            (Wanted(), "ix_issue_(?:list|live)"),
            (Wanted(year=2017), "ix_issue_live_of_year"),
            (Wanted(year=2017, state=State.DRAFT), "ix_issue_live_of_year"),
            (Wanted(state=State.FINAL), "ix_issue_live_of_state"),
            (Wanted(publication_id=1, state=State.DRAFT), "ix_issue_(?:list|live)_of_publication"),
        ],
    )
    def test_a_list_is_read_by_the_index_that_leaves_least(
        self, archive: SqlArchive, desk: Desk, wanted: Wanted, index: str
    ) -> None:
        kept(desk)
        steps = plans_of(archive, lambda: desk.issues.listed(wanted))
        if archive.path is not None:  # PostgreSQL chooses by statistics, which few issues have not
            assert any(re.search(f"USING INDEX {index} ", f"{step} ") for step in steps), steps

    @pytest.fixture
    def few(self, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> range:
        """Twelve issues, of which a search reads few: a word in all, in each third, in the oldest."""
        for name, count in (("SAMPLE", 3), ("FREQUENT", 1), ("MOST_WALKED", 6), ("DEEP", 1)):
            monkeypatch.setattr(f"hongtou.store.issues.{name}", count)
        numbers = range(1, 13)
        for number in numbers:
            words = ["常见", "间或"[: 2 * (number % 3 == 0)], "旧话"[: 2 * (number < 3)]]
            kept(desk, number, body="，".join(words), day=f"2017-12-{number:02}")
        return numbers

    def test_a_search_finds_the_same_by_texts_as_by_the_index(self, desk: Desk, few: range) -> None:
        held = {
            "常": [*few], "常见": [*few], "常见，间或": [*few][2::3], "间": [*few][2::3], "旧": [1, 2], "旧话": [1, 2],
            "无": [], "无此": [],
        }  # fmt: skip
        for word, numbers in held.items():
            for count in (1, 2, 5):
                found, after = [], 0
                while after is not None:
                    page = desk.issues.listed(Wanted(text=word, count=count, after=after))
                    found += [one.record.facts.number for one in page.found]
                    after = page.next
                assert found == numbers[::-1], (word, count)

    def test_what_is_frequent_is_found_without_its_index(
        self, archive: SqlArchive, desk: Desk, few: range
    ) -> None:
        """That of PostgreSQL names all: of 100,000 issues a third, fetched and sorted for a page."""
        is_sqlite = archive.path is not None  # its index holds their ids, and fetches none
        for word, asks in {"常": False, "常见": False, "间": False, "旧": True, "无": True}.items():
            wanted = Wanted(text=word, count=1)
            steps = plans_of(archive, lambda wanted=wanted: desk.issues.listed(wanted))
            is_asked = any(re.search("issue_(?:part|grams)", step) for step in steps)
            assert is_asked is (asks or is_sqlite), word


@given(st.text("甲乙，1Ａ", max_size=200), st.integers(0, 199), st.integers(1, 9))
def test_a_snippet_shows_what_was_found(words: str, start: int, count: int) -> None:
    wanted = words[start : start + count].strip("，")
    assert not wanted or wanted in snippet(words, wanted) or words.count(wanted) > 1
