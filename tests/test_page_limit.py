"""An issue of more pages than the limit is its sender's to shorten."""

from __future__ import annotations

import json

import pytest

from hongtou.bulletin.errors import ReviewFailed
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.pipeline import Typesetter
from tests.support.finished import EXAMPLE
from tests.support.shop import faces, layouts


class TestPages:
    def test_an_issue_over_the_limit_is_the_senders_to_shorten(self) -> None:
        with pytest.raises(ReviewFailed) as caught:
            Typesetter(faces(), layouts(), Limits(pages=1)).produce(EXAMPLE, Order())
        assert [fault.code for fault in caught.value.findings] == ["pages/too-many"]

    def test_a_check_tells_of_it_too(self) -> None:
        found = Typesetter(faces(), layouts(), Limits(pages=1)).check(EXAMPLE, Order())
        assert "pages/too-many" in {finding.code for finding in found.findings}
        assert found.page_count is None  # it is told before anything is set

    def test_as_many_as_the_limit_are_set(self) -> None:
        assert json.loads(EXAMPLE)
        assert Typesetter(faces(), layouts(), Limits(pages=2)).produce(EXAMPLE, Order())
