"""What a store offers: records that are read and changed within a transaction.

The only protocol of storage; `hongtou.store` implements it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from hongtou.bulletin.issue import Series
from hongtou.desk.event import Event, Noted, WantedEvents
from hongtou.desk.facts import Facts, Passage
from hongtou.desk.holdings import Asset, Blob, Edition, Presence
from hongtou.desk.issue import Found, IssueRecord, KeptIssue, State, Wanted
from hongtou.desk.numbering import Number
from hongtou.desk.publication import Publication, PublicationPlan, Skipped
from hongtou.desk.quota import UsageRecords
from hongtou.desk.revision import Kind, Revision
from hongtou.desk.stamp import Stamp


class PublicationRecords(Protocol):
    """Publications and the numbers of their issues."""

    def publications(self) -> Sequence[Publication]: ...

    def publication(self, publication_id: int) -> Publication | None: ...

    def add_publication(self, plan: PublicationPlan, stamp: Stamp) -> int: ...

    def change_publication(
        self, publication_id: int, version: int, plan: PublicationPlan, stamp: Stamp
    ) -> bool:
        """Change a publication; False if this is not its version."""

    def drop_publication(self, publication_id: int, version: int) -> bool:
        """Delete a publication without issues; False if this is not its version."""

    def issue_counts(self, publication_id: int) -> tuple[int, int]:
        """Return how many issues a publication has, and how many of it lie in the bin."""

    def numbers(self, publication_id: int) -> Sequence[Number]:
        """Return all numbers that are taken or skipped; issues in the bin take none."""

    def numbers_of_year(self, publication_id: int, year: int, series: Series) -> Sequence[Number]:
        """Return the numbers of a year, skipped ones, and of the other years only two.

        These are the earliest of the series, and the one with the highest total: what the next
        number of a publication that counts each year anew hangs on.
        """

    def holder(
        self,
        publication_id: int,
        year: int | None,
        series: Series,
        number: int,
        beside: int | None = None,
    ) -> int | None:
        """Return the id of an issue ``beside`` this one that has a number, of any year for None."""

    def skip(self, publication_id: int, skipped: Skipped) -> None: ...

    def skipped(self, publication_id: int) -> Sequence[Skipped]: ...

    def latest(self, publication_id: int, series: Series) -> KeptIssue | None:
        """Return the issue of a series with the latest day and the highest number, to read."""


class IssueRecords(Protocol):
    """Issues with their documents. A change names a version, and returns False if it is another."""

    def issue(self, issue_id: int) -> KeptIssue | None:
        """Return an issue, also one in the bin; nobody else changes it until this transaction ends.

        Whoever holds a publication too takes the issue first: in two orders two would wait for one
        another.
        """

    def seen(self, issue_id: int) -> KeptIssue | None:
        """Return an issue that is only read, also one in the bin; others may change it."""

    def issues(self, wanted: Wanted) -> Sequence[Found]:
        """Return up to one issue more than are wanted, by which a next page shows."""

    def issue_records(self, issue_ids: Sequence[int]) -> Sequence[IssueRecord]:
        """Return the records of those issues that are there, without their documents."""

    def add_issue(
        self,
        publication_id: int,
        document: bytes,
        facts: Facts,
        passages: Iterable[Passage],
        stamp: Stamp,
    ) -> int: ...

    def write_issue(
        self,
        record: IssueRecord,
        document: bytes,
        facts: Facts,
        passages: Iterable[Passage],
        stamp: Stamp,
    ) -> IssueRecord | None: ...

    def move_issue(self, issue_id: int, version: int, state: State, stamp: Stamp) -> bool: ...

    def bin_issue(
        self, issue_id: int, version: int, deleted_at: datetime | None, stamp: Stamp
    ) -> bool:
        """Put an issue into the bin, or with None take it out."""

    def drop_binned(self, before: datetime, publication_id: int | None = None) -> Sequence[int]:
        """Delete for good what lies in the bin since before a moment; return its ids."""


class HistoryRecords(Protocol):
    """Revisions and events."""

    def revisions(self, issue_id: int) -> Sequence[Revision]:
        """Return the revisions of an issue, newest first."""

    def latest_revision(self, issue_id: int) -> Revision | None: ...

    def revision_document(self, issue_id: int, ordinal: int) -> bytes | None: ...

    def version_document(self, issue_id: int, version: int) -> bytes | None:
        """Return the document of a version, None if it was not kept as a revision."""

    def add_revision(self, kept: KeptIssue, kind: Kind, label: str) -> int:
        """Keep the present version of an issue; return the ordinal of the revision."""

    def thinnable(self, before: datetime) -> Sequence[Revision]:
        """Return the revisions made before a moment of the kinds that may go."""

    def drop_revisions(self, revisions: Iterable[Revision]) -> None: ...

    def last_digest(self) -> str:
        """Return the digest of the last event, and keep others from adding one meanwhile."""

    def add_event(self, event: Event) -> None: ...

    def events(self, issue_id: int) -> Sequence[Event]:
        """Return the events of an issue in their order."""

    def noted(self, wanted: WantedEvents) -> Sequence[Noted]:
        """Return the newest events of those that are wanted, newest first."""

    def chain(self) -> Iterator[Noted]:
        """Yield all events in their order."""


class HoldingRecords(Protocol):
    """Editions, pictures, and who is here."""

    def put_blob(self, blob: Blob) -> None: ...

    def blob(self, sha256: str) -> Blob | None: ...

    def sweep_blobs(self) -> int:
        """Delete the blobs that nothing refers to; return how many."""

    def add_edition(self, edition: Edition) -> None: ...

    def editions(self, issue_id: int) -> Sequence[Edition]: ...

    def newest_editions(self, issue_ids: Collection[int]) -> Sequence[Edition]:
        """Return the newest edition of each of those issues that has one."""

    def put_asset(self, issue_id: int, asset: Asset) -> None: ...

    def assets(self, issue_id: int) -> Sequence[Asset]: ...

    def drop_asset(self, issue_id: int, name: str) -> bool: ...

    def note_presence(self, issue_id: int, presence: Presence) -> None: ...

    def present(self, issue_id: int, since: datetime) -> Sequence[Presence]: ...

    def leave(self, issue_id: int, tab: str) -> None: ...

    def drop_presence(self, before: datetime) -> None: ...


class Records(
    PublicationRecords, IssueRecords, HistoryRecords, HoldingRecords, UsageRecords, Protocol
):
    """All records, within one transaction."""


class Archive(Protocol):
    """The store: transactions that read, and transactions that write."""

    def reading(self) -> AbstractContextManager[Records]: ...

    def writing(self) -> AbstractContextManager[Records]:
        """Change records: all changes are kept when the block ends, none if it raises."""

    def try_out(self) -> None:
        """Write something that nobody reads; raises what the next change would raise."""
