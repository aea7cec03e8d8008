"""A database that does not answer: whoever saves is told within seconds, and nobody else waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partialmethod
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from hongtou.accounts import Accounts
from hongtou.accounts.sign_on import Departure
from hongtou.accounts.tokens import form_token
from hongtou.bulletin.errors import NoArchive, ServiceError
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk, Stamp
from hongtou.store import SqlArchive, database_errors, open_archive
from hongtou.store.applied import migrate
from hongtou.store.database_errors import CAUSES, PAUSE_SECONDS, UNKNOWN, Outage
from hongtou.store.patience import PATIENCE, WAIT_SECONDS, patience
from hongtou.web.app import create_app
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from hongtou.web.server.dispatching import ARCHIVE_THREADS, Dispatcher, SharedQueue
from tests.support.archives import WANG, document, emptied, kept, server
from tests.support.fakes import FakeTypesetter
from tests.support.faulty_link import FaultyLink, faulty_link
from tests.support.house import House, cheap_hashes, now
from tests.test_routes import NUMBER

__all__ = ["cheap_hashes", "server"]
SOON = 0.3  # seconds, instead of five
SILENT = next(one for one in CAUSES if "没有答复" in one.message)
CYCLES = 40


@pytest.fixture
def link(server: str) -> Iterator[FaultyLink]:
    """A link to the server, which is silent in none of its directions yet."""
    with faulty_link(Path(parse_qs(urlsplit(emptied(server)).query)["host"][0])) as opened:
        yield opened


@pytest.fixture
def archive(link: FaultyLink) -> Iterator[SqlArchive]:
    opened = open_archive(link.url)
    yield opened
    link.mend()
    opened.close()


@pytest.fixture
def impatient() -> Iterator[None]:
    with patience(SOON):
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(database_errors, "monotonic", lambda: now[0])
    return now


class TestAServer:
    @pytest.mark.slow
    def test_silence_is_told_and_ends_with_its_connection(
        self, archive: SqlArchive, link: FaultyLink, impatient: None
    ) -> None:
        desk = Desk(archive, Limits())
        kept(desk)
        link.silence()
        with pytest.raises(NoArchive, match="没有答复"):
            desk.publications.listed()
        assert PATIENCE.left < SOON / 10  # it was waited for
        assert archive.engine.pool.checkedout() == 0

    @pytest.mark.slow
    @pytest.mark.parametrize("end", ["cut", "silence"])
    def test_what_it_did_not_take_is_taken_once_it_is_back(
        self, archive: SqlArchive, link: FaultyLink, end: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database_errors, "PAUSE_SECONDS", 0.0)
        desk = Desk(archive, Limits())
        one = kept(desk, 1)
        with patience(SOON), pytest.raises(NoArchive):
            getattr(link, end)()
            desk.issues.save(one, 1, document(1, body="二。"), WANG)
        link.mend()
        assert desk.issues.save(one, 1, document(1, body="二。"), WANG).version == 2

    @pytest.mark.slow
    def test_slow_answers_are_added_up(self, archive: SqlArchive, link: FaultyLink) -> None:
        desk = Desk(archive, Limits())
        desk.publications.listed()
        link.delay = SOON / 4  # in each direction, of each of several answers
        with patience(SOON), pytest.raises(NoArchive, match="没有答复"):
            desk.publications.listed()

    @pytest.mark.slow
    def test_nothing_leaks_from_cuts(
        self, archive: SqlArchive, link: FaultyLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database_errors, "PAUSE_SECONDS", 0.0)
        desk = Desk(archive, Limits())
        for _ in range(CYCLES):
            link.cut()
            with pytest.raises(NoArchive, match="连不上"):
                desk.publications.listed()
            link.mend()
            desk.publications.listed()
        assert archive.engine.pool.checkedout() == 0
        assert link.passed <= 2 * CYCLES

    @pytest.mark.slow
    def test_a_migration_may_take_longer_than_a_request(self, archive: SqlArchive) -> None:
        show = text("SHOW statement_timeout")
        with archive.engine.begin() as connection:
            assert connection.execute(show).scalar() == f"{WAIT_SECONDS}s"
            migrate(connection)
            assert connection.execute(show).scalar() == "0"

    @pytest.mark.slow
    def test_a_patient_reader_is_not_interrupted(
        self, archive: SqlArchive, link: FaultyLink
    ) -> None:
        link.delay = SOON / 4
        with patience(100 * SOON):
            assert Desk(archive, Limits()).auditing.chain().fault == ""


class TestAnOutage:
    def test_one_asks_again_after_a_moment_and_nobody_else_waits(self, clock: list[float]) -> None:
        outage = Outage()
        outage.refuse()
        outage.note(SILENT)
        with pytest.raises(NoArchive, match="没有答复"):
            outage.refuse()
        clock[0] += PAUSE_SECONDS
        outage.refuse()  # this one asks
        with pytest.raises(NoArchive):
            outage.refuse()
        outage.note(None)
        outage.refuse()

    def test_one_who_never_comes_back_is_followed_by_another(self, clock: list[float]) -> None:
        outage = Outage()
        outage.note(SILENT)
        clock[0] += PAUSE_SECONDS
        outage.refuse()
        clock[0] += WAIT_SECONDS
        outage.refuse()

    @pytest.mark.parametrize("cause", [one for one in (*CAUSES, UNKNOWN) if not one.stops_all])
    def test_what_concerns_one_request_stops_no_other(self, cause: database_errors.Cause) -> None:
        outage = Outage()
        outage.note(cause)
        outage.refuse()


class Task(SimpleNamespace):
    uses_archive = False
    tenant = "a"


class Bound(Task):
    uses_archive = True


class TestTheThreads:
    def test_those_who_use_the_archive_get_so_many_and_no_more(self) -> None:
        queue = SharedQueue(2)
        for kind in (Bound, Bound, Bound, Task):
            queue.append(kind())
        assert [queue.popleft().uses_archive for _ in range(len(queue))].count(True) == 2
        assert not queue
        queue.give_back()
        assert len(queue) == 1
        assert queue.popleft().uses_archive

    def test_the_kinds_take_turns(self) -> None:
        queue = SharedQueue(9)
        for kind in (Bound, Bound, Task, Task):
            queue.append(kind())
        assert [queue.popleft().uses_archive for _ in range(4)] == [False, True, False, True]

    def test_a_database_that_hangs_leaves_threads_and_every_task_is_done(self) -> None:
        dispatcher = Dispatcher(threads=6)
        free, released, done = threading.Event(), threading.Event(), threading.Semaphore(0)

        def hang() -> None:
            released.wait()
            done.release()

        for _ in range(20):
            dispatcher.add_task(Bound(service=hang))
        dispatcher.add_task(Task(service=free.set))
        assert free.wait(10)
        released.set()
        assert all(done.acquire(timeout=10) for _ in range(20))
        dispatcher.shutdown()

    def test_there_are_threads_for_renders_and_two_more(self) -> None:
        config = Config()
        assert config.threads >= config.workers + config.queue + ARCHIVE_THREADS + 2


class Watched:
    """An archive, and an identity provider, that count how often they are asked."""

    def __init__(self, archive: SqlArchive) -> None:
        self._archive = archive
        self.path = archive.path
        self.asked = 0

    def _ask(self, name: str) -> Any:
        self.asked += 1
        return getattr(self._archive, name)()

    reading = partialmethod(_ask, "reading")
    writing = partialmethod(_ask, "writing")
    try_out = partialmethod(_ask, "try_out")

    def address(self, *_: object) -> str:
        self.asked += 1
        return "/"

    def name(self, *_: object) -> str:
        self.asked += 1
        return "administrator"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    made = House(tmp_path_factory.mktemp("house") / "hongtou.db")
    made.people()
    yield Watched(made.archive)
    made.archive.close()


@pytest.fixture(scope="module")
def client(watched: Watched) -> FlaskClient:
    """Return a client of whoever may do everything, after a while in which they did nothing."""
    accounts = Accounts(watched, now())  # type: ignore[arg-type]
    boss = next(one for one in accounts.administration.listed() if one.name == "administrator")
    session = accounts.sessions.open(boss, Stamp("测试", now() - timedelta(hours=1)))
    departure = Departure.begin()
    client = create_app(
        Config(proxies="127.0.0.1", proxy_user="X-Remote-User"),
        FakeTypesetter(),
        desk=Desk(watched, Limits()),  # type: ignore[arg-type]
        accounts=accounts,
        provider=watched,  # type: ignore[arg-type]
    ).test_client(use_cookies=False)
    cookies = f"hongtou-session={session}; hongtou-departure={departure.token}."
    client.environ_base |= {
        "HTTP_COOKIE": cookies,
        "HTTP_X_REMOTE_USER": "administrator",
        "HTTP_X_CSRF_TOKEN": form_token(session),
        "hongtou.test.state": departure.state,
    }
    return client


@pytest.mark.slow
@pytest.mark.parametrize(
    "route", [one for one in ROUTES if not one.uses_archive], ids=lambda one: one.endpoint
)
def test_what_is_not_declared_to_use_the_archive_or_the_provider_does_not(
    route: Route, client: FlaskClient, watched: Watched
) -> None:
    state = client.environ_base["hongtou.test.state"]
    path = NUMBER.sub("1", route.path) + f"?state={state}&code=1" * (route.method == "GET")
    asked = watched.asked
    client.open(path, method=route.method, data=b"{}", content_type="application/json")
    operators = {"operations.readyz", "operations.metrics"}  # ask in a thread of their own
    assert watched.asked == asked or route.endpoint in operators


def test_the_errors_of_a_cause_are_told_with_what_to_do() -> None:
    for cause in (*CAUSES, UNKNOWN):
        assert isinstance(cause.error(), ServiceError)
        assert cause.error().hint
