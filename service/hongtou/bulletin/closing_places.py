"""The places of the closing block: what a row of each must be, so that all of it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum, auto
from typing import Any, get_args, get_type_hints

from hongtou.bulletin.month import Month
from hongtou.bulletin.recipient import Recipient


class Place(Enum):
    """Where in the block a field is printed, which also decides what it may hold."""

    RECIPIENTS = auto()  # a row for itself behind its label, in the upper group
    IMPRINT_BODY = auto()  # left in the row between the rules; there is one such field
    IMPRINT_DATE = auto()  # right in that row; there is one such field
    PRINT_RUN = auto()  # right in the first row of the lower group; there is one such field
    PEOPLE = auto()  # names behind the label of their duty, as many duties as a row holds
    CONTACT = auto()  # rows for themselves behind their label, under the people
    COPIES = auto()  # beside the copy number, where copies are numbered; there is one such field


@dataclass(frozen=True, slots=True)
class Printed:
    """How a field is printed: its place, its title for editors, where the rule is written.

    The title with a colon is the printed label, unless there is a ``pattern``, in which ``{}``
    stands for the value.
    """

    place: Place
    title: str
    source: str = "house style"
    description: str = ""
    pattern: str = ""

    @property
    def label(self) -> str:
        """Return what is printed before the value; "" where a pattern holds it."""
        return "" if self.pattern else f"{self.title}："


class Wording(Enum):
    """How a place prints the value of a row; the value says what its ``pattern`` must be."""

    LABELLED = "不写"
    FILLED = "须有一个 {}"
    BARE = "须是 {}"

    def allows(self, pattern: str) -> bool:
        """Tell whether a place prints all of a pattern."""
        match self:
            case Wording.LABELLED:
                return not pattern
            case Wording.FILLED:
                return pattern.count("{}") == 1
        return pattern == "{}"


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """What a row of a place must be: its type as written, its default, and how it is worded.

    ``only`` is the key of the single row of a place that has no room for a second.
    """

    type: str
    default: Any
    wording: Wording
    only: str = ""


TYPES: Mapping[str, Any] = {
    "str": str,
    "int | None": int | None,
    "date | Month | None": date | Month | None,
    "tuple[str, ...]": tuple[str, ...],
    "tuple[Recipient, ...]": tuple[Recipient, ...],
}
RULES: Mapping[Place, PlaceRule] = {
    Place.RECIPIENTS: PlaceRule("str", "", Wording.LABELLED),
    Place.IMPRINT_BODY: PlaceRule("str", "", Wording.BARE, "imprint_body"),
    Place.IMPRINT_DATE: PlaceRule("date | Month | None", None, Wording.FILLED, "imprint_date"),
    Place.PRINT_RUN: PlaceRule("int | None", None, Wording.FILLED, "print_run"),
    Place.PEOPLE: PlaceRule("tuple[str, ...]", (), Wording.LABELLED),
    Place.CONTACT: PlaceRule("tuple[str, ...]", (), Wording.LABELLED),
    Place.COPIES: PlaceRule("tuple[Recipient, ...]", (), Wording.BARE, "recipients"),
}


def printed_fields(block: type, apart: str) -> dict[str, Printed]:
    """Return the rows of a closing block by their keys, all but the field ``apart``.

    Raises:
        TypeError: a row would not be printed, or not as it is written; the message names every
            such row and what to write.
    """
    hints = get_type_hints(block, include_extras=True)
    defaults = {entry.name: entry.default for entry in fields(block) if entry.name != apart}
    rows = {key: _printed(hints[key]) for key in defaults}
    known = {key: printed for key, printed in rows.items() if printed is not None}
    faults = [
        f"{key}：请写成 Annotated[类型, Printed(Place.…, 名称)]" for key in rows if key not in known
    ]
    for key, printed in known.items():
        faults += _faults(key, printed, get_args(hints[key])[0], defaults[key])
    faults += _lacking(known)
    faults += _alike(known)
    if faults:
        raise TypeError(f"{block.__name__} 里有印不出来的行：{'；'.join(faults)}")
    return known


def _printed(hint: Any) -> Printed | None:
    said: tuple[Any, ...] = getattr(hint, "__metadata__", ())
    return said[0] if len(said) == 1 and isinstance(said[0], Printed) else None


def _faults(key: str, printed: Printed, type_: Any, default: Any) -> Iterator[str]:
    rule, place = RULES[printed.place], printed.place.name
    if rule.only and key != rule.only:
        yield f"{key}：{place} 只印 {rule.only} 一行，请换一个位置"
    if type_ != TYPES[rule.type]:
        yield f"{key}：{place} 印的是 {rule.type}，请改类型或换一个位置"
    elif default != rule.default:
        yield f"{key}：默认值请写 {rule.default!r}，没有填的就不印"
    if not rule.wording.allows(printed.pattern):
        yield f"{key}：{place} 的 pattern {rule.wording.value}，不是“{printed.pattern}”"
    if not printed.title.strip():
        yield f"{key}：名称不能空着"


def _lacking(rows: Mapping[str, Printed]) -> Iterator[str]:
    for place, rule in RULES.items():
        held = rows.get(rule.only)
        if rule.only and (held is None or held.place is not place):
            yield f"缺 {rule.only}，{place.name} 要印它"


def _alike(rows: Mapping[str, Printed]) -> Iterator[str]:
    first: dict[str, str] = {}
    for key, printed in rows.items():
        other = first.setdefault(printed.title, key)
        if other != key:
            yield f"{key}：名称“{printed.title}”与 {other} 相同，请换一个"
