"""A worker that hangs, crashes or eats all memory harms nobody but the one who asked for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.causes import RemoteCause
from hongtou.bulletin.errors import (
    EngineFault,
    RenderLimit,
    ReviewFailed,
    SetupError,
    Unavailable,
)
from hongtou.bulletin.order import FinishedFile, Order
from hongtou.config import Config
from hongtou.pages.edition import Unchanged
from hongtou.rendering import Caller, Cancelled, WorkerPool
from hongtou.rendering.process import Deadline, Worker
from tests.support.stand_in import DIGEST, FAULT, OPENER

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
CONFIG = Config(render_seconds=1, render_cpu_seconds=5, renders_per_worker=4)
events: list[tuple[str, str, str]] = []
ASKED = "asked-1"


def stays() -> bool:
    return False


@pytest.fixture(scope="module")
def worker_pool() -> Iterator[WorkerPool]:
    os.environ["HONGTOU_SECRET"] = "s3cret"
    made = WorkerPool(CONFIG, lambda *event: events.append(event), opener=OPENER)
    del os.environ["HONGTOU_SECRET"]
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_old_events() -> None:
    events.clear()


def caller(tenant: str = "", is_cancelled: Callable[[], bool] = stays) -> Caller:
    return Caller(is_cancelled, tenant, ASKED)


def ask(
    worker_pool: WorkerPool,
    do: str = "tell",
    argument: object = None,
    is_cancelled: Callable[[], bool] = stays,
    tenant: str = "",
) -> Any:
    document = json.dumps({"do": do, "with": argument}).encode()
    return json.loads(
        worker_pool.produce(document, Order(), {}, caller(tenant, is_cancelled)).content
    )


def is_running(process: int) -> bool:
    """Tell whether a process exists, be it as a zombie."""
    return Path(f"/proc/{process}").exists()


def until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestWork:
    def test_products_and_errors_come_as_the_typesetter_gave_them(
        self, worker_pool: WorkerPool
    ) -> None:
        file = worker_pool.produce(b"{}", Order(), {}, caller())
        assert isinstance(file, FinishedFile)
        assert (file.file_name, file.finding_count) == ("a.pdf", 1)
        assert worker_pool.check(b"{}", Order(), {}, caller()).page_count == 1
        known = ("0a" * 32, DIGEST)
        assert worker_pool.produce(b"{}", Order(), {}, caller(), known) == Unchanged(DIGEST)
        with pytest.raises(ReviewFailed) as refusal:
            ask(worker_pool, "refuse")
        assert (refusal.value.message, refusal.value.hint) == ("有错误", "请改")
        assert refusal.value.findings == (FAULT,)

    def test_a_file_is_looked_at_where_its_issue_is_checked(self, worker_pool: WorkerPool) -> None:
        assert worker_pool.preflight(b"{}", Order(), {}, caller()).faults == ()
        unsound = json.dumps({"do": "inspected", "with": {"inspect": "spoilt"}}).encode()
        process = ask(worker_pool)["process"]
        found = worker_pool.preflight(unsound, Order(), {}, caller())
        assert (found.findings, found.page_count, found.faults) == ((FAULT,), 1, (FAULT,))
        assert ask(worker_pool)["process"] != process  # it may have been taken over

    def test_no_file_is_looked_at_where_none_can_be_made(self, worker_pool: WorkerPool) -> None:
        found = worker_pool.preflight(b'{"do": "refuse"}', Order(), {}, caller())
        assert (found.findings, found.page_count, found.faults) == ((FAULT,), None, None)
        failing = json.dumps({"do": "inspected", "with": {"inspect": "fault"}}).encode()
        with pytest.raises(EngineFault):  # the inspector failed, and found nothing
            worker_pool.preflight(failing, Order(), {}, caller())

    def test_no_file_is_made_of_pages_that_are_at_fault(self, worker_pool: WorkerPool) -> None:
        process = ask(worker_pool)["process"]
        found = worker_pool.preflight(b'{"do": "misplace"}', Order(), {}, caller())
        assert (found.findings, found.page_count, found.faults) == ((), 1, (FAULT,))
        assert ask(worker_pool)["process"] == process

    def test_a_fault_brings_its_trace_for_the_log(self, worker_pool: WorkerPool) -> None:
        with pytest.raises(EngineFault) as fault:
            ask(worker_pool, "fault")
        cause = fault.value.__cause__
        assert isinstance(cause, RemoteCause)
        assert str(cause) == "ValueError: the cause"
        assert "Traceback" in "".join(cause.__notes__)

    def test_a_worker_is_kept_for_its_number_of_renders(self, worker_pool: WorkerPool) -> None:
        told = [ask(worker_pool) for _ in range(2 * CONFIG.renders_per_worker + 1)]
        assert max(one["done"] for one in told) == CONFIG.renders_per_worker
        processes = {one["process"] for one in told}
        assert len(processes) >= 2
        until(lambda: sum(map(is_running, processes)) == 1, 5)  # ended ones are buried meanwhile

    def test_many_at_once(self, worker_pool: WorkerPool) -> None:
        began = time.monotonic()
        with ThreadPoolExecutor(4) as threads:
            told = list(threads.map(lambda _: ask(worker_pool, "sleep", 0.5), range(4)))
        assert len({one["process"] for one in told}) == 4
        assert time.monotonic() - began < 1.5


class TestLimits:
    def test_a_hang_is_dead_within_a_second_of_its_limit(self, worker_pool: WorkerPool) -> None:
        process = ask(worker_pool)["process"]  # the one that is idle last is asked first
        began = time.monotonic()
        with pytest.raises(RenderLimit):
            ask(worker_pool, "hang")
        assert time.monotonic() - began < CONFIG.render_seconds + 1
        assert ("worker-ended", "RenderLimit", ASKED) in events
        assert not is_running(process)
        assert ask(worker_pool)["process"] != process

    def test_processor_time_ends_it_by_the_kernel(self) -> None:
        worker_pool = WorkerPool(
            replace(CONFIG, render_seconds=30, render_cpu_seconds=1), print, opener=OPENER
        )
        try:
            began = time.monotonic()
            with pytest.raises(RenderLimit, match="处理器"):
                ask(worker_pool, "spin")
            assert time.monotonic() - began < 10
        finally:
            worker_pool.close()

    @pytest.mark.parametrize("bomb", ["bomb", "bomb_inside"])
    def test_a_lack_of_memory_is_a_render_limit(self, worker_pool: WorkerPool, bomb: str) -> None:
        worker_pool._config = replace(CONFIG, render_seconds=20)
        with pytest.raises(RenderLimit, match="内存"):
            ask(worker_pool, bomb)
        worker_pool._config = CONFIG
        assert ("worker-ended", "RenderLimit", ASKED) in events
        assert ask(worker_pool)["process"]

    def test_no_file_over_64_mib(self, tmp_path: Path) -> None:
        program = (
            "import signal, sys; from hongtou.rendering.sandbox import limit_resources\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); limit_resources(2**30)\n"
            "with open(sys.argv[1], 'wb', buffering=0) as large:\n"
            "    for _ in range(65): large.write(bytes(2**20))\n"
        )
        found = subprocess.run(
            [sys.executable, "-c", program, tmp_path / "large"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "File too large" in found.stderr
        assert (tmp_path / "large").stat().st_size == 64 * 1024 * 1024


class TestCrashes:
    @pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
    def test_a_poisonous_issue_has_two_attempts(self, worker_pool: WorkerPool, number: int) -> None:
        with pytest.raises(Unavailable):
            ask(worker_pool, "crash", number)
        assert events == [("worker-ended", signal.Signals(number).name, ASKED)] * 2
        assert ask(worker_pool)["process"]

    def test_a_crash_that_does_not_come_again_is_not_noticed(self, worker_pool: WorkerPool) -> None:
        assert ask(worker_pool, "crash_once", 0)["done"] == 1
        assert events == [("worker-ended", "SIGSEGV", ASKED)]

    def test_a_fault_of_ours_leaves_no_worker_behind(self, worker_pool: WorkerPool) -> None:
        taken: list[Worker] = []

        def fail(worker: Worker, deadline: Deadline) -> Any:
            taken.append(worker)
            raise LookupError("of ours")

        with pytest.raises(LookupError):
            worker_pool._do(fail, caller())
        assert worker_pool.counts().busy == 0
        until(lambda: not any(map(is_running, taken[0].processes)), 5)

    def test_others_go_on(self, worker_pool: WorkerPool) -> None:
        with ThreadPoolExecutor(4) as threads:
            hangs = [threads.submit(ask, worker_pool, "hang") for _ in range(2)]
            crashes = [threads.submit(ask, worker_pool, "crash", 9)]
            assert all(ask(worker_pool)["process"] for _ in range(10))
            for failed, kind in [*((one, RenderLimit) for one in hangs), (crashes[0], Unavailable)]:
                assert isinstance(failed.exception(10), kind)

    def test_what_is_no_exception_is_a_fault_and_ends_the_worker(
        self, worker_pool: WorkerPool
    ) -> None:
        process = ask(worker_pool)["process"]
        with pytest.raises(EngineFault):
            ask(worker_pool, "fatal")
        assert ask(worker_pool)["process"] != process

    def test_a_worker_killed_while_idle_is_replaced_and_buried(
        self, worker_pool: WorkerPool
    ) -> None:
        process = ask(worker_pool)["process"]
        os.kill(process, signal.SIGKILL)
        until(lambda: not is_running(process), 2)
        assert ask(worker_pool)["process"] != process

    def test_a_vanished_client_frees_its_worker_within_a_second(
        self, worker_pool: WorkerPool
    ) -> None:
        process = ask(worker_pool)["process"]
        began = time.monotonic()
        with pytest.raises(Cancelled):
            ask(worker_pool, "sleep", 30, is_cancelled=lambda: time.monotonic() > began + 0.2)
        assert time.monotonic() - began < 1
        assert not is_running(process)


class TestConfinement:
    def test_no_secret_of_the_environment_reaches_a_worker(self, worker_pool: WorkerPool) -> None:
        found = set(ask(worker_pool, "environment")) - {"LC_CTYPE"}  # Python's own, where LANG is C
        assert found == {"HOME", "LANG", "PATH", "PYTHONPATH", "PYTHONSAFEPATH", "TMPDIR"}

    def test_no_network(self, worker_pool: WorkerPool) -> None:
        if not {"netns", "seccomp"} & set(worker_pool.protections):
            pytest.skip("this system allows neither a network namespace nor seccomp")
        with socket.create_server(("127.0.0.1", 0)) as canary:
            canary.settimeout(0.5)
            assert ask(worker_pool, "connect", canary.getsockname()[1]) != "connected"
            with pytest.raises(TimeoutError):
                canary.accept()

    def test_no_other_program(self, worker_pool: WorkerPool) -> None:
        if "seccomp" not in worker_pool.protections:
            pytest.skip("this system does not allow seccomp")
        assert ask(worker_pool, "execute") == "PermissionError"

    def test_no_descriptor_but_its_own(self, worker_pool: WorkerPool) -> None:
        with socket.create_server(("127.0.0.1", 0)):
            found = ask(worker_pool, "descriptors", 64)
        assert len(found) == 5  # three streams that lead nowhere, its socket, and what it holds


class TestForkServer:
    def test_is_replaced_when_it_dies_and_takes_its_workers_along(
        self, worker_pool: WorkerPool
    ) -> None:
        told = ask(worker_pool)
        os.kill(told["fork_server"], signal.SIGKILL)
        until(lambda: ("fork-server-ended", "lost", "") in events, 1)
        until(lambda: not is_running(told["process"]), 1)
        assert ask(worker_pool)["fork_server"] != told["fork_server"]
        until(lambda: not worker_pool.fault(), 5)

    def test_is_replaced_when_it_hangs(self, worker_pool: WorkerPool) -> None:
        told = ask(worker_pool)
        os.kill(told["fork_server"], signal.SIGSTOP)
        until(lambda: ("fork-server-ended", "lost", "") in events, 8)
        assert ask(worker_pool)["fork_server"] != told["fork_server"]

    def test_what_is_missing_at_start_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match=r"manifest\.toml"):
            WorkerPool(replace(CONFIG, fonts_dir=tmp_path), print)

    def test_nothing_is_left_after_the_end(self) -> None:
        worker_pool = WorkerPool(CONFIG, print, opener=OPENER)
        told = ask(worker_pool)
        worker_pool.close()
        until(lambda: not is_running(told["process"]) and not is_running(told["fork_server"]), 2)
        with pytest.raises(Unavailable):
            ask(worker_pool)


@pytest.mark.parametrize(("seconds", "ends_with"), [(0.2, ""), (5, "EngineFault")])
def test_a_fork_server_forks_only_where_no_thread_is_left(seconds: float, ends_with: str) -> None:
    program = (
        "import threading, time; from hongtou.rendering.fork_server_process import _refuse_threads\n"
        f"threading.Thread(target=time.sleep, args=({seconds},), daemon=True).start()\n"
        "_refuse_threads()"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT
    )
    assert (found.returncode == 0) == (not ends_with)
    assert ends_with in found.stderr
