"""The tables of accounts, their sessions and one-time links."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from hongtou.store.columns import (
    DIGEST_CHARS,
    count_column,
    id_column,
    metadata,
    moment_column,
    refers_to,
    text_column,
)

account = Table(
    "account",
    metadata,
    id_column(),
    text_column("name"),
    text_column("name_key", 200),  # compatibility forms may be longer than the name
    text_column("role", 20),
    text_column("password_hash", 200),  # "" until a password is set
    count_column("session_epoch"),
    moment_column("disabled_at", nullable=True),
    moment_column("made_at"),
    moment_column("changed_at"),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)

# The same way for both: only the digest of a secret of 256 bits is kept.
session = Table(
    "session",
    metadata,
    Column("digest", String(DIGEST_CHARS), primary_key=True),
    refers_to("account"),
    count_column("epoch"),
    moment_column("made_at"),
    moment_column("seen_at"),
    Index("ix_session_account_id", "account_id"),
    Index("ix_session_seen_at", "seen_at"),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("digest", String(DIGEST_CHARS), primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id", ondelete="CASCADE")),
    moment_column("expires_at"),
    UniqueConstraint("account_id"),
)
