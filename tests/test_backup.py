"""The file of SQLite: locked, kept off networks, copied, put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from hongtou.bulletin.errors import NoArchive, SetupError, StorageFull
from hongtou.bulletin.limits import Limits
from hongtou.cli import main
from hongtou.desk import Desk, Stamp
from hongtou.desk.auditing import Auditing
from hongtou.desk.event import Chain
from hongtou.desk.holdings import Asset, blob_of
from hongtou.desk.issue import Wanted
from hongtou.store import backup, open_archive
from hongtou.store.applied import schemas
from hongtou.store.backup import KEPT_HOURS, back_up, hourly, nightly, restore
from hongtou.store.connecting import WAIT_SECONDS, writing
from hongtou.store.files import lock_file, refuse_remote
from hongtou.web import upkeep as upkeep_module
from hongtou.web.upkeep import Upkeep
from tests.support.archives import WANG, Press, document, kept
from tests.support.heard import heard

SERVICE = (10001, 10001)  # the user and the group of a service
TODAY = date(2017, 12, 22)
NOON = datetime(2017, 12, 22, 12, tzinfo=UTC)
WHOLE = Chain(0, "")
MOUNTS = """\
proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/export /srv/share nfs4 rw 0 0
//nas/office /mnt/our\\040share cifs rw 0 0
/dev/sdb1 /srv/share/disk ext4 rw 0 0
server:/x /mnt/数据 nfs4 rw 0 0
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "hongtou.db"


def filled(file: Path) -> None:
    """Make a database with an issue."""
    archive = open_archive(str(file))
    kept(Desk(archive, Limits()))
    archive.close()


def looked_after(file: Path, *moments: datetime) -> list[Any]:
    """Return what the log tells when a database is looked after at these moments."""
    archive = open_archive(str(file))
    upkeep = Upkeep(Desk(archive, Limits()), archive.path)
    with heard(upkeep_module) as told:
        for moment in moments:
            upkeep.look(moment)
    archive.close()
    return list(told)


def deletions(done: list[str], failing: str) -> dict[str, Callable[[Stamp], int]]:
    """Return what only notes that it was done, and one that fails."""

    def delete(what: str, stamp: Stamp) -> int:
        if what == failing:
            raise RuntimeError(f"cannot delete {what}")
        done.append(what)
        return 0

    return {what: partial(delete, what) for what in ("issues", "revisions", "blobs")}


def given(answer: Chain | Exception) -> Chain:
    if isinstance(answer, Exception):
        raise answer
    return answer


def killed_service(file: Path, copy: Path) -> None:
    """Leave what a killed service does, an issue in its log alone, and a copy from before."""
    running = file.parent.with_name("running") / file.name
    archive = open_archive(str(running))
    kept(Desk(archive, Limits()))
    back_up(running, copy)
    kept(Desk(archive, Limits()), 34)
    file.parent.mkdir()
    for path in (running, running.with_name(f"{running.name}-wal")):
        shutil.copy(path, file.parent)
    archive.close()


class PowerCut(BaseException):
    """The end of everything."""


def ends_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the power go at a step of all that change names of files."""
    steps = count()

    def changing(act: Callable[..., None], *given: Any, **more: Any) -> None:
        if next(steps) >= step:
            raise PowerCut
        act(*given, **more)

    for name in ("link", "unlink", "rename", "replace"):
        monkeypatch.setattr(os, name, partial(changing, getattr(os, name)))


def numbers(file: Path) -> list[int | None]:
    archive = open_archive(str(file))
    found = Desk(archive, Limits()).issues.listed(Wanted()).found
    archive.close()
    return [one.record.facts.number for one in found]


class TestOneService:
    @pytest.mark.slow
    def test_a_second_one_is_refused_in_plain_words(self, file: Path) -> None:
        archive = open_archive(str(file))
        with pytest.raises(SetupError, match="正由另一个服务使用"):
            open_archive(str(file))
        archive.close()
        open_archive(str(file)).close()

    @pytest.mark.slow
    def test_the_lock_ends_with_its_process(self, file: Path) -> None:
        hold = "from hongtou.store import open_archive as o; a = o(__import__('sys').argv[1]); print(1, flush=True); input()"
        command = [sys.executable, "-c", hold, str(file)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            other.stdout.readline()
            with pytest.raises(SetupError):
                open_archive(str(file))
            other.kill()
        open_archive(str(file)).close()

    @pytest.mark.parametrize(
        ("path", "kind"),
        [("/srv/share/a.db", "nfs4"), ("/mnt/our share/x/a.db", "cifs"), ("/mnt/数据/a.db", "nfs4"), ("/srv/share/disk/a.db", ""), ("/var/a.db", "")],
    )  # fmt: skip
    def test_another_machines_disk_is_refused(self, path: str, kind: str) -> None:
        if not kind:
            refuse_remote(Path(path), MOUNTS.splitlines())
            return
        with pytest.raises(SetupError, match=kind):
            refuse_remote(Path(path), MOUNTS.splitlines())

    def test_what_is_told_as_saved_is_on_the_disk(self, file: Path) -> None:
        archive = open_archive(str(file))
        with archive.engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        archive.close()
        assert found == ["wal", 2, 1, WAIT_SECONDS * 1000]

    @pytest.mark.slow
    def test_readers_do_not_wait_for_a_writer(self, file: Path) -> None:
        filled(file)
        archive = open_archive(str(file))
        with writing(archive.engine):
            assert len(Desk(archive, Limits()).issues.listed(Wanted()).found) == 1
        archive.close()

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(SetupError, match="写不了"):
            open_archive(str(tmp_path / "file" / "hongtou.db"))

    def test_a_file_that_cannot_be_made_is_told_and_its_lock_let_go(self, tmp_path: Path) -> None:
        link = tmp_path / "hongtou.db"
        link.symlink_to(tmp_path / "unmounted" / "hongtou.db")
        with pytest.raises(SetupError, match="写不了：没有这个文件"):
            open_archive(str(link))
        lock_file(link).release()

    def test_what_is_no_database_is_told(self, file: Path) -> None:
        file.parent.mkdir()
        file.write_bytes(b"this is no database" * 100)
        with pytest.raises(SetupError, match=r"hongtou restore|损坏"):
            open_archive(str(file))


class TestFaultsOfTheDisk:
    @pytest.mark.slow
    def test_a_full_disk_is_told_and_nothing_half_is_kept(self, file: Path) -> None:
        filled(file)
        archive = open_archive(str(file))
        desk = Desk(archive, Limits())

        def narrow(pages: int) -> None:
            archive.engine.dispose()
            with archive.engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

        with archive.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        narrow(pages or 0)
        with pytest.raises(StorageFull):
            desk.issues.save(1, 1, document(body="长。" * 20_000), WANG)
        assert desk.issues.one(1).document == document()
        narrow(1_000_000)
        assert desk.issues.save(1, 1, document(body="长。" * 20_000), WANG).version == 2
        archive.close()

    @pytest.mark.slow
    def test_a_lock_that_is_held_is_told(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        filled(file)
        archive = open_archive(str(file))
        with closing(sqlite3.connect(file)) as other, archive.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
            connection.close()
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NoArchive, match="占着"):
                Desk(archive, Limits()).issues.save(1, 1, document(34), WANG)
        archive.close()


class TestCopies:
    @pytest.mark.slow
    def test_one_is_made_while_somebody_writes(self, file: Path, tmp_path: Path) -> None:
        archive = open_archive(str(file))
        kept(Desk(archive, Limits()))
        copy = tmp_path / "copy.db"
        with writing(archive.engine):
            back_up(file, copy)
        archive.close()
        assert copy.stat().st_mode & 0o777 == 0o600
        assert numbers(copy) == [33]

    def test_what_a_killed_process_left_is_in_nobodys_way(self, file: Path, tmp_path: Path) -> None:
        """In a container every process has the same id as the one before it."""
        filled(file)
        copy = tmp_path / "copy.db"
        left = tmp_path / f".copy.db.{os.getpid()}"
        left.write_bytes(file.read_bytes()[:100])
        left.chmod(0o644)
        back_up(file, copy)
        assert numbers(copy) == [33]
        assert copy.stat().st_mode & 0o777 == 0o600
        assert not left.exists()

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["hongtou.db", "link.db"])
    def test_none_takes_the_place_of_the_database(self, file: Path, name: str) -> None:
        """A service that runs would go on saving into a file that has no name any more."""
        filled(file)
        target, before = file.with_name(name), file.stat().st_ino
        if name == "link.db":
            target.symlink_to(file)
        with pytest.raises(SetupError, match="就是数据库本身"):
            back_up(file, target)
        assert file.stat().st_ino == before

    @pytest.mark.slow
    def test_what_fails_is_told_of_the_file_that_was_asked_for(
        self, file: Path, tmp_path: Path
    ) -> None:
        filled(file)
        with pytest.raises(OSError, match=r"none/copy\.db") as told:
            back_up(file, tmp_path / "none" / "copy.db")
        assert told.value.filename == str(tmp_path / "none" / "copy.db")
        file.write_bytes(b"")
        with pytest.raises(SetupError, match=rf"备份没有做成：{file} 不是 hongtou 的数据库"):
            back_up(file, tmp_path / "copy.db")
        assert not list(tmp_path.glob(".*"))

    @pytest.mark.slow
    def test_it_comes_back_and_the_present_one_stays_beside(
        self, file: Path, tmp_path: Path
    ) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        archive = open_archive(str(file))
        kept(Desk(archive, Limits()), 34)
        archive.close()
        aside = restore(copy, file)
        assert file.stat().st_mode & 0o777 == 0o600
        assert numbers(file) == [33]
        assert aside is not None
        assert sorted(str(one) for one in numbers(aside)) == ["33", "34"]

    @pytest.mark.slow
    @pytest.mark.parametrize("damaged", [b"", b"no database" * 99, os.urandom(9000)])
    def test_it_comes_back_over_one_that_is_damaged(
        self, file: Path, tmp_path: Path, damaged: bytes
    ) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        file.write_bytes(damaged)
        aside = restore(copy, file)
        assert numbers(file) == [33]
        assert aside is not None
        assert aside.read_bytes() == damaged

    @pytest.mark.slow
    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    @pytest.mark.parametrize("is_there", [True, False])
    def test_what_root_puts_back_is_the_services(
        self, file: Path, tmp_path: Path, is_there: bool
    ) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        for path in (file.parent, file):
            os.chown(path, *SERVICE)
        if not is_there:
            file.unlink()
        restore(copy, file)
        assert (file.stat().st_uid, file.stat().st_gid) == SERVICE

    @pytest.mark.slow
    def test_no_log_of_a_lost_one_is_played_into_it(self, file: Path, tmp_path: Path) -> None:
        archive = open_archive(str(file))
        kept(Desk(archive, Limits()))
        copy, log = tmp_path / "copy.db", file.with_name(f"{file.name}-wal")
        back_up(file, copy)
        kept(Desk(archive, Limits()), 34)
        written_last = log.read_bytes()
        archive.close()
        assert written_last
        file.unlink()
        log.write_bytes(written_last)
        assert restore(copy, file) is None
        assert numbers(file) == [33]

    @pytest.mark.slow
    def test_one_behind_a_link_stays_there(self, file: Path, tmp_path: Path) -> None:
        filled(file)
        copy, link = tmp_path / "copy.db", tmp_path / "link.db"
        back_up(file, copy)
        link.symlink_to(file)
        aside = restore(copy, link)
        assert link.is_symlink()
        assert aside == file.with_name(f"{file.name}.before-restore")
        assert numbers(link) == numbers(aside) == [33]

    @pytest.mark.slow
    def test_what_was_put_aside_before_stays(self, file: Path, tmp_path: Path) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        archive = open_archive(str(file))
        kept(Desk(archive, Limits()), 34)
        archive.close()
        first, second = restore(copy, file), restore(copy, file)
        assert first is not None
        assert second is not None
        assert sorted(str(one) for one in numbers(first)) == ["33", "34"]
        assert numbers(second) == [33]

    @pytest.mark.slow
    def test_documents_pictures_and_printed_files_come_back_byte_for_byte(
        self, file: Path, tmp_path: Path
    ) -> None:
        archive = open_archive(str(file))
        desk = Desk(archive, Limits())
        one = kept(desk)
        picture = blob_of(b"picture", "image/png")
        desk.holding.put(
            one,
            Asset(name="图", sha256=picture.sha256, media_type="image/png", size=7),
            picture,
            WANG,
        )
        desk.issues.save(one, 1, document(body="甲\u3000乙🀄。"), WANG)
        desk.finishing.move(one, 2, "submit", WANG, Press())
        desk.finishing.move(one, 3, "finalize", WANG, Press())

        def held(desk: Desk) -> list[bytes]:
            (edition,) = desk.finishing.editions(one)
            return [
                desk.issues.one(one).document,
                desk.holding.picture(one, "图").content,
                desk.finishing.file(one, edition.sha256)[1].content,
                desk.history.document(one, 1),
                desk.auditing.chain().digest.encode(),
            ]

        before = held(desk)
        archive.close()
        back_up(file, tmp_path / "copy.db")
        file.unlink()
        restore(tmp_path / "copy.db", file)
        again = open_archive(str(file))
        assert held(Desk(again, Limits())) == before
        again.close()

    @pytest.mark.parametrize("step", range(9))
    def test_at_each_moment_a_whole_database_is_in_its_place(
        self, file: Path, tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That of a service that was killed, with a log, until it is the copy."""
        copy = tmp_path / "copy.db"
        killed_service(file, copy)
        with monkeypatch.context() as patched:
            ends_at(step, patched)
            with suppress(PowerCut):
                restore(copy, file)
        assert sorted(numbers(file)) in ([33], [33, 34])

    def test_what_a_killed_service_wrote_is_put_aside_whole(
        self, file: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.db"
        killed_service(file, copy)
        aside = restore(copy, file)
        assert aside is not None
        assert (numbers(file), sorted(numbers(aside))) == ([33], [33, 34])

    def test_where_a_disk_has_no_links_it_is_copied(
        self, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = tmp_path / "copy.db"
        killed_service(file, copy)

        def refused(*_: object, **__: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refused)
        aside = restore(copy, file)
        assert aside is not None
        assert (numbers(file), sorted(numbers(aside))) == ([33], [33, 34])

    def test_no_log_that_was_put_aside_is_played_into_what_is_put_aside_next(
        self, file: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.db"
        killed_service(file, copy)
        file.unlink()  # its log is left alone
        assert restore(copy, file) is None
        aside = restore(copy, file)
        assert aside == file.with_name(f"{file.name}.before-restore-2")
        assert numbers(aside) == [33]

    @pytest.mark.slow
    def test_nothing_is_put_back_while_a_service_runs(self, file: Path, tmp_path: Path) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        archive = open_archive(str(file))
        with pytest.raises(SetupError, match="正由另一个服务使用"):
            restore(copy, file)
        archive.close()

    @pytest.mark.slow
    @pytest.mark.parametrize("content", [b"", b"no database" * 99])
    def test_what_is_no_copy_is_not_put_back(
        self, file: Path, tmp_path: Path, content: bytes
    ) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        copy.write_bytes(content)
        with pytest.raises(SetupError):
            restore(copy, file)
        assert numbers(file) == [33]

    @pytest.mark.slow
    def test_a_damaged_copy_is_not_put_back(self, file: Path, tmp_path: Path) -> None:
        filled(file)
        copy = tmp_path / "copy.db"
        back_up(file, copy)
        whole = bytearray(copy.read_bytes())
        whole[4096 * 3 : 4096 * 5] = os.urandom(4096 * 2)
        copy.write_bytes(whole)
        with pytest.raises(SetupError, match=r"损坏|不是"):
            restore(copy, file)
        assert numbers(file) == [33]

    @pytest.mark.slow
    def test_those_of_the_night_stay_for_two_weeks(self, file: Path, tmp_path: Path) -> None:
        filled(file)
        folder = tmp_path / "backups"
        folder.mkdir()
        (folder / "hongtou-2017-02-30.db").touch()  # no day at all
        for day in range(20):
            nightly(file, folder, TODAY + timedelta(days=day))
        assert nightly(file, folder, TODAY + timedelta(days=19)) is None
        names = sorted(path.name for path in folder.iterdir())
        assert (len(names), names[0], names[-1]) == (
            15, "hongtou-2017-12-27.db", "hongtou-2018-01-10.db",
        )  # fmt: skip

    @pytest.mark.slow
    def test_nights_without_a_copy_cost_none_of_those_before(self, file: Path) -> None:
        filled(file)
        folder = file.parent / "backups"
        for day in range(3):
            nightly(file, folder, TODAY + timedelta(days=day))
        before = sorted(folder.iterdir())
        whole = file.read_bytes()
        file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
        for day in range(3, 30):
            with pytest.raises(SetupError):
                nightly(file, folder, TODAY + timedelta(days=day))
        assert sorted(folder.iterdir()) == before

    @pytest.mark.slow
    def test_one_an_hour_is_never_older_than_an_hour(self, file: Path) -> None:
        filled(file)
        archive = open_archive(str(file))
        desk = Desk(archive, Limits())
        upkeep = Upkeep(desk, archive.path)
        noon = datetime(2017, 12, 22, 12, tzinfo=UTC)
        folder = file.parent / "backups"
        for number in range(10):
            kept(desk, 100 + number)
            upkeep.copy(noon + timedelta(hours=number, minutes=number))
            newest = folder / f"hongtou-hour-{(noon.hour + number) % KEPT_HOURS}.db"
            assert 100 + number in numbers(newest)
        archive.close()
        assert len(list(folder.glob("*.db"))) == KEPT_HOURS

    @pytest.mark.slow
    def test_nothing_is_copied_where_nothing_was_written(self, file: Path) -> None:
        filled(file)
        folder = file.parent / "backups"
        assert hourly(file, folder, 0) is not None
        assert hourly(file, folder, 1) is None

    def test_what_is_written_while_a_copy_is_made_is_in_the_next_one(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(file)
        folder = file.parent / "backups"

        def slowly(source: Path, target: Path) -> None:
            back_up(source, target)
            archive = open_archive(str(source))
            kept(Desk(archive, Limits()), 34)
            archive.close()
            target.touch()  # the last of it is written

        monkeypatch.setattr(backup, "back_up", slowly)
        hourly(file, folder, 0)
        monkeypatch.undo()
        next_one = hourly(file, folder, 1)
        assert next_one is not None
        assert sorted(numbers(next_one)) == [33, 34]

    @pytest.mark.slow
    @pytest.mark.parametrize("copy", [partial(hourly, hour=0), partial(nightly, today=TODAY)])
    def test_a_copy_leaves_room_for_editors(
        self, file: Path, copy: Callable[[Path, Path], object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(file)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=2**20))
        with pytest.raises(SetupError, match="没有地方放备份，须空出"):
            copy(file, file.parent / "backups")
        assert list((file.parent / "backups").iterdir()) == []

    @pytest.mark.slow
    def test_the_service_makes_one_a_day(self, file: Path) -> None:
        filled(file)
        archive = open_archive(str(file))
        upkeep = Upkeep(Desk(archive, Limits()), archive.path)
        noon = datetime(2017, 12, 22, 12, tzinfo=UTC)
        for hours in (0, 1, 24):
            upkeep.look(noon + timedelta(hours=hours))
        archive.close()
        assert len(list((file.parent / "backups").iterdir())) == 2

    def test_a_copy_that_fails_keeps_nothing_else_from_being_done(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(file)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=2**20))
        told = looked_after(file, NOON)
        assert [one["event"] for one in told] == ["nightly-backup-failed"]
        assert "没有地方放备份，须空出" in told[0]["cause"]

    @pytest.mark.parametrize("what", ["issues", "revisions", "blobs"])
    def test_what_cannot_be_deleted_keeps_nothing_else_from_being_done(
        self, file: Path, what: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(file)
        done: list[str] = []
        monkeypatch.setattr(Desk, "tidying", deletions(done, failing=what))
        monkeypatch.setattr(Auditing, "chain", lambda self: (done.append("chain"), WHOLE)[1])
        told = looked_after(file, NOON, NOON + timedelta(minutes=10))
        others = [one for one in ("issues", "revisions", "blobs") if one != what]
        assert done == [*others, "chain"]  # and once: what is done is not done again
        assert [one["event"] for one in told] == ["upkeep-failed"] * 2
        assert f"cannot delete {what}" in told[0]["cause"]
        assert len(list((file.parent / "backups").iterdir())) == 1

    def test_what_failed_is_done_at_the_next_look(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(file)
        answers = iter([sqlite3.OperationalError("busy"), WHOLE])
        monkeypatch.setattr(Auditing, "chain", lambda self: given(next(answers)))
        told = looked_after(file, NOON, NOON + timedelta(minutes=10), NOON + timedelta(hours=1))
        assert [one["event"] for one in told] == ["events-unchecked", "upkeep"]


class TestCommands:
    @pytest.mark.slow
    def test_there_and_back(
        self, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HONGTOU_DATABASE", str(file))
        filled(file)
        copy = str(tmp_path / "copy.db")
        made = CliRunner().invoke(main, ["backup", copy])
        assert (made.exit_code, made.stderr) == (0, f"已备份到 {copy}\n")
        back = CliRunner().invoke(main, ["restore", copy])
        assert (back.exit_code, back.stderr) == (0, f"已恢复，原来的改名为 {file}.before-restore\n")

    @pytest.mark.slow
    def test_a_copy_is_made_before_tables_go_back(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HONGTOU_DATABASE", str(file))
        filled(file)
        older = schemas()[-2]
        copies = [f"{file}.before-downgrade", f"{file}.before-downgrade-2"]
        for copy in copies:
            gone = CliRunner().invoke(main, ["downgrade", older])
            assert (gone.exit_code, gone.stderr) == (0, f"已备份到 {copy}\n已退回到 {older}\n")
            assert numbers(file) == [33]  # and its tables are the newest again
        assert [numbers(Path(copy)) for copy in copies] == [[33], [33]]

    @pytest.mark.slow
    def test_no_copy_is_made_of_what_goes_nowhere(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HONGTOU_DATABASE", str(file))
        filled(file)
        before = sorted(file.parent.iterdir())
        told = CliRunner().invoke(main, ["downgrade", "9999"])
        assert (told.exit_code, "退不到 9999" in told.stderr) == (4, True)
        assert sorted(file.parent.iterdir()) == before

    @pytest.mark.parametrize("command", ["backup", "restore", "downgrade"])
    def test_without_a_database_nothing_is_done(
        self, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "copy.db").touch()
        monkeypatch.chdir(folder)
        monkeypatch.setenv("HONGTOU_DATABASE", "none")
        told = CliRunner().invoke(main, [command, "copy.db"])
        assert told.exit_code == 4
        assert told.stderr == "错误：设定为不用数据库（请核对 HONGTOU_DATABASE）\n"
        assert list(tmp_path.iterdir()) == [folder]

    def test_a_server_is_not_ours_to_copy(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HONGTOU_DATABASE", "postgresql://a:secret@b/c")
        told = CliRunner().invoke(main, ["backup", str(tmp_path / "copy.db")])
        assert told.exit_code == 4
        assert "pg_dump" in told.stderr
        assert "secret" not in told.stderr
