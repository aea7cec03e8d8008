"""What breaks around the service, and what its clients see of it. Each row of reliability's faults."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.serving import JSON, Answer, Serving, metric, refused, serving
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

WAIT_SECONDS = 20  # what a busy machine may take to begin something
SETTINGS = {"render_seconds": 2, "workers": 2, "queue": 2, "threads": 8}


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    with warm_serving(OPENER, **SETTINGS) as running:
        yield running


@pytest.fixture
def own() -> Iterator[Serving]:
    """A service that the test may end."""
    with warm_serving(OPENER, **SETTINGS) as running:
        yield running


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))]


def busy(service: Serving, threads: ThreadPoolExecutor, seconds: float = 1) -> list[Future[Answer]]:
    """Fill every place."""
    asked = [threads.submit(service.do, "sleep", seconds) for _ in range(4)]
    deadline = time.monotonic() + 5
    while metric(service, "hongtou_requests") < 4:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return asked


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Tell whether a process exists and is not just waiting to be buried by pid 1."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


class TestRenders:
    def test_a_hang_ends_in_time_and_holds_up_nobody(
        self, service: Serving, threads: ThreadPoolExecutor
    ) -> None:
        alone = [service.do("sleep", 0.05).seconds for _ in range(25)]
        hang = threads.submit(service.do, "hang")
        beside = [service.do("sleep", 0.05).seconds for _ in range(25)]
        assert not hang.done()
        refused(hang.result(), 504)
        assert hang.result().seconds < 3
        assert percentile(beside, 0.5) < 1.2 * percentile(alone, 0.5)

    def test_a_lack_of_memory_is_504(self, service: Serving) -> None:
        refused(service.do("bomb"), 504)
        assert service.do("tell").status == 200

    def test_a_crash_is_503_and_is_counted(self, service: Serving) -> None:
        before = metric(service, "hongtou_processes_ended_total")
        refused(service.do("crash", signal.SIGSEGV), 503)
        assert metric(service, "hongtou_processes_ended_total") == before + 2
        assert service.do("tell").status == 200

    def test_a_render_killed_from_outside_is_done_again(
        self, service: Serving, threads: ThreadPoolExecutor
    ) -> None:
        process = service.do("tell").json["process"]
        asked = threads.submit(service.do, "sleep", 0.5)
        time.sleep(0.2)
        os.kill(process, signal.SIGKILL)
        assert asked.result().status == 200
        assert asked.result().json["process"] != process


class TestQueue:
    def test_429_at_once_where_it_is_full(
        self, service: Serving, threads: ThreadPoolExecutor
    ) -> None:
        asked = busy(service, threads)
        refusal = service.do("tell")
        refused(refusal, 429)
        assert service.ask("GET", "/healthz").status == 200
        assert not any(one.done() for one in asked)  # nobody waited for a place
        assert [one.result().status for one in asked] == [200] * 4

    def test_a_refusal_at_the_door_is_like_any_other_answer(
        self, service: Serving, threads: ThreadPoolExecutor
    ) -> None:
        before = metric(service, "hongtou_refusals_total")
        asked = busy(service, threads)
        with closing(HTTPConnection("127.0.0.1", service.port, timeout=10)) as connection:
            for name in ("first", "second"):  # and the connection goes on
                connection.request("POST", "/v1/check", b"{}", {**JSON, "X-Request-Id": name})
                answer = connection.getresponse()
                problem = json.loads(answer.read())
                assert (answer.status, problem["status"], problem["type"]) == (
                    429,
                    429,
                    "/problems/busy",
                )
                assert answer.headers["X-Request-Id"] == problem["request_id"] == name
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
            connection.request("GET", "/v1/layouts")
            assert connection.getresponse().status == 200
        assert metric(service, "hongtou_refusals_total") == before + 2
        assert [one.result().status for one in asked] == [200] * 4

    @pytest.mark.parametrize("seconds", [0, 0.3])
    def test_a_client_that_went_away_frees_its_place_within_a_second(
        self, service: Serving, threads: ThreadPoolExecutor, seconds: float
    ) -> None:
        asked = [threads.submit(service.do, "sleep", 1.5) for _ in range(2)]
        body = b'{"do": "sleep", "with": 1.9}'
        head = f"POST /v1/render HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        for _ in range(2):
            with service.connect() as leaving:
                leaving.sendall(head.encode() + body)
                time.sleep(seconds)
        time.sleep(0.6)
        assert metric(service, "hongtou_requests") == 2
        assert [one.result().status for one in asked] == [200] * 2

    def test_slow_clients_hold_up_nobody(self, service: Serving) -> None:
        head = b"POST /v1/render HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        slow = [service.connect() for _ in range(400)]
        try:
            for number, client in enumerate(slow):
                client.sendall(head if number % 2 else head + b"Content-Length: 100\r\n\r\n{")
            answer = service.do("tell")
            assert answer.status == 200
            assert answer.seconds < 1
        finally:
            for client in slow:
                client.close()


class TestForkServer:
    def test_its_death_is_seen_and_mended(self, service: Serving) -> None:
        fork_server = service.do("tell").json["fork_server"]
        os.kill(fork_server, signal.SIGKILL)
        assert service.ask("GET", "/readyz").status == 503
        assert service.wait_until_ready(10) < 10
        assert service.do("tell").json["fork_server"] != fork_server


class TestEnd:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    def test_accepted_work_is_finished_and_new_work_refused(
        self, own: Serving, threads: ThreadPoolExecutor, number: int
    ) -> None:
        asked = busy(own, threads)
        own.process.send_signal(number)
        time.sleep(0.1)
        refused(own.ask("GET", "/readyz"), 503)
        refused(own.do("tell"), 503)
        assert [one.result().status for one in asked] == [200] * 4
        assert own.process.wait(10) == 0

    def test_a_large_answer_is_sent_to_its_end(
        self, own: Serving, threads: ThreadPoolExecutor
    ) -> None:
        asked = threads.submit(own.do, "large", 20_000_000)
        until(lambda: asked.done() or metric(own, "hongtou_requests") == 1)
        own.process.send_signal(signal.SIGTERM)
        assert len(asked.result().body) > 20_000_000
        assert own.process.wait(WAIT_SECONDS) == 0

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_the_second_signal_ends_at_once(self, threads: ThreadPoolExecutor, number: int) -> None:
        with warm_serving(OPENER, **{**SETTINGS, "render_seconds": 60}) as own:
            process = own.do("tell").json["process"]
            threads.submit(own.do, "sleep", 60)
            until(lambda: metric(own, "hongtou_requests") == 1)
            own.process.send_signal(number)
            until(lambda: own.ask("GET", "/readyz").status == 503)  # or two signals would be one
            own.process.send_signal(number)
            assert own.process.wait(WAIT_SECONDS) == 0  # of the drain's 30, and the render's 60
            assert not is_running(process)

    def test_a_terminal_that_closes_may_say_so_twice(
        self, own: Serving, threads: ThreadPoolExecutor
    ) -> None:
        asked = threads.submit(own.do, "sleep", 0.5)
        time.sleep(0.2)
        for _ in range(2):
            own.process.send_signal(signal.SIGHUP)
            time.sleep(0.1)
        assert asked.result().status == 200
        assert own.process.wait(10) == 0

    def test_under_nohup_it_stays(self) -> None:
        with serving(OPENER, under=["nohup"], **SETTINGS) as own:
            own.process.send_signal(signal.SIGHUP)
            time.sleep(0.2)
            assert own.do("tell").status == 200

    def test_nothing_survives_a_kill(self, own: Serving, threads: ThreadPoolExecutor) -> None:
        told = own.do("tell").json
        threads.submit(own.do, "hang")
        time.sleep(0.2)
        own.process.kill()
        deadline = time.monotonic() + 2
        while is_running(told["process"]) or is_running(told["fork_server"]):
            assert time.monotonic() < deadline
            time.sleep(0.05)


class TestDisk:
    def test_not_ready_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "tmp").mkdir()
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(tmp_path / "tmp")
        try:
            with warm_serving(OPENER, **SETTINGS) as own:
                (tmp_path / "tmp").rmdir()
                answer = own.ask("GET", "/readyz")
                refused(answer, 503)
                assert "临时目录" in answer.json["detail"]
                assert own.ask("GET", "/healthz").status == 200
                assert own.do("tell").status == 200
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before
