"""What must come of every input, as the tables beside this module say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What decides whether an input is set well; what is not given is not looked at.

    ``refused`` holds the codes of all errors, the others are parts of what comes. ``lines`` are
    whole lines as printed, ``absent`` texts that no line holds, ``whole`` texts that no line end
    parts; no line begins or ends with a text of ``starts_none`` and ``ends_none``. ``styles`` names
    the style of the line that begins with a text, ``faces`` the family that draws all of a text,
    and ``least_pt`` the least size of a line with a text. ``only`` are all warnings and notes.
    Any page that ends short without a finding is a fault, but for those of ``short``.
    """

    accepted: bool = False
    refused: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    starts_none: tuple[str, ...] = ()
    ends_none: tuple[str, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict)
    faces: Mapping[str, str] = field(default_factory=dict)
    least_pt: Mapping[str, float] = field(default_factory=dict)
    pages: int | None = None
    short: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """The same said as it can be today: ``how`` in words, and what is changed of the input.

    ``changes`` are values by JSON Pointer (an empty text takes the value out), ``replaces`` texts.
    """

    how: str
    expected: Expectation
    changes: Mapping[str, Any] = field(default_factory=dict)
    replaces: Mapping[str, str] = field(default_factory=dict)
    normalize: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An input: what was wrong with it ``then``, what is so ``now``, and what is expected.

    ``undone`` says why it is still not as it should be. ``pictures`` names, for each picture sent
    with it, one of its folder that it is made from.
    """

    then: str
    expected: Expectation
    now: str = ""
    undone: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    retold: Retold | None = None


def read_cases(table: Path) -> dict[str, Case]:
    """Return the cases of a table by the name of their input.

    Raises:
        TypeError: it has a key that is none.
    """
    entries = tomllib.loads(table.read_text(encoding="utf-8"))
    return {name: _case(entry) for name, entry in entries.items()}


def _case(entry: dict[str, Any]) -> Case:
    names = ("then", "now", "undone", "pictures")
    told = {key: entry.pop(key) for key in names if key in entry}
    retold = entry.pop("retold", None)
    return Case(**told, retold=_retold(retold) if retold else None, expected=_expectation(entry))


def _retold(entry: dict[str, Any]) -> Retold:
    names = ("how", "changes", "replaces", "normalize", "options")
    told = {key: entry.pop(key) for key in names if key in entry}
    return Retold(**told, expected=_expectation(entry))


def _expectation(entry: dict[str, Any]) -> Expectation:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Expectation(**values)
