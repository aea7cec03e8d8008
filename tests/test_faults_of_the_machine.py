"""A machine that runs short of something, or tells the wrong time: what a service's clients see."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hongtou.faces import read_manifest
from tests.support.machine import Clock, control_group, own_clock, with_own_mounts
from tests.support.serving import ROOT, SERVE, Serving, metric, refused, serving
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.long

SETTINGS = {"render_seconds": 2, "workers": 2, "queue": 2, "threads": 8}
MIB = 1024 * 1024
SOON = 60  # seconds, on whatever machine: the clock jumps by a day


def document_of(text: str) -> bytes:
    """Return an issue with a text of its own."""
    issue = json.loads((ROOT / "examples" / "jianbao.json").read_bytes())
    issue["articles"][0]["body"] = text
    return json.dumps(issue).encode()


def answers(service: Serving) -> bool:
    return service.ask("GET", "/healthz", seconds=1).status == 200


def children_of(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def descriptors(service: Serving) -> set[int]:
    if os.geteuid() != 0:
        pytest.skip("服务的进程不许别人看（undumpable），要以 root 运行测试才数得了描述符")
    return {int(one.name) for one in Path(f"/proc/{service.process.pid}/fd").iterdir()}


class TestDescriptors:
    """Fewer descriptors than connections: the rest wait in the kernel until one closes."""

    @pytest.fixture
    def poor(self) -> Iterator[Serving]:
        with serving(OPENER, under=["prlimit", "--nofile=128:128"], **SETTINGS) as running:
            yield running

    def allow(self, service: Serving, most: int) -> None:
        resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE, (most, 128))

    def test_a_crowd_leaves_enough_for_work(self, poor: Serving) -> None:
        crowd = [poor.connect() for _ in range(300)]
        try:
            time.sleep(0.3)
            held = len(descriptors(poor))
            before = poor.processor_seconds()
            time.sleep(1)
            assert poor.processor_seconds() - before < 0.2  # nothing turns in a circle
            assert held < 64  # of 128, and none but for connections
        finally:
            for client in crowd:
                client.close()
        began = time.monotonic()
        assert answers(poor)
        assert time.monotonic() - began < 1
        assert poor.do("tell").status == 200

    def test_none_left_at_all_is_no_end(self, poor: Serving) -> None:
        free = min(set(range(128)) - descriptors(poor))
        self.allow(poor, free)
        waiting = [poor.connect() for _ in range(3)]
        before = poor.processor_seconds()
        time.sleep(1)
        assert poor.processor_seconds() - before < 0.2
        self.allow(poor, 128)
        for client in waiting:
            client.close()
        assert answers(poor)
        assert poor.do("tell").status == 200

    def test_too_few_to_work_with_are_refused_at_start(self) -> None:
        started = subprocess.run(
            ["prlimit", "--nofile=90:90", *SERVE],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert started.returncode == 4
        assert "ulimit -n" in started.stderr


class TestProcesses:
    """No process, and no thread, may be added."""

    def test_503_until_there_may_be_more(self) -> None:
        with control_group("pids") as group, warm_serving(OPENER, **SETTINGS) as service:
            told = service.do("tell").json
            group.take(service.process.pid, told["fork_server"])
            group.set("1", "pids.max")
            for worker in children_of(told["fork_server"]):
                os.kill(worker, signal.SIGKILL)
            time.sleep(1)  # two looks of the supervisor
            refused(service.ask("GET", "/readyz"), 503)
            refused(service.do("tell"), 503)
            assert answers(service)
            group.set("max", "pids.max")
            assert service.do("tell").json["fork_server"] == told["fork_server"]
            service.wait_until_ready(2)

    def test_a_fork_server_that_cannot_be_replaced_is_later(self) -> None:
        with control_group("pids") as group, warm_serving(OPENER, **SETTINGS) as service:
            told = service.do("tell").json
            group.take(service.process.pid, told["fork_server"], told["process"])
            group.set("1", "pids.max")
            os.kill(told["fork_server"], signal.SIGKILL)
            time.sleep(2)
            refused(service.ask("GET", "/readyz"), 503)
            assert answers(service)
            group.set("max", "pids.max")
            service.wait_until_ready(10)
            assert service.do("tell").status == 200

    def test_it_can_be_ended(self) -> None:
        with (
            control_group("pids") as group,
            warm_serving(OPENER, **SETTINGS) as service,
            ThreadPoolExecutor(1) as threads,
        ):
            group.take(service.process.pid)
            group.set("1", "pids.max")
            asked = threads.submit(service.do, "sleep", 1)
            time.sleep(0.3)
            service.process.send_signal(signal.SIGTERM)
            assert asked.result().status == 200
            assert service.process.wait(10) == 0


class TestMemory:
    def test_the_kernel_ends_a_worker_and_nothing_else(self) -> None:
        with control_group("memory") as group, serving(OPENER, **SETTINGS) as service:
            told = service.do("tell").json
            group.set("0", "memory.swap.max", "memory.swappiness")
            group.set(str(300 * MIB), "memory.max", "memory.limit_in_bytes")
            group.take(service.process.pid, told["fork_server"], told["process"])
            refused(service.do("hoard"), 503)
            assert group.count("memory.events", "memory.oom_control", of="oom_kill") == 2
            assert metric(service, 'hongtou_processes_ended_total{cause="SIGKILL"') == 2
            assert service.do("tell").json["fork_server"] == told["fork_server"]


class TestClock:
    """A wall clock that jumps by a day: every limit goes by the monotonic one."""

    @pytest.fixture
    def clock(self, tmp_path: Path) -> Iterator[Clock]:
        with own_clock(tmp_path) as found:
            yield found

    @pytest.mark.parametrize("jump", ["+1d", "-1d"])
    def test_nobody_notices(self, clock: Clock, tmp_path: Path, jump: str) -> None:
        log = tmp_path / "log"
        with serving(OPENER, python=clock.python, log=log, **SETTINGS) as service:
            with ThreadPoolExecutor(5) as threads, service.connect() as half_sent:
                half_sent.sendall(
                    b"POST /v1/render HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
                    b"Content-Type: application/json\r\nConnection: close\r\n\r\n{"
                )
                asked = [
                    threads.submit(service.do, "sleep", 1) for _ in range(4)
                ]  # two of them wait
                time.sleep(0.5)
                clock.jump(jump)
                assert [one.result().status for one in asked] == [200] * 4
                assert all(1 <= one.result().seconds < SOON for one in asked)
                half_sent.sendall(b"}")
                assert half_sent.recv(12) == b"HTTP/1.1 200"
                hang = threads.submit(service.do, "hang")
                time.sleep(0.5)
                clock.jump("+0")
                refused(hang.result(), 504)
                assert 2 <= hang.result().seconds < SOON
            clock.jump(jump)
            told = [service.do("tell") for _ in range(3)]
            now = datetime.now(UTC)
        written = [json.loads(line) for line in log.read_text().splitlines()]
        moved = datetime.fromisoformat(written[-1]["timestamp"]) - now
        assert abs(moved.total_seconds()) > 86_000  # or nothing was tried
        requests = [line["request_id"] for line in written if line["event"] == "request"]
        assert requests[-3:] == [one.headers["X-Request-Id"] for one in told]


class TestDisk:
    """The disk of temporary files: bodies over 512 KiB and answers over 1 MiB go there."""

    def fill(self, folder: Path) -> None:
        with (folder / "fill").open("wb") as filling:
            try:
                while True:
                    filling.write(bytes(MIB))
            except OSError:
                filling.truncate(filling.tell() // 4096 * 4096)

    def test_full(self, tmp_path: Path) -> None:
        under = with_own_mounts(
            f"mount -t tmpfs -o size=72m none {tmp_path}; export TMPDIR={tmp_path}"
        )
        large = json.dumps({"do": "tell", "padding": "x" * MIB}).encode()
        with serving(OPENER, under=under, **SETTINGS) as service:
            seen = Path(f"/proc/{service.process.pid}/root{tmp_path}")
            assert service.render(large).status == 200
            self.fill(seen)
            refused(service.ask("GET", "/readyz"), 503)
            refused(service.render(large), 503)
            assert service.do("tell").status == 200
            assert len(service.do("large", 5 * MIB).body) == 5 * MIB + 2  # whole, out of memory
            assert len(list(seen.iterdir())) == 1  # nothing half written
            (seen / "fill").unlink()
            assert service.is_ready()
            assert service.render(large).status == 200

    def test_read_only(self, tmp_path: Path) -> None:
        under = with_own_mounts(
            f"mount -t tmpfs -o size=72m none {tmp_path}; export TMPDIR={tmp_path}"
        )
        with serving(OPENER, under=under, **SETTINGS) as service:
            enter = ["nsenter", f"--target={service.process.pid}", "--mount"]
            enter += [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
            subprocess.run([*enter, "mount", "-o", "remount,bind,ro", tmp_path], check=True)
            refused(service.ask("GET", "/readyz"), 503)
            assert service.do("tell").status == 200
            subprocess.run([*enter, "mount", "-o", "remount,bind,rw", tmp_path], check=True)
            assert service.is_ready()

    def test_a_log_that_cannot_be_written_stops_nothing(self) -> None:
        with warm_serving(OPENER, log=Path("/dev/full"), **SETTINGS) as service:
            assert service.do("tell").status == 200
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(10) == 0

    def test_no_shared_memory(self, tmp_path: Path) -> None:
        under = with_own_mounts(
            f"mount -t tmpfs none {tmp_path}; for one in null urandom; do touch {tmp_path}/$one; "
            f"mount --bind /dev/$one {tmp_path}/$one; done; mount --rbind {tmp_path} /dev"
        )
        document = (ROOT / "examples" / "jianbao.json").read_bytes()
        with serving(under=under) as service:
            assert not Path(f"/proc/{service.process.pid}/root/dev/shm").exists()
            assert service.render(document).status == 200


def altered(font: Path) -> None:
    with font.open("r+b") as content:
        content.write(bytes(font.stat().st_size))


def truncated(font: Path) -> None:
    os.truncate(font, 1000)


damages = pytest.mark.parametrize("damage", [altered, truncated, Path.unlink])


class TestFonts:
    """A font file damaged in place: never another character in print."""

    @pytest.fixture
    def fonts(self, tmp_path: Path) -> Path:
        return Path(shutil.copytree(ROOT / "fonts", tmp_path / "fonts"))

    @damages
    def test_at_start_it_is_named(self, fonts: Path, damage: Callable[[Path], None]) -> None:
        damage(fonts / "files" / "body.ttf")
        started = subprocess.run(
            SERVE,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "HONGTOU_FONTS_DIR": str(fonts)},
            timeout=60,
            check=False,
        )
        assert started.returncode == 4
        assert "body.ttf" in started.stderr
        assert read_manifest(fonts).faces["body"].sha256 in started.stderr

    def test_while_running_nothing_is_printed_otherwise(self, fonts: Path) -> None:
        whole = (fonts / "files" / "body.ttf").read_bytes()
        texts = ["鳄鹤麝籍", "羁耀馨鬓"]  # in no example, and so in no cache
        with warm_serving() as sound:
            right = [sound.render(document_of(text)).body for text in texts]
        with serving(fonts_dir=fonts) as service:
            for damage, text, expected in zip((altered, truncated), texts, right, strict=True):
                damage(fonts / "files" / "body.ttf")
                refused(service.ask("GET", "/readyz"), 503)
                assert service.render(document_of(text)).body == expected
            os.kill(self.fork_server_of(service), signal.SIGKILL)
            time.sleep(2)
            refused(service.ask("GET", "/readyz"), 503)  # nor does a new fork server open it
            (fonts / "files" / "body.ttf").write_bytes(whole)
            service.wait_until_ready(15)
            assert service.render(document_of(texts[0])).body == right[0]

    def fork_server_of(self, service: Serving) -> int:
        return children_of(service.process.pid)[0]
