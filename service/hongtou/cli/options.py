"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hongtou.bulletin.order import Order, Purpose
from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import read_options

ISSUE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help="在标准输出写一份 JSON。")


def normalize_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--normalize``."""
    return click.option(
        "--normalize", is_flag=True, help="采纳不改变文义的修改建议（标点全半角、多余空格等）。"
    )(command)


def order_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of an order, which the command receives as ``order``."""

    @click.option(
        "--output",
        type=click.Choice(list(OUTPUTS)),
        default=Order().output,
        show_default=True,
        help="；".join(f"{output.name} {output.title}" for output in OUTPUTS.values()) + "。",
    )
    @click.option(
        "--set",
        "settings",
        callback=_pairs,
        multiple=True,
        metavar="NAME=VALUE",
        help=f"输出的参数，可写多次。{_options_help()}",
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
    def with_order(
        output: str,
        settings: tuple[tuple[str, str], ...],
        purpose: str,
        normalize: bool,
        **others: Any,
    ) -> Any:
        options = read_options(output, settings)
        return command(order=Order(output, Purpose(purpose), normalize, options), **others)

    return with_order


def _pairs(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return names and values.

    Raises:
        BadParameter: a value has no ``=``.
    """
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"“{value}”不是 NAME=VALUE", context, parameter)
    return tuple((name, text) for name, _, text in (value.partition("=") for value in values))


def _options_help() -> str:
    """Return the help text on the options of all outputs."""
    texts = [
        f"{output.name}："
        + "，".join(
            f"{option.name} {option.title}（{option.allowed}，默认 {option.default}）"
            for option in output.options
        )
        for output in OUTPUTS.values()
        if output.options
    ]
    return "；".join(texts) + "。"
