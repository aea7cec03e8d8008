"""The log: one line for each answer, of bounded length and in printable characters, and nothing else."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from hongtou.web.log import MAX_BYTES, configure_log, log_answer, take_all_in
from tests.support.serving import RUN, SERVE, Serving, free_port, serving, within_a_second
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
ODD = [
    b"/%E2%80%A8%C2%85%C2%9B2J%E2%80%AEx%1b[31m%F3%A0%81%81",
    b"/" + b"%E2%80%AE" * 200,
    b"/%00%0a%0d",
    b"/" + b"a" * 2000,
    b"/" + b"a" * 9000,
    b"/%ff%fe",
    b"/%22%7D%7B",
    b"\\",
    b"*",
    b"/v1/render",
]
METHODS = [
    b"GET",
    b"POST",
    b"HEAD",
    b"FOO",
    b"G" * 9000,
    b"get",
    b"\x1b[31m",
    b"DELETE",
    b"\xe2\x80\xae",
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def lines(log: Path) -> list[dict[str, Any]]:
    """Return all lines, each of which has to be a record that a terminal and a reader can bear."""
    written = log.read_bytes()
    found = written.decode().split("\n")
    assert found.pop() == ""
    assert found == written.decode().splitlines()
    for line in found:
        assert line.isprintable()
        assert len(line.encode()) < MAX_BYTES
    return [json.loads(line) for line in found]


def requests(log: Path) -> list[dict[str, Any]]:
    return [one for one in lines(log) if one["event"] == "request"]


def answer(service: Serving, sent: bytes) -> bytes:
    with service.connect() as peer:
        peer.sendall(sent)
        return b"".join(iter(lambda: peer.recv(65536), b""))


class TestAnswers:
    @pytest.fixture
    def service(self, log: Path) -> Iterator[Serving]:
        with warm_serving(OPENER, log=log, workers=1, queue=1, threads=4) as running:
            yield running

    def test_as_many_lines_as_answers_whatever_is_sent(self, service: Serving, log: Path) -> None:
        rng = random.Random(7)
        assert within_a_second(lambda: any(one["path"] == "/readyz" for one in requests(log)))
        before = len(requests(log))
        told = []
        for _ in range(300):
            method, path = rng.choice(METHODS), rng.choice(ODD)
            head = (
                method
                + b" "
                + path
                + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: "
                + rng.choice([b"a", b"\x85", b"b" * 99])
            )
            told.append(
                answer(
                    service,
                    head
                    + rng.choice([b"\r\n\r\n", b"\r\nContent-Length: 9\r\n\r\n", b"\r\nX\r\n\r\n"]),
                )
            )
        assert all(one.startswith(b"HTTP/1.1 ") for one in told)
        assert within_a_second(lambda: len(requests(log)) >= before + len(told))
        logged = requests(log)[before:]
        assert len(logged) == len(told)
        assert sorted(one["status"] for one in logged) == sorted(int(one[9:12]) for one in told)

    def test_a_refusal_on_the_wire_is_told_with_address_id_and_size(
        self, service: Serving, log: Path
    ) -> None:
        said = answer(service, b"GARBAGE\r\n\r\n")
        head, _, body = said.partition(b"\r\n\r\n")
        last = requests(log)[-1]
        assert last["status"] == 400
        assert last["address"] == "127.0.0.1"
        assert last["request_id"] == json.loads(body)["request_id"]
        assert last["bytes"] == len(body)
        assert f"X-Request-Id: {last['request_id']}".encode() in head

    def test_an_answer_of_the_application_too(self, service: Serving, log: Path) -> None:
        found = service.do("tell")
        last = next(
            one for one in requests(log) if one["request_id"] == found.headers["X-Request-Id"]
        )
        assert last["bytes"] == len(found.body)
        assert last["address"] == "127.0.0.1"

    def test_they_are_counted_too(self, service: Serving) -> None:
        answer(service, b"GARBAGE\r\n\r\n")
        page = service.ask("GET", "/metrics").body.decode()
        assert 'hongtou_http_answers_total{route="none",status="400"} 1.0' in page


class TestEnd:
    def test_the_drain_is_told_when_it_begins_and_when_it_ends(self, log: Path) -> None:
        with warm_serving(OPENER, log=log, workers=1, queue=1, threads=4) as own:
            own.process.send_signal(signal.SIGTERM)
            assert own.process.wait(20) == 0
        events = [one["event"] for one in lines(log) if one["event"] != "request"]
        assert events == ["starting", "listening", "stopping", "stopped"]


class TestStandardError:
    """What else would write to it."""

    @pytest.fixture(autouse=True)
    def as_it_was(self) -> Iterator[None]:
        hooks = logging.root.handlers[:], logging.root.level
        kept = sys.excepthook, threading.excepthook, sys.unraisablehook
        yield
        sys.excepthook, threading.excepthook, sys.unraisablehook = kept
        logging.captureWarnings(False)
        logging.root.handlers[:], logging.root.level = hooks

    def test_libraries_warnings_and_threads(self, capfd: pytest.CaptureFixture[str]) -> None:
        logging.captureWarnings(False)  # whoever took them before in this process
        configure_log()
        take_all_in()
        logging.getLogger("waitress").warning("a\x1b[31m line\nof %s", "two")
        logging.getLogger("anybody").error("x" * 10_000)
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("old", DeprecationWarning, stacklevel=1)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        written = capfd.readouterr().err
        assert all(len(line.encode()) < MAX_BYTES for line in written.splitlines())
        found = [json.loads(line) for line in written.splitlines()]
        assert [one["event"] for one in found] == ["library"] * 3 + ["uncaught"]
        assert found[0]["message"] == "a\x1b[31m line\nof two"
        assert "ZeroDivisionError" in found[3]["exception"]

    def test_a_long_trace_keeps_its_end(self, capfd: pytest.CaptureFixture[str]) -> None:
        configure_log()

        def deeper(level: int) -> None:
            if level:
                deeper(level - 1)
            raise ValueError("机密" * 10 + "the end")

        try:
            deeper(60)
        except ValueError:
            structlog.get_logger("hongtou").exception("fault")
        line = capfd.readouterr().err
        assert len(line.encode()) <= MAX_BYTES
        assert json.loads(line)["exception"].endswith("the end")

    def test_whatever_is_in_it(self, capfd: pytest.CaptureFixture[str]) -> None:
        configure_log()
        odd = "".join(map(chr, (0x1B, 0x85, 0x9B, 0x2028, 0x202E, 0xE0001, 0xD800, 0x3000))) + "字"
        log_answer(
            request_id="a",
            address="::1",
            method=odd * 50,
            path=odd * 500,
            client=odd * 500,
            status=200,
            length=1,
            milliseconds=1,
        )
        line = capfd.readouterr().err
        assert line[:-1].isprintable()
        assert len(line.encode()) <= MAX_BYTES
        assert json.loads(line)["path"] == (odd * 500)[:200]


class TestReader:
    """Of a log that somebody holds open and does not read."""

    PROGRAM = """
import structlog
from hongtou.web.log import configure_log
configure_log()
log = structlog.get_logger("hongtou")
for number in range(2000):
    log.info("request", number=number, path="a" * 200)
print("done", flush=True)
input()
log.info("last")
"""

    def test_nobody_waits_for_it_and_what_was_lost_is_counted(self) -> None:
        command = [sys.executable, "-c", self.PROGRAM]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        with subprocess.Popen(command, cwd=ROOT, **pipes) as writing:
            assert writing.stdout
            assert writing.stderr
            assert writing.stdout.readline() == b"done\n"
            held = os.read(writing.stderr.fileno(), 2**20)  # now there is room for the last line
            _, rest = writing.communicate(b"\n", timeout=30)
        found = [json.loads(line) for line in (held + rest).splitlines()]
        kept = [one["number"] for one in found if one["event"] == "request"]
        assert kept == list(range(len(kept)))
        assert len(kept) < 2000
        assert [one["event"] for one in found[len(kept) :]] == ["log-lost", "last"]
        assert found[len(kept)]["lines"] == 2000 - len(kept)


def catches(process: subprocess.Popen[bytes], number: int) -> bool:
    """Tell whether a process has a handler for a signal."""
    told = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in told.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


class TestStart:
    def start(self, *under: str, **more: Any) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "HONGTOU_PORT": str(free_port())}
        return subprocess.Popen([*under, *SERVE], cwd=ROOT, env=environment, **more)

    @pytest.mark.parametrize("seconds", [0, 0.3, 0.6])
    def test_a_signal_while_it_starts_ends_it_with_0(self, seconds: float, log: Path) -> None:
        """From the moment on that the program, not Python, is told of it: whatever the machine does besides."""
        with log.open("wb") as written:
            process = self.start(stderr=written)
            while not catches(process, signal.SIGTERM):
                assert process.poll() is None
                time.sleep(0.01)
            time.sleep(seconds)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        lines(log)

    def test_signals_that_the_parent_blocked_end_it(self) -> None:
        block = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals()); "
        become = "os.execv(sys.argv[1], sys.argv[1:])"
        process = self.start(SERVE[0], "-c", block + become, stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()
            process.wait()

    def test_with_all_standard_streams_closed_nothing_is_written_to_clients(self) -> None:
        with serving(
            OPENER,
            under=["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"],
            program=RUN,
            workers=1,
            queue=1,
            threads=4,
        ) as own:
            told = own.do("tell")
            assert told.status == 200
            assert json.loads(told.body)
            assert b'"event"' not in answer(
                own, b"GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            streams = [Path(f"/proc/{own.process.pid}/fd/{number}") for number in (0, 1, 2)]
            assert {str(stream.readlink()) for stream in streams} == {"/dev/null"}
