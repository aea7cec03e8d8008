"""One tenant's documents never lie in a process that works for another."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.rendering import Caller, Cancelled, WorkerPool
from hongtou.rendering.workforce import SPARE_WORKERS
from tests.support.stand_in import DIGEST, OPENER

pytestmark = pytest.mark.slow

CONFIG = Config(workers=2, render_seconds=10, renders_per_worker=50)
events: list[tuple[str, str, str]] = []


@pytest.fixture(scope="module")
def worker_pool() -> Iterator[WorkerPool]:
    made = WorkerPool(CONFIG, lambda *event: events.append(event), opener=OPENER)
    yield made
    made.close()


def ask(worker_pool: WorkerPool, tenant: str, do: str = "tell", argument: object = None) -> Any:
    document = json.dumps({"do": do, "with": argument}).encode()
    return json.loads(
        worker_pool.produce(document, Order(), {}, Caller(lambda: False, tenant)).content
    )


def until(holds: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_each_has_workers_of_its_own(worker_pool: WorkerPool) -> None:
    processes = {tenant: ask(worker_pool, tenant)["process"] for tenant in "ab"}
    for _ in range(5):
        for tenant in "ba":
            assert ask(worker_pool, tenant)["process"] == processes[tenant]
    assert processes["a"] != processes["b"]


def test_also_for_checks_and_what_is_not_made(worker_pool: WorkerPool) -> None:
    """A worker that has seen a document in any way is its tenant's."""
    before = worker_pool.counts().idle
    for tenant in "cd":
        worker_pool.check(b"{}", Order(), {}, Caller(lambda: False, tenant))
        worker_pool.produce(b"{}", Order(), {}, Caller(lambda: False, tenant), (DIGEST,))
    assert worker_pool.counts().idle >= min(before + 1, CONFIG.workers + SPARE_WORKERS)
    assert ask(worker_pool, "c")["process"] != ask(worker_pool, "d")["process"]


def test_the_longest_unused_goes_and_no_more_are_kept(worker_pool: WorkerPool) -> None:
    first = ask(worker_pool, "first")["process"]
    for number in range(2 * (CONFIG.workers + SPARE_WORKERS)):
        ask(worker_pool, f"tenant {number}")
        assert worker_pool.counts().idle <= CONFIG.workers + SPARE_WORKERS
    until(lambda: not Path(f"/proc/{first}").exists())
    assert ask(worker_pool, "first")["process"] != first


def test_a_worker_that_nobody_had_is_ready_again_soon(worker_pool: WorkerPool) -> None:
    ask(worker_pool, "one more")
    until(lambda: worker_pool._workforce._idle.has_unused())
    spare = worker_pool._workforce._idle.take_unused()
    assert spare is not None
    worker_pool._workforce._keep(spare)
    assert ask(worker_pool, "another")["process"] == spare.processes[0]


def test_many_tenants_at_once(worker_pool: WorkerPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        told = list(
            threads.map(
                lambda n: (n % 4, ask(worker_pool, f"of {n % 4}", "sleep", 0.05)), range(40)
            )
        )
    owners: dict[int, set[int]] = {}
    for tenant, one in told:
        owners.setdefault(one["process"], set()).add(tenant)
    assert all(len(tenants) == 1 for tenants in owners.values())
    assert worker_pool.counts().busy == 0


class TestEnds:
    """Who is told of a worker that goes, and who is not."""

    @pytest.fixture
    def short(self) -> Iterator[WorkerPool]:
        events.clear()
        config = Config(render_seconds=10, renders_per_worker=1)
        made = WorkerPool(config, lambda *event: events.append(event), opener=OPENER)
        yield made
        made.close()

    def test_nobody_of_one_that_has_done_its_number(self, short: WorkerPool) -> None:
        processes = {ask(short, "a")["process"] for _ in range(3)}
        with pytest.raises(ReviewFailed):
            ask(short, "a", "refuse")
        assert len(processes) == 3
        assert events == []

    def test_whoever_keeps_the_service_of_one_that_is_at_fault(self, short: WorkerPool) -> None:
        with pytest.raises(EngineFault):
            ask(short, "a", "fatal")
        assert events == [("worker-ended", "EngineFault", "")]


class TestInspector:
    """The process that inspects what the other made: it may fail in any way, too."""

    def inspected(self, worker_pool: WorkerPool, do: str, argument: object = None) -> Any:
        return ask(worker_pool, "i", "inspected", {"inspect": do, "with": argument})

    def test_its_crash_is_tried_again_once(self, worker_pool: WorkerPool) -> None:
        events.clear()
        self.inspected(worker_pool, "crash_once", 1)
        assert events == [("worker-ended", "SIGSEGV", "")]

    def test_what_it_refuses_does_not_leave_and_its_maker_is_not_kept(
        self, worker_pool: WorkerPool
    ) -> None:
        before = ask(worker_pool, "i")["process"]
        with pytest.raises(EngineFault):
            self.inspected(worker_pool, "fault")
        assert ask(worker_pool, "i")["process"] != before

    def test_one_that_dies_while_idle_takes_the_other_along(self, worker_pool: WorkerPool) -> None:
        maker = ask(worker_pool, "idle")["process"]
        worker = worker_pool._workforce._idle.take("idle")
        assert worker is not None and worker.processes[0] == maker
        worker_pool._workforce._keep(worker)
        os.kill(worker.processes[1], signal.SIGKILL)
        until(lambda: not Path(f"/proc/{maker}").exists())


class TestCancelling:
    """Whoever goes away is let go within half a second, whatever the fork server does."""

    @pytest.fixture
    def stopped(self) -> Iterator[WorkerPool]:
        made = WorkerPool(CONFIG, lambda *event: None, opener=OPENER)
        fork_server = ask(made, "a")["fork_server"]
        os.kill(fork_server, signal.SIGSTOP)
        yield made
        os.kill(fork_server, signal.SIGCONT)
        made.close()

    def test_while_a_fork_server_that_hangs_is_asked(self, stopped: WorkerPool) -> None:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            for number in range(3):  # one or two may be ready
                stopped.produce(
                    b"{}",
                    Order(),
                    {},
                    Caller(lambda: time.monotonic() > began + 0.2, f"new {number}"),
                )
        assert time.monotonic() - began < 1

    def test_while_its_worker_has_to_be_ended(self, stopped: WorkerPool) -> None:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            document = b'{"do": "sleep", "with": 30}'
            stopped.produce(
                document, Order(), {}, Caller(lambda: time.monotonic() > began + 0.2, "a")
            )
        assert time.monotonic() - began < 1
