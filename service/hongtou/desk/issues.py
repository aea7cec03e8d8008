"""Issues: begun, listed, saved, merged, put into the bin and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hongtou.bulletin.errors import WrongState
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk.document import read_document, write_document
from hongtou.desk.event import Deed
from hongtou.desk.facts import facts_of, passages_of
from hongtou.desk.following import first_issue, following
from hongtou.desk.issue import Found, IssueRecord, KeptIssue, Wanted
from hongtou.desk.merging import Merged, merge
from hongtou.desk.publications import number_for
from hongtou.desk.quota import Quota
from hongtou.desk.records import Archive, Records
from hongtou.desk.revision import Kind, is_due
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import (
    kept_issue,
    kept_publication,
    note,
    open_issue,
    refuse_taken,
    stale,
)

BIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; ``next`` is where the following one begins, None if there is none."""

    found: tuple[Found, ...]
    next: int | None


class Issues:
    """The use cases of issues."""

    def __init__(self, archive: Archive, limits: Limits, quota: Quota) -> None:
        self._archive = archive
        self._limits = limits
        self._quota = quota

    def listed(self, wanted: Wanted) -> Page:
        """Return a page of issues, newest first."""
        with self._archive.reading() as records:
            found = records.issues(wanted)
        more = len(found) > wanted.count
        return Page(tuple(found[: wanted.count]), wanted.after + wanted.count if more else None)

    def one(self, issue_id: int) -> KeptIssue:
        """Return an issue.

        Raises:
            NotKept: there is none.
        """
        with self._archive.reading() as records:
            return kept_issue(records, issue_id)

    def begin(
        self,
        publication_id: int,
        day: date,
        series: Series,
        stamp: Stamp,
        like: int | None = None,
        wanted: int | None = None,
        *,
        blank: bool = False,
    ) -> KeptIssue:
        """Return the next issue, from the last, from that with the id ``like``, or a blank one.

        One with a ``wanted`` number below the next, a missing one, gets no total: nobody but the
        editor knows it.

        Raises:
            NotKept: there is no such publication or issue.
            NumberTaken: somebody else has begun the same issue meanwhile.
        """
        with self._archive.writing() as records:
            publication = kept_publication(records, publication_id)
            number = number_for(records, publication, day, series)
            if wanted is not None and wanted != number.number:
                total = number.total_number if wanted > number.number else None
                number = replace(number, number=wanted, total_number=total)
            read = kept_issue(records, like, to_read=True) if like else None
            last = read or records.latest(publication.id, series)
            if last is None or blank:
                fields = first_issue(publication.plan, number, day, series)
            else:
                fields = following(self._read(last.document), number, day, series)
            return self._add(records, publication_id, write_document(fields), stamp)

    def add(self, publication_id: int, document: bytes, stamp: Stamp) -> KeptIssue:
        """Return a new issue with this document.

        Raises:
            NotKept: there is no such publication.
            NumberTaken: another issue has its number.
            MalformedDocument: it cannot be read.
        """
        self._read(document)
        with self._archive.writing() as records:
            kept_publication(records, publication_id)
            return self._add(records, publication_id, document, stamp)

    def save(self, issue_id: int, version: int, document: bytes, stamp: Stamp) -> IssueRecord:
        """Return the record of an issue whose document has been replaced.

        Raises:
            NotKept: there is no such issue.
            Stale: this is not its version.
            Locked: it is final.
            NumberTaken: another issue has the new number.
            MalformedDocument: the document cannot be read.
            OverQuota: the publication may have no more, and the document is longer.
        """
        fields = self._read(document)
        with self._archive.writing() as records:
            kept = open_issue(records, issue_id, version)
            if kept.document == document:
                return kept.record
            growth = len(document) - len(kept.document)
            self._quota.admit(records, kept.record.publication_id, growth)
            if is_due(kept.record, records.latest_revision(issue_id), stamp):
                records.add_revision(kept, Kind.WORK, "")
            return overwrite(records, kept, document, fields, stamp)

    def merge(
        self, issue_id: int, version: int, document: bytes, base: bytes | None, stamp: Stamp
    ) -> tuple[int, Merged]:
        """Return the present version, and it joined with a document that began from ``version``.

        Nothing is saved but a revision of the present version, where something clashes. ``base``
        is the document of ``version`` as the client has it, for a version that is not kept.

        Raises:
            NotKept: there is no such issue.
            WrongState: the version is not kept, and the client has not sent it.
        """
        mine = self._read(document)
        with self._archive.writing() as records:
            kept = kept_issue(records, issue_id)
            at_first = _version_of(records, kept, version) or base
            if at_first is None:
                raise WrongState(f"第 {version} 版没有留存", hint="请附上当时的稿件（base）")
            merged = merge(self._read(at_first), mine, self._read(kept.document))
            latest = records.latest_revision(issue_id)
            if merged.clashes and (latest is None or latest.version != kept.record.version):
                records.add_revision(kept, Kind.MERGE, "")
            return kept.record.version, merged

    def discard(self, issue_id: int, version: int, stamp: Stamp) -> None:
        """Put an issue into the bin.

        Raises:
            NotKept: there is no such issue.
            Stale: this is not its version.
            Locked: it is final.
        """
        with self._archive.writing() as records:
            kept = open_issue(records, issue_id, version)
            if not records.bin_issue(issue_id, version, stamp.at, stamp):
                raise stale(kept.record)
            note(records, stamp, Deed("issue.discard", issue_id, kept.record.publication_id))

    def take_back(self, issue_id: int, stamp: Stamp) -> IssueRecord:
        """Return the record of an issue that has been taken out of the bin.

        Raises:
            NotKept: it does not lie in the bin.
            NumberTaken: another issue has its number now.
        """
        with self._archive.writing() as records:
            record = kept_issue(records, issue_id, in_bin=True).record
            refuse_taken(records, record.publication_id, record.facts, issue_id)
            if not records.bin_issue(issue_id, record.version, None, stamp):
                raise stale(record)
            note(records, stamp, Deed("issue.take-back", issue_id, record.publication_id))
            return kept_issue(records, issue_id).record

    def empty_bin(self, stamp: Stamp) -> int:
        """Delete what has lain in the bin for 30 days; return how many issues that were."""
        with self._archive.writing() as records:
            dropped = records.drop_binned(stamp.at - timedelta(days=BIN_DAYS))
            for issue_id in dropped:
                note(records, stamp, Deed("issue.delete", issue_id))
            return len(dropped)

    def clear_bin(self, publication_id: int, stamp: Stamp) -> int:
        """Delete at once what lies in the bin of a publication; return how many issues that were.

        Raises:
            NotKept: there is no such publication.
        """
        with self._archive.writing() as records:
            dropped = records.drop_binned(stamp.at, publication_id)
            kept_publication(records, publication_id)
            records.sweep_blobs()
            for issue_id in dropped:
                note(records, stamp, Deed("issue.delete", issue_id, publication_id))
        self._quota.forget(publication_id)
        return len(dropped)

    def _add(
        self, records: Records, publication_id: int, document: bytes, stamp: Stamp
    ) -> KeptIssue:
        fields = self._read(document)
        facts = facts_of(fields)
        refuse_taken(records, publication_id, facts)
        self._quota.admit(records, publication_id, len(document))
        issue_id = records.add_issue(publication_id, document, facts, passages_of(fields), stamp)
        note(records, stamp, Deed("issue.add", issue_id, publication_id, _named(facts.number)))
        return kept_issue(records, issue_id)

    def _read(self, document: bytes) -> dict[str, Any]:
        return read_document(document, self._limits)


def overwrite(
    records: Records, kept: KeptIssue, document: bytes, fields: Mapping[str, Any], stamp: Stamp
) -> IssueRecord:
    """Return the record of an issue whose document has been replaced, its facts derived anew.

    Raises:
        NumberTaken: another issue has the new number.
        Stale: it was changed meanwhile.
    """
    facts, record = facts_of(fields), kept.record
    if not facts.is_numbered_as(record.facts):
        refuse_taken(records, record.publication_id, facts, record.id)
    written = records.write_issue(record, document, facts, passages_of(fields), stamp)
    if written is None:
        raise stale(kept_issue(records, record.id).record)
    return written


def _version_of(records: Records, kept: KeptIssue, version: int) -> bytes | None:
    if kept.record.version == version:
        return kept.document
    return records.version_document(kept.id, version)


def _named(number: int | None) -> dict[str, int]:
    return {} if number is None else {"number": number}
