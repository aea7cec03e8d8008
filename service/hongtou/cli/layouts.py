"""``hongtou layouts``: lists the layouts, once nothing is wrong with any of them."""

from __future__ import annotations

import click

from hongtou.cli.options import as_json
from hongtou.cli.streams import show, show_json
from hongtou.config import read_config


@click.command(short_help="列出版式。")
@as_json
def layouts(as_json: bool) -> None:
    """列出可用的版式。"""
    from hongtou.paginate.layout_check import refuse_faulty
    from hongtou.pipeline import Typesetter
    from hongtou.records import layout_record

    typesetter = Typesetter.open(read_config())
    refuse_faulty(typesetter.layouts, typesetter.faces)
    found = typesetter.layouts.values()
    if as_json:
        show_json({"layouts": [layout_record(layout) for layout in found]})
        return
    lines = (f"{layout.name}\t{layout.title}\t{layout.summary}" for layout in found)
    show("\n".join(lines))
