"""Documents are kept byte for byte, and a save never overwrites what somebody else saved."""

from __future__ import annotations

import json
import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from hongtou.bulletin.errors import MalformedDocument, NotKept, Stale
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.facts import Passage, facts_of
from hongtou.desk.issue import State
from hongtou.store import SqlArchive
from hongtou.store.schema import issue
from tests.support.archives import (
    CHEN,
    NOON,
    WANG,
    document,
    kept,
    later,
    publication,
    texts,
    version,
)

pytestmark = pytest.mark.slow


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

    @pytest.mark.usefixtures("in_china")
    def test_one_without_a_day_is_listed_by_that_of_the_clock_on_the_wall(
        self, archive: SqlArchive, desk: Desk
    ) -> None:
        dated = kept(desk, 1, day="2017-12-22")
        owner = desk.publications.listed()[0].id
        stamp = later(WANG, hours=5)  # 01:00 of 12月23日 in China
        undated = desk.issues.add(owner, b"{}", stamp).id
        desk.issues.save(undated, 1, b'{"articles": []}', stamp)
        with archive.engine.connect() as connection:
            days = connection.execute(select(issue.c.id, issue.c.listed_on)).all()
        assert dict(map(tuple, days)) == {dated: date(2017, 12, 22), undated: date(2017, 12, 23)}

    def test_what_is_no_json_is_not(self, desk: Desk) -> None:
        with pytest.raises(MalformedDocument):
            desk.issues.add(publication(desk), b"{", WANG)

    def test_a_save_counts_the_version_and_derives_anew(self, desk: Desk) -> None:
        one = kept(desk)
        saved = desk.issues.save(one, 1, document(34), later(CHEN, seconds=2))
        assert (saved.version, saved.facts.number, saved.changed_by) == (2, 34, "陈炜")

    def test_a_save_answers_with_what_is_kept_and_reads_the_document_once(
        self, desk: Desk, archive: SqlArchive
    ) -> None:
        one = kept(desk)
        wholes: list[str] = []

        def look(*said: Any) -> None:
            if "issue.document" in said[2]:
                wholes.append(said[2])

        event.listen(archive.engine, "before_cursor_execute", look)
        saved = desk.issues.save(one, 1, document(34), later(CHEN, seconds=2))
        assert len([read for read in wholes if read.startswith("SELECT")]) == 1
        assert saved == desk.issues.one(one).record

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
