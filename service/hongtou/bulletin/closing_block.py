"""The closing block (报尾): one row of `ClosingBlock` is all that a field needs.

The contract, its JSON Schema, the reading of an issue, the review, the printed rows and
`docs/closing-block.md` (`make docs`) follow from the rows, in their order. What a row must be so
that its place prints it, `closing_places.py` says; one that is not ends the import.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from hongtou.bulletin.closing_places import Place, Printed, printed_fields
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.month import Month
from hongtou.bulletin.recipient import Recipient

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
        tuple[Recipient, ...],
        Printed(
            Place.COPIES,
            "份号领受单位",
            description="编号的各份发给谁、各几份，只写单位的一份",
            pattern="{}",
        ),
    ] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, key: str) -> str:
        """Return what is printed before the value of a field."""
        own = dict(self.labels).get(key)
        return joined(own, "：") if own else FIELDS[key].label


FIELDS: dict[str, Printed] = printed_fields(ClosingBlock, apart="labels")
LABELLED: dict[str, Printed] = {key: field for key, field in FIELDS.items() if field.label}


def fields_at(place: Place) -> dict[str, Printed]:
    """Return the fields of one place by their keys, in the order in which they are printed."""
    return {key: field for key, field in FIELDS.items() if field.place is place}
