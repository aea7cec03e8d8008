"""A setting → an archive: the file or the server is found, locked, and brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from hongtou.bulletin.errors import NoArchive, SetupError
from hongtou.store.accounts import AccountTable
from hongtou.store.applied import migrate, newest, present, refuse_not_older, step_back
from hongtou.store.backup import back_up, free_name
from hongtou.store.connecting import (
    postgresql_engine,
    reading,
    sqlite_engine,
    sqlite_reader,
    writing,
)
from hongtou.store.database_errors import Outage
from hongtou.store.files import FileLock, lock_file, refuse_remote, unwritable
from hongtou.store.history import HistoryTable
from hongtou.store.holdings import HoldingTable
from hongtou.store.issues import IssueTable
from hongtou.store.patience import patience
from hongtou.store.publications import PublicationTable
from hongtou.store.trying import identity, try_file, try_server
from hongtou.store.usage import UsageTable

SERVER = ("postgresql://", "postgres://")
FILE_MODE = 0o600
MIGRATION_SECONDS = 3600  # whatever there is to change


class Tables(PublicationTable, IssueTable, HistoryTable, HoldingTable, UsageTable, AccountTable):
    """Implements `Records` and `StaffRecords` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class SqlArchive:
    """Implements `Archive` and `StaffArchive`; ``path`` is SQLite's file, None for a server."""

    def __init__(self, engine: Engine, path: Path | None = None, lock: FileLock | None = None):
        self.engine = engine
        self.path = path
        self._lock = lock
        self._reads, self._writes = Outage(), Outage()  # who only reads does not wait for locks
        self._opened = identity(path) if path else None

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """Open a transaction that reads.

        Raises:
            NoArchive: the database cannot be used now.
        """
        with reading(self.engine, self._reads) as connection:
            yield Tables(connection)

    @contextmanager
    def writing(self) -> Iterator[Tables]:
        """Open a transaction that writes.

        Raises:
            NoArchive: the database cannot be used now.
            StorageFull: it cannot grow.
        """
        with writing(self.engine, self._writes) as connection:
            yield Tables(connection)

    def try_out(self) -> None:
        """Write something that nobody reads.

        Raises:
            NoArchive: nothing can be kept now.
            StorageFull: the disk is full, or will be soon.
        """
        if self.path is None or self._opened is None:
            try_server(self.engine)
        else:
            try_file(self.engine, self.path, self._opened)

    def close(self) -> None:
        """Close all connections and let go of the file."""
        self.engine.dispose()
        if self._lock:
            self._lock.release()


def open_archive(place: str) -> SqlArchive:
    """Return the archive at a place: the address of a server, or the path of a file.

    Raises:
        SetupError: it cannot be used, another service uses it, or it is of a newer release.
    """
    return _altered(place, migrate)


def older_archive(place: str, schema: str) -> Path | None:
    """Bring the archive at a place, which no service uses, to an older schema.

    Returns the copy that is made of a file before, None of a server.

    Raises:
        SetupError: a service uses its file, or it cannot be brought there; no copy is made.
        OSError: the copy cannot be written.
    """
    copy = None if is_server(place) else free_name(Path(place).absolute(), "before-downgrade")

    def alter(connection: Connection) -> None:
        refuse_not_older(connection, schema)
        if copy:
            back_up(Path(place), copy)
        step_back(connection, schema)

    _altered(place, alter).close()
    return copy


def _altered(place: str, alter: Callable[[Connection], None]) -> SqlArchive:
    """Return the archive at a place, locked, with its schema altered in one transaction."""
    if is_server(place):
        archive = SqlArchive(server_engine(place))
    else:
        path = Path(place).absolute()
        refuse_remote(path)
        lock = lock_file(path)
        try:
            path.touch(FILE_MODE)
        except OSError as cause:
            lock.release()
            raise unwritable(path, cause) from cause
        archive = SqlArchive(sqlite_engine(path), path, lock)
    with (
        _closed_on_error(archive),
        patience(MIGRATION_SECONDS),
        writing(archive.engine) as connection,
    ):
        alter(connection)
    return archive


def read_archive(place: str) -> SqlArchive:
    """Return the archive at a place to read it, also while a service uses it.

    Raises:
        SetupError: there is none, it cannot be read, or it is of a newer release.
    """
    if is_server(place):
        archive = SqlArchive(server_engine(place))
    else:
        path = Path(place).absolute()
        if not path.is_file():
            raise SetupError(f"没有数据库 {path}", hint="请核对 HONGTOU_DATABASE")
        archive = SqlArchive(sqlite_reader(path), path)
    with _closed_on_error(archive), reading(archive.engine) as connection:
        if not present(connection):
            raise SetupError("这不是 hongtou 的数据库", hint="请核对 HONGTOU_DATABASE")
    return archive


def open_beside(place: str) -> SqlArchive:
    """Return the archive at a place to write in it beside a service; nothing is migrated.

    Raises:
        SetupError: there is none, it cannot be used, or it is of another release.
    """
    hint = "请先以这个版本启动一次服务，并核对 HONGTOU_DATABASE"
    if is_server(place):
        archive = SqlArchive(server_engine(place))
    else:
        path = Path(place).absolute()
        if not path.is_file():
            raise SetupError(f"没有数据库 {path}", hint=hint)
        archive = SqlArchive(sqlite_engine(path), path)
    with _closed_on_error(archive), reading(archive.engine) as connection:
        if present(connection) != newest():
            raise SetupError("数据库不是这个版本的", hint=hint)
    return archive


def is_server(place: str) -> bool:
    """Tell whether a place is the address of a server."""
    return place.startswith(SERVER)


def server_engine(place: str) -> Engine:
    """Return the engine of a server at an address.

    Raises:
        SetupError: the address is malformed, or psycopg is not installed.
    """
    return postgresql_engine(place.replace("postgres://", "postgresql://", 1))


@contextmanager
def _closed_on_error(archive: SqlArchive) -> Iterator[None]:
    try:
        yield
    except (NoArchive, SQLAlchemyError) as cause:
        archive.close()
        raise SetupError(
            f"数据库打不开：{cause}", hint="请核对 HONGTOU_DATABASE，或恢复最近的备份"
        ) from cause
    except BaseException:
        archive.close()
        raise
