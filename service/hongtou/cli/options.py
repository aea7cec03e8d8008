"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hongtou.bulletin.order import Order, Purpose
from hongtou.outputs import OUTPUTS

ISSUE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help="在标准输出写一份 JSON。")


def normalize_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--normalize``."""
    return click.option(
        "--normalize", is_flag=True, help="采纳不改变文义的修改建议（标点全半角、多余空格等）。"
    )(command)


def order_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of an order, and hand them to the command as one ``order``."""

    @click.option(
        "--output",
        type=click.Choice(list(OUTPUTS)),
        default=Order().output,
        show_default=True,
        help="；".join(f"{output.name} {output.title}" for output in OUTPUTS.values()) + "。",
    )
    @click.option(
        "--purpose",
        type=click.Choice([purpose.value for purpose in Purpose]),
        default=Order().purpose.value,
        show_default=True,
        help="proof 校样，每页天头印“校样”；press 付印。",
    )
    @normalize_option
    @wraps(command)
    def with_order(output: str, purpose: str, normalize: bool, **others: Any) -> Any:
        return command(order=Order(output, Purpose(purpose), normalize), **others)

    return with_order
