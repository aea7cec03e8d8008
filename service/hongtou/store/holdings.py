"""The records of bytes, editions, pictures and presence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from hongtou.desk.holdings import Asset, Blob, Edition, Presence
from hongtou.store.schema import asset, blob, edition, presence


class HoldingTable:
    """Implements `HoldingRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_blob(self, kept: Blob) -> None:
        known = select(blob.c.sha256).where(blob.c.sha256 == kept.sha256)
        if self._connection.execute(known).first() is None:
            self._connection.execute(insert(blob).values(asdict(kept)))

    def blob(self, sha256: str) -> Blob | None:
        row = self._connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
        return Blob(row.sha256, row.media_type, row.content) if row else None

    def sweep_blobs(self) -> int:
        used = [exists().where(table.c.sha256 == blob.c.sha256) for table in (edition, asset)]
        return self._connection.execute(delete(blob).where(~used[0], ~used[1])).rowcount

    def add_edition(self, added: Edition) -> None:
        self._connection.execute(insert(edition).values(asdict(added)))

    def editions(self, issue_id: int) -> Sequence[Edition]:
        wanted = select(edition).where(edition.c.issue_id == issue_id).order_by(edition.c.id.desc())
        return [_edition(row) for row in self._connection.execute(wanted)]

    def newest_editions(self, issue_ids: Collection[int]) -> Sequence[Edition]:
        of_issues = select(func.max(edition.c.id)).where(edition.c.issue_id.in_(issue_ids))
        newest = of_issues.group_by(edition.c.issue_id)
        rows = self._connection.execute(select(edition).where(edition.c.id.in_(newest)))
        return [_edition(row) for row in rows]

    def put_asset(self, issue_id: int, kept: Asset) -> None:
        of_name = (asset.c.issue_id == issue_id, asset.c.name == kept.name)
        values = asdict(kept)
        if self._connection.execute(update(asset).where(*of_name).values(values)).rowcount == 0:
            self._connection.execute(insert(asset).values(issue_id=issue_id, **values))

    def assets(self, issue_id: int) -> Sequence[Asset]:
        wanted = select(asset).where(asset.c.issue_id == issue_id).order_by(asset.c.name)
        names = Asset.__slots__
        rows = self._connection.execute(wanted)
        return [Asset(**{name: getattr(row, name) for name in names}) for row in rows]

    def drop_asset(self, issue_id: int, name: str) -> bool:
        gone = delete(asset).where(asset.c.issue_id == issue_id, asset.c.name == name)
        return self._connection.execute(gone).rowcount == 1

    def note_presence(self, issue_id: int, here: Presence) -> None:
        of_tab = (presence.c.issue_id == issue_id, presence.c.tab == here.tab)
        values = asdict(here)
        changed = self._connection.execute(update(presence).where(*of_tab).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(presence).values(issue_id=issue_id, **values))

    def present(self, issue_id: int, since: datetime) -> Sequence[Presence]:
        wanted = (
            select(presence)
            .where(presence.c.issue_id == issue_id, presence.c.seen_at >= since)
            .order_by(presence.c.tab)
        )
        rows = self._connection.execute(wanted)
        return [Presence(row.tab, row.who, row.place, row.seen_at) for row in rows]

    def leave(self, issue_id: int, tab: str) -> None:
        of_tab = (presence.c.issue_id == issue_id, presence.c.tab == tab)
        self._connection.execute(delete(presence).where(*of_tab))

    def drop_presence(self, before: datetime) -> None:
        self._connection.execute(delete(presence).where(presence.c.seen_at < before))


def _edition(row: Row[Any]) -> Edition:
    return Edition(**{name: getattr(row, name) for name in Edition.__slots__})
