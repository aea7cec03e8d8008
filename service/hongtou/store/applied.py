"""Migrations: a database of an older release becomes one of this release."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from hongtou.bulletin.errors import SetupError

FOLDER = Path(__file__).parent / "migrations"


def migrate(connection: Connection, schema: str = "head") -> None:
    """Bring a database to the newest schema, or to an older one that is above its own.

    Raises:
        SetupError: its schema is of a newer release.
    """
    present(connection)
    if connection.dialect.name == "postgresql":  # an index over all issues may take minutes
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    command.upgrade(_config(connection), schema)


def step_back(connection: Connection, schema: str) -> None:
    """Bring a database to an older schema; what only newer ones hold is dropped."""
    command.downgrade(_config(connection), schema)


def refuse_not_older(connection: Connection, schema: str) -> None:
    """Check that a database can be brought back to a schema.

    Raises:
        SetupError: there is no such schema, it is not older, or that of the database is newer.
    """
    name, known = present(connection), schemas()
    older = known[: known.index(name)] if name in known else ()
    if schema not in older:
        raise SetupError(
            f"数据库的表是 {name or '空的'}，退不到 {schema}",
            hint=f"可以退到 {'、'.join(older)}" if older else "没有更早的可退",
        )


def present(connection: Connection) -> str:
    """Return the name of the schema of a database, "" if it has none yet.

    Raises:
        SetupError: it is of a newer release.
    """
    name = current(connection)
    if name and not _is_known(name):
        raise SetupError(
            f"数据库由更新的 hongtou 写成（{name}），这个版本读不了",
            hint="请改用那个版本，或以 hongtou restore 恢复升级之前的备份",
        )
    return name


def current(connection: Connection) -> str:
    """Return the name of the schema of a database, known or not; "" if it has none yet."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def newest() -> str:
    """Return the name of the newest schema."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def schemas() -> tuple[str, ...]:
    """Return the names of all schemas, the oldest first."""
    every = ScriptDirectory(str(FOLDER)).walk_revisions()
    return tuple(reversed([one.revision for one in every]))


def _config(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def _is_known(name: str) -> bool:
    try:
        return ScriptDirectory(str(FOLDER)).get_revision(name) is not None
    except CommandError:
        return False
