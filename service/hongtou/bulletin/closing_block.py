"""The closing block (报尾): one row of `ClosingBlock` is all that a field needs.

The contract, its JSON Schema, the reading of an issue, the review, the printed rows and
`docs/closing-block.md` (`make docs`) follow from the rows, in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Annotated, get_origin, get_type_hints

from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.month import Month


class Place(Enum):
    """Where in the block a field is printed, which also decides what it may hold."""

    RECIPIENTS = auto()  # a row for itself behind its label, in the upper group
    IMPRINT_BODY = auto()  # left in the row between the rules; there is one such field
    IMPRINT_DATE = auto()  # right in that row; there is one such field
    PRINT_RUN = auto()  # right in the first row of the lower group; there is one such field
    PEOPLE = auto()  # names behind the label of their duty, as many duties as a row holds
    CONTACT = auto()  # rows for themselves behind their label, under the people
    NOWHERE = auto()  # not printed: what is done with the issue afterwards asks for it


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


IMPRINT_SOURCE = "GB/T 9704-2012 §7.4.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingBlock:
    """Who receives the issue, who printed and who answers for it; a row for each field.

    ``labels`` are what is printed in place of a field's own title, by its key.
    """

    report_to: Annotated[str, Printed(Place.RECIPIENTS, "报", "house style: superior bodies")] = ""
    send_to: Annotated[
        str, Printed(Place.RECIPIENTS, "送", "house style: bodies of the same level")
    ] = ""
    issue_to: Annotated[str, Printed(Place.RECIPIENTS, "发", "house style: subordinate bodies")] = (
        ""
    )
    extra_issue_to: Annotated[str, Printed(Place.RECIPIENTS, "本期增发")] = ""
    imprint_body: Annotated[
        str,
        Printed(Place.IMPRINT_BODY, "印发机关", IMPRINT_SOURCE, "省略时同第一个编发单位", "{}"),
    ] = ""
    imprint_date: Annotated[
        date | Month | None,
        Printed(Place.IMPRINT_DATE, "印发日期", IMPRINT_SOURCE, "省略时同报头的印发日期", "{}印发"),
    ] = None
    print_run: Annotated[int | None, Printed(Place.PRINT_RUN, "印数", pattern="共印{}份")] = None
    approvers: Annotated[tuple[str, ...], Printed(Place.PEOPLE, "签发")] = ()
    reviewers: Annotated[tuple[str, ...], Printed(Place.PEOPLE, "审核")] = ()
    editors: Annotated[tuple[str, ...], Printed(Place.PEOPLE, "编辑")] = ()
    proofreaders: Annotated[tuple[str, ...], Printed(Place.PEOPLE, "校对")] = ()
    contact: Annotated[
        tuple[str, ...],
        Printed(Place.CONTACT, "联系方式", description="几项各占一行，标签写在各项里"),
    ] = ()
    recipients: Annotated[
        tuple[str, ...],
        Printed(Place.NOWHERE, "份号领受单位", description="编号的各份发给谁", pattern="{}"),
    ] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, key: str) -> str:
        """Return what is printed before the value of a field."""
        own = dict(self.labels).get(key)
        return joined(own, "：") if own else FIELDS[key].label


FIELDS: dict[str, Printed] = {
    key: hint.__metadata__[0]
    for key, hint in get_type_hints(ClosingBlock, include_extras=True).items()
    if get_origin(hint) is Annotated
}
LABELLED: dict[str, Printed] = {key: field for key, field in FIELDS.items() if field.label}


def fields_at(place: Place) -> dict[str, Printed]:
    """Return the fields of one place by their keys, in the order in which they are printed."""
    return {key: field for key, field in FIELDS.items() if field.place is place}
