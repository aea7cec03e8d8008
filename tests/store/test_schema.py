"""The schema: migrations make it, and what any release kept goes on in the others."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.event import START, Chain, Deed, Event, event_of
from hongtou.desk.issue import Wanted
from hongtou.store import SqlArchive, open_archive
from hongtou.store.applied import current, migrate, newest, schemas
from hongtou.store.columns import metadata
from hongtou.store.connecting import sqlite_engine, writing
from hongtou.store.opening import is_server, older_archive, server_engine
from hongtou.store.schema import event, issue
from hongtou.store.schema import publication as publication_table
from tests.support.archives import FRIDAY, NOON, WANG, document, kept

pytestmark = pytest.mark.slow

REGULAR = Series.REGULAR


def fill_as_of(place: str, schema: str) -> None:
    """Make a database as an older release did, with a publication, an issue and an event."""
    first = SqlArchive(server_engine(place) if is_server(place) else sqlite_engine(Path(place)))
    added = event_of(Deed("issue.add", 1, 1), WANG, START)
    by = {"version": 1, "changed_at": NOON, "changed_by": "王龙"}
    plan = {"nameplate": "旧刊", "layout": "dongtai", "issuing_body": "", "numbering": "yearly"}
    with writing(first.engine) as connection:
        migrate(connection, schema)
        connection.execute(insert(publication_table).values({**plan, "defaults": {}, **by}))
        issue_row = {
            "publication_id": 1, "year": 2017, "series": "regular", "number": 33,
            "total_number": 613, "issue_date": NOON.date(), "listed_on": NOON.date(),
            "title": "第33期的头条", "state": "draft", "created_at": NOON,
            "document": document().decode(), **by,
        }  # fmt: skip
        connection.execute(insert(issue).values(issue_row))
        event_row = {name: getattr(added, name) for name in Event.__slots__}
        connection.execute(insert(event).values(event_row))
    first.engine.dispose()


class TestTheSchema:
    def test_the_migrations_make_what_is_declared(self, archive: SqlArchive) -> None:
        with archive.engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"include_name": lambda name, kind, parents: "issue_grams" not in str(name)},
            )
            found = [str(one) for one in compare_metadata(context, metadata)]
        assert [one for one in found if "ix_issue_part_grams" not in one] == []
        assert archive.path is not None or found == []  # which only PostgreSQL has

    def test_opening_again_changes_nothing(self, place: str) -> None:
        for _ in range(2):
            opened = open_archive(place)
            with opened.engine.connect() as connection:
                names = connection.execute(text("SELECT version_num FROM alembic_version")).all()
            opened.close()
            assert [tuple(row) for row in names] == [(newest(),)]

    @pytest.mark.parametrize("older", schemas()[:-1])
    def test_what_an_older_release_kept_goes_on_in_this_one(self, place: str, older: str) -> None:
        fill_as_of(place, older)
        opened = open_archive(place)
        desk = Desk(opened, Limits())
        (kept_publication,) = desk.publications.listed()
        assert (kept_publication.plan.nameplate, kept_publication.plan.lists) == ("旧刊", {})
        one = desk.issues.one(1)
        assert one.document == document()
        assert desk.auditing.chain().count == 1
        assert desk.issues.save(1, 1, document(body="环境。"), WANG).version == 2
        assert [found.record.id for found in desk.issues.listed(Wanted(text="环境")).found] == [1]
        assert desk.issues.begin(1, FRIDAY, REGULAR, WANG).record.facts.number == 34
        assert desk.auditing.chain() == Chain(2, desk.auditing.chain().digest)
        opened.close()

    @pytest.mark.parametrize("older", schemas()[:-1])
    def test_it_goes_back_to_an_older_one_and_forth_again_with_all_that_is_kept(
        self, place: str, older: str
    ) -> None:
        opened = open_archive(place)
        one = kept(Desk(opened, Limits()), body="环境。")
        opened.close()
        older_archive(place, older)
        first = SqlArchive(server_engine(place) if is_server(place) else sqlite_engine(Path(place)))
        with first.engine.connect() as connection:
            assert current(connection) == older
            assert (
                connection.execute(select(issue.c.document)).scalar()
                == document(body="环境。").decode()
            )
        first.engine.dispose()
        again = open_archive(place)
        desk = Desk(again, Limits())
        assert desk.issues.save(one, 1, document(body="环境卫生。"), WANG).version == 2
        assert [found.record.id for found in desk.issues.listed(Wanted(text="卫生")).found] == [one]
        assert desk.auditing.chain().fault == ""
        with pytest.raises(DBAPIError), again.engine.begin() as connection:
            connection.execute(delete(event))  # still only added to
        again.close()

    def test_it_goes_nowhere_else(self, place: str) -> None:
        open_archive(place).close()
        for schema in (newest(), "9999", ""):
            with pytest.raises(SetupError, match="退不到"):
                older_archive(place, schema)

    @pytest.mark.parametrize(("older", "newer"), list(pairwise(schemas())))
    def test_a_release_goes_on_beside_the_next_schema(
        self, place: str, older: str, newer: str
    ) -> None:
        """Whatever the older one writes, it may leave out what the newer one has added."""
        opened = SqlArchive(
            server_engine(place) if is_server(place) else sqlite_engine(Path(place))
        )
        columns: list[dict[tuple[str, str], Any]] = []
        for schema in (older, newer):
            with writing(opened.engine) as connection:
                migrate(connection, schema)
                look = inspect(connection)
                names = [name for name in look.get_table_names() if name in metadata.tables]
                columns.append(
                    {(name, one["name"]): one for name in names for one in look.get_columns(name)}
                )
        opened.engine.dispose()
        before, after = columns
        there = {name for name, _ in before}
        for key, one in before.items():
            assert (str(after[key]["type"]), after[key]["nullable"]) == (
                str(one["type"]),
                one["nullable"],
            )
        for (table, name), one in after.items():
            if table in there and (table, name) not in before:
                assert one["nullable"] or one["default"] is not None, (table, name)

    def test_a_newer_schema_is_refused_in_plain_words(self, place: str) -> None:
        opened = open_archive(place)
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        opened.close()
        with pytest.raises(SetupError, match="由更新的 hongtou 写成（9999）"):
            open_archive(place)

    def test_what_was_kept_is_there_after_opening_again(self, place: str) -> None:
        first = open_archive(place)
        one = kept(Desk(first, Limits()))
        first.close()
        second = open_archive(place)
        assert Desk(second, Limits()).issues.one(one).document == document()
        second.close()
