"""What was told as saved outlasts a kill; `python -m benchmarks.durability` does it two hundred times."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.durability.editor import Editor
from benchmarks.durability.growth import MOST_BYTES, typed
from benchmarks.durability.kills import kill
from benchmarks.durability.power import cut_power
from tests.support.archives import document
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow


def test_no_save_that_was_acknowledged_is_lost_in_kills(tmp_path: Path) -> None:
    *_, tally = kill(3, tmp_path / "hongtou.db", warm_serving)
    assert (tally.lost, tally.strange, tally.damaged, tally.broken) == (0, 0, 0, 0)
    assert tally.kills == 3
    assert sum(one.saves for one in tally.editors) > 0


def test_a_save_that_is_lost_or_strange_would_be_seen() -> None:
    editor = Editor(1, 33)
    assert editor.found(document(33, body="写到 7。" + "字" * 7)) == 7
    assert editor.found(document(33, body="写到 7。字")) == -1
    assert editor.found(document(33)) == 0


@pytest.mark.skipif(not shutil.which("cc"), reason="没有 C 编译器（apt-get install gcc）")
class TestPowerCuts:
    def test_no_save_that_was_acknowledged_is_lost(self) -> None:
        tally = cut_power(20, saves=60)
        assert (tally.cuts, tally.lost, tally.damaged, tally.broken) == (20, 0, 0, 0)
        assert tally.told > 30

    def test_on_a_disk_that_makes_nothing_last_it_would_be_seen(self) -> None:
        tally = cut_power(20, saves=60, lies=True)
        assert tally.lost + tally.damaged > 10


def test_twenty_minutes_of_typing_stay_far_below_their_share_of_a_day(tmp_path: Path) -> None:
    before, after, revisions = typed(600, tmp_path / "hongtou.db")
    assert 0 < after - before <= MOST_BYTES / 24
    assert revisions == 2
