"""The service as a process: what never reaches the application, and how it begins and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.serving import SERVE, free_port

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
START_SECONDS = 60


def start(port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*SERVE, "--port", str(port)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HONGTOU_REQUEST_BYTES": "4096"},
    )


def is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    with start(port) as process:
        deadline = time.monotonic() + START_SECONDS
        while not is_ready(port):
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield process, port
        process.kill()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GARBAGE\r\n\r\n", 400),
        (b"POST /v1/render HTTP/1.1\r\nHost: x\r\nContent-Length: 4097\r\n\r\n", 413),
        (b"POST /v1/render HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_gets_a_problem_too(
    running: tuple[subprocess.Popen[str], int], sent: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", running[1]), timeout=10) as client:
        client.sendall(sent)
        received = b"".join(iter(lambda: client.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert f" {status} ".encode() in head.splitlines()[0]
    assert b"Content-Type: application/problem+json" in head
    assert json.loads(body)["status"] == status


def test_stalled_clients_keep_nobody_waiting(running: tuple[subprocess.Popen[str], int]) -> None:
    stalled = [socket.create_connection(("127.0.0.1", running[1])) for _ in range(100)]
    try:
        for client in stalled:
            client.sendall(b"POST /v1/render HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n{")
        began = time.monotonic()
        assert is_ready(running[1])
        assert time.monotonic() - began < 2
    finally:
        for client in stalled:
            client.close()


def test_a_port_in_use_gives_4_and_says_so(running: tuple[subprocess.Popen[str], int]) -> None:
    with start(running[1]) as second:
        _, told = second.communicate(timeout=START_SECONDS)
    assert second.returncode == 4
    assert "--port" in told


def test_a_signal_ends_it_with_0(running: tuple[subprocess.Popen[str], int]) -> None:
    running[0].send_signal(signal.SIGTERM)
    assert running[0].wait(30) == 0
