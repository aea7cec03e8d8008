"""What the system provides: streams, a temporary folder, limits, /proc, a port."""

from __future__ import annotations

import errno
import http.client
import json
import os
import resource
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from hongtou.bulletin.system_errors import listening_remedy, reason_of
from hongtou.config import Config, temporary_setting
from hongtou.doctor.check import Check, well

PROC = Path("/proc/self/statm")
LONGEST_ANSWER_SECONDS = 2.0  # to learn whether hongtou holds the port
LIMITS = (
    # limit of setrlimit(2), title, option of ulimit, name in systemd
    (resource.RLIMIT_FSIZE, "单个文件的字节数", "-f", "LimitFSIZE"),
    (resource.RLIMIT_AS, "地址空间的字节数", "-v", "LimitAS"),
    (resource.RLIMIT_CPU, "处理器时间的秒数", "-t", "LimitCPU"),
)


def look_at_streams() -> Iterator[Check]:
    """Check that standard output and standard error are open."""
    closed = [
        name
        for name, stream in (("标准输出", sys.stdout), ("标准错误", sys.stderr))
        if stream is None
    ]
    if closed:
        remedy = "请去掉命令末尾的 >&-、2>&-，或改为 >/dev/null"
        yield Check("输出", False, f"{'、'.join(closed)}已关闭", remedy)


def look_at_temporary_folder() -> Iterator[Check]:
    """Write a temporary file; Python silently ignores a TMPDIR that it cannot use."""
    wanted = temporary_setting()
    if wanted and not Path(wanted).is_dir():
        yield Check(
            "临时目录",
            False,
            f"TMPDIR={wanted} 不是已有的目录",
            f"mkdir -p {quote(wanted)}，或 unset TMPDIR",
        )
        return
    folder = wanted or _usual_folder()
    try:
        with tempfile.TemporaryFile(dir=folder) as written:
            written.write(b"hongtou")
            written.flush()
    except OSError as cause:
        detail = f"{folder or '/tmp'} 不能写：{reason_of(cause)}"
        yield Check("临时目录", False, detail, "export TMPDIR=一个可写的目录，如 /var/tmp")
        return
    yield well("临时目录", str(folder))


def _usual_folder() -> str | None:
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return None  # no folder is writable: opening a file gives the reason


def look_at_proc() -> Iterator[Check]:
    """Check for /proc, without which the memory of a worker is unknown."""
    is_there = PROC.is_file()
    yield Check(
        "/proc",
        is_there,
        "可用" if is_there else "没有挂载，看不到排版进程占用多少内存",
        "" if is_there else "mount -t proc proc /proc；容器里请不要遮住 /proc",
    )


def look_at_limits(config: Config) -> Iterator[Check]:
    """Compare the limits of this process with the needs of the service."""
    needed = {
        resource.RLIMIT_FSIZE: config.request_bytes,  # a request body is kept in a temporary file
        resource.RLIMIT_AS: config.render_memory_bytes,
        # A service that runs for months uses up any limit.
        resource.RLIMIT_CPU: resource.RLIM_INFINITY,
    }
    found = False
    for kind, title, letter, name in LIMITS:
        soft, _ = resource.getrlimit(kind)
        if soft == resource.RLIM_INFINITY or 0 <= needed[kind] <= soft:
            continue
        found = True
        wanted = "不限" if needed[kind] == resource.RLIM_INFINITY else f"至少 {needed[kind]}"
        yield Check(
            "系统限制",
            False,
            f"{title}只许 {soft}，应为{wanted}",
            f"ulimit {letter} unlimited；由 systemd 启动的，写 {name}=infinity",
        )
    if not found:
        yield well("系统限制", "够用")


def look_at_port(config: Config) -> Iterator[Check]:
    """Try to listen where the service would; a hongtou that already runs there is fine."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            tried.listen(1)
    except OSError as cause:
        if cause.errno == errno.EADDRINUSE and _is_ours(config):
            yield well("端口", f"{config.url} 上正运行着 hongtou")
            return
        yield Check(
            "端口", False, f"不能监听 {config.url}：{reason_of(cause)}", listening_remedy(cause)
        )
        return
    yield well("端口", config.url)


def _is_ours(config: Config) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)
    asked = http.client.HTTPConnection(host, config.port, timeout=LONGEST_ANSWER_SECONDS)
    try:
        asked.request("GET", "/healthz")
        answer = asked.getresponse()
        found = json.loads(answer.read(65536))
        return answer.getheader("X-Request-Id") is not None and "status" in found
    except (OSError, ValueError, TypeError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def in_own_folder() -> str:
    """Return the current folder, "/" if it was deleted."""
    try:
        return os.getcwd()  # noqa: PTH109
    except OSError:
        return "/"
