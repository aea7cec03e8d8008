"""What the use cases share: an issue that must be there, in this version, open to changes."""

from __future__ import annotations

from hongtou.bulletin.errors import Locked, NotKept, NumberTaken, Stale
from hongtou.desk.event import Deed, event_of
from hongtou.desk.facts import Facts
from hongtou.desk.issue import IssueRecord, KeptIssue
from hongtou.desk.numbering import counting_year, free_number
from hongtou.desk.publication import Publication
from hongtou.desk.records import HistoryRecords, Records
from hongtou.desk.stamp import Stamp

MOST_ID = 2**31 - 1  # of what a database numbers


def kept_publication(records: Records, publication_id: int) -> Publication:
    """Return a publication.

    Raises:
        NotKept: there is none.
    """
    found = records.publication(publication_id) if publication_id <= MOST_ID else None
    if found is None:
        raise NotKept(f"没有编号为 {publication_id} 的刊物", hint="请从刊物的列表里选")
    return found


def kept_issue(
    records: Records, issue_id: int, *, in_bin: bool = False, to_read: bool = False
) -> KeptIssue:
    """Return an issue that lies in the bin, or one that does not; one ``to_read`` is not held.

    Raises:
        NotKept: there is none.
    """
    look = records.seen if to_read else records.issue
    found = look(issue_id) if issue_id <= MOST_ID else None
    if found is None or (found.record.deleted_at is not None) is not in_bin:
        is_binned = found is not None and not in_bin
        hint = "它在回收站里，可以取回" if is_binned else "请从各期的列表里选"
        raise NotKept(f"{'回收站里' if in_bin else ''}没有编号为 {issue_id} 的一期", hint=hint)
    return found


def open_issue(records: Records, issue_id: int, version: int) -> KeptIssue:
    """Return an issue that may be changed.

    Raises:
        NotKept: there is none.
        Locked: it is final.
        Stale: this is not its version.
    """
    kept = kept_issue(records, issue_id)
    if kept.record.state.is_locked:
        raise Locked(f"这一期{kept.record.state.shown}，不能再改", hint="请审核人员先解锁")
    require_version(kept.record, version)
    return kept


def require_version(record: IssueRecord, version: int) -> None:
    """Check that an issue is of this version.

    Raises:
        Stale: it is of another, which its details name.
    """
    if record.version != version:
        raise stale(record)


def stale(record: IssueRecord) -> Stale:
    """Return the error for a change of another version than the present one."""
    return Stale(
        f"{record.changed_by}已存了第 {record.version} 版",
        hint="请合并后再存",
        details={
            "version": record.version,
            "by": record.changed_by,
            "at": record.changed_at.isoformat(),
        },
    )


def refuse_taken(
    records: Records, publication_id: int, facts: Facts, issue_id: int | None = None
) -> None:
    """Check that no other issue has the number of this one.

    Raises:
        NumberTaken: one has; the details name a number that is free.
    """
    if facts.number is None or facts.year is None:
        return
    # Held until the transaction ends: no index knows of numbers that are given once for ever.
    plan = kept_publication(records, publication_id).plan
    year = counting_year(plan, facts.year)
    holder = records.holder(publication_id, year, facts.series, facts.number, issue_id)
    if holder is None:
        return
    free = free_number(plan, records.numbers(publication_id), facts.year, facts.series)
    raise NumberTaken(
        f"{f'{year}年' if year else ''}第{facts.number}期已经有了",
        hint=f"可用第{free}期",
        details={"free": free, "issue": holder},
    )


def note(records: HistoryRecords, stamp: Stamp, deed: Deed) -> None:
    """Add an event to the chain; the last thing that a transaction does, as others wait for it."""
    records.add_event(event_of(deed, stamp, records.last_digest()))
