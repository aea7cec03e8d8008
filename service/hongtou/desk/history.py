"""The history of an issue: revisions, what changed between two, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.bulletin.errors import NotKept
from hongtou.bulletin.limits import Limits
from hongtou.desk.comparing import Difference, compare
from hongtou.desk.document import read_document
from hongtou.desk.event import Deed, Event
from hongtou.desk.issue import IssueRecord, KeptIssue
from hongtou.desk.issues import overwrite
from hongtou.desk.quota import Quota
from hongtou.desk.records import Archive, Records
from hongtou.desk.revision import WHOLE, Kind, Revision, thinned
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import MOST_ID, kept_issue, note, open_issue, require_version


class History:
    """The use cases of revisions and events."""

    def __init__(self, archive: Archive, limits: Limits, quota: Quota) -> None:
        self._archive = archive
        self._limits = limits
        self._quota = quota

    def revisions(self, issue_id: int) -> Sequence[Revision]:
        """Return the revisions of an issue, newest first.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            return records.revisions(issue_id)

    def document(self, issue_id: int, ordinal: int) -> bytes:
        """Return the document of a revision.

        Raises:
            NotKept: there is no such issue or revision.
        """
        with self._archive.reading() as records:
            return _document(records, kept_issue(records, issue_id), ordinal)

    def name(self, issue_id: int, version: int, label: str, stamp: Stamp) -> Revision:
        """Return the present version, kept under a name.

        Raises:
            NotKept: there is no such issue.
            Stale: this is not its version.
            OverQuota: the publication may have no more.
        """
        with self._archive.writing() as records:
            kept = kept_issue(records, issue_id)
            require_version(kept.record, version)
            self._quota.admit(records, kept.record.publication_id, len(kept.document))
            ordinal = records.add_revision(kept, Kind.NAMED, label)
            note(records, stamp, Deed("revision.name", issue_id, detail={"revision": ordinal}))
            return records.revisions(issue_id)[0]

    def compare(
        self, issue_id: int, before: int | None, after: int | None
    ) -> tuple[Difference, ...]:
        """Return what changed from one revision to another; None is the present version.

        Raises:
            NotKept: there is no such issue or revision.
        """
        with self._archive.reading() as records:
            kept = kept_issue(records, issue_id)
            both = [_document(records, kept, ordinal) for ordinal in (before, after)]
        return compare(*(read_document(one, self._limits) for one in both))

    def restore(self, issue_id: int, ordinal: int, version: int, stamp: Stamp) -> IssueRecord:
        """Return the record of an issue that has the document of a revision again.

        That is a change like any other: what was there before is kept as a revision.

        Raises:
            NotKept: there is no such issue or revision.
            Stale: this is not its version.
            Locked: it is final.
            NumberTaken: another issue has the number of the revision.
            OverQuota: the publication may have no more, and the revision is longer.
        """
        with self._archive.writing() as records:
            kept = open_issue(records, issue_id, version)
            document = _document(records, kept, ordinal)
            growth = len(document) - len(kept.document)
            self._quota.admit(records, kept.record.publication_id, growth)
            records.add_revision(kept, Kind.RESTORE, f"恢复第 {ordinal} 个版本之前")
            fields = read_document(document, self._limits)
            record = overwrite(records, kept, document, fields, stamp)
            detail = {"revision": ordinal, "version": record.version}
            note(records, stamp, Deed("revision.restore", issue_id, detail=detail))
            return record

    def events(self, issue_id: int) -> Sequence[Event]:
        """Return what was done with an issue, in order.

        Raises:
            NotKept: there is no such issue.
        """
        with self._archive.reading() as records:
            kept_issue(records, issue_id)
            return records.events(issue_id)

    def thin(self, stamp: Stamp) -> int:
        """Drop the revisions that may go; return how many those were."""
        with self._archive.writing() as records:
            going = thinned(records.thinnable(stamp.at - WHOLE), stamp.at)
            records.drop_revisions(going)
            return len(going)


def _document(records: Records, kept: KeptIssue, ordinal: int | None) -> bytes:
    if ordinal is None:
        return kept.document
    found = records.revision_document(kept.id, ordinal) if ordinal <= MOST_ID else None
    if found is None:
        raise NotKept(f"这一期没有第 {ordinal} 个版本", hint="请从历史的列表里选")
    return found
