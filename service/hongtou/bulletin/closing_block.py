"""The fields of the closing block (报尾), in the order in which they are printed.

One row of `DISTRIBUTION` or `STAFF` is all it takes to add a field, beside its property in the
contract; `tests/test_closing_block.py` holds the three together.
"""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.issue import ClosingBlock
from hongtou.bulletin.numerals import chinese_date


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key in `ClosingBlock` and the contract, its printed label, its source."""

    key: str
    label: str
    source: str


DISTRIBUTION = (
    Field("report_to", "报：", "house style: superior bodies"),
    Field("send_to", "送：", "house style: bodies of the same level"),
    Field("issue_to", "发：", "house style: subordinate bodies"),
    Field("extra_issue_to", "本期增发：", "house style"),
)
STAFF = (
    Field("approvers", "签发：", "house style"),
    Field("reviewers", "审核：", "house style"),
    Field("editors", "编辑：", "house style"),
    Field("proofreaders", "校对：", "house style"),
)
CONTACT = Field("contact", "联系方式：", "house style")
PRINT_RUN = Field("print_run", "共印{}份", "house style")
IMPRINT = (
    Field("imprint_body", "{}", "GB/T 9704-2012 §7.4.3"),
    Field("imprint_date", "{}印发", "GB/T 9704-2012 §7.4.3"),
)
FIELDS = (*DISTRIBUTION, *IMPRINT, PRINT_RUN, *STAFF, CONTACT)

NAME_GAP = "\u3000"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the closing block: a labelled text, or a left and a right part."""

    label: str
    text: str
    right: str = ""


def distribution_rows(closing: ClosingBlock) -> list[Row]:
    """Return 报, 送, 发 and 增发 in order, those that are given."""
    return [
        Row(field.label, text) for field in DISTRIBUTION if (text := getattr(closing, field.key))
    ]


def imprint_row(closing: ClosingBlock) -> Row:
    """Return who printed the issue, and when.

    Source: GB/T 9704-2012 §7.4.3.
    """
    day = closing.imprint_date
    return Row("", closing.imprint_body, f"{chinese_date(day)}印发" if day else "")


def staff(closing: ClosingBlock) -> list[str]:
    """Return who answers for the issue, each duty with its names: 编辑：陈炜　王龙."""
    return [
        field.label + NAME_GAP.join(names)
        for field in STAFF
        if (names := getattr(closing, field.key))
    ]


def print_run(closing: ClosingBlock) -> str:
    """Return 共印120份, or nothing."""
    return PRINT_RUN.label.format(closing.print_run) if closing.print_run else ""


def contact_rows(closing: ClosingBlock) -> list[Row]:
    """Return how the editors are reached, if it is given."""
    return [Row(CONTACT.label, closing.contact)] if closing.contact else []
