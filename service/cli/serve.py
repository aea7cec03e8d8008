"""``hongtou serve``: the HTTP service."""

from __future__ import annotations

from dataclasses import replace

import click

from service.config import read_config


@click.command(short_help="启动网络服务与编辑页面。")
@click.option("--host", help="监听地址，默认 127.0.0.1（HONGTOU_HOST）。")
@click.option("--port", type=click.IntRange(1, 65535), help="监听端口，默认 8080（HONGTOU_PORT）。")
def serve(host: str | None, port: int | None) -> None:
    """启动服务，直到收到 Ctrl+C 或终止信号。"""
    from service.web.server import run

    config = read_config()
    config = replace(config, host=host or config.host, port=port or config.port)
    click.echo(f"正在启动 http://{config.host}:{config.port} ，按 Ctrl+C 停止", err=True)
    run(config)
