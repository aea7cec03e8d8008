"""The command line. To add a command: one module and one line here.

Each module loads what it needs when its command runs: ``hongtou --help`` loads next to nothing.
"""

import gc

from service.cli.check import check
from service.cli.doctor import doctor
from service.cli.fonts import fonts
from service.cli.group import Commands
from service.cli.keys import keys
from service.cli.layouts import layouts
from service.cli.render import render
from service.cli.serve import serve
from service.cli.streams import prepare

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
