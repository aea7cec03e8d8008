"""What is found on numbered copies alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.numerals import copy_number
from hongtou.bulletin.recipient import shares
from hongtou.outputs.copies.distribution import COUNT, FIRST, given_count, wanted_count
from hongtou.outputs.inking import colours_lost
from hongtou.outputs.option import OptionValues

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission


def on_copies(commission: Commission) -> Iterator[Finding]:
    """Yield that numbers do not fit the issue, and names not the page.

    Findings: copies/not-print-run, copies/no-count, copies/not-recipients,
    copies/recipient-too-long.
    """
    yield from _other_than_print_run(commission)
    yield from _other_than_recipients(commission)
    yield from _without_room(commission)
    yield from colours_lost(commission)


def other_first_number(issue: Issue, options: OptionValues) -> Iterator[Finding]:
    """Yield that the copy number of the masthead is not that of the first copy.

    Findings: copies/first-number.
    """
    sent, first = issue.masthead.copy_number, options[FIRST]
    if sent is not None and sent != first:
        yield Finding(
            code="copies/first-number",
            severity=Severity.WARNING,
            pointer="/masthead/copy_number",
            message=f"报头写的份号 {copy_number(sent)} 没有采用，从 {copy_number(first)} 编起",
            hint=f"要从 {copy_number(sent)} 编起，请写明第一份的份号（first={sent}）",
        )


def _other_than_print_run(commission: Commission) -> Iterator[Finding]:
    ordered, printed = commission.options[COUNT], commission.accepted.issue.closing.print_run
    if ordered and printed and ordered != printed:
        yield Finding(
            code="copies/not-print-run",
            severity=Severity.WARNING,
            pointer="/closing/print_run",
            message=f"编号 {ordered} 份，报尾写的是共印{printed}份",
            hint="请核对份数；分几次编号的，不必理会",
        )
    if not ordered and not printed and not given_count(commission):
        yield Finding(
            code="copies/no-count",
            severity=Severity.WARNING,
            pointer="/closing",
            message="没有写印多少份，只编了一份",
            hint="请写明份数（count），或在报尾填写印数（print_run）",
        )


def _other_than_recipients(commission: Commission) -> Iterator[Finding]:
    """Yield that other copies are ordered than go to recipients; the review minds the print run."""
    ordered, given = commission.options[COUNT], given_count(commission)
    if ordered and given and ordered != given:
        without = f"，{ordered - given} 份没有单位" if ordered > given else "，排在后面的单位不够"
        yield Finding(
            code="copies/not-recipients",
            severity=Severity.WARNING,
            pointer="/closing/recipients",
            message=f"编号 {ordered} 份，领受单位共领 {given} 份{without}",
            hint="请核对份数（count）与各单位的份数（copies）",
        )


def _without_room(commission: Commission) -> Iterator[Finding]:
    """Yield names that are too long to stand beside the number."""
    from hongtou.pages.numbering import numbered, without_number

    recipients = commission.accepted.issue.closing.recipients
    first, count = commission.options[FIRST], wanted_count(commission)
    if not recipients:
        return
    _, place = without_number(commission.plan, commission.pages)
    named = (share for share in shares(recipients, range(first, first + count)) if share.name)
    for at, share in enumerate(named):
        (copy,) = numbered(commission.plan, place, share.numbers[:1], share.name)
        if not copy.beside:
            yield Finding(
                code="copies/recipient-too-long",
                severity=Severity.WARNING,
                pointer=f"/closing/recipients/{at}",
                message=f"份号旁排不下“{printable(share.name)}”，这几份只印份号",
                hint="请改用简称；书签和文件名仍写全",
            )
