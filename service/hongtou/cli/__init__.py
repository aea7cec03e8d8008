"""The command line. To add a command: one module and one line here.

Modules import heavy packages only when their command runs, so that ``hongtou --help`` is quick.
"""

from hongtou.cli.accounts import accounts
from hongtou.cli.archive import backup, downgrade, restore
from hongtou.cli.check import check
from hongtou.cli.doctor import doctor
from hongtou.cli.events import events
from hongtou.cli.extract import extract
from hongtou.cli.fonts import fonts
from hongtou.cli.group import Commands
from hongtou.cli.importing import import_command
from hongtou.cli.keys import keys
from hongtou.cli.layouts import layouts
from hongtou.cli.outputs import outputs
from hongtou.cli.render import render
from hongtou.cli.serve import serve
from hongtou.cli.sign import sign
from hongtou.cli.streams import leave, prepare
from hongtou.config import ignore_plugins

main = Commands(
    name="hongtou",
    help="把简报的 JSON 稿件排成可付印的 A4 PDF。",
    commands=[
        render,
        check,
        import_command,
        extract,
        sign,
        serve,
        keys,
        accounts,
        fonts,
        layouts,
        outputs,
        backup,
        restore,
        downgrade,
        events,
        doctor,
    ],
)


def run() -> None:
    """Run the command of this process, and end the process."""
    prepare()
    ignore_plugins()
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int):
            leave(end.code)
        raise


__all__ = ["main", "run"]
