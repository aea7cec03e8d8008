"""What the doctor asks of a machine, and what it says of an answer, part by part."""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

import hongtou
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import listening_remedy
from hongtou.config import Config, read_config
from hongtou.doctor import examination, machine, report, software, trial
from hongtou.doctor.check import Check, cause_line, well
from hongtou.pins import PINNED
from hongtou.rendering.sandbox import MIB

SOUND, UNSOUND = well("Python", "3.11"), Check("端口", False, "不能监听", "请换一个端口")


class TestTheService:
    """It is well whenever `serve` would start: elsewhere than on loopback with keys or accounts."""

    def test_on_all_addresses_accounts_are_enough(self, tmp_path: Path) -> None:
        file = tmp_path / "hongtou.db"
        found = trial._service(Config(host="0.0.0.0", database=str(file)))
        assert found.ok and found.detail.startswith("可以启动")
        assert not file.exists()

    @pytest.mark.parametrize("database", ["none", "/proc/none/hongtou.db"])
    def test_where_there_can_be_none_keys_are_asked_for(self, database: str) -> None:
        with pytest.raises(SetupError, match="须有密钥或帐号"):
            trial._service(Config(host="0.0.0.0", database=database))


class TestLimits:
    """A limit of the system is enough when it is as large as what the service needs."""

    CONFIG = read_config(
        {"HONGTOU_REQUEST_BYTES": "5000", "HONGTOU_RENDER_MEMORY_BYTES": str(900 * MIB)}
    )
    NEEDED: ClassVar = {resource.RLIMIT_FSIZE: 5000, resource.RLIMIT_AS: 900 * MIB}

    def found(
        self, monkeypatch: pytest.MonkeyPatch, limits: dict[int, int]
    ) -> list[tuple[bool, str, str]]:
        unlimited = resource.RLIM_INFINITY
        monkeypatch.setattr(
            resource, "getrlimit", lambda kind: (limits.get(kind, unlimited), unlimited)
        )
        return [
            (check.ok, check.detail, check.remedy) for check in machine.look_at_limits(self.CONFIG)
        ]

    def test_what_is_unlimited_or_just_enough_is_well(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self.found(monkeypatch, {}) == [(True, "够用", "")]
        assert self.found(monkeypatch, self.NEEDED) == [(True, "够用", "")]

    @pytest.mark.parametrize(
        ("kind", "title", "letter", "name"),
        [
            (resource.RLIMIT_FSIZE, "单个文件的字节数", "-f", "LimitFSIZE"),
            (resource.RLIMIT_AS, "地址空间的字节数", "-v", "LimitAS"),
        ],
    )
    def test_a_byte_less_is_too_little(
        self, monkeypatch: pytest.MonkeyPatch, kind: int, title: str, letter: str, name: str
    ) -> None:
        needed = self.NEEDED[kind]
        assert self.found(monkeypatch, {kind: needed - 1}) == [
            (
                False,
                f"{title}只许 {needed - 1}，应为至少 {needed}",
                f"ulimit {letter} unlimited；由 systemd 启动的，写 {name}=infinity",
            )
        ]

    def test_any_limit_of_processor_time_ends_a_service_some_day(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ((ok, detail, remedy),) = self.found(monkeypatch, {resource.RLIMIT_CPU: 10**9})
        assert (ok, detail) == (False, f"处理器时间的秒数只许 {10**9}，应为不限")
        assert "ulimit -t unlimited" in remedy

    def test_every_limit_that_is_too_low_is_told_of(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = self.found(monkeypatch, {kind: 1 for kind, *_ in machine.LIMITS})
        assert [ok for ok, _, _ in found] == [False] * 3


class Answering(HTTPServer):
    """Listens on a port as another program would: with this answer, and this request id."""

    def __init__(self, answer: bytes, request_id: str | None) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                assert self.path == "/healthz"
                self.send_response(200)
                if request_id:
                    self.send_header("X-Request-Id", request_id)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.1", 0), Handler)


@contextmanager
def answering(answer: bytes, request_id: str | None) -> Iterator[Config]:
    """Yield settings with the port of a server that answers so."""
    server = Answering(answer, request_id)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield read_config({"HONGTOU_PORT": str(server.server_port)})
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class TestPort:
    def test_a_free_port_is_well(self) -> None:
        with socket.socket() as tried:
            tried.bind(("127.0.0.1", 0))
            port = tried.getsockname()[1]
        (check,) = machine.look_at_port(read_config({"HONGTOU_PORT": str(port)}))
        assert check == well("端口", f"http://127.0.0.1:{port}")

    def test_hongtou_may_run_there_already(self) -> None:
        with answering(b'{"status": "ok"}', "abc") as config:
            (check,) = machine.look_at_port(config)
        assert check == well("端口", f"{config.url} 上正运行着 hongtou")

    @pytest.mark.parametrize(
        ("answer", "request_id"),
        [
            (b'{"status": "ok"}', None),
            (b'{"health": "ok"}', "abc"),
            (b"ok", "abc"),
            (b"1", "abc"),
        ],
    )
    def test_another_program_may_not(self, answer: bytes, request_id: str | None) -> None:
        with answering(answer, request_id) as config:
            (check,) = machine.look_at_port(config)
        assert not check.ok
        assert check.detail == f"不能监听 {config.url}：端口已被别的程序占用"
        assert check.remedy.startswith("请用 --port 或 HONGTOU_PORT 换一个端口，或停止")

    @pytest.mark.parametrize(("size", "is_ours"), [(64 * 1024, True), (64 * 1024 + 1, False)])
    def test_no_more_than_64_kib_of_its_answer_are_read(self, size: int, is_ours: bool) -> None:
        with answering(b'{"status": "ok"}'.rjust(size), "abc") as config:
            (check,) = machine.look_at_port(config)
        assert check.ok == is_ours

    @pytest.mark.parametrize(
        ("number", "remedy"),
        [
            (errno.EADDRINUSE, "请用 --port 或 HONGTOU_PORT 换一个端口，或停止占用该端口的程序"),
            (errno.EACCES, "1024 以下的端口须由 root 开放：请用 HONGTOU_PORT 换一个端口"),
            (errno.EADDRNOTAVAIL, "请把 HONGTOU_HOST 改为本机的地址，如 127.0.0.1"),
        ],
    )
    def test_the_remedy_is_that_of_the_reason(self, number: int, remedy: str) -> None:
        assert listening_remedy(OSError(number, "")) == remedy

    @pytest.mark.parametrize(("host", "asked"), [("0.0.0.0", "127.0.0.1"), ("::", "::1")])
    def test_a_service_on_all_addresses_is_asked_on_this_machine(
        self, monkeypatch: pytest.MonkeyPatch, host: str, asked: str
    ) -> None:
        calls = []

        def connection(host: str, port: int, timeout: float) -> SimpleNamespace:
            calls.append((host, port, timeout))
            return SimpleNamespace(request=lambda *_: _refuse(), close=lambda: None)

        def _refuse() -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("http.client.HTTPConnection", connection)
        assert not machine._is_ours(Config(host=host, port=8105))
        assert calls == [(asked, 8105, 2.0)]  # seconds: another program may never answer


class TestTemporaryFolder:
    def test_one_that_can_be_written_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        assert list(machine.look_at_temporary_folder()) == [well("临时目录", str(tmp_path))]
        assert list(tmp_path.iterdir()) == []

    def test_one_that_is_not_there_is_to_be_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TMPDIR", f"{tmp_path}/a b")
        (check,) = machine.look_at_temporary_folder()
        assert not check.ok
        assert check.remedy == f"mkdir -p '{tmp_path}/a b'，或 unset TMPDIR"

    def test_one_that_cannot_be_written_is_told_of(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TMPDIR", "/proc")
        (check,) = machine.look_at_temporary_folder()
        assert not check.ok
        assert check.detail.startswith("/proc 不能写：")

    @pytest.mark.parametrize(("free", "ok"), [(4999, False), (5000, True)])
    def test_there_is_room_in_it(
        self, monkeypatch: pytest.MonkeyPatch, free: int, ok: bool
    ) -> None:
        monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=free))
        lacking = trial._room(5000)
        assert (lacking is None) is ok
        if lacking is not None:
            assert "只剩 4.9 KB，至少须 4.9 KB" in lacking.detail


class TestThreads:
    def test_as_many_must_start_as_the_service_has_threads_and_processes(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Beside the workers there are the fork server and whoever started it."""
        config = read_config({"HONGTOU_THREADS": "40", "HONGTOU_WORKERS": "10"})
        monkeypatch.setattr(trial, "_started_in_a_fork", lambda wanted: wanted)
        assert trial._threads(config) == well("进程与线程", "可以启动 56 个")
        monkeypatch.setattr(trial, "_started_in_a_fork", lambda wanted: wanted - 1)
        check = trial._threads(config)
        assert not check.ok
        assert check.detail == "只能再启动 55 个进程与线程，至少须 56 个"

    @pytest.mark.slow
    def test_those_that_start_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert trial._started_in_a_fork(7) == 7
        started = iter([None, None, RuntimeError("can't start new thread")])

        def start(thread: threading.Thread) -> None:
            if refusal := next(started):
                raise refusal

        monkeypatch.setattr(threading.Thread, "start", start)
        assert trial._started(7) == 2

    def test_where_no_process_starts_none_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fork() -> int:
            raise BlockingIOError

        monkeypatch.setattr(os, "fork", fork)
        assert trial._started_in_a_fork(7) == 0


class TestTrial:
    def test_it_sets_the_issue_in_the_memory_of_a_worker(self) -> None:
        before = resource.getrlimit(resource.RLIMIT_AS)
        most = 1 << 44  # no test needs as much
        with trial._address_space(most):
            assert resource.getrlimit(resource.RLIMIT_AS)[0] == most
            with trial._address_space(2 * most):  # a limit that is lower stays
                assert resource.getrlimit(resource.RLIMIT_AS)[0] == most
        assert resource.getrlimit(resource.RLIMIT_AS) == before

    def test_it_is_that_of_the_hongtou_which_asks(self) -> None:
        assert (examination.ROOT / "hongtou").samefile(Path(hongtou.__file__).parent)

    @pytest.mark.slow
    def test_what_python_is_made_to_print_first_is_none_of_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "sitecustomize.py").write_text("print('hello')\nprint(7)")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        found = list(examination._trial(packages_only=True))
        assert found
        assert all(check.name.startswith("软件包") and check.ok for check in found)

    @pytest.mark.slow
    def test_the_engine_is_loaded_first_as_in_a_render(self) -> None:
        """What other packages bring may hide a fault of how it is loaded."""
        program = (
            "import sys; from hongtou.doctor import trial\n"
            "def tried(name, part, told):\n"
            "    print(name, 'http.client' in sys.modules, file=told)\n"
            "    return part()\n"
            "trial._try = tried; trial.main()"
        )
        command = [sys.executable, "-c", program, "packages"]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        first, *others = run.stdout.splitlines()
        assert first == "软件包 weasyprint False"
        assert any(line.endswith("True") for line in others)

    @pytest.mark.parametrize(
        ("fault", "told"),
        [
            (KeyError("x"), "KeyError 'x'"),
            (ValueError("no\n grid"), "no grid"),
            (ValueError(), "ValueError"),
            (ImportError("no module", name="PIL"), "no module（PIL）"),
            (ImportError("no module PIL", name="PIL"), "no module PIL"),
            (OSError(2, "No such file", "a.ttf"), "[Errno 2] No such file: 'a.ttf'"),
        ],
    )
    def test_the_first_cause_is_told_on_a_line(self, fault: Exception, told: str) -> None:
        outer = RuntimeError("outer")
        outer.__cause__ = fault
        assert cause_line(fault) == cause_line(outer) == told

    def test_what_is_too_much_for_the_memory_has_a_remedy_of_its_own(self) -> None:
        assert trial._remedy(MemoryError()).startswith("请调高 HONGTOU_RENDER_MEMORY_BYTES")
        assert "HONGTOU" not in trial._remedy(ValueError())

    def test_a_part_that_fails_is_reported_with_its_cause(self, tmp_path: Path) -> None:
        with (tmp_path / "told").open("w+", encoding="utf-8") as told:
            assert trial._try("甲", lambda: well("甲", "好"), told)
            assert trial._try("乙", lambda: None, told)
            assert not trial._try("丙", lambda: 1 // 0 and None, told)
            assert not trial._try("丁", _refused, told)
            told.seek(0)
            records = [json.loads(line) for line in told]
        assert [record for record in records if "begun" in record] == [
            {"begun": name} for name in "甲乙丙丁"
        ]
        assert [(one.get("name"), one.get("ok"), one.get("detail")) for one in records[1::2]] == [
            ("甲", True, "好"),
            (None, None, None),
            ("丙", False, "integer division or modulo by zero"),
            ("丁", False, "字体有变"),
        ]

    @pytest.mark.parametrize(
        ("program", "told"),
        [
            ('print(\'{"begun": "试排"}\', flush=True); import os; os.abort()', "SIGABRT"),
            ("import sys; sys.exit('loading\\nno such library')", "进程以 1 结束：no such library"),
        ],
    )
    def test_one_that_dies_is_told_of_by_the_part_it_had_begun(
        self, monkeypatch: pytest.MonkeyPatch, program: str, told: str
    ) -> None:
        monkeypatch.setattr(examination, "TRIAL", program.replace("{", "{{").replace("}", "}}"))
        (check,) = examination._trial(packages_only=False)
        assert (check.name, check.ok) == ("试排", False)
        assert told in check.detail
        assert check.remedy

    def test_one_that_does_not_end_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(examination, "TRIAL", "import time; time.sleep(60)")
        monkeypatch.setattr(examination, "TRIAL_SECONDS", 0.2)
        (check,) = examination._trial(packages_only=False)
        assert (check.ok, check.detail) == (False, "0.2 秒没有排完")

    @pytest.mark.parametrize("packages_only", [False, True])
    def test_it_may_be_of_the_packages_alone(
        self, monkeypatch: pytest.MonkeyPatch, packages_only: bool
    ) -> None:
        calls: list[list[str]] = []

        def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
            calls.append(command)
            return subprocess.CompletedProcess(command, 0, "", "")

        monkeypatch.setattr(subprocess, "run", run)
        assert list(examination._trial(packages_only=packages_only)) == []
        assert (calls[0][-1] == "packages") is packages_only


def _refused() -> Check:
    raise SetupError("字体有变", hint="请重新安装")


class TestVersions:
    @pytest.mark.parametrize(
        ("found", "relation", "wanted", "ok"),
        [
            ("8.3.0", ">=", "8.2", True),
            ("8.2", ">=", "8.2", True),
            ("8.10.1", ">=", "8.9.3", True),
            ("8.1.9", ">=", "8.2", False),
            ("68.1", "==", "68.1", True),
            ("68.2", "==", "68.1", False),
        ],
    )
    def test_a_package_is_as_new_as_it_must_be_or_just_the_one(
        self, monkeypatch: pytest.MonkeyPatch, found: str, relation: str, wanted: str, ok: bool
    ) -> None:
        monkeypatch.setattr(software, "_requirements", lambda: [("click", relation, wanted)])
        monkeypatch.setattr(software, "version", lambda name: found)
        checks = list(software.look_at_versions())
        assert checks == [] if ok else [one.ok for one in checks] == [False]
        assert ok or checks[0].detail == f"需要 {relation}{wanted}，现为 {found}"

    def test_one_that_the_service_is_not_made_for_is_told_of_with_its_remedy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        name = next(iter(PINNED))
        monkeypatch.setitem(PINNED, name, "0.1")
        found = trial._package(name)
        assert not found.ok
        assert found.detail.startswith(f"需要 {name} 0.1，现为 ")
        assert found.remedy


class TestReport:
    def test_a_line_for_every_part_and_one_for_its_remedy(self) -> None:
        assert report.as_lines([SOUND, UNSOUND]) == (
            "正常  Python  3.11\n缺失  端口  不能监听\n      办法：请换一个端口\n"
        )

    @pytest.mark.parametrize(
        ("checks", "code"), [([SOUND], 0), ([SOUND, UNSOUND], 4), ([UNSOUND, SOUND], 4)]
    )
    @pytest.mark.parametrize("as_json", [False, True])
    def test_its_exit_code_is_4_where_anything_is_lacking(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capfdbinary: pytest.CaptureFixture[bytes],
        checks: list[Check],
        code: int,
        as_json: bool,
    ) -> None:
        monkeypatch.setattr(report, "examine", lambda: checks)
        monkeypatch.setattr(sys, "stdout", sys.__stdout__)
        assert report.write_report(as_json=as_json) == code
        text = report.as_document(checks) if as_json else report.as_lines(checks)
        assert capfdbinary.readouterr().out.decode() == text

    def test_what_standard_output_does_not_take_goes_to_standard_error(
        self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        monkeypatch.setattr(report, "examine", lambda: [SOUND])
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", sys.__stderr__)
        assert report.write_report(as_json=False) == 4
        assert capfdbinary.readouterr().err.decode() == report.as_lines([SOUND])
