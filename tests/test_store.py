"""The storage suite: every rule on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import re
import threading
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from hongtou.bulletin.errors import (
    Forbidden,
    Locked,
    MalformedDocument,
    NotKept,
    NumberTaken,
    ReviewFailed,
    SetupError,
    Stale,
    WrongState,
)
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import FinishedFile
from hongtou.desk import Desk, Stamp
from hongtou.desk.event import START, Chain, Deed, Event, event_of
from hongtou.desk.facts import Passage, facts_of
from hongtou.desk.holdings import Asset, blob_of
from hongtou.desk.issue import State, Wanted
from hongtou.desk.numbering import next_number
from hongtou.desk.publication import PublicationPlan, Skipped
from hongtou.desk.revision import Kind
from hongtou.store import SqlArchive, open_archive
from hongtou.store.applied import current, migrate, newest, schemas
from hongtou.store.columns import metadata
from hongtou.store.connecting import sqlite_engine, writing
from hongtou.store.opening import is_server, older_archive, server_engine
from hongtou.store.schema import event, issue, issue_text, revision
from hongtou.store.schema import publication as publication_table
from hongtou.store.words import MOST_TOKENS, PIECE_CHARS, snippet
from tests.support.archives import (
    CHEN,
    FRIDAY,
    NOON,
    WANG,
    archive,
    desk,
    document,
    is_full_scan,
    kept,
    later,
    place,
    plans_of,
    publication,
    server,
)
from tests.support.fakes import HALF_WIDTH, NO_TITLE

pytestmark = pytest.mark.slow

__all__ = ["archive", "desk", "place", "server"]
REGULAR = Series.REGULAR


class Press:
    """Checks and prints at once what a test tells it to."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        self.asked: list[dict[str, bytes]] = []

    def check(self, document: bytes, images: Any) -> tuple[Finding, ...]:
        self.asked.append(dict(images))
        return self.findings

    def print(self, document: bytes, images: Any) -> FinishedFile:
        self.asked.append(dict(images))
        return FinishedFile(
            content=b"%PDF-1.7 " + document, file_name="第33期.pdf", ascii_name="bulletin-2017-33.pdf",
            page_count=9, plan_digest="ab" * 32, finding_count=0,
            is_classified=False,
        )  # fmt: skip


def version(desk: Desk, issue_id: int) -> int:
    return desk.issues.one(issue_id).record.version


def move(desk: Desk, issue_id: int, *steps: str, press: Press | None = None) -> None:
    for step in steps:
        desk.finishing.move(issue_id, version(desk, issue_id), step, WANG, press or Press(), "理由")


def texts(archive: SqlArchive) -> dict[int, str]:
    with archive.engine.connect() as connection:
        return {row.id: row.words for row in connection.execute(select(issue_text))}


def fill_as_of(place: str, schema: str) -> None:
    """Make a database as an older release did, with a publication, an issue and an event."""
    first = SqlArchive(server_engine(place) if is_server(place) else sqlite_engine(Path(place)))
    added = event_of(Deed("issue.add", 1, 1), WANG, START)
    by = {"version": 1, "changed_at": NOON, "changed_by": "王龙"}
    plan = {"nameplate": "旧刊", "layout": "dongtai", "issuing_body": "", "numbering": "yearly"}
    with writing(first.engine) as connection:
        migrate(connection, schema)
        connection.execute(insert(publication_table).values({**plan, "defaults": {}, **by}))
        issue_row = {
            "publication_id": 1, "year": 2017, "series": "regular", "number": 33,
            "total_number": 613, "issue_date": NOON.date(), "listed_on": NOON.date(),
            "title": "第33期的头条", "state": "draft", "created_at": NOON,
            "document": document().decode(), **by,
        }  # fmt: skip
        connection.execute(insert(issue).values(issue_row))
        event_row = {name: getattr(added, name) for name in Event.__slots__}
        connection.execute(insert(event).values(event_row))
    first.engine.dispose()


class TestTheSchema:
    def test_the_migrations_make_what_is_declared(self, archive: SqlArchive) -> None:
        with archive.engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"include_name": lambda name, kind, parents: "issue_grams" not in str(name)},
            )
            found = [str(one) for one in compare_metadata(context, metadata)]
        assert [one for one in found if "ix_issue_part_grams" not in one] == []
        assert archive.path is not None or found == []  # which only PostgreSQL has

    def test_opening_again_changes_nothing(self, place: str) -> None:
        for _ in range(2):
            opened = open_archive(place)
            with opened.engine.connect() as connection:
                names = connection.execute(text("SELECT version_num FROM alembic_version")).all()
            opened.close()
            assert [tuple(row) for row in names] == [(newest(),)]

    @pytest.mark.parametrize("older", schemas()[:-1])
    def test_what_an_older_release_kept_goes_on_in_this_one(self, place: str, older: str) -> None:
        fill_as_of(place, older)
        opened = open_archive(place)
        desk = Desk(opened, Limits())
        (kept_publication,) = desk.publications.listed()
        assert (kept_publication.plan.nameplate, kept_publication.plan.lists) == ("旧刊", {})
        one = desk.issues.one(1)
        assert one.document == document()
        assert desk.auditing.chain().count == 1
        assert desk.issues.save(1, 1, document(body="环境。"), WANG).version == 2
        assert [found.record.id for found in desk.issues.listed(Wanted(text="环境")).found] == [1]
        assert desk.issues.begin(1, FRIDAY, REGULAR, WANG).record.facts.number == 34
        assert desk.auditing.chain() == Chain(2, desk.auditing.chain().digest)
        opened.close()

    @pytest.mark.parametrize("older", schemas()[:-1])
    def test_it_goes_back_to_an_older_one_and_forth_again_with_all_that_is_kept(
        self, place: str, older: str
    ) -> None:
        opened = open_archive(place)
        one = kept(Desk(opened, Limits()), body="环境。")
        opened.close()
        older_archive(place, older)
        first = SqlArchive(server_engine(place) if is_server(place) else sqlite_engine(Path(place)))
        with first.engine.connect() as connection:
            assert current(connection) == older
            assert (
                connection.execute(select(issue.c.document)).scalar()
                == document(body="环境。").decode()
            )
        first.engine.dispose()
        again = open_archive(place)
        desk = Desk(again, Limits())
        assert desk.issues.save(one, 1, document(body="环境卫生。"), WANG).version == 2
        assert [found.record.id for found in desk.issues.listed(Wanted(text="卫生")).found] == [one]
        assert desk.auditing.chain().fault == ""
        with pytest.raises(DBAPIError), again.engine.begin() as connection:
            connection.execute(delete(event))  # still only added to
        again.close()

    def test_it_goes_nowhere_else(self, place: str) -> None:
        open_archive(place).close()
        for schema in (newest(), "9999", ""):
            with pytest.raises(SetupError, match="退不到"):
                older_archive(place, schema)

    @pytest.mark.parametrize(("older", "newer"), list(pairwise(schemas())))
    def test_a_release_goes_on_beside_the_next_schema(
        self, place: str, older: str, newer: str
    ) -> None:
        """Whatever the older one writes, it may leave out what the newer one has added."""
        opened = SqlArchive(
            server_engine(place) if is_server(place) else sqlite_engine(Path(place))
        )
        columns: list[dict[tuple[str, str], Any]] = []
        for schema in (older, newer):
            with writing(opened.engine) as connection:
                migrate(connection, schema)
                look = inspect(connection)
                names = [name for name in look.get_table_names() if name in metadata.tables]
                columns.append(
                    {(name, one["name"]): one for name in names for one in look.get_columns(name)}
                )
        opened.engine.dispose()
        before, after = columns
        there = {name for name, _ in before}
        for key, one in before.items():
            assert (str(after[key]["type"]), after[key]["nullable"]) == (
                str(one["type"]),
                one["nullable"],
            )
        for (table, name), one in after.items():
            if table in there and (table, name) not in before:
                assert one["nullable"] or one["default"] is not None, (table, name)

    def test_a_newer_schema_is_refused_in_plain_words(self, place: str) -> None:
        opened = open_archive(place)
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        opened.close()
        with pytest.raises(SetupError, match="由更新的 hongtou 写成（9999）"):
            open_archive(place)

    def test_what_was_kept_is_there_after_opening_again(self, place: str) -> None:
        first = open_archive(place)
        one = kept(Desk(first, Limits()))
        first.close()
        second = open_archive(place)
        assert Desk(second, Limits()).issues.one(one).document == document()
        second.close()


class TestDocuments:
    @pytest.mark.parametrize(
        "sent",
        [b'{ "a" : 1 }\n', '{"文": "𠮷☑"}'.encode(), b'\xef\xbb\xbf{"a": "\\ud800\\u0000"}', b"{}"],
    )
    def test_they_come_back_byte_for_byte(self, desk: Desk, sent: bytes) -> None:
        one = desk.issues.add(publication(desk), sent, WANG)
        assert desk.issues.one(one.id).document == sent

    def test_number_day_and_title_are_derived(self, desk: Desk) -> None:
        found = desk.issues.one(kept(desk)).record
        assert (found.facts.number, found.facts.total_number) == (33, 613)
        assert (found.facts.day, found.facts.title) == (date(2017, 12, 22), "第33期的头条")
        assert (found.state, found.version, found.changed_by) == (State.DRAFT, 1, "王龙")
        assert (found.created_at, found.changed_at) == (NOON, NOON)

    def test_an_issue_that_cannot_be_set_is_kept_all_the_same(self, desk: Desk) -> None:
        one = desk.issues.add(publication(desk), b'{"articles": 7}', WANG)
        assert one.record.facts.number is None

    def test_what_is_no_json_is_not(self, desk: Desk) -> None:
        with pytest.raises(MalformedDocument):
            desk.issues.add(publication(desk), b"{", WANG)

    def test_a_save_counts_the_version_and_derives_anew(self, desk: Desk) -> None:
        one = kept(desk)
        saved = desk.issues.save(one, 1, document(34), later(CHEN, seconds=2))
        assert (saved.version, saved.facts.number, saved.changed_by) == (2, 34, "陈炜")

    def test_the_same_bytes_are_no_new_version(self, desk: Desk) -> None:
        assert desk.issues.save(kept(desk), 1, document(), CHEN).version == 1

    def test_another_version_is_refused_and_told(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="二。"), CHEN)
        with pytest.raises(Stale) as refused:
            desk.issues.save(one, 1, document(body="三。"), WANG)
        assert refused.value.details == {"version": 2, "by": "陈炜", "at": NOON.isoformat()}
        assert desk.issues.one(one).document == document(body="二。")

    def test_four_writers_at_once_never_overwrite_one_another(self, desk: Desk) -> None:
        one = kept(desk)
        saved: list[int] = []

        def write(writer: int) -> None:
            for turn in range(10):
                try:
                    at = version(desk, one)
                    desk.issues.save(one, at, document(body=f"{writer}写{turn}。"), WANG)
                    saved.append(at)
                except Stale:
                    pass

        threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(saved) >= 10
        assert sorted(saved) == list(range(1, version(desk, one)))

    def test_an_issue_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(NotKept, match="没有编号为 7 的一期"):
            desk.issues.one(7)


class TestNumbers:
    def test_a_taken_number_is_refused_and_a_free_one_named(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(NumberTaken) as refused:
            kept(desk)
        assert refused.value.details == {"free": 34, "issue": one}

    def test_another_year_series_or_publication_has_its_own(self, desk: Desk) -> None:
        kept(desk)
        kept(desk, day="2018-01-05")
        other = publication(desk, "另一种")
        assert desk.issues.add(other, document(), WANG).record.publication_id == other

    def test_a_draft_without_a_number_takes_none(self, desk: Desk) -> None:
        owner = publication(desk)
        assert desk.issues.add(owner, document(None), WANG) != desk.issues.add(
            owner, document(None), WANG
        )

    def test_two_who_begin_at_the_same_time_get_different_numbers(
        self, archive: SqlArchive
    ) -> None:
        desk = Desk(archive, Limits())
        owner = publication(desk)
        with pytest.raises(NumberTaken), archive.writing() as records:
            for _ in range(2):  # past the check, as two transactions may be
                sent = document()
                records.add_issue(owner, sent, facts_of(json.loads(sent)), [], WANG)

    def test_the_next_issue_is_like_the_last(self, desk: Desk) -> None:
        kept(desk, 32, day="2017-12-15")
        kept(desk)
        owner = desk.publications.listed()[0].id
        found = desk.publications.next(owner, FRIDAY, REGULAR)
        assert (found.number, found.total_number, found.gaps) == (34, 614, ())
        begun = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG).document)
        assert begun["masthead"]["issue_number"] == 34
        assert begun["masthead"]["issue_date"] == "2017-12-29"
        assert begun["closing"] == {"report_to": "省文明办", "reviewers": ["杨春明"]}
        assert begun["articles"] == [{"headline": "", "body": [""]}]

    def test_the_first_one_and_a_blank_one_come_from_the_publication(self, desk: Desk) -> None:
        plan = PublicationPlan(nameplate="动态", defaults={"closing": {"report_to": "省办"}})
        owner = desk.publications.add(plan, WANG).id
        first = desk.issues.begin(owner, FRIDAY, REGULAR, WANG)
        desk.issues.save(first.id, 1, document(1, day="2017-12-29"), WANG)
        blank = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG, blank=True).document)
        assert blank["closing"] == {"report_to": "省办"}
        like = json.loads(desk.issues.begin(owner, FRIDAY, REGULAR, WANG, first.id).document)
        assert like["closing"]["reviewers"] == ["杨春明"]
        assert [blank["masthead"]["issue_number"], like["masthead"]["issue_number"]] == [2, 3]

    def test_a_gap_is_told_until_it_is_meant(self, desk: Desk) -> None:
        kept(desk, 31)
        kept(desk, 33)
        owner = desk.publications.listed()[0].id
        assert desk.publications.next(owner, FRIDAY, REGULAR).gaps == (32,)
        meant = Skipped(2017, REGULAR, 32, "停刊一周", "王龙", NOON)
        desk.publications.skip(owner, meant, WANG)
        assert desk.publications.next(owner, FRIDAY, REGULAR).gaps == ()
        assert desk.publications.skipped(owner) == [meant]
        for number in (32, 33):
            with pytest.raises(NumberTaken):
                desk.publications.skip(owner, Skipped(2017, REGULAR, number, "", "", NOON), WANG)


class TestPublications:
    def test_one_is_changed_by_its_version(self, desk: Desk) -> None:
        one = publication(desk)
        changed = desk.publications.change(one, 1, PublicationPlan(nameplate="新刊名"), CHEN)
        assert (changed.plan.nameplate, changed.version, changed.changed_by) == (
            "新刊名",
            2,
            "陈炜",
        )
        with pytest.raises(Stale) as refused:
            desk.publications.change(one, 1, PublicationPlan(nameplate="旧"), WANG)
        assert refused.value.details == {"version": 2, "by": "陈炜"}

    def test_one_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(NotKept):
            desk.publications.one(1)
        with pytest.raises(NotKept):
            desk.issues.begin(1, FRIDAY, REGULAR, WANG)


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
            ("𰀀", True), ("境，卫", True), ("，", False), ('"', False), ("*", False), ("a' OR '1'='1", False),
            ("头条", True), ("省文明办", False), ("u", False), ("境卫生整治进校园", True), ("境卫生整治园", False),
        ],
    )  # fmt: skip
    def test_one_and_two_characters_are_found(
        self, desk: Desk, wanted: str, is_found: bool
    ) -> None:
        kept(desk, body="2017年，农村环境卫生整治进校园，GDP增长，𠮷家村、𰀀。")
        found = desk.issues.listed(Wanted(text=wanted)).found
        assert bool(found) is is_found

    def test_where_it_was_found_is_shown(self, desk: Desk) -> None:
        kept(desk, body="甲" * 100 + "农村环境卫生" + "乙" * 100)
        (found,) = desk.issues.listed(Wanted(text="环境")).found
        assert found.pointer == "/articles/0/body/0"
        assert "农村环境卫生" in found.snippet
        assert found.snippet.startswith("…")
        assert found.snippet.endswith("…")

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
        assert before.items() - after.items() == {(2, "一段。")}
        assert sorted(after.values()) == ["改了。", "第33期的头条"]

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
            *(Wanted(text=word) for word in ("境", "环境", "环境卫生")),
        ):  # fmt: skip
            steps = plans_of(archive, lambda wanted=wanted: desk.issues.listed(wanted))
            assert steps
            assert not [step for step in steps if is_full_scan(step)], wanted


class TestMerging:
    def test_two_editors_are_joined_from_the_version_both_began_with(self, desk: Desk) -> None:
        one = kept(desk)
        theirs = document(body="一段，陈炜添的。")
        desk.issues.save(one, 1, theirs, CHEN)
        mine = json.loads(document())
        mine["articles"].append({"headline": "王龙的", "body": ["二段。"]})
        at, merged = desk.issues.merge(one, 1, json.dumps(mine).encode(), None, WANG)
        assert (at, merged.clashes) == (2, ())
        assert [article["body"] for article in merged.fields["articles"]] == [
            ["一段，陈炜添的。"],
            ["二段。"],
        ]
        assert desk.issues.one(one).document == theirs

    def test_a_version_that_is_not_kept_has_to_be_sent(self, desk: Desk) -> None:
        one = kept(desk)
        for turn in range(3):
            desk.issues.save(one, turn + 1, document(body=f"{turn}。"), WANG)
        with pytest.raises(WrongState, match="第 2 版没有留存"):
            desk.issues.merge(one, 2, document(), None, WANG)
        base = document(body="0。")
        assert desk.issues.merge(one, 2, document(body="新。"), base, WANG)[1].clashes

    def test_a_clash_keeps_what_was_there(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="二。"), WANG)
        desk.issues.merge(one, 1, document(body="三。"), None, CHEN)
        assert [found.kind for found in desk.history.revisions(one)] == [Kind.MERGE, Kind.WORK]


class TestTheBin:
    def test_what_lies_there_can_be_taken_back(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.discard(one, 1, CHEN)
        with pytest.raises(NotKept) as gone:
            desk.issues.one(one)
        assert gone.value.hint == "它在回收站里，可以取回"
        assert desk.issues.listed(Wanted()).found == ()
        assert [found.record.id for found in desk.issues.listed(Wanted(in_bin=True)).found] == [one]
        assert desk.issues.take_back(one, WANG).deleted_at is None
        assert desk.issues.one(one).document == document()

    def test_its_number_is_free_and_may_be_taken_meanwhile(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.discard(one, 1, CHEN)
        kept(desk)
        with pytest.raises(NumberTaken):
            desk.issues.take_back(one, WANG)

    def test_after_thirty_days_it_is_gone_for_good(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        one = kept(desk)
        desk.issues.discard(one, 1, CHEN)
        assert desk.issues.empty_bin(later(WANG, days=30)) == 0
        assert desk.issues.empty_bin(later(WANG, days=30, seconds=1)) == 1
        with pytest.raises(NotKept):
            desk.issues.take_back(one, WANG)
        assert texts(archive) == {}
        assert desk.auditing.chain().fault == ""

    def test_a_final_issue_cannot_be_thrown_away(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit", "finalize")
        with pytest.raises(Locked):
            desk.issues.discard(one, version(desk, one), WANG)


class TestHistory:
    def test_revisions_of_work_and_going_back(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="二。"), later(WANG, minutes=1))
        desk.issues.save(one, 2, document(body="三。"), later(WANG, minutes=2))
        desk.issues.save(one, 3, document(body="四。"), later(CHEN, minutes=3))
        assert [(found.ordinal, found.version, found.made_by) for found in desk.history.revisions(one)] == [
            (2, 3, "王龙"), (1, 1, "王龙"),
        ]  # fmt: skip
        assert desk.history.document(one, 1) == document()
        record = desk.history.restore(one, 1, 4, later(WANG, minutes=4))
        assert (record.version, desk.issues.one(one).document) == (5, document())
        newest_, *_ = desk.history.revisions(one)
        assert (newest_.kind, desk.history.document(one, newest_.ordinal)) == (
            Kind.RESTORE, document(body="四。"),
        )  # fmt: skip

    def test_two_revisions_compared(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.save(one, 1, document(body="一段，改了。"), CHEN)
        (change,) = [found for found in desk.history.compare(one, 1, None) if found.kind != "same"]
        assert change.pieces == (("same", "一段"), ("new", "，改了"), ("same", "。"))
        with pytest.raises(NotKept, match="没有第 9 个版本"):
            desk.history.compare(one, 9, None)

    def test_a_named_version_stays(self, desk: Desk) -> None:
        one = kept(desk)
        named = desk.history.name(one, 1, "送主任看的", WANG)
        assert (named.kind, named.label) == (Kind.NAMED, "送主任看的")
        assert desk.history.thin(later(WANG, days=99)) == 0
        with pytest.raises(Stale):
            desk.history.name(one, 9, "", WANG)

    def test_old_ones_are_thinned(self, desk: Desk) -> None:
        one = kept(desk)
        for turn in range(1, 5):
            saved = later(WANG, minutes=40 * turn)
            desk.issues.save(one, turn, document(body=f"{turn}。"), saved)
        assert len(desk.history.revisions(one)) == 4
        assert desk.history.thin(later(WANG, days=8)) == 3

    def test_documents_are_packed(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        one = kept(desk, body="环境卫生整治。" * 500)
        desk.history.name(one, 1, "", WANG)
        with archive.engine.connect() as connection:
            packed = connection.execute(select(revision.c.document)).scalar_one()
        assert len(packed) < len(desk.history.document(one, 1)) / 5


class TestStates:
    def test_the_way_to_print_is_kept_with_its_file(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit", "finalize", "print")
        record = desk.issues.one(one).record
        assert (record.state, record.version) == (State.PRINTED, 4)
        (edition,) = desk.finishing.editions(one)
        assert (edition.pages, edition.plan_digest, edition.made_by) == (9, "ab" * 32, "王龙")
        assert desk.finishing.file(one, edition.sha256)[1].content == b"%PDF-1.7 " + document()
        labels = [found.label for found in desk.history.revisions(one)]
        assert labels == ["印发", "定稿", "送审"]
        said = [(found.action, found.who) for found in desk.history.events(one)]
        assert said == [
            ("issue.add", "王龙"), ("issue.submit", "王龙"),
            ("issue.finalize", "王龙"), ("issue.print", "王龙"),
        ]  # fmt: skip

    def test_errors_keep_it_from_being_sent_in_and_warnings_do_not(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(ReviewFailed, match="有 1 处错误") as refused:
            move(desk, one, "submit", press=Press(NO_TITLE, HALF_WIDTH))
        assert refused.value.findings == (NO_TITLE, HALF_WIDTH)
        move(desk, one, "submit", press=Press(HALF_WIDTH))

    def test_a_final_issue_is_locked_until_it_is_unlocked(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit", "finalize")
        with pytest.raises(Locked):
            desk.issues.save(one, version(desk, one), document(body="二。"), WANG)
        with pytest.raises(Locked):
            desk.holding.put(one, PICTURE, BLOB, WANG)
        move(desk, one, "unlock")
        desk.issues.save(one, version(desk, one), document(body="二。"), WANG)
        move(desk, one, "submit", "finalize")
        assert len({found.sha256 for found in desk.finishing.editions(one)}) == 2

    def test_a_step_of_another_version_is_not_taken(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(Stale):
            desk.finishing.move(one, 7, "submit", WANG, Press())

    def test_what_was_changed_while_it_was_printed_is_not_final(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit")

        class Slow(Press):
            def print(self, sent: bytes, images: Any) -> FinishedFile:
                desk.issues.save(one, 2, document(body="抢先改了。"), CHEN)
                return super().print(sent, images)

        with pytest.raises(Stale):
            move(desk, one, "finalize", press=Slow())
        assert desk.issues.one(one).record.state is State.REVIEW
        assert desk.finishing.editions(one) == []

    def test_a_clerk_cannot_finish(self, desk: Desk) -> None:
        one = kept(desk)
        move(desk, one, "submit")
        clerk = Stamp("陈炜", NOON, reviews=False)
        with pytest.raises(Forbidden):
            desk.finishing.move(one, 2, "finalize", clerk, Press())

    def test_a_file_of_another_issue_is_not_given_out(self, desk: Desk) -> None:
        one, other = kept(desk), kept(desk, 34)
        move(desk, one, "submit", "finalize")
        (edition,) = desk.finishing.editions(one)
        with pytest.raises(NotKept):
            desk.finishing.file(other, edition.sha256)


BLOB = blob_of(b"\x89PNG picture", "image/png")
PICTURE = Asset(
    name="a.png", sha256=BLOB.sha256, media_type="image/png", size=len(BLOB.content)
)  # fmt: skip


class TestPictures:
    def test_one_is_kept_and_printed(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.put(one, PICTURE, BLOB, WANG)
        assert desk.holding.assets(one) == [PICTURE]
        assert desk.holding.picture(one, "a.png") == BLOB
        press = Press()
        move(desk, one, "submit", "finalize", press=press)
        assert press.asked == [{"a.png": BLOB.content}] * 2

    def test_another_of_its_name_takes_its_place(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.put(one, PICTURE, BLOB, WANG)
        blob = blob_of(b"other", "image/png")
        desk.holding.put(one, Asset(**{**_fields(PICTURE), "sha256": blob.sha256}), blob, WANG)
        assert desk.holding.picture(one, "a.png").content == b"other"
        assert desk.holding.sweep(WANG) == 1

    def test_the_same_bytes_are_kept_once_and_swept_when_nothing_uses_them(
        self, desk: Desk
    ) -> None:
        one, other = kept(desk), kept(desk, 34)
        for each in (one, other):
            desk.holding.put(each, PICTURE, BLOB, WANG)
        desk.holding.drop(one, "a.png", WANG)
        assert desk.holding.sweep(WANG) == 0
        desk.holding.drop(other, "a.png", WANG)
        assert desk.holding.sweep(WANG) == 1

    def test_one_that_is_not_there(self, desk: Desk) -> None:
        one = kept(desk)
        with pytest.raises(NotKept):
            desk.holding.picture(one, "b.png")
        with pytest.raises(NotKept):
            desk.holding.drop(one, "b.png", WANG)


def _fields(asset: Asset) -> dict[str, Any]:
    return {name: getattr(asset, name) for name in Asset.__slots__}


class TestPresence:
    def test_others_are_told_for_half_a_minute(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.meet(one, "a", "/articles/0", WANG)
        met = desk.holding.meet(one, "b", "", later(CHEN, seconds=20))
        assert [(found.who, found.place) for found in met.others] == [("王龙", "/articles/0")]
        assert met.record.version == 1
        assert desk.holding.meet(one, "b", "", later(CHEN, seconds=31)).others == ()


class TestEvents:
    def test_they_are_a_chain(self, desk: Desk) -> None:
        one = kept(desk)
        desk.issues.discard(one, 1, CHEN)
        desk.issues.take_back(one, WANG)
        assert desk.auditing.chain().fault == ""

    @pytest.mark.parametrize("statement", [update(event).values(who="某人"), delete(event)])
    def test_the_database_refuses_to_change_them(self, archive: SqlArchive, statement: Any) -> None:
        kept(Desk(archive, Limits()))
        with pytest.raises(DBAPIError, match="only added to"), archive.engine.begin() as connection:
            connection.execute(statement)

    def test_one_that_was_put_in_past_the_program_shows(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        kept(desk)
        forged = {
            "at": NOON, "who": "某人", "client": "", "action": "issue.add", "issue_id": 1,
            "publication_id": 1, "detail": {}, "previous": "f" * 64, "digest": "0" * 64,
        }  # fmt: skip
        with archive.engine.begin() as connection:
            connection.execute(insert(event).values(forged))
        assert desk.auditing.chain().fault.startswith("第 3 号操作记录与前一条不相接")

    def test_writers_at_the_same_time_make_one_chain(self, desk: Desk) -> None:
        owner = publication(desk)
        threads = [
            threading.Thread(target=desk.issues.add, args=(owner, document(number), WANG))
            for number in range(1, 9)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(desk.issues.listed(Wanted()).found) == 8
        assert desk.auditing.chain().fault == ""


def test_nothing_of_a_transaction_that_fails_is_kept(archive: SqlArchive) -> None:
    desk = Desk(archive, Limits())
    owner = publication(desk)
    with pytest.raises(RuntimeError), archive.writing() as records:
        passages = [Passage("/a", "甲")]
        records.add_issue(owner, document(), facts_of(json.loads(document())), passages, WANG)
        raise RuntimeError
    with archive.engine.connect() as connection:
        assert connection.execute(select(issue)).all() == []
    assert texts(archive) == {}


@given(st.text("甲乙，1Ａ", max_size=200), st.integers(0, 199), st.integers(1, 9))
def test_a_snippet_shows_what_was_found(words: str, start: int, count: int) -> None:
    wanted = words[start : start + count].strip("，")
    assert not wanted or wanted in snippet(words, wanted) or words.count(wanted) > 1


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

    @pytest.mark.parametrize("series", list(Series))
    @pytest.mark.parametrize("day", ["2016-06-03", "2017-12-29", "2018-01-05", "2019-01-04"])
    def test_the_numbers_of_a_year_give_the_next_as_all_do(
        self, archive: SqlArchive, desk: Desk, day: str, series: Series
    ) -> None:
        owner = publication(desk)
        for number, at in (
            (3, "2016-02-05"),
            (1, "2017-01-06"),
            (4, "2017-02-03"),
            (2, "2018-01-12"),
        ):
            kept(desk, number, day=at)
        desk.publications.skip(owner, Skipped(2017, REGULAR, 2, "停刊", "王龙", NOON), WANG)
        wanted = date.fromisoformat(day)
        with archive.reading() as records:
            plan = desk.publications.one(owner).plan
            every = next_number(plan, records.numbers(owner), wanted, series)
            few = next_number(
                plan, records.numbers_of_year(owner, wanted.year, series), wanted, series
            )
        assert few == every
