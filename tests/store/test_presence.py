"""Who else has an issue open."""

from __future__ import annotations

import pytest

from hongtou.desk import Desk
from tests.support.archives import CHEN, WANG, kept, later

pytestmark = pytest.mark.slow


class TestPresence:
    def test_others_are_told_for_half_a_minute(self, desk: Desk) -> None:
        one = kept(desk)
        desk.holding.meet(one, "a", "/articles/0", WANG)
        met = desk.holding.meet(one, "b", "", later(CHEN, seconds=20))
        assert [(found.who, found.place) for found in met.others] == [("王龙", "/articles/0")]
        assert met.record.version == 1
        assert desk.holding.meet(one, "b", "", later(CHEN, seconds=31)).others == ()
