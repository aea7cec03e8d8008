"""``hongtou outputs``: lists what can be made of an issue, with the options of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from hongtou.cli.options import as_json
from hongtou.cli.streams import show, show_json

if TYPE_CHECKING:
    from hongtou.outputs import Output


@click.command(short_help="列出各种输出与它们的参数。")
@as_json
def outputs(as_json: bool) -> None:
    """列出各种输出（--output）与它们的参数（--set），等号后是默认值。"""
    from hongtou.outputs import OUTPUTS
    from hongtou.records import output_record

    if as_json:
        show_json({"outputs": [output_record(output) for output in OUTPUTS.values()]})
        return
    show("\n".join(line for output in OUTPUTS.values() for line in _lines(output)))


def _lines(output: Output) -> Iterator[str]:
    yield f"{output.name}\t{output.title}"
    for option in output.options:
        default = str(option.default)
        value = default.lower() if isinstance(option.default, bool) else default
        yield f"  {option.name}={value}\t{option.description}：{option.allowed}"
