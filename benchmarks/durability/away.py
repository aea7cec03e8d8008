"""A PostgreSQL that is away, silent, slow, failing over or full: what editors are told meanwhile."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import psycopg

from benchmarks.durability.editor import CREATED, PLAN, SAVED, begin
from benchmarks.service.record import machine, milliseconds, percentile, write
from tests.support.archives import document
from tests.support.databases import postgresql
from tests.support.faulty_link import SOCKET_NAME, FaultyLink, faulty_link
from tests.support.serving import JSON, Answer, Serving, serving
from tests.support.stand_in import OPENER

EDITORS = 40  # more than the service has threads
FAULT_SECONDS = 15.0
SLOW_SECONDS = 5.0
LOCK_SECONDS = 60.0
ANSWERED_SECONDS = 6.0
HEALTHY_SECONDS = 0.2
RECOVERED_SECONDS = 10.0
POLL_SECONDS = 0.05
PAUSE_SECONDS = 0.5  # of an editor
OK, AWAY = 200, 503
MOST_CONNECTIONS = 15  # of SQLAlchemy's pool: 5, and 10 more


@dataclass
class Tally:
    """What was answered while something was the matter."""

    saves: list[Answer] = field(default_factory=list)
    health: list[Answer] = field(default_factory=list)
    renders: list[Answer] = field(default_factory=list)
    unanswered: int = 0
    recovered: float = 0.0


def away(cycles: int) -> None:
    """Try all of them, and then so many cuts in a row."""
    run_on = machine()
    figures: dict[str, str] = {}
    promises: dict[str, bool] = {}

    def note(name: str, tally: Tally) -> None:
        figures[name], kept = told(tally)
        for promise, is_kept in kept.items():
            promises[promise] = promises.get(promise, True) and is_kept

    with office() as (service, link, home):
        figures["没有故障"] = told(under(service, lambda: None))[0]  # what the machine itself does
        for name, fault in FAULTS.items():
            note(name, under(service, fault(link, home)))
        before = _descriptors(service)
        for _ in range(cycles):
            link.cut()
            save(service, 1)
            link.mend()
        _await_saved(service)
        open_now = _connections(home)
        after = _descriptors(service)
    note(f"SQLite 的锁被别的程序占住 {LOCK_SECONDS:g} 秒", locked())
    figures[f"断开又接上 {cycles} 次"] = (
        f"数据库上 {open_now} 个连接，服务的描述符 {before} → {after}"
    )
    promises["连接一个也没有漏"] = open_now <= MOST_CONNECTIONS and after <= before
    write("durability-away", run_on, figures, promises, figures)


@contextmanager
def office() -> Iterator[tuple[Serving, FaultyLink, str]]:
    """Run a service whose database is at the end of a link; yield the address past it too."""
    with (
        postgresql(is_durable=True) as home,
        faulty_link(Path(parse_qs(urlsplit(home).query)["host"][0])) as link,
        serving(OPENER, database=link.url) as service,
    ):
        _fill(service)
        yield service, link, home


def _fill(service: Serving) -> None:
    """Let each editor begin an issue."""
    assert service.ask("POST", "/v1/publications", PLAN).status == CREATED
    for number in range(1, EDITORS + 1):
        begin(service, number)


def save(service: Serving, issue: int) -> Answer:
    """Save a text over whatever version there is."""
    record = service.ask("GET", f"/v1/issues/{issue}/record", seconds=60)
    if record.status != OK:
        return record
    headers = {**JSON, "If-Match": f'"{record.json["version"]}"'}
    text = document(issue, body=f"{time.monotonic()}。")
    return service.ask("PUT", f"/v1/issues/{issue}", text, 60, headers)


def locked() -> Tally:
    """Hold the lock of those who write into a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hongtou.db"
        with serving(OPENER, database=file) as service:
            _fill(service)
            with closing(sqlite3.connect(file, check_same_thread=False)) as other:
                other.execute("BEGIN IMMEDIATE")
                return under(service, other.rollback, LOCK_SECONDS)


def under(service: Serving, mend: Callable[[], object], seconds: float = FAULT_SECONDS) -> Tally:
    """Let editors save, ask how the service is and render, under a fault and after it."""
    tally, stop = Tally(), threading.Event()
    works: list[Callable[[], None]] = [
        *(
            _repeat(stop, tally, tally.saves, _saving(service, one + 1), PAUSE_SECONDS)
            for one in range(EDITORS)
        ),
        _repeat(stop, tally, tally.health, lambda: service.ask("GET", "/healthz")),
        _repeat(stop, tally, tally.renders, lambda: service.render(b"{}")),
    ]
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    mend()
    tally.recovered = _await_saved(service)
    return tally


def told(tally: Tally) -> tuple[str, dict[str, bool]]:
    """Return a tally in words, and which promises were kept."""
    refused = [one for one in tally.saves if one.status != SAVED]
    longest = max((one.seconds for one in refused), default=0.0)
    statuses = sorted({one.status for one in refused})
    health = [one.seconds for one in tally.health]
    words = (
        f"存 {len(tally.saves)} 次，{len(refused)} 次没有存成（{'、'.join(map(str, statuses))}），"
        f"最久 {longest:.1f} 秒；`/healthz` {len(health)} 次，p99 {milliseconds(percentile(health, 0.99))}，"
        f"最久 {milliseconds(max(health))}；排版 {len(tally.renders)} 次；"
        f"没有答复的 {tally.unanswered}；恢复后 {tally.recovered:.1f} 秒存下"
    )
    return words, {
        "存不成的 6 秒内答复 503，带 Retry-After": longest <= ANSWERED_SECONDS
        and all(one.status == AWAY and "Retry-After" in one.headers for one in refused)
        and not tally.unanswered,
        "`/healthz` p99 不到 200 毫秒": percentile(health, 0.99) < HEALTHY_SECONDS
        and all(one.status == OK for one in tally.health),
        "照常排版": bool(tally.renders) and all(one.status == OK for one in tally.renders),
        "恢复后 10 秒内存下": tally.recovered <= RECOVERED_SECONDS,
    }


def _cut(link: FaultyLink, home: str) -> Callable[[], None]:
    link.cut()
    return link.mend


def _silenced(link: FaultyLink, home: str) -> Callable[[], None]:
    link.silence()
    return link.mend


def _slowed(link: FaultyLink, home: str) -> Callable[[], None]:
    link.delay = SLOW_SECONDS
    return link.mend


def _used_up(link: FaultyLink, home: str) -> Callable[[], None]:
    """Take every connection that the server gives, as another program may."""
    link.cut()  # so that the service has none left
    link.mend()
    taken = []
    with suppress(psycopg.OperationalError):
        while True:
            taken.append(psycopg.connect(home))
    return lambda: [one.close() for one in taken].clear()


def _failed_over(link: FaultyLink, home: str) -> Callable[[], None]:
    """Leave the server for another one that is not there yet."""
    folder = Path(parse_qs(urlsplit(home).query)["host"][0])
    link.lead_to(folder / "coming")
    threading.Timer(FAULT_SECONDS / 3, link.lead_to, (folder / SOCKET_NAME,)).start()
    return link.mend


FAULTS = {
    "数据库断开": _cut,
    "数据库不出声（网络断了）": _silenced,
    f"数据库每次慢 {SLOW_SECONDS:g} 秒": _slowed,
    "数据库的连接用完": _used_up,
    f"数据库换一台，{FAULT_SECONDS / 3:g} 秒后才接上": _failed_over,
}


def _saving(service: Serving, issue: int) -> Callable[[], Answer]:
    return lambda: save(service, issue)


def _repeat(
    stop: threading.Event,
    tally: Tally,
    answers: list[Answer],
    ask: Callable[[], Answer],
    pause: float = POLL_SECONDS,
) -> Callable[[], None]:
    def work() -> None:
        while not stop.is_set():
            try:
                answers.append(ask())
            except (OSError, HTTPException):
                tally.unanswered += 1
            stop.wait(pause)

    return work


def _await_saved(service: Serving) -> float:
    began = time.monotonic()
    while save(service, 1).status != SAVED and time.monotonic() < began + 60:
        time.sleep(POLL_SECONDS)
    return time.monotonic() - began


def _connections(home: str) -> int:
    """Return how many connections there are that came through the link."""
    counted = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    with psycopg.connect(home) as own:
        row = own.execute(f"{counted} AND pid <> pg_backend_pid()").fetchone()
    return int(row[0]) if row else 0


def _descriptors(service: Serving) -> int:
    return len(list(Path(f"/proc/{service.process.pid}/fd").iterdir()))
