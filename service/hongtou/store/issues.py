"""The records of issues: documents, what is derived from them, and the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    delete,
    insert,
    select,
    update,
)

from hongtou.bulletin.issue import Series
from hongtou.desk.facts import Facts, Passage
from hongtou.desk.issue import Found, IssueRecord, KeptIssue, State, Wanted
from hongtou.desk.stamp import Stamp, local_day
from hongtou.store.connecting import batches, locked
from hongtou.store.schema import LIVES, issue, issue_text
from hongtou.store.search import Search, write_parts
from hongtou.store.words import pieces, snippet, spaced

RECORD = tuple(column for column in issue.c if column is not issue.c.document)
POINTER_CHARS = 400
# Of the newest issues a search reads so many; where enough of them hold what is looked for, more.
SAMPLE, FREQUENT, MOST_WALKED = 100, 3, 1000
DEEP = 4  # of so many issues one holds it, or a page far down is left to the index


class IssueTable:
    """Implements `IssueRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(self, issue_id: int) -> KeptIssue | None:
        return self._kept(locked(self._connection, select(issue).where(issue.c.id == issue_id)))

    def seen(self, issue_id: int) -> KeptIssue | None:
        return self._kept(select(issue).where(issue.c.id == issue_id))

    def _kept(self, wanted: Select[Any]) -> KeptIssue | None:
        row = self._connection.execute(wanted).first()
        return KeptIssue(record_of(row), row.document.encode()) if row else None

    def issues(self, wanted: Wanted) -> Sequence[Found]:
        search = Search(self._connection, wanted.text)
        if wanted.text and not search.phrases:
            return []
        if not search.phrases:
            rows = self._connection.execute(_list(wanted, search)).all()
            return [Found(record_of(row)) for row in rows]
        rows = self._found(wanted, search)
        shown = search.first_passages([row.id for row in rows])
        return [
            Found(record_of(row), pointer, snippet(words, search.words[0]))
            for row in rows
            for pointer, words in [shown.get(row.id, ("", ""))]
        ]

    def _found(self, wanted: Wanted, search: Search) -> Sequence[Row[Any]]:
        """Return a page of what a search finds, and one more where there are more.

        On PostgreSQL what is frequent fills it from the newest issues. The index would name a third
        of all, each to be fetched and sorted; it is asked for what is not. That of SQLite holds the
        ids of issues itself, and fetches none.
        """
        page = wanted.after + wanted.count + 1
        walks = (max(MOST_WALKED, DEEP * page),) if wanted.after else (SAMPLE, MOST_WALKED)
        is_sqlite = self._connection.dialect.name == "sqlite"
        for newest in () if is_sqlite else walks:
            rows = self._connection.execute(_list(wanted, search, newest)).all()
            if len(rows) > wanted.count:
                return rows
            if len(rows) < FREQUENT:
                break
        return self._connection.execute(_list(wanted, search)).all()

    def issue_records(self, issue_ids: Sequence[int]) -> Sequence[IssueRecord]:
        wanted = select(*RECORD).where(issue.c.id.in_(issue_ids))
        return [record_of(row) for row in self._connection.execute(wanted)]

    def add_issue(
        self,
        publication_id: int,
        document: bytes,
        facts: Facts,
        passages: Iterable[Passage],
        stamp: Stamp,
    ) -> int:
        values = {
            "publication_id": publication_id,
            "state": State.DRAFT.value,
            "version": 1,
            "created_at": stamp.at,
            **_columns(document, facts, stamp.at, stamp),
        }
        added = self._connection.execute(insert(issue).values(values)).inserted_primary_key
        issue_id = int(added[0]) if added else 0
        self._write_passages(issue_id, passages)
        return issue_id

    def write_issue(
        self,
        record: IssueRecord,
        document: bytes,
        facts: Facts,
        passages: Iterable[Passage],
        stamp: Stamp,
    ) -> IssueRecord | None:
        """Return the record of an issue written anew, None if it is of another version by now."""
        written = replace(
            record,
            facts=facts,
            version=record.version + 1,
            changed_at=stamp.at,
            changed_by=stamp.who,
        )
        columns = _columns(document, facts, record.created_at, stamp)
        change = _of_version(record.id, record.version).values(version=written.version, **columns)
        if not self._changed(change):
            return None
        self._write_passages(record.id, passages)
        return written

    def move_issue(self, issue_id: int, version: int, state: State, stamp: Stamp) -> bool:
        values = {"version": version + 1, "state": state.value, **_by(stamp)}
        return self._changed(_of_version(issue_id, version).values(values))

    def bin_issue(
        self, issue_id: int, version: int, deleted_at: datetime | None, stamp: Stamp
    ) -> bool:
        values = {"version": version + 1, "deleted_at": deleted_at, **_by(stamp)}
        return self._changed(_of_version(issue_id, version).values(values))

    def drop_binned(self, before: datetime, publication_id: int | None = None) -> Sequence[int]:
        due = issue.c.deleted_at < before
        if publication_id is not None:
            due &= issue.c.publication_id == publication_id
        wanted = locked(self._connection, select(issue.c.id).where(due).order_by(issue.c.id))
        dropped = list(self._connection.execute(wanted).scalars())
        for ids in batches(dropped):
            self._connection.execute(delete(issue).where(issue.c.id.in_(ids)))
        return dropped

    def _changed(self, change: Update) -> bool:
        return self._connection.execute(change).rowcount == 1

    def _write_passages(self, issue_id: int, passages: Iterable[Passage]) -> None:
        """Write the passages that are new and delete those that are gone, no others."""
        passages = list(passages)
        write_parts(self._connection, issue_id, passages)
        columns = (issue_text.c.id, issue_text.c.pointer, issue_text.c.words)
        there = self._connection.execute(select(*columns).where(issue_text.c.issue_id == issue_id))
        gone: dict[tuple[str, str], list[int]] = {}
        for row in there:
            gone.setdefault((row.pointer, row.words), []).append(row.id)
        added = []
        for passage in passages:
            for words in pieces(passage.text):
                known = gone.get((passage.pointer[:POINTER_CHARS], words))
                if known:
                    known.pop()
                else:
                    added.append(_passage(issue_id, passage.pointer, words))
        for left in batches([one for ids in gone.values() for one in ids]):
            self._connection.execute(delete(issue_text).where(issue_text.c.id.in_(left)))
        if added:
            self._connection.execute(insert(issue_text), added)


def record_of(row: Row[Any]) -> IssueRecord:
    """Return the record in a row."""
    return IssueRecord(
        id=row.id,
        publication_id=row.publication_id,
        facts=Facts(
            row.year, Series(row.series), row.number, row.total_number, row.issue_date, row.title
        ),
        state=State(row.state),
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        deleted_at=row.deleted_at,
    )


def _list(wanted: Wanted, search: Search, newest: int | None = None) -> Any:
    """Return the statement of a list: of a search in the texts of the newest, or by its index."""
    rules: list[ColumnElement[bool]] = [issue.c.deleted_at.is_not(None) if wanted.in_bin else LIVES]
    if wanted.publication_id is not None:
        rules.append(issue.c.publication_id == wanted.publication_id)
    if wanted.year is not None:
        rules.append(issue.c.year == wanted.year)
    if wanted.state is not None:
        # Beside a publication or a year its index is no help: too many have the same state.
        is_alone = wanted.publication_id is None and wanted.year is None
        state = issue.c.state if is_alone else issue.c.state.concat("")
        rules.append(state == wanted.state.value)
    if search.phrases and newest is None:
        rules.append(search.has_all_pairs())
    order = (issue.c.listed_on.desc(), issue.c.id.desc())
    listed = search.narrowed(select(*RECORD).where(*rules).order_by(*order), newest)
    return listed.limit(wanted.count + 1).offset(wanted.after)


def _of_version(issue_id: int, version: int) -> Update:
    """Return the change of an issue of this version: one statement decides who was first."""
    return update(issue).where(issue.c.id == issue_id, issue.c.version == version)


def _columns(document: bytes, facts: Facts, created_at: datetime, stamp: Stamp) -> dict[str, Any]:
    return {
        "year": facts.year,
        "series": facts.series.value,
        "number": facts.number,
        "total_number": facts.total_number,
        "issue_date": facts.day,
        "listed_on": facts.day or local_day(created_at),
        "title": facts.title,
        "document": document.decode(),
        **_by(stamp),
    }


def _by(stamp: Stamp) -> dict[str, Any]:
    return {"changed_at": stamp.at, "changed_by": stamp.who}


def _passage(issue_id: int, pointer: str, words: str) -> dict[str, Any]:
    return {
        "issue_id": issue_id,
        "pointer": pointer[:POINTER_CHARS],
        "words": words,
        "spaced": spaced(words),
    }
