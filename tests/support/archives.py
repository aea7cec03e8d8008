"""Archives in both databases, and what is kept in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.event import listen, remove

from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk, Stamp
from hongtou.desk.document import write_document
from hongtou.desk.publication import PublicationPlan
from hongtou.store import SqlArchive, open_archive
from hongtou.store.schema import metadata
from tests.support.databases import ABSENT, BINARIES, postgresql

NOON = datetime(2017, 12, 22, 12, tzinfo=UTC)
WANG, CHEN = Stamp("王龙", NOON), Stamp("陈炜", NOON)


def later(stamp: Stamp, **amount: float) -> Stamp:
    return Stamp(stamp.who, stamp.at + timedelta(**amount), stamp.client, stamp.reviews)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL, started once."""
    if not BINARIES:
        pytest.skip(ABSENT)
    with postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return str(tmp_path / "hongtou.db")
    return emptied(request.getfixturevalue("server"))


def emptied(url: str) -> str:
    """Return the address of a server's database, after everything in it is gone."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def archive(place: str) -> Iterator[SqlArchive]:
    opened = open_archive(place)
    yield opened
    opened.close()


@pytest.fixture
def desk(archive: SqlArchive) -> Desk:
    return Desk(archive, Limits())


def document(number: int | None = 33, *, day: str = "2017-12-22", body: str = "一段。") -> bytes:
    """Return an issue as an editor sends it."""
    masthead: dict[str, object] = {"nameplate": "创建工作动态", "issue_date": day}
    if number is not None:
        masthead |= {"issue_number": number, "total_number": 580 + number}
    return write_document(
        {
            "masthead": masthead,
            "articles": [{"headline": f"第{number}期的头条", "body": [body]}],
            "closing": {"report_to": "省文明办", "reviewers": ["杨春明"]},
        }
    )


def publication(desk: Desk, nameplate: str = "创建工作动态") -> int:
    """Return the id of a new publication."""
    plan = PublicationPlan(nameplate=nameplate, issuing_body="毕节市创建办")
    return desk.publications.add(plan, WANG).id


def kept(desk: Desk, number: int = 33, *, body: str = "一段。", day: str = "2017-12-22") -> int:
    """Return the id of a kept issue."""
    every = desk.publications.listed()
    owner = every[0].id if every else publication(desk)
    return desk.issues.add(owner, document(number, body=body, day=day), WANG).id


FRIDAY = date(2017, 12, 29)


def plans_of(archive: SqlArchive, read: Callable[[], object]) -> list[str]:
    """Return the steps that the database plans for all that is read."""
    is_sqlite = archive.engine.dialect.name == "sqlite"
    explain, column = ("EXPLAIN QUERY PLAN ", 3) if is_sqlite else ("EXPLAIN ", 0)
    steps: list[str] = []

    def look(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            other = connection.connection.cursor()
            other.execute(explain + statement, parameters)
            steps.extend(str(row[column]) for row in other.fetchall())

    listen(archive.engine, "before_cursor_execute", look)
    try:
        read()
    finally:
        remove(archive.engine, "before_cursor_execute", look)
    return steps


def is_full_scan(step: str) -> bool:
    """Tell whether a planned step reads a whole table of ours."""
    found = re.match(r"SCAN (\w+)", step)
    return bool(found and found[1] in metadata.tables) or "Seq Scan" in step
