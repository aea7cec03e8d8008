"""Two hundred editors who save every two seconds, beside renders that take all they can get."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from benchmarks.accounts.rendering import SAMPLE, rendered
from benchmarks.durability.editor import PLAN, SAVED, begin
from benchmarks.service.processes import processor_seconds
from benchmarks.service.record import machine, milliseconds, percentile, write
from tests.support.serving import JSON, Serving, serving

EDITORS, EVERY_SECONDS = 200, 2.0
CONNECTIONS = 10  # in which the saves of a twentieth of them go one after the other
TURN_SECONDS = 20.0
SAVED_SECONDS, LEAST_SHARE = 0.3, 0.8


@dataclass
class Turns:
    """What was done in turns with editors, and what in the turns without; seconds of each save."""

    saves: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    renders: int = 0
    renders_without: int = 0
    spent: float = 0.0
    spent_without: float = 0.0
    sender: float = 0.0

    @property
    def share(self) -> float:
        return self.renders / max(1, self.renders_without)

    @property
    def cost(self) -> float:
        """Return the seconds of the service's own process that a save takes, renders left out."""
        each = self.spent_without / max(1, self.renders_without)
        return (self.spent - each * self.renders) / max(1, len(self.saves))


def crowd(turns: int) -> None:
    """Save and render in so many turns."""
    run_on = machine()
    with serving() as service:
        found = beside(service, EDITORS, turns, TURN_SECONDS)
    asked_for = EDITORS / EVERY_SECONDS * turns * TURN_SECONDS
    figures = {
        f"{EDITORS} 人各每 {EVERY_SECONDS:g} 秒存一次，轮换 {turns} 回，每回 {TURN_SECONDS:g} 秒": (
            f"存 {len(found.saves)} 次（应有 {asked_for:.0f}），中位 {milliseconds(percentile(found.saves, 0.5))}，"
            f"p99 {milliseconds(percentile(found.saves, 0.99))}；"
            f"答复 {'，'.join(f'{status} {count} 次' for status, count in found.statuses.items())}"
        ),
        "其间排版": f"{found.renders} 期，没有人存时 {found.renders_without} 期，{found.share:.0%}",
        "处理器时间": f"一次保存 {found.cost * 1000:.1f} 毫秒（网络服务），压测自身 {found.sender:.1f} 秒",
    }
    promises = {
        "保存 p99 不超过 300 毫秒": percentile(found.saves, 0.99) <= SAVED_SECONDS
        and set(found.statuses) == {SAVED},
        "排版不少于没有人存时的 80 %": found.share >= LEAST_SHARE,
    }
    write("accounts-crowd", run_on, figures, promises, figures)


def beside(service: Serving, editors: int, turns: int, seconds: float) -> Turns:
    """Render in turns, with editors who save and without them."""
    found = Turns()
    assert service.ask("POST", "/v1/publications", PLAN).status == 201
    issues = [begin(service, number) for number in range(1, editors + 1)]
    versions = dict.fromkeys(issues, 1)
    for _ in range(turns):
        with _counting(service) as spent:
            found.renders_without += rendered(service.render, seconds)
        found.spent_without += spent[0]
        with _counting(service) as spent, _saving(service, versions, seconds, found):
            found.renders += rendered(service.render, seconds)
        found.spent += spent[0]
        found.sender += spent[1]
    return found


@contextmanager
def _counting(service: Serving) -> Iterator[list[float]]:
    """Fill a list with the processor time of the web process and of ourselves."""
    spent: list[float] = []
    before = processor_seconds(service.process.pid)
    yield spent
    web, _, own = processor_seconds(service.process.pid)
    spent += [web - before[0], own - before[2]]


@contextmanager
def _saving(
    service: Serving, versions: dict[int, int], seconds: float, found: Turns
) -> Iterator[None]:
    """Let everybody save, each at a moment of their own within two seconds."""
    began = time.monotonic()
    threads = [
        threading.Thread(
            target=_save_in_turn,
            args=(service.port, list(versions)[one::CONNECTIONS], versions, began, seconds, found),
        )
        for one in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()


def _save_in_turn(
    port: int,
    issues: list[int],
    versions: dict[int, int],
    began: float,
    seconds: float,
    found: Turns,
) -> None:
    """Save one issue after the other, when it is due; whoever is late counts from when it was."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    pause, number = EVERY_SECONDS / max(1, len(issues)), 0
    while (due := began + number * pause) < began + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        issue = issues[number % len(issues)]
        number += 1
        headers = {**JSON, "If-Match": f'"{versions[issue]}"'}
        connection.request("PUT", f"/v1/issues/{issue}", _text(issue, number), headers)
        answer = connection.getresponse()
        answer.read()
        found.statuses[answer.status] += 1
        found.saves.append(time.monotonic() - due)
        versions[issue] += answer.status == SAVED
    connection.close()


def _text(issue: int, number: int) -> bytes:
    """Return an issue as long as the sample, with another word in it."""
    text = json.loads(SAMPLE)
    text["masthead"] |= {"issue_number": issue, "total_number": issue}
    text["articles"][0]["headline"] += f"（改 {number}）"
    return json.dumps(text, ensure_ascii=False).encode()
