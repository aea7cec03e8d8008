"""Accounts: the first one, others, what they may do, and how their passwords are set."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.accounts.account import LINK_LIFE, Account, Link, name_fault, name_key
from hongtou.accounts.guessing import Guesses
from hongtou.accounts.hashing import Hashing
from hongtou.accounts.passwords import password_fault
from hongtou.accounts.records import StaffArchive, StaffRecords
from hongtou.accounts.role import Role
from hongtou.accounts.roster import Roster
from hongtou.accounts.tokens import new_token, token_digest
from hongtou.bulletin.errors import Forbidden, NotKept, UnknownOption, WrongState
from hongtou.desk.event import Deed
from hongtou.desk.stamp import Stamp
from hongtou.desk.transaction import MOST_ID, note

SPENT = "请向管理员另要一条链接；管理员可用 hongtou accounts link"


class Administration:
    """The use cases of accounts and of one-time links."""

    def __init__(
        self, archive: StaffArchive, hashing: Hashing, roster: Roster, guesses: Guesses
    ) -> None:
        self._archive = archive
        self._hashing = hashing
        self._roster = roster
        self._guesses = guesses

    def listed(self) -> Sequence[Account]:
        """Return all accounts by their names."""
        with self._archive.reading() as records:
            return records.accounts()

    def add(self, name: str, role: Role, stamp: Stamp) -> tuple[Account, str]:
        """Return a new account, and the token of the link by which its password is set.

        Raises:
            UnknownOption: this can be no name.
            WrongState: somebody has it, or there is no administrator yet.
        """
        with self._archive.writing() as records:
            _refuse_before_the_first(records)
            added = _added(records, name, role, stamp)
            note(records, stamp, Deed("account.add", detail={**_told(added), "role": role.value}))
            token = _linked(records, added.id, stamp)
        self._roster.look(stamp.at)
        return added, token

    def change(
        self, account_id: int, role: Role | None, is_disabled: bool | None, stamp: Stamp
    ) -> Account:
        """Return an account with another role, or disabled or enabled; its sessions end.

        Raises:
            NotKept: there is no such account.
            WrongState: it is the last administrator who has a password.
        """
        with self._archive.writing() as records:
            found = _kept(records, account_id)
            detail = _told(found)
            if role not in (None, found.role):
                records.set_role(found.id, role or found.role, stamp.at)
                detail["role"] = (role or found.role).value
            if is_disabled not in (None, found.disabled_at is not None):
                records.set_disabled(found.id, stamp.at if is_disabled else None, stamp.at)
                detail["disabled"] = is_disabled
            if len(detail) > len(_told(found)):
                _refuse_without_administrator(records)
                note(records, stamp, Deed("account.change", detail=detail))
            changed = _kept(records, account_id)
        self._roster.look(stamp.at)
        return changed

    def link(self, account_id: int, stamp: Stamp) -> tuple[Account, str]:
        """Return an account and the token of a new link by which its password is set anew.

        Raises:
            NotKept: there is no such account.
            WrongState: it is disabled.
        """
        with self._archive.writing() as records:
            found = _kept(records, account_id)
            if found.disabled_at is not None:
                raise WrongState(f"帐号“{found.name}”已停用", hint="请先启用，再发链接")
            note(records, stamp, Deed("account.link", detail=_told(found)))
            return found, _linked(records, found.id, stamp)

    def change_password(self, account: Account, present: str, new: str, stamp: Stamp) -> Account:
        """Return an account with another password, of somebody who knows the present one.

        All its sessions end.

        Raises:
            TooManyAttempts: it was tried too often.
            Forbidden: the present one is wrong.
            UnknownOption: the new one is easily guessed.
        """
        attempt = self._guesses.begin(name_key(account.name), stamp.client, stamp.at)
        with self._guesses.judging(attempt):
            is_right = self._hashing.is_right(account.password_hash, present)
        if not is_right:
            raise Forbidden("现在的密码不对", hint="请再写一遍；忘了请管理员另发链接")
        self._guesses.succeeded(attempt)
        hashed = self._hashed(new, account.name)
        with self._archive.writing() as records:
            _set_password(records, account, hashed, stamp)
            changed = _kept(records, account.id)
        self._roster.look(stamp.at)
        return changed

    def use_link(self, token: str, name: str, password: str, stamp: Stamp) -> Account:
        """Return the account whose password a link has set; the first one is made by its link.

        Raises:
            NotKept: the link is used, too old, or none of ours.
            UnknownOption: the name or the password cannot be used.
        """
        owner = self.whose_link(token, stamp)
        if owner is None and (fault := name_fault(name)):
            raise UnknownOption(fault, hint="请改正后重试")
        hashed = self._hashed(password, owner.name if owner else name)
        with self._archive.writing() as records:
            link = _living_link(records, token, stamp)
            if not records.use_link(link.digest):
                raise _spent()
            account = owner or _first(records, name, stamp)
            by_owner = Stamp(account.name, stamp.at, stamp.client)
            _set_password(records, account, hashed, by_owner)
            changed = _kept(records, account.id)
        self._roster.look(stamp.at)
        return changed

    def whose_link(self, token: str, stamp: Stamp) -> Account | None:
        """Return the account that a link is for, None if it makes the first one.

        Raises:
            NotKept: the link is used, too old, or none of ours.
        """
        with self._archive.reading() as records:
            link = _living_link(records, token, stamp)
            return None if link.account_id is None else _kept(records, link.account_id)

    def _hashed(self, password: str, name: str) -> str:
        if fault := password_fault(password, name):
            raise UnknownOption(fault, hint="请另想一个")
        return self._hashing.hash(password)


def first_link(archive: StaffArchive, stamp: Stamp) -> str:
    """Return the token of a link that makes the first account, an administrator.

    Raises:
        WrongState: there is an account.
    """
    with archive.writing() as records:
        if records.accounts():
            raise WrongState("已经有帐号了", hint="请写明给哪个帐号：hongtou accounts link 名称")
        note(records, stamp, Deed("account.link", detail={"role": Role.ADMINISTRATOR.value}))
        return _linked(records, None, stamp)


def link_for(archive: StaffArchive, name: str, stamp: Stamp) -> str:
    """Return the token of a link for the account of this name; it is enabled if it was not.

    Raises:
        NotKept: there is no such account.
    """
    with archive.writing() as records:
        found = records.account_named(name_key(name))
        if found is None:
            raise NotKept(f"没有名为“{name}”的帐号", hint="hongtou accounts list 列出全部")
        if found.disabled_at is not None:
            records.set_disabled(found.id, None, stamp.at)
            note(records, stamp, Deed("account.change", detail={**_told(found), "disabled": False}))
        note(records, stamp, Deed("account.link", detail=_told(found)))
        return _linked(records, found.id, stamp)


def _first(records: StaffRecords, name: str, stamp: Stamp) -> Account:
    """Return the first account; of two who make it at the same time one is too late."""
    if records.accounts():
        raise _spent()
    first = _added(records, name, Role.ADMINISTRATOR, stamp)
    by_itself = Stamp(first.name, stamp.at, stamp.client)
    detail = {**_told(first), "role": first.role.value}
    note(records, by_itself, Deed("account.add", detail=detail))
    return first


def _added(records: StaffRecords, name: str, role: Role, stamp: Stamp) -> Account:
    if fault := name_fault(name):
        raise UnknownOption(fault, hint="请改正后重试")
    if records.account_named(name_key(name)) is not None:
        raise WrongState(f"“{name}”已有人用", hint="同名的人请加上科室，如 王龙（二科）")
    return _kept(records, records.add_account(name, name_key(name), role, stamp.at))


def _set_password(records: StaffRecords, account: Account, hashed: str, stamp: Stamp) -> None:
    records.set_password(account.id, hashed, stamp.at)
    note(records, stamp, Deed("account.password", detail=_told(account)))


def _linked(records: StaffRecords, account_id: int | None, stamp: Stamp) -> str:
    token = new_token()
    records.add_link(Link(token_digest(token), account_id, stamp.at + LINK_LIFE))
    return token


def _living_link(records: StaffRecords, token: str, stamp: Stamp) -> Link:
    found = records.link(token_digest(token))
    if found is None or stamp.at >= found.expires_at:
        raise _spent()
    if found.account_id is not None and _kept(records, found.account_id).disabled_at is not None:
        raise _spent()
    return found


def _spent() -> NotKept:
    return NotKept("这条链接用过了，或已过期、帐号已停用", hint=SPENT)


def _kept(records: StaffRecords, account_id: int) -> Account:
    found = records.account(account_id) if account_id <= MOST_ID else None
    if found is None:
        raise NotKept(f"没有编号为 {account_id} 的帐号", hint="请从帐号的列表里选")
    return found


def _refuse_before_the_first(records: StaffRecords) -> None:
    if not records.accounts():
        raise WrongState("还没有管理员", hint="请先用 hongtou accounts link 的链接设定管理员")


def _refuse_without_administrator(records: StaffRecords) -> None:
    """Check that an administrator can still log in by a password.

    One who logs in by single sign-on alone is not counted: its provider may be away.
    """
    if not any(one.is_usable and one.role is Role.ADMINISTRATOR for one in records.accounts()):
        raise WrongState(
            "这是最后一个有密码的管理员", hint="请先让另一个帐号做管理员，并让他用链接设好密码"
        )


def _told(account: Account) -> dict[str, object]:
    return {"account": account.id, "name": account.name}
