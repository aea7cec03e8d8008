"""``hongtou keys``: API keys, of which the service keeps only the digests."""

from __future__ import annotations

from pathlib import Path

import click

from service.keys import Scope, key_line, new_key


@click.group(short_help="生成调用接口的密钥。")
def keys() -> None:
    """生成调用接口的密钥；服务只保存摘要，删去文件里的一行即停用一把。"""


@keys.command(short_help="生成一把新密钥，只显示这一次。")
@click.option("--name", required=True, help="由谁使用，会写进日志。")
@click.option(
    "--scope", "scopes", type=click.Choice([scope.value for scope in Scope]), multiple=True,
    default=[scope.value for scope in Scope], show_default=True, help="可做什么，可多次给出。",
)
@click.option(
    "--to", "path", type=click.Path(dir_okay=False, path_type=Path),
    help="密钥文件，把新的一行加在末尾；不给则显示这一行。",
)
def new(name: str, scopes: tuple[str, ...], path: Path | None) -> None:
    """生成一把新密钥，在标准输出显示这一次，以后无从查看。"""
    secret = new_key()
    line = key_line(secret, map(Scope, dict.fromkeys(scopes)), " ".join(name.split()))
    if path is None:
        click.echo(f"请把下面一行加入密钥文件（HONGTOU_KEYS）：\n{line}", err=True)
    else:
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
        click.echo(f"已加入 {path}。密钥只显示这一次：", err=True)
    click.echo(secret)
