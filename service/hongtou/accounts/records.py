"""What a store offers: accounts, sessions and links, beside the chain of events."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from hongtou.accounts.account import Account, Link, Session
from hongtou.accounts.role import Role
from hongtou.desk.records import HistoryRecords


class AccountRecords(Protocol):
    """Accounts, by their id or by the key of their name; their sessions and links."""

    def accounts(self) -> Sequence[Account]:
        """Return all accounts by their names; of those that change, nobody else can meanwhile."""

    def account(self, account_id: int) -> Account | None: ...

    def account_named(self, key: str) -> Account | None: ...

    def add_account(self, name: str, key: str, role: Role, at: datetime) -> int: ...

    def set_role(self, account_id: int, role: Role, at: datetime) -> None:
        """Set a role and end all sessions."""

    def set_disabled(self, account_id: int, disabled_at: datetime | None, at: datetime) -> None:
        """Disable an account or, with None, enable it again; end all sessions."""

    def set_password(self, account_id: int, password_hash: str, at: datetime) -> None:
        """Set the hash of a password and end all sessions."""

    def end_sessions(self, account_id: int) -> None:
        """End all sessions of an account, those included that begin at this moment."""

    def sessions(self, since: datetime) -> Sequence[Session]:
        """Return the sessions that were used since a moment."""

    def add_session(self, session: Session, made_at: datetime) -> None: ...

    def touch_session(self, digest: str, seen_at: datetime) -> None: ...

    def drop_session(self, digest: str) -> bool: ...

    def drop_old_sessions(self, before: datetime) -> None: ...

    def add_link(self, link: Link) -> None:
        """Add a link in the place of all others of the same account, or of none."""

    def link(self, digest: str) -> Link | None: ...

    def use_link(self, digest: str) -> bool:
        """Delete a link; False if somebody else has used it."""


class StaffRecords(AccountRecords, HistoryRecords, Protocol):
    """Accounts and events, within one transaction."""


class StaffArchive(Protocol):
    """The store: transactions that read, and transactions that write."""

    def reading(self) -> AbstractContextManager[StaffRecords]: ...

    def writing(self) -> AbstractContextManager[StaffRecords]: ...
