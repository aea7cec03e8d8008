"""Archives in both databases, and what is kept in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.event import listen, remove

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import FinishedFile
from hongtou.desk import Desk, Stamp
from hongtou.desk.document import write_document
from hongtou.desk.holdings import Asset, blob_of
from hongtou.desk.publication import PublicationPlan
from hongtou.store import SqlArchive, open_archive
from hongtou.store.schema import issue_text, metadata
from tests.support.databases import ABSENT, BINARIES, postgresql

NOON = datetime(2017, 12, 22, 12, tzinfo=UTC)
WANG, CHEN = Stamp("王龙", NOON), Stamp("陈炜", NOON)
BLOB = blob_of(b"\x89PNG picture", "image/png")
PICTURE = Asset(
    name="a.png", sha256=BLOB.sha256, media_type="image/png", size=len(BLOB.content)
)  # fmt: skip


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


def fresh_archive(place: str) -> SqlArchive:
    """Return the empty archive at a place; a new file is not migrated from nothing each time.

    Migrating it is tried in tests/store/test_schema.py.
    """
    if not place.startswith("postgresql:") and not Path(place).exists():
        Path(place).touch(0o600)
        Path(place).write_bytes(_empty_file())
    return open_archive(place)


@cache
def _empty_file() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hongtou.db"
        open_archive(str(file)).close()
        return file.read_bytes()


@pytest.fixture
def archive(place: str) -> Iterator[SqlArchive]:
    opened = fresh_archive(place)
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


def statements_of(archive: SqlArchive, read: Callable[[], object]) -> list[str]:
    """Return what a database is asked while something is read."""
    statements: list[str] = []

    def look(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    listen(archive.engine, "before_cursor_execute", look)
    try:
        read()
    finally:
        remove(archive.engine, "before_cursor_execute", look)
    return statements


def is_full_scan(step: str) -> bool:
    """Tell whether a planned step reads a whole table of ours."""
    found = re.match(r"SCAN (\w+)", step)
    return bool(found and found[1] in metadata.tables) or "Seq Scan" in step


class Press:
    """Checks and prints at once what a test tells it to."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        self.asked: list[dict[str, bytes]] = []

    def check(self, document: bytes, images: Any) -> tuple[Finding, ...]:
        self.asked.append(dict(images))
        return self.findings

    def print(self, document: bytes, images: Any) -> FinishedFile:
        self.asked.append(dict(images))
        return FinishedFile(
            content=b"%PDF-1.7 " + document, file_name="第33期.pdf", ascii_name="bulletin-2017-33.pdf",
            page_count=9, plan_digest="ab" * 32, finding_count=0,
            is_classified=False,
        )  # fmt: skip


def version(desk: Desk, issue_id: int) -> int:
    """Return the present version of an issue."""
    return desk.issues.one(issue_id).record.version


def move(desk: Desk, issue_id: int, *steps: str, press: Press | None = None) -> None:
    """Take an issue through steps, each of which gives a reason."""
    for step in steps:
        desk.finishing.move(issue_id, version(desk, issue_id), step, WANG, press or Press(), "理由")


def texts(archive: SqlArchive) -> dict[int, str]:
    """Return the passages that are searched, by their ids."""
    with archive.engine.connect() as connection:
        return {row.id: row.words for row in connection.execute(select(issue_text))}
