"""``hongtou doctor``: what is installed, what is missing, and how to repair it."""

from __future__ import annotations

import sys

import click

from hongtou.cli.options import as_json


@click.command(short_help="检查安装是否完整，给出补救办法。")
@as_json
def doctor(as_json: bool) -> None:
    """检查运行所需的一切；有缺失时退出码为 4。"""
    from hongtou.doctor.__main__ import main

    sys.exit(main(["--json"] if as_json else []))
