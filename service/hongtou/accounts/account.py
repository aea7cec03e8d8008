"""An account, its sessions and its one-time links; which names there may be."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from hongtou.accounts.role import Role

MAX_NAME_CHARS = 40  # the name stands in every line of a history
# Who acts without an account: on this machine, on its command line, before the log-in, by itself.
RESERVED = frozenset({"本机", "命令行", "未登录", "hongtou"})
IDLE = timedelta(hours=12)  # a day at the desk, breaks included, ends no session
LINK_LIFE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who works at the desk.

    ``password_hash`` is "" until a password is set. ``session_epoch`` counts what ends all
    sessions: a session that was begun in an earlier one is none.
    """

    id: int
    name: str
    role: Role
    password_hash: str
    session_epoch: int
    disabled_at: datetime | None
    changed_at: datetime

    @property
    def is_usable(self) -> bool:
        """Tell whether anybody can log in with its password; single sign-on is apart from it."""
        return self.disabled_at is None and self.password_hash != ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session, by the digest of its token."""

    digest: str
    account_id: int
    epoch: int
    seen_at: datetime

    def lives_at(self, now: datetime) -> bool:
        """Tell whether it was used lately."""
        return now - self.seen_at < IDLE


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link, by the digest of its token; without an account it makes the first one."""

    digest: str
    account_id: int | None
    expires_at: datetime


def name_key(name: str) -> str:
    """Return what two names share that people take for the same: case, width and spaces apart."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def name_fault(name: str) -> str:
    """Return what is wrong with the name of an account, "" if nothing is."""
    if not 1 <= len(name) <= MAX_NAME_CHARS:
        return f"名称应有 1 至 {MAX_NAME_CHARS} 个字"
    if not all(char.isprintable() for char in name) or name != " ".join(name.split()):
        return "名称不能有看不见的字符，首尾不能有空格"
    if name_key(name) in RESERVED:
        return f"“{name}”另有所指，请换一个名称"
    return ""
