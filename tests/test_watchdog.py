"""A part that hangs is seen, told of, and in the end the service ends itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from hongtou.config import Config
from hongtou.web import watchdog
from hongtou.web.app import create_app
from hongtou.web.watchdog import STUCK, Pulse, Watchdog
from tests.support.fakes import FakeTypesetter

pytestmark = pytest.mark.slow


def answer_at_once(done: Callable[[], None]) -> None:
    done()


def never_answer(done: Callable[[], None]) -> None:
    pass


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the watchdog, which a test sets."""
    now = [1000.0]
    monkeypatch.setattr(watchdog.time, "monotonic", lambda: now[0])
    return now


def test_the_longest_delay_of_the_last_seconds_is_shown(clock: list[float]) -> None:
    asked: list[Callable[[], None]] = []
    pulse = Pulse(asked.append)
    for delay in (0.5, 2.0, 1.0):
        pulse.look()
        clock[0] += delay
        asked.pop()()
    assert pulse.lag() == 2.0
    clock[0] += watchdog.WINDOW_SECONDS + 1
    pulse.look()
    assert pulse.lag() == 0.0


def test_a_process_that_stood_still_shows_it_and_is_not_held_against_a_part(
    clock: list[float],
) -> None:
    pulse = Pulse(never_answer)
    pulse.look()
    clock[0] += 100
    pulse.process_froze(99)
    assert (pulse.lag(), pulse.pending()) == (99, 0)


def test_a_part_is_not_asked_twice_before_it_answers() -> None:
    asked: list[Callable[[], None]] = []
    pulse = Pulse(asked.append)
    for _ in range(3):
        pulse.look()
    assert len(asked) == 1


def test_whoever_hangs_is_named_and_the_service_is_not_kept_alive(clock: list[float]) -> None:
    fed: list[None] = []
    dog = Watchdog(
        lambda: fed.append(None), {"loop": Pulse(answer_at_once), "pool": Pulse(never_answer)}
    )
    dog.look()
    assert (dog.hanging(), len(fed)) == ([], 1)
    clock[0] += watchdog.HANGING_SECONDS + 1
    dog.look()
    assert (dog.hanging(), len(fed)) == (["pool"], 1)


def test_healthz_tells_which_part_hangs(clock: list[float]) -> None:
    app = create_app(Config(), FakeTypesetter())
    pulse = Pulse(never_answer)
    app.services.watchdog.pulses = {"loop": pulse}
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    pulse.look()
    clock[0] += watchdog.HANGING_SECONDS + 1
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "loop" in answer.json["detail"]  # type: ignore[index]


def test_one_that_can_start_no_thread_any_more_ends_too() -> None:
    program = (
        "import threading\n"
        "from hongtou.web import watchdog\n"
        "def refuse(thread): raise RuntimeError('can\\'t start new thread')\n"
        "threading.Thread.start = refuse\n"
        "watchdog.END_SECONDS = 0\n"
        "dog = watchdog.Watchdog(pulses={'pool': watchdog.Pulse(lambda done: None)})\n"
        "dog.look(); dog.look(); dog.look()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert ended.returncode == STUCK


def test_a_service_that_is_stuck_for_good_ends_and_says_where() -> None:
    program = (
        "from hongtou.web.log import configure_log\n"
        "from hongtou.web import watchdog\n"
        "configure_log()\n"
        "watchdog.END_SECONDS = 0\n"
        "dog = watchdog.Watchdog(pulses={'pool': watchdog.Pulse(lambda done: None)})\n"
        "dog.look(); dog.look(); dog.look()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ended.returncode == STUCK
    told = json.loads(ended.stderr)
    assert (told["event"], told["parts"]) == ("stuck", ["pool"])
    assert "look" in told["threads"]["MainThread"]
