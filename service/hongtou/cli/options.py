"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from hongtou.bulletin.order import OptionValue, Order, Purpose
from hongtou.outputs import OUTPUTS
from hongtou.outputs.option import AnyOption
from hongtou.outputs.ordering import OUTPUT, PURPOSE, read_options
from hongtou.outputs.paging import PAGING

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
        default=OUTPUT.default,
        show_default=True,
        metavar="NAME",
        help=f"{OUTPUT.title}：{OUTPUT.allowed}。",
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
        default=PURPOSE.default,
        show_default=True,
        metavar="|".join(PURPOSE.values),
        help=f"{PURPOSE.title}：{PURPOSE.allowed}。",
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
        options = read_options(OUTPUT.read(output), settings)
        order = Order(output, Purpose(PURPOSE.read(purpose)), normalize, options)
        return command(order=order, **others)

    return with_order


def _pairs(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return names and values; a name alone has an empty value."""
    return tuple((name, text) for name, _, text in (value.partition("=") for value in values))


def _options_help() -> str:
    """Return the help text on the options of all outputs; what all of them have is said once."""
    own = {name: set(output.options) - set(PAGING) for name, output in OUTPUTS.items()}
    texts = [f"有页的输出：{_told(PAGING)}"]
    texts += [
        f"{name}：{_told(option for option in output.options if option in own[name])}"
        for name, output in OUTPUTS.items()
        if own[name]
    ]
    return "；".join(texts) + "。"


def _told(options: Iterable[AnyOption]) -> str:
    return "，".join(
        f"{option.name} {option.description}（{option.allowed}，默认 {_word(option.default)}）"
        for option in options
    )


def _word(value: OptionValue) -> str:
    """Return a value as it is written behind ``--set``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
