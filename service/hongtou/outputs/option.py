"""The options of an order: their names, their values, and how a text becomes a value.

A single declaration serves the query of a request, ``--set`` on the command line, ``/v1/outputs``,
the OpenAPI document and the editor's page.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from hongtou.bulletin.errors import UnknownOption
from hongtou.bulletin.finding import printable
from hongtou.bulletin.likeness import nearest
from hongtou.bulletin.order import OptionValue

Value = TypeVar("Value", bound=OptionValue)

SWITCH_TEXTS = {"": True, "1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class Need:
    """What an option needs to have an effect: a value of another one; ``told`` says it in Chinese.

    The other may be of the same output, or one that all orders have.
    """

    name: str
    value: OptionValue
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(ABC, Generic[Value]):
    """A named value of a certain kind; ``title`` is its meaning in Chinese.

    One that ``needs`` a value of another has no effect without, and is refused. Each kind has a
    ``mark`` or ``marks``: what in the name of a file says that a value was ordered.

    Raises:
        ValueError: the default is not an allowed value.
    """

    name: str
    title: str
    default: Value
    needs: Need | None = None

    def __post_init__(self) -> None:
        if not self.allows(self.default):
            raise ValueError(f"{self.name}: {self.default!r} is not allowed")

    def read(self, text: str) -> Value:
        """Return the value in a text.

        Raises:
            UnknownOption: the text is no value, or a value that is not allowed.
        """
        value = self._parsed(text)
        if value is None:
            raise self._refusal(text)
        return self.checked(value)

    def checked(self, value: OptionValue) -> Value:
        """Return the value if it is allowed.

        Raises:
            UnknownOption: it is of another kind, or not allowed.
        """
        if not self.allows(value):
            raise self._refusal(str(value))
        return cast("Value", value)

    @property
    def description(self) -> str:
        """Return its meaning, and what it needs, in Chinese."""
        need = self.needs
        return (
            f"{self.title}；只用于{need.told}（{need.name}={need.value}）" if need else self.title
        )

    @property
    @abstractmethod
    def allowed(self) -> str:
        """Return a description of the allowed values, in Chinese."""

    @property
    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, with its default."""

    @abstractmethod
    def allows(self, value: OptionValue) -> bool:
        """Tell whether a value is of this kind and within its bounds."""

    @abstractmethod
    def mark_of(self, value: OptionValue) -> str:
        """Return what tells a file of this value, which is not the default, from others."""

    @abstractmethod
    def _parsed(self, text: str) -> Value | None: ...

    def _hint(self, wrong: str) -> str:
        """Return what to write instead, in Chinese."""
        return f"可为：{self.allowed}"

    def _refusal(self, wrong: str) -> UnknownOption:
        return UnknownOption(f"参数 {self.name} 不能是“{printable(wrong)}”", hint=self._hint(wrong))


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(Option[int]):
    """A whole number between two bounds, both included; ``mark`` has {} in its place."""

    minimum: int
    maximum: int
    mark: str = "{}"

    @property
    def allowed(self) -> str:
        """Return the bounds."""
        return f"{self.minimum}–{self.maximum} 的整数"

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, with its default."""
        return {
            "type": "integer",
            "minimum": self.minimum,
            "maximum": self.maximum,
            "default": self.default,
        }

    def allows(self, value: OptionValue) -> bool:
        """Tell whether a value is a whole number within the bounds."""
        return type(value) is int and self.minimum <= value <= self.maximum

    def mark_of(self, value: OptionValue) -> str:
        """Return the mark with the number in it."""
        return self.mark.format(value)

    def _parsed(self, text: str) -> int | None:
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Option[str]):
    """A word from a fixed list; ``values`` are their meanings in Chinese, ``marks`` their marks."""

    values: Mapping[str, str] = field(hash=False)
    marks: Mapping[str, str] = field(hash=False, default_factory=dict)

    @property
    def allowed(self) -> str:
        """Return all words with their meanings."""
        return "、".join(f"{value} {meaning}" for value, meaning in self.values.items())

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, with its default."""
        return {
            "type": "string",
            "enum": list(self.values),
            "default": self.default,
            "description": self.allowed,
        }

    def allows(self, value: OptionValue) -> bool:
        """Tell whether a value is one of the words."""
        return value in self.values

    def mark_of(self, value: OptionValue) -> str:
        """Return the mark of a word."""
        return self.marks.get(str(value), "")

    def _parsed(self, text: str) -> str:
        return text

    def _hint(self, wrong: str) -> str:
        return known_names(wrong, self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Option[bool]):
    """Yes or no; the name alone means yes. ``mark`` is that of what is not the default."""

    mark: str = ""

    @property
    def allowed(self) -> str:
        """Return both words."""
        return "true、false"

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, with its default."""
        return {"type": "boolean", "default": self.default}

    def allows(self, value: OptionValue) -> bool:
        """Tell whether a value is yes or no."""
        return isinstance(value, bool)

    def mark_of(self, value: OptionValue) -> str:
        """Return its mark."""
        return self.mark

    def _parsed(self, text: str) -> bool | None:
        return SWITCH_TEXTS.get(text.lower())


AnyOption = Option[int] | Option[str] | Option[bool]


class OptionValues:
    """The values of an order's options: ``values[PAGE]`` is the given value or the default."""

    def __init__(self, given: Iterable[tuple[str, OptionValue]]) -> None:
        self._given = dict(given)

    def __getitem__(self, option: Option[Value]) -> Value:
        return cast("Value", self._given.get(option.name, option.default))


def known_names(wrong: str, known: Iterable[str]) -> str:
    """Return a hint in Chinese: the nearest known name, and all known names."""
    names = tuple(known)
    near = nearest(wrong, names)
    question = f"是否指 {near}？" if near else ""
    return f"{question}可选：{'、'.join(names)}"
