"""Whether what editors write can be kept: told by /readyz and the doctor, whatever is the matter."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import NoArchive, ServiceError, SetupError, StorageFull
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.store import SqlArchive, open_archive, trying
from hongtou.store.examining import examine
from hongtou.store.history import HistoryTable
from hongtou.web import archive_trial, problem_answers
from hongtou.web.app import create_app
from hongtou.web.archive_trial import ArchiveTrial
from tests.support.archives import archive, kept, place, server
from tests.support.documents import encoded
from tests.support.fakes import FakeTypesetter
from tests.support.heard import heard

pytestmark = pytest.mark.slow

__all__ = ["archive", "place", "server"]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock for seconds, and no answer is an old one."""
    monkeypatch.setattr(trying, "LOCK_SECONDS", 0.1)
    monkeypatch.setattr(archive_trial, "FRESH_SECONDS", 0.0)


def client_of(opened: SqlArchive, named: str) -> FlaskClient:
    app = create_app(Config(database=named), FakeTypesetter(), desk=Desk(opened, Limits()))
    return app.test_client()


@contextmanager
def full_disk(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=2**20))
    yield
    monkeypatch.undo()


@contextmanager
def newer_schema(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    yield
    with archive.engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{trying.newest()}'"))


@contextmanager
def held_lock(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with archive.writing() as records:
        assert isinstance(records, HistoryTable)
        records.last_digest()  # what PostgreSQL's writers hold; SQLite's have the lock already
        yield


@contextmanager
def moved_away(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if archive.path is None:
        pytest.skip("a server has no file of ours")
    aside = archive.path.with_name("aside.db")
    archive.path.rename(aside)
    yield
    aside.rename(archive.path)


@contextmanager
def replaced(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with moved_away(archive, monkeypatch):
        assert archive.path is not None
        archive.path.touch()
        yield


@contextmanager
def read_only(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    is_file = archive.path is not None
    forbid = "PRAGMA query_only=1" if is_file else "SET default_transaction_read_only = on"
    allow = "PRAGMA query_only=0" if is_file else "SET default_transaction_read_only = off"
    for statement in (forbid, allow):
        with archive.engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()
        if statement == forbid:
            yield


FAULTS = {
    "将满": full_disk,
    "另一个版本的 hongtou 改过（9999）": newer_schema,
    "被别的程序占着": held_lock,
    "被移走或换掉": moved_away,
    "被移走或换掉了": replaced,
    "只能读": read_only,
}


class TestReadiness:
    @pytest.mark.parametrize("said", FAULTS)
    def test_a_service_with_a_named_database_is_not_ready_without_it_and_recovers(
        self, archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, said: str
    ) -> None:
        if said == "将满" and archive.path is None:
            pytest.skip("the disk of a server is not ours to look at")
        client = client_of(archive, "/somewhere/hongtou.db")
        assert client.get("/readyz").json == {"status": "ready", "archive": "usable"}
        with FAULTS[said](archive, monkeypatch):
            monkeypatch.setattr(trying, "LOCK_SECONDS", 0.1)
            monkeypatch.setattr(archive_trial, "FRESH_SECONDS", 0.0)
            answer = client.get("/readyz")
            assert (answer.status_code, said in answer.json["detail"]) == (503, True)
            assert int(answer.headers["Retry-After"]) > 0
            assert client.get("/healthz").status_code == 200
            rendered = client.post("/v1/render", data=b"{}", content_type="application/json")
            assert rendered.status_code == 200
        assert client.get("/readyz").status_code == 200

    def test_the_database_by_default_takes_no_service_out_of_rotation(
        self, archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = client_of(archive, "")
        with newer_schema(archive, monkeypatch):
            assert client.get("/readyz").json == {"status": "ready", "archive": "unusable"}
            assert "hongtou_archive_usable 0.0" in client.get("/metrics").text
        assert "hongtou_archive_usable 1.0" in client.get("/metrics").text

    def test_a_service_without_a_database_is_ready(self) -> None:
        client = create_app(Config(database="none"), FakeTypesetter()).test_client()
        assert client.get("/readyz").json == {"status": "ready", "archive": "none"}


class TestTheTrial:
    def test_a_database_that_never_answers_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive_trial, "PATIENCE_SECONDS", 0.05)
        begun, released = [], threading.Event()

        def hang() -> None:
            begun.append(1)
            released.wait()

        trial = ArchiveTrial(hang)
        for _ in range(3):
            fault = trial.fault()
            assert fault is not None
            assert "没有答复" in fault.message
        assert len(begun) == 1  # nobody else is sent after the one who waits
        monkeypatch.setattr(archive_trial, "PATIENCE_SECONDS", 10)
        released.set()
        assert trial.fault() is None

    def test_one_look_answers_all_who_ask_within_a_second(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archive_trial, "FRESH_SECONDS", 3600)
        looks: list[int] = []
        trial = ArchiveTrial(lambda: looks.append(1))
        assert {trial.fault() for _ in range(5)} == {None}
        assert len(looks) == 1

    def test_what_nobody_foresaw_is_told_too(self) -> None:
        def fail() -> None:
            raise RuntimeError("unforeseen")

        fault = ArchiveTrial(fail).fault()
        assert fault is not None
        assert "unforeseen" in fault.message

    def test_what_nobody_foresaw_is_in_the_log_that_it_speaks_of(self) -> None:
        def fail() -> None:
            raise RuntimeError("unforeseen")

        with heard(archive_trial) as told:
            ArchiveTrial(fail).fault()
        assert [(one["event"], str(one["exc_info"])) for one in told] == [
            ("unforeseen", "unforeseen")
        ]

    def test_where_no_thread_can_be_started_the_next_one_who_asks_tries_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        trial = ArchiveTrial(lambda: None)
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", refuse)
            fault = trial.fault()
        assert fault is not None
        assert "线程" in fault.message
        assert trial.fault() is None

    def test_it_leaves_nothing_behind(self, archive: SqlArchive) -> None:
        desk = Desk(archive, Limits())
        kept(desk)
        before = desk.auditing.chain()
        archive.try_out()
        with archive.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM blob")).scalar() == 0
        assert desk.auditing.chain() == before

    def test_a_full_disk_is_told_as_such(
        self, archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if archive.path is None:
            pytest.skip("the disk of a server is not ours to look at")
        with full_disk(archive, monkeypatch), pytest.raises(StorageFull, match="将满"):
            archive.try_out()


def test_what_a_database_says_is_in_the_log_without_what_was_written(archive: SqlArchive) -> None:
    """Whoever sends an issue is told to ask for the log: there it has to be."""
    issue = kept(Desk(archive, Limits()))
    with archive.engine.begin() as connection:
        connection.execute(text("ALTER TABLE issue RENAME COLUMN changed_by TO changed"))
    client = client_of(archive, "named")
    with heard(problem_answers) as told:
        answer = client.put(
            f"/v1/issues/{issue}",
            data=encoded({"articles": [{"headline": "机密的话", "body": "机密的话"}]}),
            headers={"If-Match": '"1"', "Content-Type": "application/json"},
        )
    assert answer.status_code == 503
    (fault,) = [one for one in told if one["event"] == "archive-fault"]
    assert "changed_by" in fault["cause"]
    assert "机密" not in str(told)


@pytest.mark.parametrize("statement", ["INSERT INTO nothing VALUES (:secret)", "SELECT :secret +"])
def test_no_error_of_a_database_quotes_what_was_written(
    archive: SqlArchive, statement: str
) -> None:
    with pytest.raises(NoArchive) as refusal, archive.writing() as records:
        assert isinstance(records, HistoryTable)
        records._connection.execute(text(statement), {"secret": "机密的话"})
    assert "机密" not in cause_of(refusal.value)
    assert cause_of(refusal.value)


class TestTheDoctorsLook:
    def test_nothing_there_yet_is_well(self, tmp_path: Path) -> None:
        assert "服务启动时建好" in examine(str(tmp_path / "new" / "hongtou.db"))
        assert not (tmp_path / "new").exists()

    def test_a_database_in_use_is_well(self, place: str) -> None:
        opened = open_archive(place)
        kept(Desk(opened, Limits()))
        assert "写得进" in examine(place)
        opened.close()

    def test_a_newer_one_is_refused_with_what_to_do(self, place: str) -> None:
        opened = open_archive(place)
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        opened.close()
        with pytest.raises(SetupError, match="更新的 hongtou") as told:
            examine(place)
        assert "hongtou restore" in told.value.hint

    def test_an_older_one_is_left_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "hongtou.db"
        open_archive(str(file)).close()
        with closing(sqlite3.connect(file)) as database:
            database.execute("UPDATE alembic_version SET version_num = '0001'")
            database.commit()
        assert "服务启动时升级" in examine(str(file))
        with closing(sqlite3.connect(file)) as database:
            found = database.execute("SELECT version_num FROM alembic_version").fetchone()
        assert found == ("0001",)

    def test_a_damaged_page_is_found(self, tmp_path: Path) -> None:
        file = tmp_path / "hongtou.db"
        opened = open_archive(str(file))
        kept(Desk(opened, Limits()), body="长。" * 20_000)
        opened.close()
        whole = bytearray(file.read_bytes())
        whole[4096 * 4 : 4096 * 20] = os.urandom(4096 * 16)
        file.write_bytes(whole)
        told = _refused(str(file))
        assert "损坏" in told.message
        assert "hongtou restore" in told.hint

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("postgresql://a@127.0.0.1:1/b", "连不上"),
            ("postgresql://a@/b?host=/nonexistent", "连不上"),
        ],
    )
    def test_a_server_that_is_away(self, address: str, said: str) -> None:
        told = _refused(address)
        assert said in told.message
        assert told.hint

    def test_a_lock_that_is_held(self, archive: SqlArchive, place: str) -> None:
        with held_lock(archive, pytest.MonkeyPatch()):
            told = _refused(place)
        assert "占着" in told.message
        assert ("fuser" if archive.path else "pg_locks") in told.hint

    def test_a_folder_that_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_: Any) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.TemporaryFile", refuse)
        told = _refused(str(tmp_path / "hongtou.db"))
        assert "建不了" in told.message
        assert str(tmp_path) in told.hint


def _refused(place: str) -> ServiceError:
    with pytest.raises((NoArchive, SetupError, StorageFull)) as told:
        examine(place)
    return told.value
