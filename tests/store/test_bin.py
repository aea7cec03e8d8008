"""The bin: an issue can be taken back for thirty days."""

from __future__ import annotations

import pytest

from hongtou.bulletin.errors import Locked, NotKept, NumberTaken
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.issue import Wanted
from hongtou.store import SqlArchive
from tests.support.archives import CHEN, WANG, document, kept, later, move, texts, version

pytestmark = pytest.mark.slow


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
