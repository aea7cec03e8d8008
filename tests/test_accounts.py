"""Accounts on SQLite and on PostgreSQL: names, passwords, links, sessions, guessing."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from argon2.exceptions import VerificationError
from click.testing import CliRunner, Result

from hongtou.accounts import Accounts, sessions
from hongtou.accounts import hashing as hashing_module
from hongtou.accounts.account import IDLE, LINK_LIFE, Account, name_fault, name_key
from hongtou.accounts.administration import first_link, link_for
from hongtou.accounts.guessing import A_MINUTE, FREE, LONGEST_SECONDS, Guesses, pause_seconds
from hongtou.accounts.hashing import HASHER, MOST, NICENESS, Hashing
from hongtou.accounts.passwords import password_fault
from hongtou.accounts.role import SCOPES, Role
from hongtou.accounts.tokens import form_token, is_form_token, new_token
from hongtou.bulletin.errors import (
    Busy,
    Forbidden,
    NoArchive,
    NotKept,
    ServiceError,
    TooManyAttempts,
    Unauthorized,
    UnknownOption,
    WrongState,
)
from hongtou.bulletin.limits import Limits
from hongtou.cli import main
from hongtou.cli.accounts import ITSELF
from hongtou.config import SPARE_THREADS
from hongtou.desk import Desk, Stamp
from hongtou.keys import Scope
from hongtou.store import SqlArchive, open_archive
from hongtou.web import invitation, upkeep
from hongtou.web.api.archive import requests
from tests.support.archives import NOON, archive, fresh_archive, place, server
from tests.support.house import OTHER, PASSWORD, cheap_hashes

pytestmark = pytest.mark.slow

__all__ = ["archive", "cheap_hashes", "place", "server"]
NOBODY = Stamp("", NOON, "10.0.0.7")
BOSS = replace(NOBODY, who="杨春明")


@pytest.fixture
def accounts(archive: SqlArchive) -> Accounts:
    return Accounts(archive, NOON)


@pytest.fixture
def boss(archive: SqlArchive, accounts: Accounts) -> Account:
    """The first account, an administrator."""
    token = first_link(archive, NOBODY)
    return accounts.administration.use_link(token, "杨春明", PASSWORD, NOBODY)


def member(accounts: Accounts, name: str = "王龙", role: Role = Role.EDITOR) -> Account:
    """Return an account whose password is set."""
    _, token = accounts.administration.add(name, role, BOSS)
    return accounts.administration.use_link(token, "", PASSWORD, NOBODY)


def log_in(accounts: Accounts, name: str = "王龙", password: str = PASSWORD, **at: float) -> str:
    stamp = replace(NOBODY, at=NOON + timedelta(**at))
    return accounts.sessions.begin(name, password, stamp)[1]


def said(archive: SqlArchive) -> list[tuple[str, str]]:
    with archive.reading() as records:
        return [(event.who, event.action) for event in (one.event for one in records.chain())]


def both(one: Callable[[], object]) -> list[object]:
    """Do the same twice at once; return what came of it."""
    found: list[object] = []
    ready = threading.Barrier(2)

    def run() -> None:
        ready.wait()
        try:
            found.append(one())
        except ServiceError as error:
            found.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


class TestNamesAndPasswords:
    @pytest.mark.parametrize("name", ["王龙", "王龙（二科）", "Wang Long", "𠮷田"])
    def test_a_name(self, name: str) -> None:
        assert name_fault(name) == ""

    @pytest.mark.parametrize(
        "name",
        ["", "王" * 41, " 王龙", "王\u202e龙", "王\n龙", "王\u200b龙", "本机", "Hongtou", "王  龙"],
    )
    def test_no_name(self, name: str) -> None:
        assert name_fault(name)

    @pytest.mark.parametrize(
        "who", [ITSELF, sessions.NOBODY, requests.LOCAL, upkeep.ITSELF, invitation.ITSELF]
    )
    def test_nobody_is_named_as_who_acts_without_an_account(self, who: str) -> None:
        """The chain of events would not tell one from the other."""
        assert "另有所指" in name_fault(who)

    def test_names_that_look_alike_are_the_same(self) -> None:
        assert name_key("ＷＡＮＧ Long") == name_key("wanglong")

    @pytest.mark.parametrize("password", [PASSWORD, OTHER, "一二三四五六七八九十", "Kf9#mw2!Qz"])
    def test_a_password(self, password: str) -> None:
        assert password_fault(password, "陈炜") == ""

    @pytest.mark.parametrize(
        "password",
        ["", "短的", "1" * 12, "1234567890", "9876543210", "abcdefghijk", "Password2026!", "陈炜的密码是这个了呀", "x" * 129],
    )  # fmt: skip
    def test_no_password(self, password: str) -> None:
        assert password_fault(password, "陈炜")

    def test_argon2_as_owasp_has_it(self) -> None:
        assert HASHER.hash(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")

    def test_full_width_and_half_width_are_the_same_password(self) -> None:
        hashing = Hashing()
        assert hashing.is_right(hashing.hash("Ｋf９#mw2!Qz"), "Kf9#mw2!Qz")

    def test_no_password_is_never_right_and_costs_a_comparison(self) -> None:
        hashing = Hashing()
        assert not hashing.is_right("", "nobody")

    def test_what_cannot_be_compared_is_not_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> NoReturn:
            raise VerificationError("Memory allocation error")

        monkeypatch.setattr(hashing_module, "HASHER", SimpleNamespace(hash=str, verify=fail))
        with pytest.raises(Busy):
            Hashing().is_right("hash", PASSWORD)

    def test_two_of_the_threads_for_what_does_not_render_are_for_others(self) -> None:
        assert MOST <= SPARE_THREADS - 2

    def test_two_at_a_time_and_a_few_waiting(self) -> None:
        hashing = Hashing()
        at_work, most, go_on = 0, 0, threading.Event()
        lock = threading.Lock()

        def hold() -> None:
            nonlocal at_work, most
            with lock:
                at_work += 1
                most = max(most, at_work)
            go_on.wait(10)
            with lock:
                at_work -= 1

        threads = [threading.Thread(target=hashing._in_turn, args=(hold,)) for _ in range(MOST)]
        for thread in threads:
            thread.start()
        while hashing._room._value:
            threads[0].join(0.01)
        for refused in (lambda: hashing.hash(PASSWORD), hashing.refuse_crowd):
            with pytest.raises(Busy):
                refused()
        go_on.set()
        for thread in threads:
            thread.join()
        hashing.refuse_crowd()
        assert most == 2

    def test_they_give_way_to_renders_and_nobody_else_does(self) -> None:
        def niceness() -> int:
            return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

        ours = niceness()
        assert Hashing()._in_turn(niceness) == max(ours, NICENESS)
        assert niceness() == ours


class TestRoles:
    def test_what_each_may_do(self) -> None:
        clerk = {Scope.RENDER, Scope.CHECK, Scope.READ, Scope.EDIT}
        assert {
            Role.EDITOR: clerk,
            Role.REVIEWER: clerk | {Scope.REVIEW},
            Role.ADMINISTRATOR: clerk | {Scope.REVIEW, Scope.MANAGE},
        } == SCOPES


class TestTheFirstAccount:
    def test_its_link_makes_an_administrator_and_is_spent(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        token = first_link(archive, NOBODY)
        first = accounts.administration.use_link(token, "杨春明", PASSWORD, NOBODY)
        assert (first.name, first.role) == ("杨春明", Role.ADMINISTRATOR)
        assert accounts.roster.has_accounts
        with pytest.raises(NotKept, match="用过了"):
            accounts.administration.use_link(token, "陈炜", PASSWORD, NOBODY)
        with pytest.raises(WrongState, match="已经有帐号"):
            first_link(archive, NOBODY)
        assert [action for _, action in said(archive)] == [
            "account.link", "account.add", "account.password",
        ]  # fmt: skip

    def test_of_two_at_the_same_time_one_becomes_administrator(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        token = first_link(archive, NOBODY)
        names = iter(["杨春明", "陈炜"])
        found = both(lambda: accounts.administration.use_link(token, next(names), PASSWORD, NOBODY))
        assert sorted(type(one).__name__ for one in found) == ["Account", "NotKept"]
        assert len(accounts.administration.listed()) == 1

    def test_it_lasts_half_an_hour(self, archive: SqlArchive, accounts: Accounts) -> None:
        token = first_link(archive, NOBODY)
        late = replace(NOBODY, at=NOON + LINK_LIFE)
        with pytest.raises(NotKept):
            accounts.administration.use_link(token, "杨春明", PASSWORD, late)

    def test_a_new_link_takes_the_place_of_the_old(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        old, new = first_link(archive, NOBODY), first_link(archive, NOBODY)
        with pytest.raises(NotKept):
            accounts.administration.whose_link(old, NOBODY)
        assert accounts.administration.whose_link(new, NOBODY) is None

    def test_a_bad_password_does_not_spend_it(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        token = first_link(archive, NOBODY)
        for name, password in (("杨春明", "短"), ("", PASSWORD)):
            with pytest.raises(UnknownOption):
                accounts.administration.use_link(token, name, password, NOBODY)
        accounts.administration.use_link(token, "杨春明", PASSWORD, NOBODY)

    def test_nobody_is_added_before(self, accounts: Accounts) -> None:
        with pytest.raises(WrongState, match="还没有管理员"):
            accounts.administration.add("王龙", Role.EDITOR, BOSS)


@pytest.mark.usefixtures("boss")
class TestAccounts:
    def test_one_is_added_with_a_link(self, archive: SqlArchive, accounts: Accounts) -> None:
        added, token = accounts.administration.add("王龙", Role.EDITOR, BOSS)
        assert not added.is_usable
        with pytest.raises(Unauthorized):
            log_in(accounts, password="")
        accounts.administration.use_link(token, "", PASSWORD, NOBODY)
        assert log_in(accounts, seconds=1)
        assert ("杨春明", "account.add") in said(archive)
        assert ("王龙", "account.password") in said(archive)

    def test_a_name_is_taken_once(self, accounts: Accounts) -> None:
        member(accounts, "Wang Long")
        with pytest.raises(WrongState, match="已有人用"):
            accounts.administration.add("ＷＡＮＧlong", Role.EDITOR, BOSS)

    def test_a_forgotten_password_is_set_by_a_new_link(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        mine = member(accounts)
        _, token = accounts.administration.link(mine.id, BOSS)
        assert log_in(accounts)  # until it is used, the old one holds
        accounts.administration.use_link(token, "另一个名称", OTHER, NOBODY)
        assert accounts.administration.listed()[-1].name == "王龙"
        with pytest.raises(Unauthorized):
            log_in(accounts)
        assert log_in(accounts, password=OTHER)
        by_name = link_for(archive, "王 龙", NOBODY)
        assert (
            accounts.administration.whose_link(by_name, NOBODY)
            == accounts.roster._accounts[mine.id]
        )

    def test_the_last_administrator_stays_one(self, accounts: Accounts, boss: Account) -> None:
        for change in ((Role.EDITOR, None), (None, True)):
            with pytest.raises(WrongState, match="最后一个有密码的管理员"):
                accounts.administration.change(boss.id, *change, BOSS)
        other = member(accounts, "陈炜", Role.ADMINISTRATOR)
        assert accounts.administration.change(boss.id, Role.EDITOR, None, BOSS).role is Role.EDITOR
        with pytest.raises(WrongState):
            accounts.administration.change(other.id, None, True, BOSS)

    def test_two_administrators_who_disable_each_other(
        self, accounts: Accounts, boss: Account
    ) -> None:
        ids = iter([boss.id, member(accounts, "陈炜", Role.ADMINISTRATOR).id])
        found = both(lambda: accounts.administration.change(next(ids), None, True, BOSS))
        assert sorted(type(one).__name__ for one in found) == ["Account", "WrongState"]

    def test_one_that_is_not_there(self, accounts: Accounts) -> None:
        for number in (99, 2**40):
            with pytest.raises(NotKept):
                accounts.administration.link(number, BOSS)

    def test_the_command_line_enables_a_disabled_administrator(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        mine = member(accounts)
        accounts.administration.change(mine.id, None, True, BOSS)
        link_for(archive, "王龙", NOBODY)
        assert log_in(accounts)
        with archive.reading() as records:
            told = [(one.event.action, one.event.detail) for one in records.chain()][-3:-1]
        named = {"account": mine.id, "name": "王龙"}
        assert told == [
            ("account.change", {**named, "disabled": False}),
            ("account.link", named),
        ]

    def test_one_who_has_no_password_is_not_the_administrator_who_is_left(
        self, accounts: Accounts, boss: Account
    ) -> None:
        """Single sign-on may let him in, but its provider may be away."""
        other, _ = accounts.administration.add("陈炜", Role.ADMINISTRATOR, BOSS)
        accounts.sessions.begin_elsewhere("陈炜", NOBODY)
        with pytest.raises(WrongState, match="最后一个有密码的管理员") as refused:
            accounts.administration.change(boss.id, None, True, BOSS)
        assert "设好密码" in refused.value.hint
        assert not other.is_usable

    def test_a_disabled_one_has_no_link(self, accounts: Accounts) -> None:
        mine = member(accounts)
        _, token = accounts.administration.link(mine.id, BOSS)
        accounts.administration.change(mine.id, None, True, BOSS)
        for ask in (
            lambda: accounts.administration.whose_link(token, NOBODY),
            lambda: accounts.administration.use_link(token, "", OTHER, NOBODY),
        ):
            with pytest.raises(NotKept, match="已停用"):
                ask()
        with pytest.raises(WrongState, match="已停用"):
            accounts.administration.link(mine.id, BOSS)


@pytest.mark.usefixtures("boss")
class TestSessions:
    def test_a_session_says_who_it_is(self, archive: SqlArchive, accounts: Accounts) -> None:
        member(accounts)
        token = log_in(accounts)
        person = accounts.roster.person(token, NOON)
        assert person is not None
        assert person.account.name == "王龙"
        assert accounts.roster.person(new_token(), NOON) is None
        assert said(archive)[-1] == ("王龙", "session.begin")

    def test_each_log_in_has_its_own(self, accounts: Accounts) -> None:
        member(accounts)
        assert log_in(accounts) != log_in(accounts)

    def test_another_service_on_the_database_sees_it(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        member(accounts)
        other = Accounts(archive, NOON)
        token = log_in(accounts)
        other.roster.look(NOON)
        assert other.roster.person(token, NOON) is not None

    def test_it_ends_after_twelve_idle_hours(self, accounts: Accounts) -> None:
        member(accounts)
        token = log_in(accounts)
        soon = NOON + IDLE - timedelta(seconds=1)
        person = accounts.roster.person(token, soon)
        assert person is not None
        assert accounts.roster.person(token, NOON + IDLE) is None
        accounts.sessions.use(person, soon)
        accounts.look(soon)
        assert accounts.roster.person(token, soon + IDLE - timedelta(seconds=1)) is not None

    def test_log_out_ends_it_and_everywhere_ends_all(self, accounts: Accounts) -> None:
        member(accounts)
        one, two, three = (log_in(accounts) for _ in range(3))
        person = accounts.roster.person(one, NOON)
        assert person is not None
        accounts.sessions.end(person, NOBODY, everywhere=False)
        alive = [bool(accounts.roster.person(token, NOON)) for token in (one, two, three)]
        assert alive == [False, True, True]
        accounts.sessions.end(person, NOBODY, everywhere=True)
        assert not any(accounts.roster.person(token, NOON) for token in (one, two, three))

    @pytest.mark.parametrize("what", ["role", "disabled", "password", "link"])
    def test_what_ends_all(self, accounts: Accounts, what: str) -> None:
        mine = member(accounts)
        token = log_in(accounts)
        run = accounts.administration
        if what == "role":
            run.change(mine.id, Role.REVIEWER, None, BOSS)
        elif what == "disabled":
            run.change(mine.id, None, True, BOSS)
        elif what == "password":
            run.change_password(mine, PASSWORD, OTHER, NOBODY)
        else:
            run.use_link(run.link(mine.id, BOSS)[1], "", OTHER, NOBODY)
        assert accounts.roster.person(token, NOON) is None

    def test_a_log_in_that_was_under_way_is_ended_too(self, accounts: Accounts) -> None:
        mine = member(accounts)
        accounts.administration.change_password(mine, PASSWORD, OTHER, NOBODY)
        late = accounts.sessions.open(mine, NOBODY)  # checked before, begun after
        assert accounts.roster.person(late, NOON) is None

    def test_a_change_to_the_same_ends_nothing(self, accounts: Accounts) -> None:
        mine = member(accounts)
        token = log_in(accounts)
        accounts.administration.change(mine.id, Role.EDITOR, False, BOSS)
        assert accounts.roster.person(token, NOON) is not None

    def test_the_present_password_is_asked_for(self, accounts: Accounts) -> None:
        mine = member(accounts)
        with pytest.raises(Forbidden):
            accounts.administration.change_password(mine, OTHER, OTHER, NOBODY)

    def test_only_digests_are_kept(self, archive: SqlArchive, accounts: Accounts) -> None:
        mine = member(accounts)
        token, link = log_in(accounts), accounts.administration.link(mine.id, BOSS)[1]
        with archive.engine.connect() as connection:
            every = [
                str(row)
                for table in ("account", "session", "one_time_link", "event")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            ]
        assert not any(secret in row for row in every for secret in (token, link, PASSWORD))

    def test_the_chain_of_events_holds(self, archive: SqlArchive, accounts: Accounts) -> None:
        member(accounts)
        log_in(accounts)
        assert Desk(archive, Limits()).auditing.chain().fault == ""

    def test_the_token_of_forms_is_that_of_the_session(self) -> None:
        mine, others = new_token(), new_token()
        assert is_form_token(form_token(mine), mine)
        assert not is_form_token(form_token(others), mine)
        assert not is_form_token("", mine)
        assert not is_form_token("密", mine)


class TestGuessing:
    def test_pauses_grow_up_to_a_quarter_of_an_hour(self) -> None:
        assert [pause_seconds(count) for count in range(FREE + 4)] == [0] * FREE + [2, 4, 8, 16]
        assert pause_seconds(FREE + 9) == pause_seconds(1000) == LONGEST_SECONDS == 15 * 60

    def test_a_name_is_paused_at_one_address_and_no_other(self) -> None:
        guesses = Guesses()
        for _ in range(FREE):
            guesses.begin("王龙", "a", NOON)
        with pytest.raises(TooManyAttempts) as refused:
            guesses.begin("王龙", "a", NOON)
        assert refused.value.details == {"seconds": 2}
        guesses.begin("王龙", "b", NOON)
        guesses.begin("陈炜", "a", NOON)
        guesses.begin("王龙", "a", NOON + timedelta(seconds=2))

    def test_a_success_forgets(self) -> None:
        guesses = Guesses()
        for _ in range(10 * FREE):
            guesses.succeeded(guesses.begin("王龙", "a", NOON))

    def test_what_could_not_be_judged_has_not_failed(self) -> None:
        """A database that is away shuts nobody out for a quarter of an hour."""
        guesses = Guesses()
        for _ in range(2 * FREE):
            attempt = guesses.begin("王龙", "a", NOON)
            with pytest.raises(NoArchive), guesses.judging(attempt):
                raise NoArchive("数据库没有答复")
        for _ in range(FREE):
            guesses.begin("王龙", "a", NOON)
        with pytest.raises(TooManyAttempts):
            guesses.begin("王龙", "a", NOON)

    def test_who_logs_in_while_the_database_is_away_is_not_paused(
        self, archive: SqlArchive, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away() -> NoReturn:
            raise NoArchive("数据库没有答复")

        monkeypatch.setattr(archive, "reading", away)
        for _ in range(2 * FREE):
            with pytest.raises(NoArchive):
                accounts.sessions.begin("杨春明", PASSWORD, NOBODY)

    def test_thirty_a_minute_from_one_address_whatever_the_names(self) -> None:
        guesses = Guesses()
        for number in range(A_MINUTE):
            guesses.begin(f"名{number}", "a", NOON)
        with pytest.raises(TooManyAttempts):
            guesses.begin("别名", "a", NOON + timedelta(seconds=59))
        guesses.begin("别名", "a", NOON + timedelta(seconds=60))

    def test_those_that_come_too_early_count_and_then_the_name_is_not_read(self) -> None:
        guesses = Guesses()
        for number in range(A_MINUTE):
            guesses.refuse_crowd("a", NOON)
            with pytest.raises(TooManyAttempts) if number >= FREE else nullcontext():
                guesses.begin("王龙", "a", NOON)
        with pytest.raises(TooManyAttempts) as refused:
            guesses.refuse_crowd("a", NOON + timedelta(seconds=20))
        assert refused.value.details == {"seconds": 40}
        guesses.refuse_crowd("a", NOON + timedelta(seconds=60))
        guesses.refuse_crowd("b", NOON)

    def test_attempts_at_once_are_counted_before_they_are_compared(self) -> None:
        guesses = Guesses()
        passed = []

        def attempt() -> None:
            with pytest.raises(TooManyAttempts):
                while True:
                    passed.append(guesses.begin("王龙", "a", NOON))

        threads = [threading.Thread(target=attempt) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(passed) == FREE

    def test_memory_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hongtou.accounts.guessing.MOST_REMEMBERED", 5)
        guesses = Guesses()
        for number in range(50):
            guesses.begin("王龙", f"10.0.0.{number}", NOON)
        assert len(guesses._failures) == len(guesses._minute) == 5

    @pytest.mark.usefixtures("boss")
    def test_what_was_tried_is_in_the_chain_without_what_may_be_a_password(
        self, archive: SqlArchive, accounts: Accounts
    ) -> None:
        member(accounts)
        for _ in range(FREE):
            with pytest.raises(Unauthorized, match="名称或密码不对"):
                log_in(accounts, password="不对的密码不对的")
        with pytest.raises(Unauthorized, match="名称或密码不对"):
            log_in(accounts, name="误填在名称里的密码")
        with pytest.raises(TooManyAttempts):
            log_in(accounts)
        with archive.reading() as records:
            tried = [one.event for one in records.chain() if one.event.who == "未登录"]
        assert [event.action for event in tried] == [
            *["session.refuse"] * (FREE - 1), "session.pause", "session.refuse",
        ]  # fmt: skip
        assert tried[0].detail["name"] == "王龙"
        assert tried[-1].detail == {}


class TestCommands:
    """``hongtou accounts``, beside a service or without one."""

    @pytest.fixture
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        file = tmp_path / "hongtou.db"
        monkeypatch.setenv("HONGTOU_DATABASE", str(file))
        fresh_archive(str(file)).close()
        return file

    def told(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["accounts", *words])

    def test_the_list_tells_who_may_do_what(self, file: Path) -> None:
        empty = self.told("list")
        assert (empty.exit_code, empty.stdout) == (0, "")
        assert "hongtou accounts link" in empty.stderr
        archive = open_archive(str(file))
        with archive.writing() as records:
            records.add_account("王龙", name_key("王龙"), Role.EDITOR, NOON)
            left = records.add_account("陈炜", name_key("陈炜"), Role.ADMINISTRATOR, NOON)
            records.set_disabled(left, NOON, NOON)
        archive.close()
        told = self.told("list")
        assert (told.exit_code, told.stderr) == (0, "")
        assert sorted(told.stdout.splitlines()) == [
            "王龙\t编辑\t还没有设定密码",
            "陈炜\t管理员\t已停用",
        ]

    def test_a_link_is_that_of_the_first_administrator_or_of_a_name(self, file: Path) -> None:
        first = self.told("link")
        assert first.exit_code == 0
        assert re.search(r"设定管理员：请在 30 分钟内.*/setup#[\w-]{40,}", first.stdout, re.S)
        unknown = self.told("link", "王龙")
        assert (unknown.exit_code, "没有名为“王龙”的帐号" in unknown.stderr) == (2, True)

    def test_without_a_database_there_are_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HONGTOU_DATABASE", "none")
        assert (self.told("list").exit_code, self.told("link").exit_code) == (4, 4)
