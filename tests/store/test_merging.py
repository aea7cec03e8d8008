"""What two wrote at once is merged against the version that both had."""

from __future__ import annotations

import json

import pytest

from hongtou.bulletin.errors import WrongState
from hongtou.desk import Desk
from hongtou.desk.revision import Kind
from tests.support.archives import CHEN, WANG, document, kept

pytestmark = pytest.mark.slow


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
