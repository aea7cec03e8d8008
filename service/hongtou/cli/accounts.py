"""``hongtou accounts``: what an administrator of the machine does about accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from hongtou.bulletin.errors import SetupError
from hongtou.cli.streams import show
from hongtou.config import database_place, read_config

if TYPE_CHECKING:
    from hongtou.store import SqlArchive

ITSELF = "命令行"


@click.group(short_help="帐号：列出，给出设定密码的链接。")
def accounts() -> None:
    """帐号；平常在网页的“帐号”里管理，这里是还没有管理员，或管理员忘了密码时用的。"""


@accounts.command("list", short_help="列出全部帐号。")
def list_accounts() -> None:
    """列出全部帐号：名称、角色、能不能登录。"""
    with _archive() as archive, archive.reading() as records:
        found = records.accounts()
    if not found:
        click.echo("还没有帐号：hongtou accounts link 给出设定管理员的链接", err=True)
    for one in found:
        state = "已停用" if one.disabled_at else "" if one.password_hash else "还没有设定密码"
        click.echo("\t".join(filter(None, (one.name, one.role.shown, state))))


@accounts.command(short_help="给出一次性链接：设定管理员，或重设一个帐号的密码。")
@click.argument("name", required=False)
def link(name: str | None) -> None:
    """给出一次性链接，服务不必停。

    不写 NAME 是设定第一个管理员；写了是重设这个帐号的密码，停用的随之启用。
    """
    from hongtou.accounts.administration import first_link, link_for
    from hongtou.desk import Stamp
    from hongtou.web.invitation import invitation

    stamp = Stamp(ITSELF, datetime.now(UTC))
    with _archive() as archive:
        token = link_for(archive, name, stamp) if name else first_link(archive, stamp)
    purpose = f"重设“{name}”的密码" if name else "设定管理员"
    show(invitation(read_config(), token, purpose).rstrip("\n"))


@contextmanager
def _archive() -> Iterator[SqlArchive]:
    """Open the archive beside the service.

    Raises:
        SetupError: there is none.
    """
    from hongtou.store import open_beside

    place = database_place(read_config())
    if not place:
        raise SetupError("这个服务没有数据库，没有帐号", hint="请设置 HONGTOU_DATABASE")
    archive = open_beside(place)
    try:
        yield archive
    finally:
        archive.close()
