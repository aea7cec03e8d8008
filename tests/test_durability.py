"""What was told as saved outlasts a kill; `python -m benchmarks.durability` does it two hundred times."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.durability.chain import BROKEN, CHANGES, SOUND, changed, checked, filled
from benchmarks.durability.editor import Editor
from benchmarks.durability.growth import MOST_BYTES, typed
from benchmarks.durability.kills import kill
from benchmarks.durability.pictures import NONE, PictureEditor, uploaded
from benchmarks.durability.point_in_time import lost
from benchmarks.durability.power import cut_power
from benchmarks.durability.size import lost_and_restored
from tests.support.archives import document
from tests.support.databases import ABSENT, BINARIES
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.long


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


class TestPictures:
    def test_each_is_there_with_its_row_after_kills_or_neither_is(self, tmp_path: Path) -> None:
        look = uploaded(3, tmp_path / "hongtou.db")
        assert (look.lost, look.torn, look.broken, look.orphans) == (0, 0, 0, 0)
        assert look.kills == 3
        assert look.pictures > 0

    def test_one_that_is_lost_would_be_seen(self) -> None:
        editor = PictureEditor(1, 33)
        editor.kept = {"0.png": {"ab"}, "1.png": {NONE, "cd"}}
        assert editor.lost({"0.png": "ab"}) == 0
        assert editor.lost({"0.png": "ab", "1.png": "ef"}) == 1
        assert editor.lost({}) == 1


def test_events_outlast_kills_and_a_changed_one_shows(tmp_path: Path) -> None:
    file = tmp_path / "hongtou.db"
    tally = filled(file, 40, 2)
    assert (tally.kills, tally.missing, tally.broken) == (3, 0, 0)
    assert tally.found >= tally.told == 40
    assert checked(file) == SOUND
    assert [checked(changed(file, way)) for way in range(len(CHANGES))] == [BROKEN] * len(CHANGES)


def test_an_archive_is_lost_and_restored_as_it_was(tmp_path: Path) -> None:
    tally = lost_and_restored(tmp_path / "hongtou.db", 10_000_000)
    assert (tally.blobs, tally.differing) == (4, 0)
    assert tally.size > 10_000_000
    assert tally.until_ready > 0


@pytest.mark.skipif(not BINARIES, reason=ABSENT)
def test_postgresql_goes_back_to_a_moment(tmp_path: Path) -> None:
    trial = lost(6)
    saved = trial.saved
    assert saved.acknowledged_by(trial.moment) <= trial.at_moment.number
    assert trial.at_moment.number <= saved.begun_by(trial.moment) < len(saved.at)
    assert trial.at_end.number >= trial.at_moment.number
    assert trial.at_moment.is_whole and trial.at_end.is_whole
