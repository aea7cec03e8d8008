"""The records of publications and of the numbers of their issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from hongtou.bulletin.issue import Series
from hongtou.desk.issue import KeptIssue
from hongtou.desk.numbering import Number
from hongtou.desk.publication import (
    DistributionList,
    Numbering,
    Publication,
    PublicationPlan,
    Skipped,
)
from hongtou.desk.stamp import Stamp
from hongtou.store.connecting import locked
from hongtou.store.issues import IssueTable
from hongtou.store.schema import LIVES, issue, publication, skipped_number


class PublicationTable:
    """Implements `PublicationRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publications(self) -> Sequence[Publication]:
        rows = self._connection.execute(
            select(publication).order_by(publication.c.nameplate, publication.c.id)
        )
        return [_publication(row) for row in rows]

    def publication(self, publication_id: int) -> Publication | None:
        wanted = select(publication).where(publication.c.id == publication_id)
        wanted = locked(self._connection, wanted)
        row = self._connection.execute(wanted).first()
        return _publication(row) if row else None

    def add_publication(self, plan: PublicationPlan, stamp: Stamp) -> int:
        values = {**_columns(plan), "version": 1, **_by(stamp)}
        added = self._connection.execute(insert(publication).values(values))
        return _key(added.inserted_primary_key)

    def change_publication(
        self, publication_id: int, version: int, plan: PublicationPlan, stamp: Stamp
    ) -> bool:
        change = (
            update(publication)
            .where(publication.c.id == publication_id, publication.c.version == version)
            .values({**_columns(plan), "version": version + 1, **_by(stamp)})
        )
        return self._connection.execute(change).rowcount == 1

    def drop_publication(self, publication_id: int, version: int) -> bool:
        drop = delete(publication).where(
            publication.c.id == publication_id, publication.c.version == version
        )
        return self._connection.execute(drop).rowcount == 1

    def issue_counts(self, publication_id: int) -> tuple[int, int]:
        counts = select(func.count(issue.c.id), func.count(issue.c.deleted_at)).where(
            issue.c.publication_id == publication_id
        )
        every, binned = self._connection.execute(counts).one()
        return every - binned, binned

    def numbers(self, publication_id: int) -> Sequence[Number]:
        return [*self._read(_taken(publication_id)), *self._left(publication_id)]

    def numbers_of_year(self, publication_id: int, year: int, series: Series) -> Sequence[Number]:
        taken = _taken(publication_id)
        first = taken.where(issue.c.series == series.value).order_by(issue.c.year).limit(1)
        regular = taken.where(issue.c.series == Series.REGULAR.value)
        total = issue.c.total_number
        highest = regular.where(total.is_not(None)).order_by(total.desc()).limit(1)
        every = (taken.where(issue.c.year == year), first, highest)
        return [*(one for each in every for one in self._read(each)), *self._left(publication_id)]

    def _read(self, taken: Select[Any]) -> Iterator[Number]:
        for row in self._connection.execute(taken):
            yield Number(row.year, Series(row.series), row.number, row.total_number)

    def _left(self, publication_id: int) -> Iterator[Number]:
        for one in self.skipped(publication_id):
            yield Number(one.year, one.series, one.number, is_skipped=True)

    def holder(
        self,
        publication_id: int,
        year: int | None,
        series: Series,
        number: int,
        beside: int | None = None,
    ) -> int | None:
        wanted = select(issue.c.id).where(
            issue.c.publication_id == publication_id,
            issue.c.year.is_not(None) if year is None else issue.c.year == year,
            issue.c.series == series.value,
            issue.c.number == number,
            LIVES,
        )
        if beside is not None:
            wanted = wanted.where(issue.c.id != beside)
        return self._connection.execute(wanted.order_by(issue.c.id).limit(1)).scalar()

    def skip(self, publication_id: int, skipped: Skipped) -> None:
        row = {
            "publication_id": publication_id,
            "year": skipped.year,
            "series": skipped.series.value,
            "number": skipped.number,
            "reason": skipped.reason,
            "made_by": skipped.by,
            "made_at": skipped.at,
        }
        self._connection.execute(insert(skipped_number).values(row))

    def skipped(self, publication_id: int) -> Sequence[Skipped]:
        wanted = (
            select(skipped_number)
            .where(skipped_number.c.publication_id == publication_id)
            .order_by(skipped_number.c.year, skipped_number.c.number)
        )
        return [
            Skipped(row.year, Series(row.series), row.number, row.reason, row.made_by, row.made_at)
            for row in self._connection.execute(wanted)
        ]

    def latest(self, publication_id: int, series: Series) -> KeptIssue | None:
        wanted = (
            select(issue.c.id)
            .where(issue.c.publication_id == publication_id, LIVES, issue.c.series == series.value)
            .order_by(
                issue.c.listed_on.desc(), issue.c.number.desc().nulls_last(), issue.c.id.desc()
            )
            .limit(1)
        )
        found = self._connection.execute(wanted).scalar()
        return None if found is None else IssueTable(self._connection).seen(found)


def _taken(publication_id: int) -> Select[Any]:
    """Return the statement for all numbers that issues have."""
    columns = (issue.c.year, issue.c.series, issue.c.number, issue.c.total_number)
    return select(*columns).where(
        issue.c.publication_id == publication_id,
        LIVES,
        issue.c.year.is_not(None),
        issue.c.number.is_not(None),
    )


def _publication(row: Row[Any]) -> Publication:
    plan = PublicationPlan(
        nameplate=row.nameplate,
        layout=row.layout,
        issuing_body=row.issuing_body,
        numbering=Numbering(row.numbering),
        first_total=row.first_total,
        defaults=row.defaults,
        lists={
            key: tuple(DistributionList(**one) for one in lists) for key, lists in row.lists.items()
        },
    )
    return Publication(row.id, plan, row.version, row.changed_at, row.changed_by)


def _columns(plan: PublicationPlan) -> dict[str, Any]:
    return {
        "nameplate": plan.nameplate,
        "layout": plan.layout,
        "issuing_body": plan.issuing_body,
        "numbering": plan.numbering.value,
        "first_total": plan.first_total,
        "defaults": dict(plan.defaults),
        "lists": {key: [asdict(one) for one in lists] for key, lists in plan.lists.items()},
    }


def _by(stamp: Stamp) -> dict[str, Any]:
    return {"changed_at": stamp.at, "changed_by": stamp.who}


def _key(primary_key: Row[Any] | None) -> int:
    """Return the id of a row that was inserted."""
    return int(primary_key[0]) if primary_key else 0
