"""The records of revisions and events."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select

from hongtou.desk.event import START, Event, Noted, WantedEvents
from hongtou.desk.issue import KeptIssue
from hongtou.desk.revision import Kind, Revision
from hongtou.store.connecting import batches
from hongtou.store.schema import event, revision

COLUMNS = tuple(column for column in revision.c if column is not revision.c.document)
CHAIN_LOCK = 20171222  # of PostgreSQL, so that no two events follow the same one; any number
CHAIN_ROWS = 1000  # in memory at a time


class HistoryTable:
    """Implements `HistoryRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revisions(self, issue_id: int) -> Sequence[Revision]:
        wanted = select(*COLUMNS).where(revision.c.issue_id == issue_id)
        rows = self._connection.execute(wanted.order_by(revision.c.ordinal.desc()))
        return [_revision(row) for row in rows]

    def latest_revision(self, issue_id: int) -> Revision | None:
        wanted = select(*COLUMNS).where(revision.c.issue_id == issue_id)
        row = self._connection.execute(wanted.order_by(revision.c.ordinal.desc()).limit(1)).first()
        return _revision(row) if row else None

    def revision_document(self, issue_id: int, ordinal: int) -> bytes | None:
        return self._document(revision.c.issue_id == issue_id, revision.c.ordinal == ordinal)

    def version_document(self, issue_id: int, version: int) -> bytes | None:
        return self._document(revision.c.issue_id == issue_id, revision.c.version == version)

    def add_revision(self, kept: KeptIssue, kind: Kind, label: str) -> int:
        highest = select(func.max(revision.c.ordinal)).where(revision.c.issue_id == kept.id)
        ordinal = (self._connection.execute(highest).scalar() or 0) + 1
        row = {
            "issue_id": kept.id,
            "ordinal": ordinal,
            "version": kept.record.version,
            "kind": kind.value,
            "label": label,
            "made_at": kept.record.changed_at,
            "made_by": kept.record.changed_by,
            "digest": hashlib.sha256(kept.document).hexdigest(),
            "document": zlib.compress(kept.document),
        }
        self._connection.execute(insert(revision).values(row))
        return ordinal

    def thinnable(self, before: datetime) -> Sequence[Revision]:
        kinds = [kind.value for kind in Kind if kind.may_go]
        wanted = select(*COLUMNS).where(revision.c.made_at < before, revision.c.kind.in_(kinds))
        return [_revision(row) for row in self._connection.execute(wanted)]

    def drop_revisions(self, revisions: Iterable[Revision]) -> None:
        for ids in batches([one.id for one in revisions]):
            self._connection.execute(delete(revision).where(revision.c.id.in_(ids)))

    def last_digest(self) -> str:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
        last = select(event.c.digest).order_by(event.c.id.desc()).limit(1)
        return self._connection.execute(last).scalar() or START

    def add_event(self, added: Event) -> None:
        row = {name: getattr(added, name) for name in Event.__slots__}
        self._connection.execute(insert(event).values({**row, "detail": dict(added.detail)}))

    def events(self, issue_id: int) -> Sequence[Event]:
        wanted = select(event).where(event.c.issue_id == issue_id).order_by(event.c.id)
        return [_noted(row).event for row in self._connection.execute(wanted)]

    def noted(self, wanted: WantedEvents) -> Sequence[Noted]:
        # Of a span the index of moments is read and then sorted: for the order of the numbers alone
        # a database would look at every event since.
        number = event.c.id if wanted.since is None else event.c.id + 0
        found = select(event).where(*_rules(wanted)).order_by(number.desc()).limit(wanted.count)
        return [_noted(row) for row in self._connection.execute(found)]

    def chain(self) -> Iterator[Noted]:
        every = select(event).order_by(event.c.id).execution_options(yield_per=CHAIN_ROWS)
        with self._connection.execute(every) as rows:  # closed also where a fault ends the walk
            yield from map(_noted, rows)

    def _document(self, *rules: Any) -> bytes | None:
        wanted = select(revision.c.document).where(*rules).order_by(revision.c.ordinal.desc())
        packed = self._connection.execute(wanted.limit(1)).scalar()
        return None if packed is None else zlib.decompress(packed)


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        id=row.id,
        issue_id=row.issue_id,
        ordinal=row.ordinal,
        version=row.version,
        kind=Kind(row.kind),
        label=row.label,
        made_at=row.made_at,
        made_by=row.made_by,
        digest=row.digest,
    )


def _rules(wanted: WantedEvents) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.issue_id is not None:
        rules.append(event.c.issue_id == wanted.issue_id)
    if wanted.action:
        rules.append(event.c.action == wanted.action)
    if wanted.since is not None:
        rules.append(event.c.at >= wanted.since)
    if wanted.until is not None:
        rules.append(event.c.at < wanted.until)
    if wanted.before is not None:
        rules.append(event.c.id < wanted.before)
    return rules


def _noted(row: Row[Any]) -> Noted:
    return Noted(row.id, Event(**{name: getattr(row, name) for name in Event.__slots__}))
