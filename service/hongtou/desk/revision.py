"""Revisions: the versions of an issue worth going back to, when one is kept and when it may go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hongtou.desk.issue import IssueRecord
from hongtou.desk.stamp import Stamp, local_day

IDLE = timedelta(minutes=30)  # after so long somebody opens the issue anew
WORK = timedelta(minutes=10)  # of work by one author: one revision
WHOLE = timedelta(days=7)  # for so long all revisions stay


class Kind(StrEnum):
    """Why a revision was kept."""

    WORK = "work"  # work went on from here
    MERGE = "merge"  # before the texts of two editors were joined
    RESTORE = "restore"  # before an older one was put back
    STATE = "state"  # it was sent in, sent back, finished, printed, unlocked
    NAMED = "named"  # somebody gave it a name

    @property
    def may_go(self) -> bool:
        """Tell whether it is thinned out after a week."""
        return self in (Kind.WORK, Kind.MERGE, Kind.RESTORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A version of an issue; ``ordinal`` counts the revisions of the issue from 1."""

    id: int
    issue_id: int
    ordinal: int
    version: int
    kind: Kind
    label: str
    made_at: datetime
    made_by: str
    digest: str


def is_due(head: IssueRecord, latest: Revision | None, stamp: Stamp) -> bool:
    """Tell whether the present version is kept before ``stamp`` writes over it.

    It is at the beginning of work (nobody has written for a while, or somebody else has), and
    then every ten minutes; never twice.
    """
    if latest is not None and latest.version == head.version:
        return False
    if latest is None or head.changed_by != stamp.who or stamp.at - head.changed_at >= IDLE:
        return True
    return head.changed_at - latest.made_at >= WORK


def thinned(revisions: Iterable[Revision], now: datetime) -> list[Revision]:
    """Return the revisions that may go: of those older than a week one a day and author stays.

    The last one of the day stays, and all that were named or mark a change of state.
    """
    old = [one for one in revisions if one.kind.may_go and now - one.made_at > WHOLE]
    kept: dict[tuple[int, str, date], Revision] = {}
    for one in sorted(old, key=lambda one: (one.made_at, one.ordinal)):
        kept[one.issue_id, one.made_by, local_day(one.made_at)] = one
    staying = {one.id for one in kept.values()}
    return [one for one in old if one.id not in staying]
