"""What keeps a worker pool able to work, and tells when it is not."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.rendering import Caller, WorkerPool, fork_server, probe
from hongtou.rendering.health import HEARTBEAT_SECONDS, RENDER_SECONDS, RenderHealth
from hongtou.rendering.messages import StartRequest
from hongtou.rendering.process import WorkerDied
from tests.support.serving import Serving, serving
from tests.support.stand_in import OPENER

pytestmark = pytest.mark.long

CONFIG = Config(render_seconds=5)
GOOD, FAULTY = b'{"do": "tell"}', b'{"do": "fault"}'
KILLING_SECONDS = 1.5
TURNS = 4
events: list[tuple[str, str, str]] = []


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def hired(document: bytes) -> WorkerPool:
    events.clear()
    return WorkerPool(
        CONFIG, lambda *event: events.append(event), documents=(document,), opener=OPENER
    )


@pytest.fixture
def worker_pool() -> Iterator[WorkerPool]:
    made = hired(GOOD)
    yield made
    made.close()


def told(worker_pool: WorkerPool) -> Any:
    return json.loads(worker_pool.produce(GOOD, Order(), {}, Caller(lambda: False)).content)


class TestSupervisor:
    def test_it_outlives_fork_servers_that_die_as_they_start(self) -> None:
        """As where the kernel ends whatever is new; one may die before it has a group of its own."""
        with serving(OPENER, workers=1, queue=2) as service:
            for _ in range(TURNS):
                killed = 0
                until_then = time.monotonic() + KILLING_SECONDS
                while time.monotonic() < until_then:
                    killed += kill_children(service)
                assert killed > 2
                service.wait_until_ready(10)
                assert service.do("tell").status == 200

    def test_it_outlives_a_process_without_a_group(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def start(far: socket.socket) -> subprocess.Popen[bytes]:
            return subprocess.Popen(["true"], pass_fds=[far.fileno()])

        monkeypatch.setattr(fork_server, "_start", start)
        with pytest.raises(WorkerDied):
            fork_server.ForkServerClient(StartRequest(OPENER, CONFIG))

    def test_it_outlives_whatever_it_stumbles_over(
        self, worker_pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumble() -> None:
            raise MemoryError("x")

        monkeypatch.setattr(worker_pool._workforce, "drop_dead", stumble)
        until(lambda: ("supervisor-stumbled", "MemoryError: x", "") in events)
        monkeypatch.undo()
        os.kill(told(worker_pool)["fork_server"], signal.SIGKILL)
        until(lambda: ("fork-server-ended", "lost", "") in events)
        until(lambda: not worker_pool.fault())

    def test_it_outlives_a_log_that_fails(self) -> None:
        def fail(*event: str) -> None:
            raise OSError

        worker_pool = WorkerPool(CONFIG, fail, opener=OPENER)
        try:
            os.kill(told(worker_pool)["fork_server"], signal.SIGKILL)
            time.sleep(1)
            until(lambda: not worker_pool.fault())
        finally:
            worker_pool.close()

    def test_its_beat_is_fresh_and_told(self, worker_pool: WorkerPool) -> None:
        time.sleep(1)
        assert worker_pool.beat_age() < HEARTBEAT_SECONDS

    @pytest.mark.parametrize(
        "number", ["SIGUSR1", "SIGQUIT", "SIGALRM", "SIGPIPE", "SIGTERM", "SIGINT", "SIGHUP"]
    )
    def test_signals_to_its_processes_leave_the_next_render(
        self, worker_pool: WorkerPool, number: str
    ) -> None:
        for whose in ("process", "fork_server"):
            with suppress(ProcessLookupError):
                os.kill(told(worker_pool)[whose], getattr(signal, number))
            time.sleep(0.1)
            assert told(worker_pool)["process"]


def kill_children(service: Serving) -> int:
    children = Path(f"/proc/{service.process.pid}/task")
    killed = 0
    for thread in children.iterdir():
        with suppress(OSError):
            for child in (thread / "children").read_text().split():
                if ") Z " not in Path(f"/proc/{child}/stat").read_text():
                    os.kill(int(child), signal.SIGKILL)
                    killed += 1
    return killed


class TestProof:
    def test_one_is_made_at_once(self, worker_pool: WorkerPool) -> None:
        until(lambda: not worker_pool.fault())
        assert worker_pool.proof_age() < 5
        assert worker_pool.fault() == ""

    def test_one_that_fails_shows_at_once_with_its_cause(self) -> None:
        worker_pool = hired(FAULTY)
        try:
            until(lambda: bool(events))
            assert worker_pool.fault()
            assert worker_pool.proof_age() == inf
            assert events == [("proof-failed", "试排失败：引擎", "")]  # once, not every second
            assert "试排失败" in worker_pool.fault()
            told(worker_pool)
            assert not worker_pool.fault()  # somebody else's render is as good
        finally:
            worker_pool.close()

    def test_one_is_made_where_nobody_renders(
        self, worker_pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        until(lambda: not worker_pool.fault())
        monkeypatch.setattr(probe, "DUE_SECONDS", 0.5)
        time.sleep(2.5)
        assert worker_pool.proof_age() < 2

    def test_it_leaves_the_tenants_workers_alone(
        self, worker_pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = told(worker_pool)
        monkeypatch.setattr(probe, "DUE_SECONDS", -1.0)
        time.sleep(2.5)  # two proofs at least
        assert (told(worker_pool)["process"], told(worker_pool)["done"]) == (
            first["process"],
            first["done"] + 2,
        )


class TestRenderHealth:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        now = [1000.0]
        monkeypatch.setattr("hongtou.rendering.health.time.monotonic", lambda: now[0])
        return now

    def test_nothing_is_wrong_with_a_beat_and_a_render(self, clock: list[float]) -> None:
        health = RenderHealth()
        health.rendered()
        assert health.fault(proven=True) == ""

    def test_a_beat_may_be_two_seconds_old(self, clock: list[float]) -> None:
        health = RenderHealth()
        clock[0] += HEARTBEAT_SECONDS
        assert health.fault(proven=False) == ""
        clock[0] += 1
        assert health.fault(proven=False) == "3 秒没有查看排版进程"

    def test_a_render_may_be_half_a_minute_old(self, clock: list[float]) -> None:
        health = RenderHealth()
        assert health.fault(proven=True) == "还没有试排"
        health.rendered()
        clock[0] += RENDER_SECONDS + 1
        health.beat()
        assert health.fault(proven=True) == "31 秒没有排成一期"

    def test_a_failure_holds_until_a_render(self, clock: list[float]) -> None:
        health = RenderHealth()
        health.rendered()
        health.failed("坏了")
        assert health.fault(proven=True) == "坏了"
        health.rendered()
        assert health.fault(proven=True) == ""

    def test_a_lack_of_processes_holds_until_one_is_had(self, clock: list[float]) -> None:
        health = RenderHealth()
        health.rendered()
        health.set_shortage("不能再有")
        health.rendered()
        assert health.fault(proven=True) == "不能再有"
        health.set_shortage()
        assert health.fault(proven=True) == ""
