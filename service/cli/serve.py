"""``hongtou serve``: the HTTP service."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from service.config import injected, read_config


@click.command(short_help="启动网络服务与编辑页面。")
@click.option("--host", help="监听地址，默认 127.0.0.1（HONGTOU_HOST）。")
@click.option("--port", type=click.IntRange(1, 65535), help="监听端口，默认 8080（HONGTOU_PORT）。")
def serve(host: str | None, port: int | None) -> None:
    """启动服务，直到收到 Ctrl+C 或终止信号。"""
    from service.web.server import run

    given = {"HONGTOU_HOST": host, "HONGTOU_PORT": port}
    config = read_config(options={name: str(value) for name, value in given.items() if value})
    if ignored := injected():
        _note("ignored-settings", f"不理会 Kubernetes 注入的 {'、'.join(ignored)}", names=ignored)
    if sys.stderr.isatty():
        click.echo(f"正在启动 {config.url} ，按 Ctrl+C 停止", err=True)
    run(config)


def _note(event: str, text: str, **fields: object) -> None:
    """Tell a person at a terminal in words, and a log in its own form: one JSON line."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
        return
    moment = datetime.now(UTC).isoformat()
    record = {**fields, "event": event, "detail": text, "level": "warning", "timestamp": moment}
    click.echo(json.dumps(record, ensure_ascii=False), err=True)
