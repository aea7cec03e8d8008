"""Names and values of a request → an order, and the checks of an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hongtou.bulletin.errors import UnknownOption
from hongtou.bulletin.finding import printable
from hongtou.bulletin.order import OptionValue, Order, OrderOptions, Purpose
from hongtou.outputs import OUTPUTS, OptionValues, Output
from hongtou.outputs.option import AnyOption, Choice, Switch, known_names

OUTPUT = Choice(
    name="output",
    title="输出",
    default=Order().output,
    values={output.name: output.title for output in OUTPUTS.values()},
)
PURPOSE = Choice(
    name="purpose",
    title="用途",
    default=Order().purpose.value,
    values={Purpose.PRESS.value: "付印", Purpose.PROOF.value: "校样（每页天头印“校样”）"},
)
NORMALIZE = Switch(name="normalize", title="采纳不改文义的修改建议", default=Order().normalize)
COMMON: tuple[AnyOption, ...] = (OUTPUT, PURPOSE, NORMALIZE)


def order_of(sent: Iterable[tuple[str, str]]) -> Order:
    """Return the order in the names and values of a query.

    Raises:
        UnknownOption: a name or value is unknown, a name is repeated, or an option has no effect.
    """
    texts = _by_name(sent)
    output = OUTPUTS[OUTPUT.read(texts.get(OUTPUT.name, OUTPUT.default))]
    given = _read(texts, (*COMMON, *output.options), output)
    values = OptionValues(given.items())
    common = {option.name for option in COMMON}
    options = {name: value for name, value in given.items() if name not in common}
    return settled(
        Order(output.name, Purpose(values[PURPOSE]), values[NORMALIZE], tuple(options.items()))
    )


def read_options(output: str, sent: Iterable[tuple[str, str]]) -> OrderOptions:
    """Return the options of an output in names and values.

    Raises:
        UnknownOption: a name or value is unknown, or a name is repeated.
    """
    made = OUTPUTS[output]
    return _settled(_read(_by_name(sent), made.options, made), made)


def settled(order: Order) -> Order:
    """Return an order whose options are checked, sorted, and without default values.

    Raises:
        UnknownOption: its output, an option or a value is unknown, or an option has no effect.
    """
    output = OUTPUTS[OUTPUT.checked(order.output)]
    checked = replace(order, options=_settled(dict(order.options), output))
    _refuse_idle(checked, output)
    return checked


def _refuse_idle(order: Order, output: Output) -> None:
    """Refuse what was ordered and would change nothing.

    Raises:
        UnknownOption: an option needs another value of another one.
    """
    known = {option.name: option for option in (PURPOSE, *output.options)}
    given = {PURPOSE.name: order.purpose.value, **dict(order.options)}
    for name, _ in order.options:
        need = known[name].needs
        if need and given.get(need.name, known[need.name].default) != need.value:
            raise UnknownOption(
                f"参数 {name} 只用于{need.told}，这次不起作用",
                hint=f"请改用{need.told}（{need.name}={need.value}），或去掉 {name}",
            )


def order_parameters() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return all parameters of an order: name, meaning in Chinese, JSON Schema."""
    outputs: dict[str, dict[str, AnyOption]] = {}
    for output in OUTPUTS.values():
        for option in output.options:
            outputs.setdefault(option.name, {})[output.name] = option
    return (
        *((option.name, option.title, option.schema) for option in COMMON),
        *(_parameter(name, options) for name, options in outputs.items()),
    )


def _parameter(name: str, options: Mapping[str, AnyOption]) -> tuple[str, str, dict[str, Any]]:
    """Return a parameter of the outputs that have this option.

    They may differ in its default, and some may take further words: it allows all of them.
    """
    first, *others = (_with_all_words(option, options.values()) for option in options.values())
    title = f"{first.description}；用于 {'、'.join(options)}"
    if all(other.default == first.default for other in others):
        return name, title, first.schema
    defaults = (f"{output} 默认 {option.default}" for output, option in options.items())
    schema = {key: value for key, value in first.schema.items() if key != "default"}
    return name, f"{title}；{'、'.join(defaults)}", schema


def _with_all_words(option: AnyOption, others: Iterable[AnyOption]) -> AnyOption:
    """Return an option that allows every word which it has for any output."""
    if not isinstance(option, Choice):
        return option
    words = [dict(other.values) for other in others if isinstance(other, Choice)]
    return replace(option, values={word: told for one in words for word, told in one.items()})


def parameters_of(output: Output) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return the parameters of an order whose output is fixed."""
    options = (*(option for option in COMMON if option is not OUTPUT), *output.options)
    return tuple((option.name, option.description, option.schema) for option in options)


def _by_name(sent: Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = tuple(sent)
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise UnknownOption(f"参数 {printable(name)} 写了 {count} 次", hint="请只写一次")
    return dict(pairs)


def _read(
    texts: Mapping[str, str], known: Iterable[AnyOption], output: Output
) -> dict[str, OptionValue]:
    """Return the values in texts."""
    options = _known(texts, known, output)
    return {name: options[name].read(text) for name, text in texts.items()}


def _settled(values: Mapping[str, OptionValue], output: Output) -> OrderOptions:
    """Return the values that differ from the defaults, checked and sorted."""
    options = _known(values, output.options, output)
    checked = {name: options[name].checked(value) for name, value in values.items()}
    return tuple(
        (name, value) for name, value in sorted(checked.items()) if value != options[name].default
    )


def _known(
    names: Iterable[str], known: Iterable[AnyOption], output: Output
) -> dict[str, AnyOption]:
    """Return the known options by name.

    Raises:
        UnknownOption: a name is not among them.
    """
    options = {option.name: option for option in known}
    for name in names:
        if name not in options:
            raise _unknown(name, tuple(options), output)
    return options


def _unknown(name: str, known: Sequence[str], output: Output) -> UnknownOption:
    hint = known_names(name, known) if known else f"输出 {output.name} 没有参数"
    takers = "、".join(other.name for other in OUTPUTS.values() if name in other.option_names)
    if takers:
        return UnknownOption(f"输出 {output.name} 没有参数 {name}，{takers} 才有", hint=hint)
    return UnknownOption(f"没有名为“{printable(name)}”的参数", hint=hint)
