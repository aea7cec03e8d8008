"""Publications are changed by their version."""

from __future__ import annotations

import pytest

from hongtou.bulletin.errors import NotKept, Stale
from hongtou.bulletin.issue import Series
from hongtou.desk import Desk
from hongtou.desk.publication import PublicationPlan
from tests.support.archives import CHEN, FRIDAY, WANG, publication

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
