"""The records of accounts, their sessions and one-time links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from hongtou.accounts.account import Account, Link, Session
from hongtou.accounts.role import Role
from hongtou.store.account_schema import account, one_time_link, session
from hongtou.store.connecting import WRITES, locked

ACCOUNTS_LOCK = 20180105  # of PostgreSQL, so that nobody is added meanwhile; any number


class AccountTable:
    """Implements `AccountRecords`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accounts(self) -> Sequence[Account]:
        writes = self._connection.get_execution_options().get(WRITES)
        if writes and self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(ACCOUNTS_LOCK)))
        rows = self._connection.execute(select(account).order_by(account.c.name, account.c.id))
        return [_account(row) for row in rows]

    def account(self, account_id: int) -> Account | None:
        return self._one(account.c.id == account_id)

    def account_named(self, key: str) -> Account | None:
        return self._one(account.c.name_key == key)

    def add_account(self, name: str, key: str, role: Role, at: datetime) -> int:
        row = {
            "name": name,
            "name_key": key,
            "role": role.value,
            "password_hash": "",
            "session_epoch": 1,
            "made_at": at,
            "changed_at": at,
        }
        added = self._connection.execute(insert(account).values(row)).inserted_primary_key
        return int(added[0]) if added else 0

    def set_role(self, account_id: int, role: Role, at: datetime) -> None:
        self._change(account_id, role=role.value, changed_at=at)

    def set_disabled(self, account_id: int, disabled_at: datetime | None, at: datetime) -> None:
        self._change(account_id, disabled_at=disabled_at, changed_at=at)

    def set_password(self, account_id: int, password_hash: str, at: datetime) -> None:
        self._change(account_id, password_hash=password_hash, changed_at=at)

    def end_sessions(self, account_id: int) -> None:
        self._change(account_id)

    def sessions(self, since: datetime) -> Sequence[Session]:
        rows = self._connection.execute(select(session).where(session.c.seen_at > since))
        return [Session(row.digest, row.account_id, row.epoch, row.seen_at) for row in rows]

    def add_session(self, added: Session, made_at: datetime) -> None:
        row = {name: getattr(added, name) for name in Session.__slots__}
        self._connection.execute(insert(session).values({**row, "made_at": made_at}))

    def touch_session(self, digest: str, seen_at: datetime) -> None:
        change = update(session).where(session.c.digest == digest).values(seen_at=seen_at)
        self._connection.execute(change)

    def drop_session(self, digest: str) -> bool:
        return bool(
            self._connection.execute(delete(session).where(session.c.digest == digest)).rowcount
        )

    def drop_old_sessions(self, before: datetime) -> None:
        self._connection.execute(delete(session).where(session.c.seen_at <= before))

    def add_link(self, link: Link) -> None:
        same = (
            one_time_link.c.account_id.is_(None)
            if link.account_id is None
            else one_time_link.c.account_id == link.account_id
        )
        self._connection.execute(delete(one_time_link).where(same))
        row = {name: getattr(link, name) for name in Link.__slots__}
        self._connection.execute(insert(one_time_link).values(row))

    def link(self, digest: str) -> Link | None:
        wanted = select(one_time_link).where(one_time_link.c.digest == digest)
        row = self._connection.execute(wanted).first()
        return Link(row.digest, row.account_id, row.expires_at) if row else None

    def use_link(self, digest: str) -> bool:
        gone = delete(one_time_link).where(one_time_link.c.digest == digest)
        return self._connection.execute(gone).rowcount == 1

    def _one(self, rule: Any) -> Account | None:
        wanted = locked(self._connection, select(account).where(rule))
        row = self._connection.execute(wanted).first()
        return _account(row) if row else None

    def _change(self, account_id: int, **values: Any) -> None:
        """Change an account and end its sessions; its epoch ends those that begin just now."""
        epoch = account.c.session_epoch + 1
        rule = account.c.id == account_id
        self._connection.execute(update(account).where(rule).values(session_epoch=epoch, **values))
        self._connection.execute(delete(session).where(session.c.account_id == account_id))


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        session_epoch=row.session_epoch,
        disabled_at=row.disabled_at,
        changed_at=row.changed_at,
    )
