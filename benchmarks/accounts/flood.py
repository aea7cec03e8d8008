"""Renders beside a flood of log-ins, and without it, in turns."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.accounts.names import KNOWN
from benchmarks.accounts.office import Office, address, guess, office
from benchmarks.accounts.rendering import rendered
from benchmarks.service.flood import Flood
from benchmarks.service.processes import processor_seconds
from benchmarks.service.record import machine, write
from tests.support.serving import TYPESETTER

TURN_SECONDS = 10.0
LEAST_SHARE = 0.9  # of the renders that are done without the flood
RATE = 1000.0  # log-ins a second


@dataclass
class Beside:
    """What was done in turns beside one flood, and what in the turns between."""

    renders: int = 0
    renders_without: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    spent: list[tuple[float, float, float]] = field(default_factory=list)  # web, workers, sender

    @property
    def share(self) -> float:
        return self.renders / max(1, self.renders_without)


def flood(turns: int) -> None:
    """Flood from one address, then from as many as there are log-ins, so many turns each."""
    run_on = machine()
    figures: dict[str, str] = {}
    promises: dict[str, bool] = {}
    with office(TYPESETTER) as made:
        for title, addresses in (("一个地址", 1), ("每次换一个地址", 0)):
            found = beside(made, turns, addresses)
            figures[f"每秒 {RATE:g} 次登录，同一个名称，{title}"] = _told(found)
            promises[f"{title}：排版不少于没有时的 90 %"] = found.share >= LEAST_SHARE
    write("accounts-flood", run_on, figures, promises, figures)


def beside(made: Office, turns: int, addresses: int, seconds: float = TURN_SECONDS) -> Beside:
    """Return what was rendered; ``addresses`` 0 takes another one for each log-in."""
    found = Beside()
    for turn in range(turns):
        found.renders_without += rendered(made.render, seconds)
        sender = LogIns(made.service.port, RATE, addresses, turn)
        thread = threading.Thread(target=sender.run, args=(seconds,))
        before = processor_seconds(made.service.process.pid)
        thread.start()
        found.renders += rendered(made.render, seconds)
        after = processor_seconds(made.service.process.pid)
        thread.join()
        web, workers, own = (late - early for early, late in zip(before, after, strict=True))
        found.spent.append((web, workers, own))
        found.statuses += Counter(answer.status for answer in sender.answers)
    return found


class LogIns(Flood):
    """Tries wrong passwords for one name, from so many addresses; 0 takes another each time."""

    def __init__(self, port: int, rate: float, addresses: int, turn: int) -> None:
        super().__init__(port, b"", rate)
        self._addresses = addresses
        self._number = turn * 1_000_000

    def _ask(self) -> None:
        self._number += 1
        number = self._number % self._addresses if self._addresses else self._number
        self._request = _log_in(self._port, address(number))
        super()._ask()


def _log_in(port: int, client: str) -> bytes:
    body = guess(KNOWN)
    head = (
        f"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"X-Forwarded-For: {client}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _told(found: Beside) -> str:
    statuses = "，".join(
        f"{status or '无答复'} {count} 次" for status, count in sorted(found.statuses.items())
    )
    web, workers, sender = (sum(each) for each in zip(*found.spent, strict=True))
    return (
        f"排版 {found.renders} 期，没有时 {found.renders_without} 期，{found.share:.0%}；"
        f"答复 {statuses}；处理器：网络服务 {web:.1f} 秒，排版进程 {workers:.1f} 秒，压测自身 {sender:.1f} 秒"
    )
