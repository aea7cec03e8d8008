"""The command line. To add a command: one module and one line here.

Each module loads what it needs when its command runs: ``hongtou --help`` loads next to nothing.
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
    """Run one command in a process of its own."""
    prepare()
    try:
        main()
    finally:
        gc.freeze()  # nothing is searched for garbage once more at the end: a tenth of a render


__all__ = ["main", "run"]
