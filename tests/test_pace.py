"""How long what may last, by a clock that a test moves: clients, renders, and whoever sees to them."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hongtou.addresses import origin_of
from hongtou.bulletin.errors import RenderLimit, SetupError
from hongtou.config import Config
from hongtou.rendering import probe, supervisor
from hongtou.rendering.health import RenderHealth
from hongtou.rendering.process import Cancelled, WorkerDied
from hongtou.web.server.slow_clients import MIN_BYTES, MIN_RATE, Pace

SILENT = 30.0  # seconds


class Clock:
    """The time, in seconds, as a test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    return clock


class TestClients:
    def test_one_that_is_silent_for_half_a_minute_is_too_slow(self, clock: Clock) -> None:
        pace = Pace()
        clock.go(SILENT)
        assert not pace.is_too_slow(SILENT)
        clock.go(0.1)
        assert pace.is_too_slow(SILENT)
        pace.start()
        assert not pace.is_too_slow(SILENT)

    def test_less_than_16_kib_in_half_a_minute_is_as_good_as_silence(self, clock: Clock) -> None:
        pace = Pace()
        for _ in range(4):
            pace.move(MIN_BYTES // 4 - 1)
            clock.go(SILENT / 4 + 0.1)
        assert pace.is_too_slow(SILENT)
        assert pace.idle_since() == 1000.0

    def test_16_kib_in_pieces_are_enough_for_half_a_minute_more(self, clock: Clock) -> None:
        pace = Pace()
        for _ in range(2):
            clock.go(SILENT / 2)
            pace.move(MIN_BYTES // 2)
        assert pace.idle_since() == 1000.0 + SILENT
        clock.go(0.2)  # 16 KiB allow a quarter of a second more
        assert not pace.is_too_slow(SILENT)
        clock.go(0.1)
        assert pace.is_too_slow(SILENT)

    def test_after_half_a_minute_64_kib_a_second_are_enough(self, clock: Clock) -> None:
        for rate, ok in ((MIN_RATE, True), (MIN_RATE - 64, False)):
            pace = Pace()
            for _ in range(2_000_000 // MIN_BYTES * 16):
                clock.go(1)
                pace.move(rate)
            clock.go(SILENT - 1)
            assert pace.is_too_slow(SILENT) is not ok

    @pytest.mark.parametrize(
        ("address", "tenant"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
        ],
    )
    def test_who_has_a_network_is_one_tenant(self, address: str, tenant: str) -> None:
        assert origin_of(address) == tenant


class TestHealth:
    def test_without_a_fault_it_says_nothing(self, clock: Clock) -> None:
        health = RenderHealth()
        assert health.fault(proven=False) == ""
        assert health.fault(proven=True) == "还没有试排"
        health.rendered()
        assert health.fault(proven=True) == ""
        assert (health.beat_age, health.proof_age) == (0, 0)

    def test_a_supervisor_may_be_silent_for_two_seconds(self, clock: Clock) -> None:
        health = RenderHealth()
        clock.go(2.0)
        assert health.fault(proven=False) == ""
        clock.go(0.6)
        assert health.fault(proven=False) == "3 秒没有查看排版进程"
        health.beat()
        assert health.fault(proven=False) == ""

    def test_a_proof_holds_for_half_a_minute(self, clock: Clock) -> None:
        health = RenderHealth()
        health.rendered()
        clock.go(30.0)
        health.beat()
        assert health.fault(proven=True) == ""
        clock.go(1.0)
        assert health.fault(proven=True) == "31 秒没有排成一期"
        assert health.fault(proven=False) == ""

    def test_what_failed_or_is_short_is_told_until_it_is_over(self, clock: Clock) -> None:
        health = RenderHealth()
        health.set_shortage("不能再有新的排版进程")
        assert health.fault(proven=True) == "不能再有新的排版进程"
        health.failed("试排失败")
        assert health.fault(proven=True) == "试排失败"
        health.rendered()
        assert health.fault(proven=True) == "不能再有新的排版进程"
        health.set_shortage()
        assert health.fault(proven=True) == ""


class Workforce:
    """Processes that are as a test says, and what was done with them."""

    def __init__(self, *, is_alive: bool = True, spare: bool = True) -> None:
        self.fork_server: Any = SimpleNamespace(is_alive=lambda: is_alive)
        self.spare = spare
        self.closed, self.wanted = threading.Event(), threading.Event()
        self.done: list[str] = []
        self.fails: Exception | None = None
        self.worker: Any = "a worker"

    def tell(self, event: str, cause: str) -> None:
        self.done.append(f"{event}: {cause}")

    def replace(self, old: object) -> None:
        self.done.append("replace" if old is self.fork_server else "replace another")
        if self.fails:
            raise self.fails

    def drop_dead(self) -> None:
        self.done.append("drop the dead")

    def add_spare(self) -> bool:
        return self.spare

    def take_unused(self) -> Any:
        return self.worker

    def end_worker(self, worker: object, cause: str) -> None:
        self.done.append(f"end: {cause}")

    def give_back(self, worker: object, reply: object) -> None:
        self.done.append("give back")


def supervised(workforce: Workforce) -> tuple[supervisor.Supervisor, RenderHealth]:
    health = RenderHealth()
    return supervisor.Supervisor(cast("Any", workforce), health), health


class TestSupervisor:
    def test_it_drops_the_dead_and_keeps_a_spare_one(self, clock: Clock) -> None:
        workforce = Workforce(spare=False)
        workforce.wanted.set()
        mine, health = supervised(workforce)
        mine._round()
        assert workforce.done == ["drop the dead"]
        assert not workforce.wanted.is_set()
        assert health.fault(proven=False) == "不能再有新的排版进程"
        workforce.spare = True
        mine._round()
        assert health.fault(proven=False) == ""

    @pytest.mark.parametrize("is_missing", [False, True])
    def test_it_replaces_a_fork_server_that_is_dead_or_missing(
        self, clock: Clock, is_missing: bool
    ) -> None:
        workforce = Workforce(is_alive=False)
        if is_missing:
            workforce.fork_server = None
        supervised(workforce)[0]._round()
        assert workforce.done == ["replace"]

    def test_after_a_fault_of_the_installation_it_waits_five_seconds(self, clock: Clock) -> None:
        workforce = Workforce(is_alive=False)
        workforce.fails = SetupError("字体有变")
        mine, _ = supervised(workforce)
        mine._round()
        clock.go(4.9)
        mine._round()
        assert workforce.done == ["replace", "fork-server-missing: 字体有变"]
        clock.go(0.1)
        mine._round()
        assert workforce.done[2:] == ["replace", "fork-server-missing: 字体有变"]

    def test_one_that_dies_at_once_is_replaced_in_the_next_round(self, clock: Clock) -> None:
        workforce = Workforce(is_alive=False)
        workforce.fails = WorkerDied("lost")
        mine, _ = supervised(workforce)
        mine._round()
        mine._round()
        assert workforce.done == ["replace", "replace"]

    @pytest.mark.slow
    def test_no_error_ends_it_and_each_round_is_a_beat(self, clock: Clock) -> None:
        workforce = Workforce()
        mine, health = supervised(workforce)
        rounds = iter([ZeroDivisionError("x" * 300), None])

        def drop_dead() -> None:
            clock.go(10)
            if fault := next(rounds):
                raise fault
            workforce.closed.set()

        workforce.drop_dead = drop_dead  # type: ignore[method-assign]
        mine._run()
        assert workforce.done == [f"supervisor-stumbled: ZeroDivisionError: {'x' * 181}"]
        assert health.beat_age == 0


Attempt = tuple[Any, Any] | Exception


class TestProbe:
    """A small render shows that renders work, where nothing else has shown it."""

    @pytest.fixture
    def attempts(self, monkeypatch: pytest.MonkeyPatch) -> list[Attempt]:
        """What the next renders come to: a reply and a file, or an error."""
        attempts: list[Attempt] = []

        def render(*_: object) -> tuple[Any, Any]:
            came = attempts.pop(0)
            if isinstance(came, Exception):
                raise came
            return came

        monkeypatch.setattr(probe, "render", render)
        return attempts

    def probed(self, workforce: Workforce) -> tuple[probe.RenderProbe, RenderHealth]:
        health = RenderHealth()
        return probe.RenderProbe(cast("Any", workforce), health, Config(), b"{}"), health

    def test_one_that_succeeds_is_a_proof(self, attempts: list[Attempt]) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        health.failed("试排失败")
        attempts.append((SimpleNamespace(failure=None), b"%PDF"))
        mine._probe()
        assert health.fault(proven=True) == ""
        assert workforce.done == ["give back"]

    @pytest.mark.parametrize(
        ("failure", "told"),
        [
            (None, "试排失败：没有成品"),
            (SimpleNamespace(kind="EngineFault", message="没有做成"), "试排失败：没有做成"),
            (
                SimpleNamespace(kind="RenderLimit", message="内存不够"),
                "试排失败：内存不够；排版进程的上限是",
            ),
        ],
    )
    def test_one_that_fails_is_told_once(
        self, attempts: list[Attempt], failure: Any, told: str
    ) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        for _ in range(2):
            attempts.append((SimpleNamespace(failure=failure), None))
            mine._probe()
        assert health.fault(proven=False).startswith(told.partition("；")[0])
        assert ("；" in health.fault(proven=False)) is ("；" in told)
        events = [one for one in workforce.done if one != "give back"]
        assert events == [f"proof-failed: {health.fault(proven=False)}"]

    def test_a_worker_that_dies_by_chance_gives_another_the_chance(
        self, attempts: list[Attempt]
    ) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        attempts += [WorkerDied("SIGKILL"), (SimpleNamespace(failure=None), b"%PDF")]
        mine._probe()
        assert workforce.done == ["end: SIGKILL", "give back"]
        assert health.fault(proven=True) == ""
        attempts += [WorkerDied("SIGKILL"), WorkerDied("SIGKILL"), (None, None)]
        mine._probe()
        assert len(attempts) == 1
        assert health.fault(proven=False).startswith("试排失败：SIGKILL；")

    def test_over_its_limit_it_is_not_tried_again(self, attempts: list[Attempt]) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        attempts += [RenderLimit("超过 30 秒"), (None, None)]
        mine._probe()
        assert len(attempts) == 1
        assert workforce.done[0] == "end: 超过 30 秒"
        assert "超过 30 秒" in health.fault(proven=False)

    def test_at_the_end_of_the_service_nothing_is_told(self, attempts: list[Attempt]) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        attempts.append(Cancelled())
        mine._probe()
        assert workforce.done == ["end: Cancelled"]
        assert health.fault(proven=False) == ""

    def test_without_a_worker_that_is_free_there_is_none(self, attempts: list[Attempt]) -> None:
        workforce = Workforce()
        workforce.worker = None
        mine, health = self.probed(workforce)
        mine._probe()
        assert (workforce.done, health.fault(proven=False)) == ([], "")

    @pytest.mark.parametrize(("age", "tries"), [(10.0, 0), (10.5, 1)])
    def test_it_is_due_ten_seconds_after_the_last_success(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch, age: float, tries: int
    ) -> None:
        workforce = Workforce()
        mine, health = self.probed(workforce)
        health.rendered()
        clock.go(age)
        tried: list[int] = []
        monkeypatch.setattr(mine, "_probe", lambda: tried.append(1))
        ends_after(workforce, 1)
        mine._run()
        assert len(tried) == tries
        assert mine._tried.is_set()

    def test_no_error_ends_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        workforce = Workforce()
        mine, _ = self.probed(workforce)
        monkeypatch.setattr(mine, "_probe", lambda: 1 // 0)
        ends_after(workforce, 2)
        mine._run()
        fault = "supervisor-stumbled: ZeroDivisionError: integer division or modulo by zero"
        assert workforce.done == [fault] * 2


def ends_after(workforce: Workforce, rounds: int) -> None:
    """Let the workforce close when that many rounds have been waited for."""
    left = [rounds]

    def wait(seconds: float) -> bool:
        assert seconds == 1.0
        left[0] -= 1
        if not left[0]:
            threading.Event.set(workforce.closed)
        return not left[0]

    cast("Any", workforce.closed).wait = wait
