"""`hongtou serve` as it is started: what it says of its surroundings, and where it cannot run."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hongtou.keys import Scope, key_line
from tests.support.serving import free_port
from tests.test_config import KUBERNETES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SERVE = [sys.executable, "-P", "-m", "hongtou", "serve"]


@contextmanager
def started(port: int, **environment: str) -> Iterator[list[dict[str, Any]]]:
    """Give the lines of the log up to the one that says that it listens."""
    with subprocess.Popen(
        [*SERVE, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        lines: list[dict[str, Any]] = []
        for line in process.stderr:
            lines.append(json.loads(line))
            if lines[-1]["event"] == "listening":
                break
        try:
            yield lines
        finally:
            process.send_signal(signal.SIGTERM)
            process.stderr.read()


@pytest.mark.parametrize("is_blocked", [False, True])
def test_a_signal_while_it_starts_ends_it_as_one_later_does(is_blocked: bool) -> None:
    begin = "import signal, time; from hongtou.web.server.shutdown import end_at_once; "
    if is_blocked:
        begin += "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM]); "
    starting = begin + "end_at_once(); print('', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", starting], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_what_kubernetes_says_is_told_of_once_and_ignored() -> None:
    port = free_port()
    with started(port, **KUBERNETES) as lines:
        told = [line for line in lines if line["event"] == "ignored-settings"]
        assert [line["names"] for line in told] == [sorted(KUBERNETES)]
        assert lines[-1]["url"] == f"http://127.0.0.1:{port}"


def test_the_address_is_shown_as_in_a_url() -> None:
    port = free_port()
    try:
        socket.create_server(("::1", port), family=socket.AF_INET6).close()
    except OSError as refusal:
        pytest.skip(f"这里没有 IPv6 回环地址：{refusal}")
    with started(port, HONGTOU_HOST="[::1]") as lines:
        assert lines[-1]["url"] == f"http://[::1]:{port}"
        socket.create_connection(("::1", port), timeout=10).close()


@pytest.mark.parametrize(
    ("host", "told", "remedy"),
    [
        ("127.0.0.1", "端口已被别的程序占用", "请用 --port 或 HONGTOU_PORT 换一个端口"),
        ("192.0.2.1", "这不是本机的地址", "请把 HONGTOU_HOST 改为本机的地址"),
        ("no-such-host.invalid", "找不到这个主机名", "请把 HONGTOU_HOST 改为本机的地址"),
    ],
)
def test_where_it_cannot_listen_it_says_why_and_what_to_do(
    host: str, told: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / "keys").write_text(f"{key_line('x' * 40, [Scope.RENDER], '甲')}\n")
    settings = {"HONGTOU_HOST": host, "HONGTOU_KEYS": str(tmp_path / "keys")}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [*SERVE, "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, **settings},
        )
    assert ended.returncode == 4
    assert f"不能监听 http://{host}:{port}：{told}（{remedy}" in ended.stderr
    assert "Errno" not in ended.stderr


@pytest.mark.parametrize("package", ["flask", "pikepdf"])
def test_where_it_cannot_start_it_says_what_the_doctor_says(tmp_path: Path, package: str) -> None:
    (tmp_path / f"{package}.py").write_text(f"raise ModuleNotFoundError('none', name='{package}')")
    ended = subprocess.run(
        SERVE,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "HONGTOU_PORT": str(free_port())},
    )
    assert ended.returncode == 4
    assert "Traceback" not in ended.stderr
    assert f"缺失  软件包 {package}" in ended.stderr
    assert "办法：" in ended.stderr
