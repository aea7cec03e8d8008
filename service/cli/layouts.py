"""``hongtou layouts``: the layouts on offer."""

from __future__ import annotations

import json

import click

from service.cli.options import as_json
from service.config import read_config


@click.command(short_help="列出版式。")
@as_json
def layouts(as_json: bool) -> None:
    """列出可用的版式。"""
    from service.layouts import open_layouts
    from service.report import layout_record

    found = open_layouts(read_config().layouts_dir).values()
    if as_json:
        records = [layout_record(layout) for layout in found]
        click.echo(json.dumps({"layouts": records}, ensure_ascii=False, indent=2))
        return
    for layout in found:
        click.echo(f"{layout.name}\t{layout.title}\t{layout.summary}")
