"""Crowds of clients: who reads nothing, says nothing, or takes all there is, leaves the others theirs."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.attack.connections import HOSTILE, KINDS, MAX_KEPT, connected
from benchmarks.service.processes import resident_bytes
from hongtou.addresses import origin_of
from hongtou.bulletin.errors import SetupError
from hongtou.config import read_config
from hongtou.web.server import descriptors
from hongtou.web.server.budget import Budget
from hongtou.web.server.dispatching import FairQueue
from hongtou.web.server.listener import surplus_connections
from hongtou.web.server.slow_clients import MIN_BYTES, MIN_RATE, Pace
from tests.support.serving import RUN, Serving, metric, within_a_second
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.long

MIB = 1024 * 1024
SILENT_SECONDS = 2
MAX_CONNECTIONS = 400
SHORT = f"""
import hongtou.web.server.descriptors as descriptors, hongtou.web.server.start as server
server.SILENT_CLIENT_SECONDS = {SILENT_SECONDS}
server.UPLOAD_BYTES, server.ANSWER_BYTES = {4 * MIB}, {8 * MIB}
descriptors.MAX_CONNECTIONS = {MAX_CONNECTIONS}
"""
STATIC = b"GET /static/editor.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
FORM = b"POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def service(log: Path) -> Iterator[Serving]:
    """A service that waits 2 seconds for its clients, and has little room."""
    settings = {"workers": 2, "queue": 2, "threads": 8, "request_bytes": 2 * MIB}
    with warm_serving(OPENER, program=SHORT + RUN, log=log, **settings) as running:
        yield running


def connections(service: Serving) -> int:
    """Return how many there are but for the one that asks."""
    return int(metric(service, "hongtou_connections ")) - 1


def open_files(service: Serving) -> int:
    return len(list(Path(f"/proc/{service.process.pid}/fd").iterdir()))


def within(seconds: float, service: Serving, most: int = 0) -> bool:
    """Tell whether soon there are no more connections than that."""
    deadline = time.monotonic() + seconds
    while connections(service) > most:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def slow_reader(service: Serving, request: bytes) -> Iterator[socket.socket]:
    with socket.socket() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        peer.settimeout(10)
        peer.connect(("127.0.0.1", service.port))
        with suppress(OSError):
            peer.sendall(request)
        yield peer


def render(do: str, argument: object, lines: str = "", size: int = 0) -> bytes:
    body = json.dumps({"do": do, "with": argument}).encode().ljust(size)
    head = f"POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def everything(peer: socket.socket) -> bytes:
    """Return what comes until the end, a reset or half a second of silence."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MIB)
    peer.settimeout(0.5)
    got = b""
    with suppress(OSError):
        while piece := peer.recv(MIB):
            got += piece
    return got


class TestReaders:
    def test_who_reads_nothing_is_let_go_and_holds_no_file(self, service: Serving) -> None:
        assert within(5, service)
        before = open_files(service)
        with ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(slow_reader(service, STATIC * 100))
            assert within_a_second(lambda: connections(service) == 20)
            time.sleep(0.5)
            assert open_files(service) <= before + 21  # a socket each, and who asks
            assert service.ask("GET", "/healthz").seconds < 1
            assert within(2.5 * SILENT_SECONDS, service)

    def test_who_reads_in_drops_is_let_go_too(self, service: Serving) -> None:
        with slow_reader(service, render("large", 4 * MIB)) as peer:
            began = time.monotonic()
            with pytest.raises(ConnectionResetError):
                while peer.recv(1024) and time.monotonic() < began + 15:
                    time.sleep(0.2)
            assert time.monotonic() - began > SILENT_SECONDS

    def test_no_thread_waits_for_them(self, service: Serving) -> None:
        """As many as there are threads, each with an answer that is larger than any buffer."""
        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(slow_reader(service, render("large", 3 * MIB) + STATIC * 2))
            time.sleep(1.2)
            for _ in range(8):
                stack.enter_context(slow_reader(service, STATIC * 50))
            assert service.ask("GET", "/healthz").seconds < 1
            assert service.do("tell").status == 200

    def test_the_next_request_waits_until_the_answer_has_left(
        self, service: Serving, log: Path
    ) -> None:
        second = render("tell", None, "X-Request-Id: the-second\r\n")
        with slow_reader(service, render("large", 4 * MIB) + second) as peer:
            time.sleep(1.5)
            assert "the-second" not in log.read_text()
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MIB)
            got = 0
            while got < 4 * MIB:
                got += len(peer.recv(MIB))
            assert within_a_second(lambda: "the-second" in log.read_text())

    def test_more_than_there_is_room_for_is_not_kept(self, service: Serving) -> None:
        """8 MiB of answers may wait: of four of 3 MiB that nobody reads, two are let go."""
        with ExitStack() as stack:
            peers = [  # of different lengths: the same answer would be kept once for all
                stack.enter_context(slow_reader(service, render("large", 3 * MIB + number)))
                for number in range(4)
            ]
            time.sleep(1.7)
            assert 2 * MIB < metric(service, "hongtou_unsent_bytes") <= 8 * MIB
            assert connections(service) <= 2
            assert max(everything(peer).count(b"HTTP/1.1 ") for peer in peers) == 1


class TestUploads:
    def half_sent(self, stack: ExitStack, service: Serving, origin: str) -> socket.socket:
        peer = stack.enter_context(socket.socket())
        peer.settimeout(5)
        peer.bind((origin, 0))
        peer.connect(("127.0.0.1", service.port))
        peer.sendall(FORM % (2 * MIB) + b" " * MIB)
        return peer

    def test_who_holds_the_most_gives_way(self, service: Serving) -> None:
        with ExitStack() as stack:
            first, second = (self.half_sent(stack, service, HOSTILE) for _ in range(2))
            assert within_a_second(lambda: metric(service, "hongtou_upload_bytes") == 4 * MIB)
            third = self.half_sent(stack, service, HOSTILE)
            assert third.recv(12) == b"HTTP/1.1 503"
            assert b"Retry-After" in third.recv(4096)
            self.half_sent(stack, service, "127.0.0.1")
            assert second.recv(12) == b"HTTP/1.1 503"
            first.setblocking(False)
            with pytest.raises(BlockingIOError):
                first.recv(1)
        assert within_a_second(lambda: metric(service, "hongtou_upload_bytes") == 0)

    def test_one_that_is_worked_on_keeps_its_room_and_gets_one_answer(
        self, service: Serving
    ) -> None:
        """Two hold all there is, and nothing of them is still to come: the third is refused."""
        with ExitStack() as stack:
            peers = [stack.enter_context(socket.socket()) for _ in range(2)]
            for peer in peers:
                peer.settimeout(10)
                peer.bind((HOSTILE, 0))
                peer.connect(("127.0.0.1", service.port))
                peer.sendall(render("sleep", 1, "Connection: close\r\n", size=2 * MIB))
            assert within_a_second(lambda: metric(service, "hongtou_upload_bytes") == 4 * MIB)
            assert within_a_second(lambda: metric(service, 'hongtou_requests{state="running"') == 2)
            third = self.half_sent(stack, service, "127.0.0.1")
            assert third.recv(12) == b"HTTP/1.1 503"
            assert b"Retry-After" in third.recv(4096)
            for peer in peers:
                got = b"".join(iter(lambda peer=peer: peer.recv(65536), b""))  # type: ignore[misc]
                assert got.startswith(b"HTTP/1.1 200") and got.count(b"HTTP/1.1") == 1
        assert within_a_second(lambda: metric(service, "hongtou_upload_bytes") == 0)

    def test_one_that_is_too_slow_on_the_whole_is_let_go(self, service: Serving) -> None:
        """It never falls silent, but would take more than a minute for 2 MiB."""
        with service.connect() as peer:
            peer.sendall(FORM % (2 * MIB) + b" " * (2 * MIN_RATE))
            began = time.monotonic()
            with suppress(OSError):
                while time.monotonic() < began + 20:
                    peer.sendall(b" " * (MIN_BYTES // 2))
                    time.sleep(0.3)
            assert 2 < time.monotonic() - began < 15

    def test_each_holds_a_socket_and_a_file(self, service: Serving) -> None:
        assert within(5, service)
        before = open_files(service)
        with ExitStack() as stack:
            for _ in range(10):
                peer = stack.enter_context(service.connect())
                peer.sendall(FORM % 300_000 + b" " * 200_000)
            time.sleep(0.3)
            assert before + 19 <= open_files(service) <= before + 20  # one asked just before


class TestConnections:
    def test_an_address_that_takes_all_leaves_others_in(self, service: Serving) -> None:
        with ExitStack() as stack:
            for say in KINDS.values():
                stack.enter_context(connected(service.port, MAX_CONNECTIONS, say))
                for _ in range(3):
                    answer = service.do("tell")
                    assert answer.status == 200
                    assert answer.seconds < 3  # the bench holds it to 1, where nothing else runs
            assert connections(service) <= MAX_CONNECTIONS
            assert within(4 * SILENT_SECONDS, service)

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_costs_little_before_its_key_is_known(self, kind: str) -> None:
        with warm_serving(OPENER, program=SHORT + RUN, workers=1, queue=1, threads=4) as own:
            service_before = resident_bytes(own.process.pid)
            with connected(own.port, MAX_CONNECTIONS, KINDS[kind]):
                time.sleep(1)
                held = connections(own)
                grown = resident_bytes(own.process.pid) - service_before
        assert held > MAX_CONNECTIONS * 0.9
        # Some MiB are taken once, whoever comes first: threads' first pages, arenas.
        assert grown < held * MAX_KEPT + 4 * MIB

    def test_pipelined_refusals_are_one_for_each_in_order(self, service: Serving) -> None:
        """While every place is taken, clients send several at once, in whatever pieces."""
        with ExitStack() as stack:
            for _ in range(4):
                stack.enter_context(slow_reader(service, render("sleep", 1)))
            time.sleep(0.3)
            peers = [stack.enter_context(service.connect()) for _ in range(8)]
            names = [[f"{number}-{turn}" for turn in range(6)] for number in range(8)]
            for peer, own in zip(peers, names, strict=True):
                sent = b"".join(render("tell", None, f"X-Request-Id: {name}\r\n") for name in own)
                for place in range(0, len(sent), 97):
                    peer.sendall(sent[place : place + 97])
            for peer, own in zip(peers, names, strict=True):
                got = b""
                while got.count(b"HTTP/1.1 ") < 6 or not got.endswith(b"}"):
                    got += peer.recv(65536)
                found = [
                    line.split(b": ")[1].decode()
                    for line in got.split(b"\r\n")
                    if line.startswith(b"X-Request-Id")
                ]
                assert found == own


@dataclass(eq=False)
class Fake:
    """A connection, a request or an answer."""

    origin: str
    idle: float = 0.0
    busy: bool = False
    tenant: str = ""
    gave_way: bool = False
    pace: Fake = field(init=False)

    def __post_init__(self) -> None:
        self.pace = self
        self.tenant = self.origin

    def idle_since(self) -> float:
        return self.idle

    def may_give_way(self) -> bool:
        return not self.busy

    may_be_ended = may_give_way

    def give_way(self) -> None:
        self.gave_way = True


class TestWhoGivesWay:
    def test_the_longest_idle_of_whoever_has_the_most(self) -> None:
        crowd = [Fake("a", idle) for idle in (3, 1, 2)]
        others = [Fake("b", 0), Fake("b", 0.5)]
        assert list(surplus_connections([*crowd, *others], 1)) == [crowd[1]]
        assert list(surplus_connections([*others, *crowd], 2)) == [crowd[1], others[0]]

    def test_whoever_has_the_most_after_each(self) -> None:
        crowd, others = [Fake("a", idle) for idle in (1, 2, 3)], [Fake("b", 4), Fake("b", 5)]
        assert list(surplus_connections([*crowd, *others], 3)) == [*crowd[:2], others[0]]

    def test_nobody_who_is_worked_for(self) -> None:
        crowd = [Fake("a", busy=True), Fake("a", busy=True), Fake("a", busy=True), Fake("b", 5)]
        assert list(surplus_connections(crowd, 2)) == [crowd[3]]

    def test_nobody_where_there_is_room(self) -> None:
        assert list(surplus_connections([Fake("a")], 0)) == []


class TestBudget:
    def test_whoever_is_alone_may_have_it_all(self) -> None:
        budget, mine = Budget(100), Fake("a")
        assert budget.take(mine, 60) and budget.take(mine, 40)
        assert not budget.take(mine, 1)
        budget.release(mine)
        assert budget.held == 0

    def test_the_last_of_the_greediest_gives_way_to_who_has_less(self) -> None:
        budget = Budget(100)
        greedy = [Fake("a") for _ in range(5)]
        assert all(budget.take(one, 20) for one in greedy)
        assert budget.take(Fake("b"), 30)
        assert [one.gave_way for one in greedy] == [False, False, False, True, True]
        assert budget.held == 90

    def test_nobody_gives_way_to_who_would_have_more(self) -> None:
        budget = Budget(100)
        one, other = Fake("a"), Fake("b")
        assert budget.take(one, 60)
        assert not budget.take(other, 70)
        assert not one.gave_way
        assert budget.held == 60

    def test_what_is_worked_on_counts_but_does_not_give_way(self) -> None:
        budget = Budget(100)
        reading, worked_on = Fake("a"), Fake("a", busy=True)
        assert budget.take(reading, 20) and budget.take(worked_on, 80)
        assert not budget.take(Fake("b"), 30)  # both would have to
        assert not reading.gave_way
        assert budget.take(Fake("b"), 20)
        assert reading.gave_way and not worked_on.gave_way
        assert budget.held == 100

    def test_then_the_next_greediest_does(self) -> None:
        budget = Budget(100)
        worked_on, reading = Fake("a", busy=True), Fake("b")
        assert budget.take(worked_on, 60) and budget.take(reading, 40)
        assert budget.take(Fake("c"), 30)
        assert reading.gave_way and not worked_on.gave_way


class TestTurns:
    def test_one_of_each_in_turn(self) -> None:
        queue = FairQueue()
        for name in ("a", "a", "a", "b", "c", "c"):
            queue.append(Fake(name))
        assert [queue.popleft().tenant for _ in range(len(queue))] == ["a", "b", "c", "a", "c", "a"]
        assert not queue

    def test_what_is_nobodys_has_its_turn_too(self) -> None:
        queue = FairQueue()
        queue.append(Fake("a"))
        queue.append(os)
        assert queue.popleft().tenant == "a"
        assert queue.popleft() is os


class TestPace:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        now = [0.0]
        monkeypatch.setattr("hongtou.web.server.slow_clients.time.monotonic", lambda: now[0])
        return now

    def test_silence(self, clock: list[float]) -> None:
        pace = Pace()
        clock[0] = 30
        assert not pace.is_too_slow(30)
        pace.move(MIN_BYTES - 1)
        clock[0] = 31
        assert pace.is_too_slow(30)

    def test_enough_in_each_stretch_is_not_enough_for_ever(self, clock: list[float]) -> None:
        pace = Pace()
        while not pace.is_too_slow(30):
            clock[0] += 29
            pace.move(MIN_BYTES)
        assert clock[0] < 60

    def test_half_a_megabit_is_borne(self, clock: list[float]) -> None:
        pace = Pace()
        for _ in range(2000):
            clock[0] += 1
            pace.move(MIN_RATE)
            assert not pace.is_too_slow(30)


def test_an_address_of_ipv6_counts_as_its_network() -> None:
    assert origin_of("2001:db8::1") == origin_of("2001:db8::ffff:1") == "2001:db8::/64"
    assert origin_of("2001:db8:0:1::1") != origin_of("2001:db8::1")
    assert origin_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert origin_of("fe80::1%eth0") == "fe80::/64"


class TestDescriptors:
    """How many connections there may be follows from how many files a process may open."""

    CONFIG = read_config({})

    def limit(self, monkeypatch: pytest.MonkeyPatch, files: int) -> int:
        monkeypatch.setattr(descriptors, "_raised", lambda wanted: files)
        return descriptors.connection_limit(self.CONFIG)

    def test_each_thread_needs_a_connection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        own = descriptors
        base = own.BASE + own.PER_WORKER * self.CONFIG.workers
        base += (own.PER_THREAD + own.PER_CONNECTION) * self.CONFIG.threads
        assert self.limit(monkeypatch, base) == self.CONFIG.threads
        with pytest.raises(SetupError, match=f"至少须 {base} 个"):
            self.limit(monkeypatch, base - 1)
