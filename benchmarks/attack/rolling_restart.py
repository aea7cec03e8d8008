"""Restarts under load: a parent holds the socket, clients render on and on, and no request may fail.

    python -m benchmarks.attack rolling_restart

In one order the successor is ready before its forerunner is told to stop; in the other, that of `systemctl restart`, it is
started when the forerunner has ended, and the kernel keeps who comes meanwhile. Both once with nginx in front.
"""

from __future__ import annotations

import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

from benchmarks.attack.row import Row
from tests.support.activated import Activator, activator
from tests.support.proxy import NAME, proxied
from tests.support.serving import JSON, ROOT, TYPESETTER, Serving

TURNS = 4
LOAD_SECONDS = 0.5  # before and after each turn
LONGEST_WAIT_SECONDS = 15.0  # drain of a few renders, then a start; alone about 1.5 s
DOCUMENTS = tuple(path.read_bytes() for path in sorted((ROOT / "examples").glob("*.json")))

Connect = Callable[[], HTTPConnection]
Turn = Callable[[Activator, Serving], Serving]


@dataclass
class Load:
    """Four clients: two keep their connection, two open one for each request."""

    connect: Connect
    document: tuple[bytes, ...] = DOCUMENTS
    over: threading.Event = field(default_factory=threading.Event)
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @contextmanager
    def going(self) -> Iterator[None]:
        with ThreadPoolExecutor(4) as threads:
            clients = [threads.submit(self._ask, kept) for kept in (True, True, False, False)]
            try:
                yield
            finally:
                self.over.set()
            for client in clients:
                client.result()

    def _ask(self, kept: bool) -> None:
        connection = self.connect()
        for document in itertools.cycle(self.document):
            if self.over.is_set():
                break
            began = time.monotonic()
            try:
                connection.request("POST", "/v1/render", document, JSON)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status != 200 or not content:
                    self.failures.append(str(answer.status))
            except (OSError, HTTPException) as fault:
                self.failures.append(repr(fault))
                connection.close()
            self.seconds.append(time.monotonic() - began)
            if not kept:
                connection.close()
                connection = self.connect()
        connection.close()


def run(
    turns: int = TURNS, opener: str = TYPESETTER, documents: tuple[bytes, ...] = DOCUMENTS
) -> list[Row]:
    """Restart in both orders, without and with nginx."""
    rows = []
    for order, turn in (("先起后停", roll), ("先停后起", restart)):
        rows += _plain(order, turn, turns, opener, documents)
        rows += _behind_nginx(order, turn, turns, opener, documents)
    return rows


def roll(parent: Activator, old: Serving) -> Serving:
    """Start the successor, and stop the forerunner once it is ready."""
    new = _started(parent)
    assert parent.stop(old) == 0
    return new


def restart(parent: Activator, old: Serving) -> Serving:
    """Stop the forerunner, then start the successor: what ``systemctl restart`` does."""
    assert parent.stop(old) == 0
    return _started(parent)


def _started(parent: Activator) -> Serving:
    service = parent.start()
    parent.wait_for("READY=1", service)
    return service


def _plain(
    order: str, turn: Turn, turns: int, opener: str, documents: tuple[bytes, ...]
) -> list[Row]:
    with activator(opener, workers=2) as parent:
        load = Load(lambda: HTTPConnection("127.0.0.1", parent.port, timeout=60), documents)
        restart_under(load, parent, turn, turns)
    return _rows(f"{order}，{turns} 回", load)


def _behind_nginx(
    order: str, turn: Turn, turns: int, opener: str, documents: tuple[bytes, ...]
) -> list[Row]:
    with (
        activator(opener, workers=2) as parent,
        tempfile.TemporaryDirectory() as folder,
        proxied(Path(folder), parent.port) as proxy,
    ):
        load = Load(
            lambda: HTTPSConnection(NAME, proxy.port, timeout=60, context=proxy.trust()), documents
        )
        restart_under(load, parent, turn, turns)
    return _rows(f"{order}，{turns} 回，经过 nginx", load)


def restart_under(load: Load, parent: Activator, turn: Turn, turns: int) -> None:
    service = _started(parent)
    with load.going():
        for _ in range(turns):
            time.sleep(LOAD_SECONDS)
            service = turn(parent, service)
        time.sleep(LOAD_SECONDS)


def _rows(title: str, load: Load) -> list[Row]:
    longest = max(load.seconds)
    told = f"：{'、'.join(sorted(set(load.failures))[:3])}" if load.failures else ""
    return [
        Row(
            f"{title}：失败的请求",
            f"{len(load.failures)} / {len(load.seconds)}{told}",
            not load.failures and len(load.seconds) > 0,
        ),
        Row(f"{title}：最长的一次", f"{longest:.2f} 秒", longest < LONGEST_WAIT_SECONDS),
    ]
