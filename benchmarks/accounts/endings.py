"""Sessions end on every node: two services on one PostgreSQL, how long after the answer of one the other knows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.cookies import SimpleCookie

from benchmarks.durability.kills import Start
from benchmarks.service.record import machine, milliseconds, percentile, write
from hongtou.accounts.tokens import form_token
from tests.support.databases import postgresql
from tests.support.house import OTHER, PASSWORD, House
from tests.support.serving import JSON, Answer, Serving, serving
from tests.support.stand_in import OPENER

ENDED_SECONDS = 1.0
POLL_SECONDS = 0.01
PATIENCE_SECONDS = 60.0
OK, ENDED = 200, 401
WHO = "/v1/session"


@dataclass(frozen=True)
class Visit:
    """Somebody's session, at whichever service."""

    token: str

    def ask(self, service: Serving, method: str, path: str, body: object = None) -> Answer:
        headers = {
            **JSON,
            "Cookie": f"hongtou-session={self.token}",
            "X-CSRF-Token": form_token(self.token),
        }
        return service.ask(method, path, json.dumps(body).encode(), headers=headers)


@dataclass(frozen=True)
class Nodes:
    """Two services on one database; ``editor`` is the number of that account."""

    here: Serving
    there: Serving
    editor: int

    def visit(self, name: str, password: str = PASSWORD) -> Visit:
        """Return a new session that both know."""
        made = logged_in(self.here, name, password)
        assert await_status(self.there, made, OK) < PATIENCE_SECONDS
        return made


@contextmanager
def nodes(start: Start = serving) -> Iterator[Nodes]:
    """Run them, with an account for each role."""
    with postgresql() as url:
        house = House(url)
        house.people()
        house.archive.close()
        with start(OPENER, database=url) as here, start(OPENER, database=url) as there:
            yield Nodes(here, there, house.ids["editor"])


def endings(count: int) -> None:
    """End sessions so many times in each way."""
    run_on = machine()
    figures, longest = {}, 0.0
    with nodes() as two:
        for title, way in WAYS.items():
            delays = [delay(two, way) for _ in range(count)]
            longest = max(longest, *delays)
            figures[f"{title}，{count} 次，另一个服务在答复后"] = (
                f"中位 {milliseconds(percentile(delays, 0.5))}，最长 {milliseconds(max(delays))}"
            )
    promises = {"处处在一秒之内结束": longest <= ENDED_SECONDS}
    write("accounts-endings", run_on, figures, promises, figures)


def delay(two: Nodes, way: Way) -> float:
    """Return the seconds until the other service lets a session no longer in."""
    visit = two.visit("editor")
    mend = way(two, visit)
    assert visit.ask(two.here, "GET", WHO).status == ENDED
    seconds = await_status(two.there, visit, ENDED)
    mend()
    return seconds


def await_status(service: Serving, visit: Visit, status: int) -> float:
    """Return the seconds until a service answers a session so."""
    began = time.monotonic()
    while visit.ask(service, "GET", WHO).status != status:
        if time.monotonic() > began + PATIENCE_SECONDS:
            return PATIENCE_SECONDS
        time.sleep(POLL_SECONDS)
    return time.monotonic() - began


def logged_in(service: Serving, name: str, password: str) -> Visit:
    sent = json.dumps({"name": name, "password": password}, ensure_ascii=False).encode()
    answer = service.ask("POST", WHO, sent)
    assert answer.status == OK, answer.body
    return Visit(SimpleCookie(answer.headers["Set-Cookie"])["hongtou-session"].value)


def _logs_out(two: Nodes, visit: Visit) -> Callable[[], object]:
    assert visit.ask(two.here, "DELETE", WHO).status == 204
    return lambda: None


def _changes_the_password(two: Nodes, visit: Visit) -> Callable[[], object]:
    """Change it in another session."""
    change = partial(_change, two)
    change(PASSWORD, OTHER)
    return partial(change, OTHER, PASSWORD)


def _change(two: Nodes, present: str, new: str) -> None:
    visit = logged_in(two.here, "editor", present)
    sent = {"present": present, "new": new}
    assert visit.ask(two.here, "PUT", f"{WHO}/password", sent).status == 204


def _is_disabled(two: Nodes, visit: Visit) -> Callable[[], object]:
    boss = logged_in(two.here, "administrator", PASSWORD)

    def disable(is_disabled: bool) -> None:
        sent = {"disabled": is_disabled}
        answer = boss.ask(two.here, "PATCH", f"/v1/accounts/{two.editor}", sent)
        assert answer.status == OK, answer.body

    disable(True)
    return partial(disable, False)


Way = Callable[[Nodes, Visit], Callable[[], object]]  # ends a session; returns what mends that
WAYS: dict[str, Way] = {"退出": _logs_out, "改密码": _changes_the_password, "停用": _is_disabled}
