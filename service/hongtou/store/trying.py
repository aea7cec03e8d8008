"""Whether a database takes what is written: tried, as nothing else tells of a lost or full disk."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert

from hongtou.bulletin.errors import NoArchive, StorageFull
from hongtou.bulletin.sizes import shown_size
from hongtou.store.applied import current, newest
from hongtou.store.database_errors import told_errors
from hongtou.store.history import HistoryTable
from hongtou.store.patience import PATIENCE, WAIT_SECONDS
from hongtou.store.schema import blob

LOCK_SECONDS = 2  # for a lock: who asks whether all is well is answered within 5
FREE_BYTES = 64 * 1024 * 1024  # that the disk of a file must have, as that of the temporary folder
TRIAL = "PRAGMA user_version=1"  # writes its page each time, whatever was there
NOTHING = "nothing"  # a row that no transaction keeps


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which file it is, whatever its name: one that is replaced is another."""

    device: int
    inode: int


def identity(path: Path) -> FileIdentity:
    """Return which file a path names.

    Raises:
        OSError: there is none.
    """
    found = path.stat()
    return FileIdentity(found.st_dev, found.st_ino)


def try_file(engine: Engine, path: Path, opened: FileIdentity) -> None:
    """Write into SQLite's file: a number that nobody reads, which really goes to the disk.

    Raises:
        NoArchive: it was moved away, cannot be written, or is of another schema.
        StorageFull: its disk is full, or will be soon.
    """
    _refuse_moved(path, opened)
    refuse_full_disk(path)
    with told_errors(), engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={LOCK_SECONDS * 1000}")
        try:
            # First, as a transaction that has read cannot wait for the lock.
            connection.exec_driver_sql(TRIAL)
            refuse_other_schema(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")


def try_server(engine: Engine) -> None:
    """Write into a server's tables, and take it back.

    Raises:
        NoArchive: it does not answer, does not let us write, or is of another schema.
        StorageFull: its disk is full.
    """
    PATIENCE.begin()
    with told_errors(), engine.connect() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{LOCK_SECONDS}s'")
        refuse_other_schema(connection)
        row = {"sha256": f"{NOTHING} {os.getpid()}", "media_type": NOTHING, "content": b""}
        connection.execute(insert(blob).values(row))
        HistoryTable(connection).last_digest()  # whoever hangs in the chain of events stops us all
        connection.rollback()


def refuse_full_disk(path: Path) -> None:
    """Check that a file can grow.

    Raises:
        StorageFull: its disk will be full soon.
        NoArchive: its folder is not there.
    """
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as cause:
        raise NoArchive(
            f"数据库所在的目录 {path.parent} 没有了", hint="请重新挂载，或核对路径"
        ) from cause
    if free < FREE_BYTES:
        raise StorageFull(
            f"数据库所在的磁盘将满，只剩 {shown_size(free)}",
            hint=f"请清理 {path.parent} 所在的磁盘，至少留出 {shown_size(FREE_BYTES)}",
        )


def refuse_other_schema(connection: Connection) -> None:
    """Check that a database is still of the schema with which it was opened.

    Raises:
        NoArchive: another release has changed it.
    """
    name = current(connection)
    if name != newest():
        raise NoArchive(
            f"数据库的表已由另一个版本的 hongtou 改过（{name or '没有'}）",
            hint="请把这个服务也升级到那个版本，再启动",
        )


def _refuse_moved(path: Path, opened: FileIdentity) -> None:
    try:
        is_same = identity(path) == opened
    except OSError:
        is_same = False
    if not is_same:
        raise NoArchive(
            f"数据库 {path} 被移走或换掉了，现在存的会丢失",
            hint="请重新启动服务；要换数据库，先停下服务，用 hongtou restore",
        )
