"""``hongtou layouts``: lists the layouts."""

from __future__ import annotations

import click

from hongtou.cli.options import as_json
from hongtou.cli.streams import show, show_json
from hongtou.config import read_config


@click.command(short_help="列出版式。")
@as_json
def layouts(as_json: bool) -> None:
    """列出可用的版式。"""
    from hongtou.layouts import open_layouts
    from hongtou.records import layout_record

    found = open_layouts(read_config().layouts_dir).values()
    if as_json:
        show_json({"layouts": [layout_record(layout) for layout in found]})
        return
    lines = (f"{layout.name}\t{layout.title}\t{layout.summary}" for layout in found)
    show("\n".join(lines))
