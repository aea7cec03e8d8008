"""The command line. To add a command: one module and one line here.

Modules import heavy packages only when their command runs, so that ``hongtou --help`` is quick.
"""

import gc

from hongtou.cli.check import check
from hongtou.cli.doctor import doctor
from hongtou.cli.fonts import fonts
from hongtou.cli.group import Commands
from hongtou.cli.keys import keys
from hongtou.cli.layouts import layouts
from hongtou.cli.render import render
from hongtou.cli.serve import serve
from hongtou.cli.streams import prepare

main = Commands(
    name="hongtou",
    help="把简报的 JSON 稿件排成可付印的 A4 PDF。",
    commands=[render, check, serve, keys, fonts, layouts, doctor],
)


def run() -> None:
    """Run the command of this process."""
    prepare()
    try:
        main()
    finally:
        gc.freeze()  # no last garbage collection, which takes a tenth of a render


__all__ = ["main", "run"]
