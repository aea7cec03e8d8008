"""Connections and transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from hongtou.bulletin.errors import SetupError
from hongtou.resources import install_extra
from hongtou.store.database_errors import Outage, told_errors
from hongtou.store.patience import PATIENCE, WAIT_SECONDS

WRITES = "writes"  # the execution option of transactions that write
# Ids in a statement. Source: SQLite documentation, Limits, §9: 999 values before 3.32.
MOST_AT_ONCE = 900
SQLITE_WAIT = f"busy_timeout={WAIT_SECONDS * 1000}"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what is told as saved outlasts a power cut
    "foreign_keys=ON",
    SQLITE_WAIT,
)


def sqlite_engine(path: Path) -> Engine:
    """Return the engine of a file."""
    return _sqlite(URL.create("sqlite", database=str(path)), SQLITE_PRAGMAS)


def sqlite_reader(path: Path) -> Engine:
    """Return an engine that only reads a file, which a service may have open."""
    database = f"file:{quote(str(path))}"
    url = URL.create("sqlite", database=database, query={"mode": "ro", "uri": "true"})
    return _sqlite(url, (SQLITE_WAIT,))


def _sqlite(url: URL, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(url, pool_timeout=WAIT_SECONDS, hide_parameters=True)
    event.listen(engine, "connect", partial(_tune, pragmas))
    event.listen(engine, "begin", _begin)
    return engine


def postgresql_engine(text: str) -> Engine:
    """Return the engine of a server.

    Raises:
        SetupError: the address is malformed, or psycopg is not installed.
    """
    limit = f"{WAIT_SECONDS}s"
    # Each of our statements has an index; the planner takes tables for small whose texts lie
    # apart, and reads all of them.
    plans = "-c enable_seqscan=off -c jit=off"
    options = f"-c timezone=UTC -c lock_timeout={limit} -c statement_timeout={limit} {plans}"
    try:
        engine = create_engine(
            make_url(text).set(drivername="postgresql+psycopg"),
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,  # or errors would bring what editors write into the log
            connect_args={"options": options},
        )
    except (ArgumentError, ValueError) as cause:
        hint = "应如 postgresql://用户@主机/库名"
        raise SetupError("HONGTOU_DATABASE 不是可用的地址", hint=hint) from cause
    except (ImportError, NoSuchModuleError) as cause:
        hint = f"请运行 {install_extra('postgresql')}"
        raise SetupError("使用 PostgreSQL 须另装 psycopg", hint=hint) from cause
    from hongtou.store.server_connection import connect  # psycopg is there

    event.listen(engine, "do_connect", connect)
    return engine


@contextmanager
def reading(engine: Engine, outage: Outage | None = None) -> Iterator[Connection]:
    """Open a transaction that only reads; ``outage`` notices whether the database answers.

    Raises:
        NoArchive: the database cannot be used now.
    """
    PATIENCE.begin()
    with told_errors(outage), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, outage: Outage | None = None) -> Iterator[Connection]:
    """Open a transaction that writes; SQLite has its lock from the beginning.

    ``outage`` notices whether the database answers.

    Raises:
        NoArchive: the database cannot be used now.
        StorageFull: it cannot grow.
        NumberTaken: two have taken the same number at the same time.
    """
    PATIENCE.begin()
    with told_errors(outage), engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection


def locked(connection: Connection, wanted: Select[Any]) -> Select[Any]:
    """Return a statement whose row nobody else can change until a transaction that writes ends.

    SQLite has no locks of rows, and needs none: only one writes at a time.
    """
    writes = connection.get_execution_options().get(WRITES)
    return wanted.with_for_update() if writes else wanted


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids, as many at a time as a statement takes."""
    for first in range(0, len(ids), MOST_AT_ONCE):
        yield ids[first : first + MOST_AT_ONCE]


def _tune(pragmas: tuple[str, ...], connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, see _begin
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin a transaction; only those that write take the lock, or readers would wait as well."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
