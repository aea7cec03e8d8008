"""``hongtou serve``: the HTTP service."""

from __future__ import annotations

import json
import signal
import sys
from datetime import UTC, datetime
from types import FrameType

import click

from hongtou.bulletin.errors import ServiceError
from hongtou.cli.exits import RUN_FAILED
from hongtou.cli.group import tell
from hongtou.config import injected, read_config


@click.command(short_help="启动网络服务与编辑页面。")
@click.option("--host", help="监听地址，默认 127.0.0.1（HONGTOU_HOST）。")
@click.option("--port", type=click.IntRange(1, 65535), help="监听端口，默认 8080（HONGTOU_PORT）。")
def serve(host: str | None, port: int | None) -> None:
    """启动服务，直到收到 Ctrl+C 或终止信号。"""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)  # nothing is lost during the half second of loading
    given = {"HONGTOU_HOST": host, "HONGTOU_PORT": port}
    config = read_config(options={name: str(value) for name, value in given.items() if value})
    if ignored := injected():
        _note("ignored-settings", f"不理会 Kubernetes 注入的 {'、'.join(ignored)}", names=ignored)
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"正在启动 {config.url} ，按 Ctrl+C 停止", err=True)
    try:
        from hongtou.web.serve import run

        run(config)
    except Exception as fault:
        if isinstance(fault, ServiceError) and fault.hint and "doctor" not in fault.hint:
            raise  # the hint says what to do
        tell(fault)
        _say_what_the_doctor_says()
        sys.exit(RUN_FAILED)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _say_what_the_doctor_says() -> None:
    from hongtou.doctor.examination import examine
    from hongtou.doctor.report import as_lines

    found = [check for check in examine() if not check.ok]
    click.echo(as_lines(found), err=True, nl=False)


def _note(event: str, text: str, **fields: object) -> None:
    """Write text to a terminal, a JSON line to a log."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
        return
    moment = datetime.now(UTC).isoformat()
    record = {**fields, "event": event, "detail": text, "level": "warning", "timestamp": moment}
    click.echo(json.dumps(record, ensure_ascii=False), err=True)
