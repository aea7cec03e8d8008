"""Who is logged in, in memory: what every request is asked by, before its body is read.

The service's own changes are seen at once; whoever keeps a roster looks twice a second at what the
command line and other services on the same database have changed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from hongtou.accounts.account import IDLE, Account, Session
from hongtou.accounts.records import StaffArchive
from hongtou.accounts.tokens import token_digest
from hongtou.bulletin.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Person:
    """An account and the session in which it acts."""

    account: Account
    session: Session


class Roster:
    """All accounts and the sessions that live."""

    def __init__(self, archive: StaffArchive, now: datetime) -> None:
        """Read them.

        Raises:
            NoArchive: the database cannot be used.
        """
        self._archive = archive
        self._reading = threading.Lock()  # so that an older reading never takes a newer one's place
        self._lock = threading.Lock()  # never held while the database is asked, which may take long
        self._accounts: Mapping[int, Account] = {}
        self._sessions: Mapping[str, Session] = {}
        self._read(now)

    @property
    def has_accounts(self) -> bool:
        """Tell whether there is any account, disabled ones included."""
        return bool(self._accounts)

    def person(self, token: str, now: datetime) -> Person | None:
        """Return whose session has this token, None if it is nobody's or has ended."""
        session = self._sessions.get(token_digest(token))
        account = self._accounts.get(session.account_id) if session else None
        if session is None or account is None or account.disabled_at is not None:
            return None
        if session.epoch != account.session_epoch or not session.lives_at(now):
            return None
        return Person(account, session)

    def touch(self, session: Session, now: datetime) -> None:
        """Note that a session is used."""
        with self._lock:
            if session.digest in self._sessions:
                seen = {session.digest: replace(session, seen_at=now)}
                self._sessions = {**self._sessions, **seen}

    def look(self, now: datetime) -> None:
        """Look at the database; while it cannot be used, what was known holds."""
        with suppress(ServiceError):
            self._read(now)

    def _read(self, now: datetime) -> None:
        with self._reading:
            with self._archive.reading() as records:
                accounts = {one.id: one for one in records.accounts()}
                sessions = {one.digest: one for one in records.sessions(now - IDLE)}
            with self._lock:
                self._accounts, self._sessions = accounts, sessions
