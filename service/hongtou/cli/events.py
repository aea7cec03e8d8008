"""``hongtou events``: whether what was noted of everybody's doings is whole."""

from __future__ import annotations

import click

from hongtou.bulletin.errors import SetupError
from hongtou.cli.streams import show
from hongtou.config import database_place, read_config

PATIENCE_SECONDS = 3600  # for every event there is


@click.group(short_help="操作记录：谁在何时做了什么。")
def events() -> None:
    """操作记录：谁在何时做了什么，一条接一条。"""


@events.command(short_help="核对操作记录有没有被改动，服务不必停。")
def check() -> None:
    """从头核对每一条操作记录；断了的，说出是第几号，退出码为 4。

    所写末条的摘要，请抄在别处：以后它不在记录里了，就是有人截去了末尾。
    """
    from hongtou.desk.auditing import Auditing
    from hongtou.store import read_archive
    from hongtou.store.patience import patience

    place = database_place(read_config())
    if not place:
        raise SetupError("设定为不用数据库，没有操作记录", hint="请核对 HONGTOU_DATABASE")
    archive = read_archive(place)
    try:
        with patience(PATIENCE_SECONDS):
            chain = Auditing(archive).chain()
    finally:
        archive.close()
    if chain.fault:
        hint = f"它之前的 {chain.count} 条完好；请与备份对照，查是谁改了数据库"
        raise SetupError(chain.fault, hint=hint)
    show(f"完好：{chain.count} 条，末条的摘要 {chain.digest}")
