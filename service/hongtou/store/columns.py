"""What tables are made of: names of constraints, moments, and the usual columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
NAME_CHARS = 100  # of a person, a tab, an action
DIGEST_CHARS = 64  # SHA-256 in hexadecimal

metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, with its zone also where a database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def id_column() -> Column[int]:
    """Return the column by which rows are known."""
    return Column("id", Integer, primary_key=True)


def refers_to(table: str, *, goes_with_it: bool = True) -> Column[int]:
    """Return the column that refers to a row of a table, and is deleted with it or guards it."""
    ondelete = "CASCADE" if goes_with_it else "RESTRICT"
    return Column(
        f"{table}_id", Integer, ForeignKey(f"{table}.id", ondelete=ondelete), nullable=False
    )


def text_column(name: str, chars: int = NAME_CHARS) -> Column[str]:
    """Return a column of a text that is not missing."""
    return Column(name, String(chars), nullable=False)


def count_column(name: str) -> Column[int]:
    """Return a column of a whole number that is not missing."""
    return Column(name, Integer, nullable=False)


def moment_column(name: str, *, nullable: bool = False) -> Column[datetime]:
    """Return a column of a moment."""
    return Column(name, Moment, nullable=nullable)
