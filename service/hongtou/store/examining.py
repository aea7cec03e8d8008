"""A look at a database before a service opens it, or beside one that has it open."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy import Engine

from hongtou.bulletin.errors import NoArchive, SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.store.applied import newest, present
from hongtou.store.connecting import reading, sqlite_engine, sqlite_reader
from hongtou.store.files import refuse_remote
from hongtou.store.opening import is_server, server_engine
from hongtou.store.trying import identity, refuse_full_disk, try_file, try_server


def examine(place: str) -> str:
    """Return what is at a place, an address or a path, in words.

    Raises:
        SetupError: a service could not open it.
        NoArchive: it cannot be used now.
        StorageFull: its disk is full, or will be soon.
    """
    return _server(place) if is_server(place) else _file(Path(place).absolute())


def _server(place: str) -> str:
    engine = server_engine(place)
    try:
        with reading(engine) as connection:
            schema = present(connection)
        if schema == newest():
            try_server(engine)
        return _told("PostgreSQL", schema)
    finally:
        engine.dispose()


def _file(path: Path) -> str:
    refuse_remote(path)
    if not path.exists():
        _refuse_unwritable(path)
        return _told(str(path), "")
    reader = sqlite_reader(path)
    try:
        schema = _schema_of_whole_file(reader, path)
    finally:
        reader.dispose()
    refuse_full_disk(path)
    if schema == newest():
        engine = sqlite_engine(path)
        try:
            try_file(engine, path, identity(path))
        finally:
            engine.dispose()
    return _told(str(path), schema)


def _schema_of_whole_file(reader: Engine, path: Path) -> str:
    with reading(reader) as connection:
        told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if told != "ok":
            raise NoArchive(
                f"数据库 {path} 已损坏：{told}",
                hint="请停下服务，以 hongtou restore 恢复最近的备份",
            )
        return present(connection)


def _refuse_unwritable(path: Path) -> None:
    """Check that a file can be made, with the folders above it that are not there yet."""
    folder = next(one for one in path.parents if one.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as cause:
        raise SetupError(
            f"数据库 {path} 建不了：{folder} {reason_of(cause)}",
            hint=f"请让运行服务的用户可以写入 {folder}，或以 HONGTOU_DATABASE 指定别处",
        ) from cause


def _told(what: str, schema: str) -> str:
    if not schema:
        return f"{what}，还是空的，服务启动时建好"
    return f"{what}，写得进" if schema == newest() else f"{what}，服务启动时升级"
