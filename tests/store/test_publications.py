"""Publications are changed by their version."""

from __future__ import annotations

import pytest

from hongtou.bulletin.errors import NotKept, Stale, WrongState
from hongtou.bulletin.issue import Series
from hongtou.desk import Desk
from hongtou.desk.event import WantedEvents
from hongtou.desk.publication import PublicationPlan
from tests.support.archives import CHEN, FRIDAY, WANG, later, publication

pytestmark = pytest.mark.slow


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
            desk.issues.begin(1, FRIDAY, Series.REGULAR, WANG)

    def test_one_without_issues_is_removed_with_its_lists_and_skipped_numbers(
        self, desk: Desk
    ) -> None:
        one, other = publication(desk), publication(desk)
        kept_day = desk.issues.begin(one, FRIDAY, Series.REGULAR, WANG).record
        with pytest.raises(WrongState, match="还有 1 期，") as refused:
            desk.publications.remove(one, 1, WANG)
        assert refused.value.hint == "请先删除各期，再清空回收站"
        desk.issues.discard(kept_day.id, kept_day.version, WANG)
        with pytest.raises(WrongState, match="还有 1 期在回收站里") as refused:
            desk.publications.remove(one, 1, WANG)
        assert refused.value.hint == "请先清空回收站"
        desk.issues.clear_bin(one, later(WANG, days=1))
        desk.publications.change(one, 1, PublicationPlan(nameplate="新刊名"), CHEN)
        with pytest.raises(Stale):
            desk.publications.remove(one, 1, WANG)
        desk.publications.remove(one, 2, WANG)
        assert [left.id for left in desk.publications.listed()] == [other]
        with pytest.raises(NotKept):
            desk.publications.skipped(one)
        (last,) = desk.auditing.listed(WantedEvents(count=1)).noted
        assert (last.event.action, last.event.publication_id) == ("publication.delete", one)
        assert last.event.detail == {"nameplate": "新刊名"}
