"""Sockets that a supervisor hands over: what is taken of them, and how they are left to a successor."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from benchmarks.attack.rolling_restart import Load, Turn, restart, restart_under, roll
from hongtou.config import Config
from hongtou.web.server.listener import Listener
from hongtou.web.server.sockets import Supervision, take_over
from hongtou.web.server.start import Server
from tests.support.activated import HAND_OVER, Activator, activator, unix_socket
from tests.support.serving import SERVE
from tests.support.stand_in import OPENER

pytestmark = pytest.mark.slow

ALIVE = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def parent() -> Iterator[Activator]:
    with activator(OPENER, warm=True, workers=2, queue=2, threads=8) as started:
        yield started


def document(name: str, argument: object = None) -> bytes:
    return json.dumps({"do": name, "with": argument}).encode()


def render(
    connection: HTTPConnection, name: str = "tell", argument: object = None
) -> tuple[int, str, dict[str, object]]:
    """Return status, the header Connection and what the stand-in said."""
    connection.request(
        "POST", "/v1/render", document(name, argument), {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Connection", ""), json.loads(answer.read())


class TestTakingOver:
    def test_a_process_started_by_hand_is_given_nothing(self) -> None:
        assert take_over({}) == Supervision()

    def test_what_is_meant_for_another_process_is_left_alone(self) -> None:
        given = {"LISTEN_PID": "1", "LISTEN_FDS": "1", "WATCHDOG_PID": "1", "WATCHDOG_USEC": "9"}
        assert take_over(given) == Supervision()

    def test_no_process_of_ours_inherits_any_of_it(self) -> None:
        given = {
            "LISTEN_PID": "1",
            "LISTEN_FDS": "1",
            "NOTIFY_SOCKET": "/n",
            "WATCHDOG_USEC": "1",
            "PATH": "/bin",
        }
        take_over(given)
        assert given == {"PATH": "/bin"}

    def test_an_abstract_name_begins_with_a_zero(self) -> None:
        assert take_over({"NOTIFY_SOCKET": "@a"}).address == "\0a"

    def test_a_watchdog_is_one_for_this_process(self) -> None:
        assert take_over({"WATCHDOG_USEC": "30000000"}).watchdog
        assert not take_over({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}).watchdog

    def test_a_descriptor_that_is_no_listening_socket_ends_the_start(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
            number = datagrams.fileno()
            ended = subprocess.run(
                [sys.executable, "-c", HAND_OVER, str(number), *SERVE],
                pass_fds=[number],
                text=True,
                env={**os.environ, "LISTEN_FDS": "1"},
                capture_output=True,
                check=False,
                timeout=60,
            )
        assert ended.returncode == 4
        assert "ListenStream=" in ended.stderr

    def test_an_open_address_asks_for_keys_whatever_the_settings_say(self) -> None:
        with (
            socket.create_server(("0.0.0.0", 0)) as everywhere,
            socket.create_server(("127.0.0.1", 0)) as here,
        ):
            given = Supervision((here, everywhere)).listens(Config(host="127.0.0.1"))
        assert given.host == "0.0.0.0"

    def test_the_port_is_that_of_the_socket(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as here:
            assert Supervision((here,)).listens(Config()).port == here.getsockname()[1]


def test_a_service_keeps_its_watchdog_quiet() -> None:
    with activator(OPENER, warm=True) as parent:
        parent.settings["WATCHDOG_USEC"] = "30000000"
        service = parent.start()
        parent.wait_for("WATCHDOG=1", service)


def test_without_a_watchdog_nothing_is_told_again(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.setblocking(False)
        Supervision(address=str(tmp_path / "notify")).keep_alive()
        with pytest.raises(BlockingIOError):
            heard.recv(100)


def test_telling_nobody_fails_nothing(tmp_path: Path) -> None:
    Supervision().tell("READY=1")
    Supervision(address=str(tmp_path / "nobody")).tell("READY=1")


def test_a_service_tells_when_it_can_render_and_when_it_goes(parent: Activator) -> None:
    service = parent.start()
    parent.wait_for("READY=1", service)
    assert service.do("tell").status == 200
    assert parent.stop(service) == 0
    with pytest.raises(AssertionError, match="the service ended"):
        parent.wait_for("never told", service, 0)
    parent._hear()
    assert (service.process.pid, "STOPPING=1") in parent.told


def test_a_unix_socket_serves_too(tmp_path: Path) -> None:
    with activator(OPENER, unix_socket(tmp_path / "web"), warm=True) as parent:
        service = parent.start()
        parent.wait_for("READY=1", service)
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(tmp_path / "web"))
            client.sendall(ALIVE.encode())
            assert client.recv(4096).startswith(b"HTTP/1.1 200 ")
        assert parent.stop(service) == 0


def test_a_kept_connection_is_served_to_its_end_and_told_to_close(parent: Activator) -> None:
    first = parent.start()
    parent.wait_for("READY=1", first)
    kept = HTTPConnection("127.0.0.1", parent.port, timeout=30)
    assert render(kept)[:2] == (200, "")
    second = parent.start()
    parent.wait_for("READY=1", second)
    with ThreadPoolExecutor(1) as threads:
        stopped = threads.submit(parent.stop, first)
        parent.wait_for("STOPPING=1", first)
        status, connection, said = render(kept)
        assert (status, connection) == (200, "close")
        assert stopped.result() == 0
    again = render(kept)
    assert again[0] == 200
    assert again[2]["fork_server"] != said["fork_server"]
    kept.close()


def test_what_was_begun_is_finished_and_new_connections_wait_for_the_successor(
    parent: Activator,
) -> None:
    first = parent.start()
    parent.wait_for("READY=1", first)
    with ThreadPoolExecutor(3) as threads:
        begun = threads.submit(first.do, "sleep", 1)
        time.sleep(0.3)
        stopped = threads.submit(parent.stop, first)
        parent.wait_for("STOPPING=1", first)
        waiting = threads.submit(first.do, "tell")  # while nobody accepts
        assert stopped.result() == 0
        assert begun.result().status == 200
        assert not waiting.done()
        second = parent.start()
        assert waiting.result().status == 200
        assert waiting.result().json["fork_server"] != begun.result().json["fork_server"]
    assert parent.stop(second) == 0


def test_requests_that_follow_one_another_at_once_are_all_answered(parent: Activator) -> None:
    service = parent.start()
    parent.wait_for("READY=1", service)
    body = document("sleep", 0.5)
    head = f"POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", parent.port), timeout=30) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        client.sendall((head.encode() + body) * 2)
        time.sleep(0.2)
        stopped = threads.submit(parent.stop, service)
        received = b"".join(iter(lambda: client.recv(65536), b""))
        assert stopped.result() == 0
    assert received.count(b"HTTP/1.1 200 ") == 2
    assert received.count(b"Connection: close") == 1


def test_a_silent_connection_does_not_hold_up_a_restart(parent: Activator) -> None:
    service = parent.start()
    parent.wait_for("READY=1", service)
    kept = HTTPConnection("127.0.0.1", parent.port, timeout=30)
    assert render(kept)[0] == 200
    began = time.monotonic()
    assert parent.stop(service) == 0
    assert 4 < time.monotonic() - began < 20  # SILENT_SECONDS is 5, the whole drain 30
    assert kept.sock.recv(1) == b""
    kept.close()


@pytest.mark.parametrize("order", [roll, restart])
@pytest.mark.long
def test_restarts_under_load_fail_no_request(order: Turn) -> None:
    with activator(OPENER, workers=2) as parent:
        load = Load(
            lambda: HTTPConnection("127.0.0.1", parent.port, timeout=60), (document("sleep", 0.02),)
        )
        restart_under(load, parent, order, 2)
    assert load.failures == []
    assert len(load.seconds) > 20


def test_the_connections_of_all_listening_sockets_count() -> None:
    """A name may have two addresses, and each of its sockets knows its own connections alone."""
    channels: dict[int, Any] = {}
    for number in (1, 2):
        channels[number] = object.__new__(Listener)
        channels[number].active_channels = dict.fromkeys(range(number))
    assert Server(None, channels).connections() == 3
