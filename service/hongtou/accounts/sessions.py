"""Log-in and log-out."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from hongtou.accounts.account import IDLE, MAX_NAME_CHARS, Account, Session, name_key
from hongtou.accounts.guessing import Guesses
from hongtou.accounts.hashing import Hashing
from hongtou.accounts.records import StaffArchive
from hongtou.accounts.roster import Person, Roster
from hongtou.accounts.tokens import new_token, token_digest
from hongtou.bulletin.errors import Forbidden, ServiceError, Unauthorized
from hongtou.desk.event import Deed
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import note

NOTED_EVERY = timedelta(minutes=5)  # between writes that a session is used
NOBODY = "未登录"
OURSELVES: Mapping[str, str] = {}  # who has looked at a password
PROVIDER: Mapping[str, str] = {"by": "oidc"}
PROXY: Mapping[str, str] = {"by": "proxy"}


class Sessions:
    """The use cases of sessions."""

    def __init__(
        self, archive: StaffArchive, hashing: Hashing, roster: Roster, guesses: Guesses
    ) -> None:
        self._archive = archive
        self._hashing = hashing
        self._roster = roster
        self._guesses = guesses
        self._used: deque[tuple[str, datetime]] = deque()  # by digest: when, still to be written

    def begin(self, name: str, password: str, stamp: Stamp) -> tuple[Account, str]:
        """Return who logs in, and the token of a new session.

        Raises:
            TooManyAttempts: it was tried too often.
            Unauthorized: name or password is wrong, or the account is disabled.
            Busy: too many log in at the same time.
        """
        attempt = self._guesses.begin(name_key(name), stamp.client, stamp.at)
        with self._guesses.judging(attempt):
            with self._archive.reading() as records:
                account = records.account_named(name_key(name))
            usable = account if account and account.is_usable else None
            is_right = self._hashing.is_right(usable.password_hash if usable else "", password)
        if usable is None or not is_right:
            self._refused(account, stamp, begins_pause=attempt.begins_pause)
            raise Unauthorized("名称或密码不对", hint="请再写一遍；忘了请管理员另发链接")
        self._guesses.succeeded(attempt)
        return usable, self.open(usable, stamp)

    def begin_elsewhere(
        self, name: str, stamp: Stamp, by: Mapping[str, str] = PROVIDER
    ) -> tuple[Account, str]:
        """Return who has logged in elsewhere, and the token of a new session.

        That is at the identity provider or, as ``by`` may say, at a proxy. The name must be written
        exactly as that of the account: people who choose their name there shall not come near that
        of somebody else. No account is made.

        Raises:
            Forbidden: nobody here has this name, or the account is disabled.
        """
        with self._archive.reading() as records:
            account = records.account_named(name_key(name))
        if account is None or account.name != name:
            self._refused(None, stamp, begins_pause=False, by=by)
            raise Forbidden(
                f"红头没有名为“{name[:MAX_NAME_CHARS]}”的帐号", hint="请管理员新建一个同名的帐号"
            )
        if account.disabled_at is not None:
            self._refused(account, stamp, begins_pause=False, by=by)
            raise Forbidden(f"帐号“{name}”已停用", hint="请管理员启用")
        return account, self.open(account, stamp, by=by)

    def open(self, account: Account, stamp: Stamp, by: Mapping[str, str] = OURSELVES) -> str:
        """Return the token of a new session of somebody who has shown who they are.

        ``by`` tells in the chain of events who has looked at that.
        """
        token = new_token()
        session = Session(token_digest(token), account.id, account.session_epoch, stamp.at)
        by_owner = replace(stamp, who=account.name)
        with self._archive.writing() as records:
            records.drop_old_sessions(stamp.at - IDLE)
            records.add_session(session, stamp.at)
            note(records, by_owner, Deed("session.begin", detail={"account": account.id, **by}))
        self._roster.look(stamp.at)
        return token

    def end(self, person: Person, stamp: Stamp, *, everywhere: bool) -> None:
        """End a session, or all of its account."""
        with self._archive.writing() as records:
            if everywhere:
                records.end_sessions(person.account.id)
            else:
                records.drop_session(person.session.digest)
            detail = {"account": person.account.id, "everywhere": everywhere}
            note(records, stamp, Deed("session.end", detail=detail))
        self._roster.look(stamp.at)

    def use(self, person: Person, now: datetime) -> None:
        """Note that a session is used, so that it goes on; every few minutes.

        This is memory alone: any request may come here, also one that must not wait for a database.
        """
        if now - person.session.seen_at >= NOTED_EVERY:
            self._roster.touch(person.session, now)
            self._used.append((person.session.digest, now))

    def write_uses(self) -> None:
        """Write which sessions are used; one of which that fails ends a little earlier."""
        used = [self._used.popleft() for _ in range(len(self._used))]
        if not used:
            return
        with suppress(ServiceError), self._archive.writing() as records:
            for digest, at in used:
                records.touch_session(digest, at)

    def _refused(
        self,
        account: Account | None,
        stamp: Stamp,
        *,
        begins_pause: bool,
        by: Mapping[str, str] = OURSELVES,
    ) -> None:
        """Note a failed log-in; a name that is none may be a password, and is left out."""
        detail = {"account": account.id, "name": account.name} if account else {}
        action = "session.pause" if begins_pause else "session.refuse"
        with self._archive.writing() as records:
            note(records, replace(stamp, who=NOBODY), Deed(action, detail={**detail, **by}))
