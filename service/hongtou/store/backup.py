"""Copies of SQLite's file: made while the service runs, put back while it does not."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date
from itertools import chain, count
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.sizes import shown_size
from hongtou.store.files import lock_file

KEPT_DAYS = 14
KEPT_HOURS = 3  # copies: the newest is of this hour, the oldest of two hours ago
HOURLY = "hongtou-hour-{}.db"
SPARE_BYTES = 64 * 1024 * 1024  # that a copy leaves on the disk: editors come before copies
LOG, LOG_INDEX = "-wal", "-shm"  # beside a database (SQLite documentation, WAL §2)
NIGHTLY = "hongtou-{}.db"
NIGHTLY_NAME = re.compile(r"hongtou-[0-9]{4}-[0-9]{2}-[0-9]{2}\.db")


def back_up(source: Path, target: Path) -> None:
    """Write a copy of a database as it stands, without disturbing who writes in it.

    Raises:
        SetupError: there is no database, the target is the database, or the copy is not whole.
        OSError: the copy cannot be written; the error names the target.
    """
    if not source.is_file():
        raise SetupError(f"没有数据库 {source}", hint="请核对 HONGTOU_DATABASE")
    if target.exists() and target.samefile(source):  # a service would go on in the old one, lost
        raise SetupError(f"{target} 就是数据库本身", hint="请把备份写到另一个文件")
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)  # nobody else reads what editors write
        with closing(
            sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        ) as database:
            database.execute("VACUUM INTO ?", (str(beside),))
        if fault := _fault_of(beside):
            raise SetupError(f"备份没有做成：{source} {fault}", hint="请以 hongtou restore 恢复")
        _sync(beside)
        beside.replace(target)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, str(target)) from cause
    except sqlite3.Error as cause:
        hint = "请核对磁盘空间与目录的权限；数据库损坏的，请以 hongtou restore 恢复"
        raise SetupError(f"备份没有做成：{cause}", hint=hint) from cause
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def restore(copy: Path, target: Path) -> Path | None:
    """Put a copy in the place of the database, whole or damaged; return where that was put aside.

    Whenever this ends, even by a power cut, a whole database is in its place: the present one
    until the last step, or the copy.

    Raises:
        SetupError: a service uses the database, or the copy is not whole.
        OSError: a file cannot be written.
    """
    refuse_damaged(copy)
    lock = lock_file(target)
    target = target.resolve()  # where SQLite has the log of a database behind a link
    try:
        new = target.with_name(f".{target.name}.restored")
        new.unlink(missing_ok=True)
        back_up(copy, new)
        _give_to_service(new, target)
        aside = _put_aside(target)
        _end_log(target)
        new.replace(target)
        _sync(target.parent)
        return aside
    finally:
        lock.release()


def nightly(source: Path, folder: Path, today: date) -> Path | None:
    """Write the copy of a day; None if it is there already.

    Then the oldest go, until there are as many as of 14 days and this one: a day without a copy
    costs none of those before it.

    Raises:
        SetupError: there is no room for it, or it is not whole.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / NIGHTLY.format(today.isoformat())
    if target.exists():
        return None
    _refuse_without_room(source, folder)
    back_up(source, target)
    copies = (path for path in folder.iterdir() if NIGHTLY_NAME.fullmatch(path.name))
    for path in sorted(copies)[: -KEPT_DAYS - 1]:
        path.unlink()
    return target


def hourly(source: Path, folder: Path, hour: int) -> Path | None:
    """Write the copy of an hour over that of three hours ago; None if nothing has changed since.

    Raises:
        SetupError: there is no room for it, or it is not whole.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    copies = [folder / HOURLY.format(number) for number in range(KEPT_HOURS)]
    newest = max((path.stat().st_mtime_ns for path in copies if path.exists()), default=0)
    written = max(path.stat().st_mtime_ns for path in _with_log(source))
    if newest >= written:
        return None
    _refuse_without_room(source, folder)
    target = copies[hour % KEPT_HOURS]
    back_up(source, target)
    os.utime(target, ns=(written, written))  # what is written while it is made is not in it
    return target


def _refuse_without_room(source: Path, folder: Path) -> None:
    """Check that a copy leaves room for editors.

    Raises:
        SetupError: it would not.
    """
    needed = sum(path.stat().st_size for path in _with_log(source)) + SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise SetupError(
            f"没有地方放备份，须空出 {shown_size(needed)}",
            hint=f"请清理 {folder} 所在的磁盘",
        )


def _with_log(source: Path) -> list[Path]:
    """Return a database and the log of what is not written into it yet.

    Whoever reads leaves an empty log, which holds nothing.
    """
    log = source.with_name(f"{source.name}{LOG}")
    return [source, log] if log.exists() and log.stat().st_size else [source]


def refuse_damaged(path: Path) -> None:
    """Check that a file is a whole database of ours.

    Raises:
        SetupError: it is not.
    """
    if fault := _fault_of(path):
        raise SetupError(f"{path} {fault}", hint="请换一份备份")


def _fault_of(path: Path) -> str:
    """Return what keeps a file from being a whole database of ours, "" if nothing does."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (told,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as cause:
        return f"不是 hongtou 的数据库：{cause}"
    return "" if told == "ok" else f"已损坏：{told}"


def _give_to_service(new: Path, target: Path) -> None:
    """Give a file that root has made to the user whose service will open it."""
    owner = (target if target.exists() else target.parent).stat()
    if os.geteuid() == 0:
        os.chown(new, owner.st_uid, owner.st_gid)


def _put_aside(target: Path) -> Path | None:
    """Give a database that nobody has open, and its log, a second name; the first one stays."""
    aside = free_name(target, "before-restore")
    for suffix in (LOG, ""):
        part = target.with_name(f"{target.name}{suffix}")
        if part.exists():
            _name_again(part, aside.with_name(f"{aside.name}{suffix}"))
    _sync(target.parent)
    return aside if aside.exists() else None


def _name_again(path: Path, name: Path) -> None:
    try:
        name.hardlink_to(path)
    except OSError:  # no links on this disk, or none for us
        shutil.copy2(path, name)
        _sync(name)


def _end_log(target: Path) -> None:
    """Write what is only in the log into a database, and remove the log.

    One that stays would be played into the copy. It goes before the copy comes, so the database
    must be whole without it; a damaged one is not, and was not with it.
    """
    log, index = (target.with_name(f"{target.name}{suffix}") for suffix in (LOG, LOG_INDEX))
    if target.exists() and log.exists():
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{target.as_uri()}?mode=rw", uri=True)) as database,
        ):
            database.execute("PRAGMA wal_checkpoint")
    for part in (log, index):
        part.unlink(missing_ok=True)
    _sync(target.parent)


def free_name(database: Path, mark: str) -> Path:
    """Return a name beside a database that no file has: what an earlier run put there stays.

    Nor has a log of it, which would be played into what gets the name.
    """
    first = database.with_name(f"{database.name}.{mark}")
    others = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(
        name
        for name in chain([first], others)
        if not name.exists() and not name.with_name(f"{name.name}{LOG}").exists()
    )


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
