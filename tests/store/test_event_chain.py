"""The chain of events: only added to, and each holds the digest of the one before."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.issue import Wanted
from hongtou.store import SqlArchive
from hongtou.store.schema import event
from tests.support.archives import CHEN, NOON, WANG, document, kept, publication

pytestmark = pytest.mark.slow


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
