"""Keys while the service runs: a line that is taken out is dead within a second, however it is done."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.keys import MAX_BUSY_ROUNDS, MAX_FILE_BYTES, OF_KEYS, KeyRing, key_line
from tests.support.serving import within_a_second

ONE, TWO = "hongtou_one", "hongtou_two"
LINES = {
    secret: f"{key_line(secret, OF_KEYS, secret.removeprefix('hongtou_'))}\n"
    for secret in (ONE, TWO)
}


class Told:
    """Remembers what a ring tells of."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []

    def __call__(self, event: str, cause: str) -> None:
        self.events.append((event, cause))

    def faults(self) -> list[str]:
        return [cause for event, cause in self.events if event == "key-fault"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_text("".join(LINES.values()))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for secret, line in LINES.items():
        (tmp_path / f"{secret.removeprefix('hongtou_')}.keys").write_text(line)
    return tmp_path


def knows(ring: KeyRing, *secrets: str) -> bool:
    return {secret for secret in (ONE, TWO) if ring.key_of(secret)} == set(secrets)


def written(file: Path) -> None:
    file.write_text(LINES[TWO])


def renamed_over(file: Path) -> None:
    other = file.with_name("new")
    other.write_text(LINES[TWO])
    other.replace(file)


def same_size_and_time(file: Path) -> None:
    """As cp -p and rsync -t leave it."""
    before = file.stat()
    comment = f"#{'-' * (len(LINES[ONE]) - 2)}\n"
    file.write_text(comment + LINES[TWO])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.parametrize("change", [written, renamed_over, same_size_and_time])
def test_a_line_that_is_taken_out_shuts_its_key_out(
    file: Path, change: Callable[[Path], None]
) -> None:
    ring = KeyRing(file)
    assert knows(ring, ONE, TWO)
    change(file)
    assert within_a_second(lambda: knows(ring, TWO))


@pytest.mark.slow
def test_a_file_that_is_gone_lets_nobody_in(file: Path) -> None:
    ring = KeyRing(file)
    file.unlink()
    assert within_a_second(lambda: knows(ring))
    file.write_text(LINES[ONE])
    assert within_a_second(lambda: knows(ring, ONE))


@pytest.mark.slow
def test_a_folder_has_the_keys_of_its_files(folder: Path) -> None:
    ring = KeyRing(folder)
    assert knows(ring, ONE, TWO)
    (folder / "one.keys").unlink()
    assert within_a_second(lambda: knows(ring, TWO))
    (folder / "three.keys").write_text(LINES[ONE])
    assert within_a_second(lambda: knows(ring, ONE, TWO))


def test_a_folder_may_be_empty_at_first(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    assert knows(ring)


LEFT_BEHIND = [
    "keys~",
    "keys.bak",
    ".keys.swp",
    "keys.orig",
    "a.TMP",
    "#one.keys#",
    ".#one.keys",
    "one.keys.1",
    "one.keys.rpmsave",
]


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_editors_leave_behind_is_no_file_of_keys(folder: Path, name: str) -> None:
    (folder / "one.keys").rename(folder / name)
    assert knows(KeyRing(folder), TWO)


def test_nobody_holds_a_removed_key_by_writing_to_another_file(folder: Path) -> None:
    ring = KeyRing(folder)
    over = threading.Event()

    def write_on() -> None:
        while not over.wait(0.02):
            (folder / "busy.keys").write_text(f"# {time.monotonic()}\n")

    writing = threading.Thread(target=write_on)
    writing.start()
    try:
        time.sleep(0.1)
        (folder / "one.keys").unlink()
        assert within_a_second(lambda: knows(ring, TWO))
    finally:
        over.set()
        writing.join()


def test_a_file_that_keeps_changing_counts_as_it_was_for_two_looks(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hongtou.keys._watch", lambda ring: None)  # only we look
    ring = KeyRing(file)
    writes_on = True

    def meanwhile(seconds: float) -> None:
        file.write_text(file.read_text() + "#\n" * writes_on)

    monkeypatch.setattr("hongtou.keys.time.sleep", meanwhile)
    for mine, other in ((ONE, TWO), (TWO, ONE)):  # the count begins anew
        file.write_text(LINES[mine])
        writes_on = True
        for _ in range(MAX_BUSY_ROUNDS):
            ring.look()
            assert ring.key_of(other)
        ring.look()
        assert knows(ring, mine)
        writes_on = False
        ring.look()


def test_a_pipe_in_its_place_stops_nobody(file: Path) -> None:
    told = Told()
    ring = KeyRing(file, told)
    file.unlink()
    os.mkfifo(file)
    assert within_a_second(lambda: ring.faults == 1)
    assert knows(ring, ONE, TWO)
    file.unlink()
    file.write_text(LINES[TWO])
    assert within_a_second(lambda: knows(ring, TWO))


def test_a_file_from_windows_may_begin_with_a_comment(file: Path) -> None:
    file.write_text("\ufeff# 说明\r\n" + LINES[ONE].replace("\n", "\r\n"), encoding="utf-8")
    assert knows(KeyRing(file), ONE)


def test_a_folder_may_hold_links_as_kubernetes_makes_them(tmp_path: Path) -> None:
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "keys").write_text(LINES[ONE])
    (tmp_path / "keys").symlink_to("..data/keys")
    assert knows(KeyRing(tmp_path), ONE)


class TestFaults:
    @pytest.mark.slow
    def test_a_bad_line_is_told_once_and_the_others_hold(self, file: Path) -> None:
        told = Told()
        ring = KeyRing(file, told)
        file.write_bytes(LINES[ONE].encode() + b"\xff broken\n" + LINES[TWO].encode())
        assert within_a_second(lambda: ring.faults == 1)
        assert knows(ring, ONE, TWO)
        ring.look()
        assert len(told.faults()) == 1
        assert "第 2 行" in told.faults()[0]
        assert "broken" not in str(told.events)
        file.write_text(LINES[ONE])
        assert within_a_second(lambda: ring.faults == 0)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root 什么都读得了")
    def test_a_file_that_cannot_be_read_counts_as_it_was(self, file: Path) -> None:
        ring = KeyRing(file)
        file.chmod(0)
        assert within_a_second(lambda: ring.faults == 1)
        assert knows(ring, ONE, TWO)

    @pytest.mark.slow
    def test_a_file_that_is_too_large_counts_as_it_was(self, folder: Path) -> None:
        ring = KeyRing(folder)
        (folder / "one.keys").write_bytes(b"#" * (MAX_FILE_BYTES + 1))
        assert within_a_second(lambda: ring.faults == 1)
        assert knows(ring, ONE, TWO)
        (folder / "two.keys").unlink()
        assert within_a_second(lambda: knows(ring, ONE))

    def test_a_file_may_be_as_large_as_one_is_read(self, folder: Path) -> None:
        line = (folder / "one.keys").read_bytes()
        (folder / "one.keys").write_bytes(b"#" * (MAX_FILE_BYTES - len(line) - 1) + b"\n" + line)
        assert knows(KeyRing(folder), ONE, TWO)

    def test_a_half_written_file_is_read_when_it_is_whole(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hongtou.keys._watch", lambda ring: None)  # only we look
        ring = KeyRing(file)
        file.write_text("")
        monkeypatch.setattr("hongtou.keys.time.sleep", lambda seconds: file.write_text(LINES[ONE]))
        ring.look()  # it was empty, and then it was not
        assert ring.key_of(ONE)

    def test_at_start_a_bad_line_is_an_error(self, folder: Path) -> None:
        (folder / "three").write_text("render\n")
        with pytest.raises(SetupError, match="three 第 1 行"):
            KeyRing(folder)

    def test_at_start_a_missing_file_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="读不了"):
            KeyRing(tmp_path / "none")


def watchers() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.name == "keys"}


@pytest.mark.slow
def test_the_watcher_survives_anything_and_ends_with_its_ring(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = watchers()
    told = Told()
    ring: KeyRing | None = KeyRing(file, told)
    (watcher,) = watchers() - others
    with monkeypatch.context() as patch:
        patch.setattr(KeyRing, "_settled", lambda _: 1 / 0)
        assert within_a_second(lambda: ("key-fault", "ZeroDivisionError") in told.events)
    file.write_text(LINES[TWO])
    assert within_a_second(lambda: ring is not None and knows(ring, TWO))
    assert watcher.daemon
    ring = None  # nobody holds it any more
    assert within_a_second(lambda: not watcher.is_alive())
