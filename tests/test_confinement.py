"""Each protection by itself, and what a fork server takes over from whoever starts it."""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from hongtou.rendering.sandbox.kernel import system_call
from hongtou.rendering.sandbox.landlock import CREATE_RULESET, TELL_VERSION
from hongtou.rendering.sandbox.seccomp import (
    ALLOWED,
    ARCHITECTURES,
    CLONE,
    CLONE3,
    KILL,
    PRLIMIT,
    SENDTO,
    TGKILL,
)
from tests.support.serving import ROOT, SERVE, START_SECONDS, Serving, free_port, serving
from tests.support.stand_in import OPENER
from tests.support.users import as_other_user
from tests.test_faults_of_the_machine import children_of

pytestmark = pytest.mark.long

JIANBAO = (ROOT / "examples" / "jianbao.json").read_bytes()
RUN_INSTALLED = "from hongtou.cli import run; run()"  # -P: as the command's own folder is first
KNOWN = platform.machine() in ARCHITECTURES


def told(program: str, *arguments: str) -> Any:
    """Run a program of its own and return what it prints, as JSON."""
    found = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


ALONE = """
import json, os, signal, socket, sys, threading
from hongtou.rendering.sandbox import landlock, privileges, seccomp
privileges.refuse_new_privileges()
held = {
    "landlock": landlock.forbid_files,
    "seccomp": seccomp.allow_only_what_renders_need,
    "no-caps": privileges.drop_capabilities,
}[sys.argv[1]]()
def tried(what):
    try:
        what()
    except PermissionError:
        return False
    return True
def thread():
    one = threading.Thread(target=lambda: None)
    one.start()
    one.join()
print(json.dumps({
    "held": held,
    "read": tried(lambda: open("/etc/passwd")),
    "list": tried(lambda: os.listdir("/")),
    "signal": tried(lambda: os.kill(os.getppid(), 0)),
    "signal itself": tried(lambda: os.kill(os.getpid(), 0)),
    "connect": tried(lambda: socket.socket().connect(("127.0.0.1", int(sys.argv[2])))),
    "fork": tried(lambda: os.fork() or os._exit(0)),
    "thread": tried(thread),
    "bind a low port": tried(lambda: socket.socket().bind(("127.0.0.1", 1))),
}))
"""


def alone(protection: str) -> Any:
    with socket.create_server(("127.0.0.1", 0)) as open_port:
        return told(ALONE, protection, str(open_port.getsockname()[1]))


class TestAlone:
    def test_seccomp(self) -> None:
        if not KNOWN:
            pytest.skip(f"不知道 {platform.machine()} 的系统调用号")
        assert alone("seccomp") == {
            "held": True,
            "read": False,
            "list": False,
            "signal": False,
            "signal itself": True,
            "connect": False,
            "fork": False,
            "thread": True,
            "bind a low port": False,
        }

    def test_landlock(self) -> None:
        found = alone("landlock")
        if not found["held"]:
            pytest.skip("这里的内核没有 Landlock")
        assert (found["read"], found["list"]) == (False, False)
        assert (found["signal itself"], found["thread"], found["fork"]) == (True, True, True)
        if version_of_landlock() >= 6:
            assert (found["signal"], found["connect"]) == (False, False)

    def test_no_capabilities(self) -> None:
        found = alone("no-caps")
        assert (found["held"], found["bind a low port"]) == (True, False)


PROGRAM = """
import json, socket, sys
from hongtou.rendering.sandbox import Access, confine_program
held = confine_program({sys.argv[1]: Access.ALL})
def refused(what):
    try:
        what()
    except PermissionError:
        return True
    return False
print(json.dumps({
    "held": held,
    "sockets": [refused(lambda: socket.socket(family, kind)) for family, kind in (
        (socket.AF_INET, socket.SOCK_STREAM),
        (socket.AF_INET, socket.SOCK_DGRAM),
        (socket.AF_INET6, socket.SOCK_STREAM),
        (socket.AF_NETLINK, socket.SOCK_RAW),
    )],
    "unix": refused(lambda: socket.socketpair() and socket.socket(socket.AF_UNIX)),
    "own folder": refused(lambda: open(sys.argv[1] + "/new", "w")),
    "other files": refused(lambda: open("/etc/hostname")),
}))
"""


def test_a_program_that_is_started_reaches_its_folder_and_no_network(tmp_path: Path) -> None:
    if not KNOWN or version_of_landlock() < 1:
        pytest.skip("这里的内核没有 Landlock，或不知道系统调用号")
    found = told(PROGRAM, str(tmp_path))
    assert {"landlock", "no-internet"} <= set(found["held"])
    assert found["sockets"] == [True] * 4
    assert (found["unix"], found["own folder"], found["other files"]) == (False, False, True)


def version_of_landlock() -> int:
    return system_call(CREATE_RULESET, None, 0, TELL_VERSION)


@pytest.mark.parametrize("place", range(2))
def test_no_call_is_written_down_twice(place: int) -> None:
    numbers = [both[place] for both in ALLOWED.values() if both[place] is not None]
    assert len(set(numbers)) == len(numbers)


HEADERS = (
    Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    Path("/usr/include/asm-generic/unistd.h"),
)


@pytest.mark.parametrize("place", range(2))
def test_every_call_has_the_number_that_the_kernel_gives_it(place: int) -> None:
    """arm64 has the generic numbers."""
    if not HEADERS[place].exists():
        pytest.skip("没有 linux-libc-dev")
    defined = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", HEADERS[place].read_text(), re.M)
    kernel = {name: int(number) for name, number in defined}
    others = {"sendto": SENDTO, "prlimit64": PRLIMIT, "clone": CLONE, "clone3": CLONE3,
              "kill": KILL, "tgkill": TGKILL}  # fmt: skip
    for name, numbers in {**ALLOWED, **others}.items():
        assert kernel.get(name) == numbers[place], name


def status_of(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines)


FILTERED = "2" if KNOWN else "0"  # as the kernel says whose system calls a filter looks at


def workers_at_rest(fork_server: int) -> list[dict[str, str]]:
    """Return what the kernel says of all workers, once none of them is being started."""
    end = monotonic() + START_SECONDS
    while True:
        found = [status_of(process) for process in children_of(fork_server)]
        confined = [(one["NoNewPrivs"], one["Seccomp"]) == ("1", FILTERED) for one in found]
        is_done = len(found) >= 4 and all(confined)
        if is_done or monotonic() > end:
            return found
        sleep(0.05)


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    with serving(OPENER) as running:
        yield running


class TestProcesses:
    """What the kernel says of a running service."""

    def test_no_worker_has_a_capability_or_can_get_one(self, service: Serving) -> None:
        workers = workers_at_rest(service.do("tell").json["fork_server"])
        assert len(workers) >= 4  # two that the tenant has, two that nobody has
        for status in workers:
            for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
                assert int(status[kind], 16) == 0
            if os.geteuid() == 0:
                assert int(status["CapBnd"], 16) == 0
            assert status["NoNewPrivs"] == "1"
            assert status["Seccomp"] == FILTERED

    def test_workers_go_first_then_the_fork_server(self, service: Serving) -> None:
        told = service.do("tell").json
        adjusted = [
            int(Path(f"/proc/{process}/oom_score_adj").read_text())
            for process in (service.process.pid, told["fork_server"], told["process"])
        ]
        assert adjusted == sorted(set(adjusted))


class TestPrivacy:
    """No other process of the same user reads the memory of any of ours, protections or not."""

    @pytest.fixture
    def user(self) -> list[str]:
        return as_other_user("as nobody") if os.geteuid() == 0 else []

    def test_of_a_service(self, user: list[str]) -> None:
        with serving(OPENER, under=user) as service:
            told = service.do("tell").json
            for process in (service.process.pid, told["fork_server"], told["process"]):
                assert not can_read(process, user)

    def test_of_another_it_would(self, user: list[str]) -> None:
        """The proof above can fail."""
        with subprocess.Popen([*user, "sleep", "60"]) as other:
            try:
                assert any(
                    can_read(other.pid, user) for _ in range(20)
                )  # once it runs as that user
            finally:
                other.kill()


def can_read(process: int, user: Sequence[str]) -> bool:
    """Tell whether a user's process can read another's memory map."""
    reading = [*user, "head", "-c1", f"/proc/{process}/maps"]
    return subprocess.run(reading, capture_output=True, check=False).returncode == 0


class TestInherited:
    """What an init script, a shell or a container may leave behind."""

    @pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, closed: str) -> None:
        """The pool alone: no socket is taken for a stream, by a fork server or a worker."""
        program = (
            "import json, os, sys; from hongtou.config import Config; from hongtou.bulletin.order import Order\n"
            "from hongtou.rendering import Caller, WorkerPool\n"
            "from tests.support.stand_in import OPENER\n"
            "pool = WorkerPool(Config(), lambda *event: None, opener=OPENER)\n"
            "made = [pool.produce(b'{}', Order(), {}, Caller(lambda: False, str(n))) for n in range(4)]\n"
            "pool.close()\n"
            "os._exit(len(made))"
        )
        found = subprocess.run(
            ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", program],
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert found.returncode == 4

    @pytest.mark.parametrize(
        "before",
        [
            "signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))",
            "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
            "signal.signal(signal.SIGXCPU, signal.SIG_IGN)",
        ],
    )
    def test_blocked_and_ignored_signals(self, before: str) -> None:
        """A worker still ends at its processor limit, and its end is told."""
        program = (
            f"import json, signal; {before}\n"
            "from hongtou.config import Config; from hongtou.bulletin.order import Order\n"
            "from hongtou.bulletin.errors import RenderLimit\n"
            "from hongtou.rendering import Caller, WorkerPool\n"
            "from tests.support.stand_in import OPENER\n"
            "config = Config(render_seconds=30, render_cpu_seconds=1)\n"
            "pool = WorkerPool(config, lambda *event: None, opener=OPENER)\n"
            'try: pool.produce(b\'{"do": "spin"}\', Order(), {}, Caller(lambda: False))\n'
            "except RenderLimit as limit: print(json.dumps(limit.message))\n"
            "pool.close()"
        )
        assert "处理器" in told(program)

    def test_limits_below_what_a_worker_sets(self) -> None:
        """All at once: each that a worker could not do with would fail the render."""
        limits = ["--fsize=1048576", "--cpu=600", "--core=0", f"--as={2 << 30}", "--nofile=700"]
        with serving(under=["prlimit", *limits]) as service:
            assert service.render(JIANBAO).status == 200


class TestMemory:
    """Too little memory to set anything in: told with its limit's name, not left to be found out."""

    PROOF = (
        "import json, resource, sys, time\n"
        "resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))\n"
        "from hongtou.config import Config; from hongtou.rendering import WorkerPool\n"
        "from tests.support.stand_in import OPENER\n"
        "events = []\n"
        'documents = [b\'{"do": "bomb"}\']\n'
        "pool = WorkerPool(Config(), lambda *event: events.append(event), documents=documents, opener=OPENER)\n"
        "until = time.monotonic() + 30\n"
        "while not events and time.monotonic() < until: time.sleep(0.1)\n"
        "print(json.dumps([not pool.fault(), pool.fault(), events]))\n"
        "pool.close()"
    )

    @pytest.mark.parametrize(
        ("address_bytes", "named"),
        [(resource.RLIM_INFINITY, "HONGTOU_RENDER_MEMORY_BYTES"), (900 << 20, "ulimit -v")],
    )
    def test_what_a_worker_may_take(self, address_bytes: int, named: str) -> None:
        ready, fault, events = told(self.PROOF, str(address_bytes))
        assert not ready
        assert named in fault
        assert ["proof-failed", fault, ""] in events

    def test_what_the_service_may_take(self) -> None:
        started = subprocess.run(
            ["prlimit", f"--as={600 << 20}", *SERVE, "--port", str(free_port())],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert started.returncode == 4
        assert "ulimit -v" in started.stderr


class TestCurrentFolder:
    """Whoever starts the service in a folder of somebody else's runs nothing of it."""

    def test_nothing_there_is_run(self, tmp_path: Path) -> None:
        for name in ("json", "struct", "hongtou/__init__", "pydantic/__init__", "sitecustomize"):
            planted = tmp_path / f"{name}.py"
            planted.parent.mkdir(exist_ok=True)
            planted.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise ImportError")
        port = free_port()
        with subprocess.Popen(
            [sys.executable, "-P", "-c", RUN_INSTALLED, "serve", "--port", str(port)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                service = Serving(process, port)
                service.wait_until_ready()
                assert service.render(JIANBAO).status == 200
            finally:
                process.kill()
        assert not (tmp_path / "ran").exists()
