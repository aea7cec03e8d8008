"""``hongtou doctor``: what is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from service.cli.exits import DONE, RUN_FAILED
from service.cli.options import as_json


@click.command(short_help="检查安装是否完整，给出补救命令。")
@as_json
def doctor(as_json: bool) -> None:
    """检查运行所需的一切；有缺失时退出码为 4。"""
    from service.doctor import examine

    checks = examine()
    if as_json:
        found = [asdict(check) for check in checks]
        click.echo(json.dumps({"checks": found}, ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(f"{'正常' if check.ok else '缺失'}  {check.name}  {check.detail}")
            if check.remedy:
                click.echo(f"      办法：{check.remedy}")
    sys.exit(DONE if all(check.ok for check in checks) else RUN_FAILED)
