"""How many bytes are kept of a publication."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, cast, func, select

from hongtou.desk.quota import Usage
from hongtou.store.schema import asset, edition, issue, revision


class UsageTable:
    """Implements `UsageRecords`. What the search is made of is not counted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def usage(self, publication_id: int) -> Usage:
        of_publication = issue.c.publication_id == publication_id

        def total(size: ColumnElement[int], table: Any) -> int:
            rows = issue if table is issue else issue.join(table)
            wanted = select(func.sum(size)).select_from(rows).where(of_publication)
            return int(self._connection.execute(wanted).scalar() or 0)

        return Usage(
            documents=total(self._bytes_of(issue.c.document), issue),
            revisions=total(func.length(revision.c.document), revision),
            pictures=total(asset.c.size, asset),
            editions=total(edition.c.size, edition),
        )

    def _bytes_of(self, text: ColumnElement[str]) -> ColumnElement[int]:
        """Return how many bytes a text takes; SQLite before 3.43 counts only those of a blob."""
        if self._connection.dialect.name == "postgresql":
            return func.octet_length(text)
        return func.length(cast(text, LargeBinary))
