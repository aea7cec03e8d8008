"""How many copies are numbered, from which number on, and who gets which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.bulletin.errors import UnknownOption
from hongtou.bulletin.recipient import Share, shares
from hongtou.outputs.option import WholeNumber

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission

MOST_NUMBER = 999_999  # six figures: GB/T 9704-2012 §7.2.1
MOST_PAGES = 20_000  # of a file: more take readers long to open

FIRST = WholeNumber(
    name="first",
    title="第一份的份号",
    default=1,
    minimum=1,
    maximum=MOST_NUMBER,
    mark="从第{}份起",
)
COUNT = WholeNumber(
    name="count",
    title="份数；0 为报尾的“共印N份”，没有写的照领受单位的份数，都没有的编一份",
    default=0,
    minimum=0,
    maximum=MOST_PAGES,
    mark="{}份",
)


def distributed(commission: Commission) -> tuple[Share, ...]:
    """Return who gets which numbers.

    Raises:
        UnknownOption: they are too many.
    """
    first, count = commission.options[FIRST], wanted_count(commission)
    most = MOST_PAGES // len(commission.pages)
    if count > most:
        raise UnknownOption(
            f"一个文件里至多 {most} 份，要的是 {count} 份",
            hint="请分几次，如先做从第 1 份起的 1000 份，再做从第 1001 份起的（first、count）",
        )
    if first + count - 1 > MOST_NUMBER:
        raise UnknownOption(
            f"从第 {first} 份起编 {count} 份，份号超过六位数",
            hint=f"份号至多 {MOST_NUMBER}，请从较小的份号编起（first）",
        )
    recipients = commission.accepted.issue.closing.recipients
    return tuple(shares(recipients, range(first, first + count)))


def wanted_count(commission: Commission) -> int:
    """Return the number of copies that are to be numbered."""
    closing = commission.accepted.issue.closing
    return commission.options[COUNT] or closing.print_run or given_count(commission) or 1


def given_count(commission: Commission) -> int:
    """Return the number of copies that go to recipients."""
    recipients = commission.accepted.issue.closing.recipients
    return sum(recipient.copies for recipient in recipients)
