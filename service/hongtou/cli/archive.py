"""``hongtou backup``, ``restore`` and ``downgrade``: copies of the database, and its older form."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.bulletin.errors import SetupError
from hongtou.config import database_place, read_config

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="备份数据库，服务不必停。")
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """把数据库备份到 FILE，服务运行时也可以；备份是完整的一份，已核对过。"""
    from hongtou.store.backup import back_up

    back_up(_file(), file)
    click.echo(f"已备份到 {file}", err=True)


@click.command(short_help="以备份恢复数据库，服务须先停下。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """以备份 FILE 恢复数据库；现有的数据库改名留在旁边。服务运行时不做。"""
    from hongtou.store.backup import restore

    aside = restore(file, _file())
    kept = f"，原来的改名为 {aside}" if aside else ""
    click.echo(f"已恢复{kept}", err=True)


@click.command(short_help="把数据库的表退回较早的版本，服务须先停下。")
@click.argument("schema")
def downgrade(schema: str) -> None:
    """把数据库的表退回到 SCHEMA（如 0004），换回较早的 hongtou 时用；之后用那个版本启动。

    稿件、历史、操作记录都留下；只有较新版本才有的（如帐号）一并删去。SQLite 先在旁边备份。
    """
    from hongtou.store.opening import older_archive

    copy = older_archive(_place(), schema)
    if copy:
        click.echo(f"已备份到 {copy}", err=True)
    click.echo(f"已退回到 {schema}", err=True)


def _file() -> Path:
    """Return the file of the database.

    Raises:
        SetupError: there is none, or the database is no file.
    """
    place = _place()
    if "://" in place:
        raise SetupError(
            "数据库不是 SQLite 文件", hint="PostgreSQL 请用 pg_dump 备份，pg_restore 恢复"
        )
    return Path(place)


def _place() -> str:
    """Return where the database is.

    Raises:
        SetupError: there shall be none.
    """
    place = database_place(read_config())
    if not place:
        raise SetupError("设定为不用数据库", hint="请核对 HONGTOU_DATABASE")
    return place
