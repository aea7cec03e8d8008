"""nginx in front of a service, with the configuration that is shipped: its names, ports and files are this run's."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.support.serving import ROOT, free_port

SHIPPED = ROOT / "deploy" / "nginx"
NAME = "localhost"
SILENCE_SECONDS = 0.6  # after which nothing more is expected from a connection
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
WRAPPER = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/hongtou.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running nginx."""

    folder: Path
    plain_port: int
    port: int

    def connect(self, seconds: float = 60, own: str = "127.0.0.1") -> ssl.SSLSocket:
        """Return a connection over TLS that trusts this proxy's certificate alone; ``own`` is where it comes from."""
        plain = socket.create_connection(
            ("127.0.0.1", self.port), timeout=seconds, source_address=(own, 0)
        )
        return self.trust().wrap_socket(plain, server_hostname=NAME)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "hongtou.crt"))

    def log(self) -> list[dict[str, Any]]:
        """Return what nginx has written of each request."""
        lines = (
            (self.folder / "access.log").read_text(encoding="utf-8", errors="replace").splitlines()
        )
        return [json.loads(line) for line in lines]


def nginx() -> str:
    found = shutil.which("nginx", path=PATH)
    if found is None:
        pytest.fail("没有 nginx：scripts/system-packages test 会安装")
    return found


def prepare(
    folder: Path, service_port: int, *, prefix: bool = False, generous: bool = True
) -> Proxy:
    """Write the shipped configuration into a folder, for this run; ``generous`` takes the limits of rate away."""
    proxy = Proxy(folder, free_port(), free_port())
    for name in ("hongtou.conf", "hongtou-proxy.conf"):
        (folder / name).write_text((SHIPPED / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (folder / "hongtou.conf").read_text(encoding="utf-8")
    for shipped, own in (
        ("listen 443", f"listen 127.0.0.1:{proxy.port}"),
        ("listen 80", f"listen 127.0.0.1:{proxy.plain_port}"),
        ("127.0.0.1:8080", f"127.0.0.1:{service_port}"),
        ("hongtou.example.org", NAME),
        ("/etc/nginx/", f"{folder}/"),
        ("/var/log/nginx/hongtou.log", f"{folder}/access.log"),
    ):
        assert shipped in text, f"hongtou.conf no longer has {shipped}"
        text = text.replace(shipped, own)
    if generous:
        text = re.sub(r"^ +limit_(?:req|conn) .*\n", "", text, flags=re.M)
    if prefix:
        text = text.replace("    #~ ", "    ").replace(
            "    location / {", "    location /nowhere/ {"
        )
    (folder / "hongtou.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(WRAPPER.format(folder=folder, user=user), encoding="utf-8")
    _certify(folder)
    return proxy


def check(proxy: Proxy) -> str:
    """Return what ``nginx -t`` says of a configuration."""
    told = subprocess.run([*_command(proxy), "-t"], capture_output=True, text=True, check=False)
    return told.stderr


@contextmanager
def proxied(
    folder: Path, service_port: int, *, prefix: bool = False, generous: bool = True
) -> Iterator[Proxy]:
    """Run nginx in front of a service until the block ends."""
    proxy = prepare(folder, service_port, prefix=prefix, generous=generous)
    process = subprocess.Popen(_command(proxy), stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not _accepts(proxy.port):
            assert process.poll() is None, check(proxy)
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield proxy
    finally:
        process.terminate()
        process.wait()


def _command(proxy: Proxy) -> list[str]:
    return [
        nginx(),
        "-c",
        str(proxy.folder / "nginx.conf"),
        "-p",
        str(proxy.folder),
        "-e",
        str(proxy.folder / "error.log"),
    ]


def _accepts(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _certify(folder: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={NAME}",
            "-addext",
            f"subjectAltName=DNS:{NAME}",
            "-keyout",
            str(folder / "hongtou.key"),
            "-out",
            str(folder / "hongtou.crt"),
        ],
        check=True,
        capture_output=True,
    )


@dataclass(frozen=True, slots=True)
class Received:
    """What came back on one connection: answers that are whole, and what was left over."""

    answers: tuple[tuple[int, HTTPMessage, bytes], ...]
    rest: bytes


def exchange(proxy: Proxy, sent: bytes, own: str = "127.0.0.1") -> Received:
    with proxy.connect(10, own) as client:
        with suppress(OSError):  # refused before its end; the answer is there all the same
            client.sendall(sent)
        client.settimeout(SILENCE_SECONDS)
        received = b""
        with suppress(OSError):
            while piece := client.recv(65536):
                received += piece
    return read_answers(received, b"HEAD" in sent[:4])


def read_answers(received: bytes, is_head: bool) -> Received:
    """Take answers apart by their own framing."""
    answers = []
    while received.startswith(b"HTTP/1."):
        head, end, rest = received.partition(b"\r\n\r\n")
        if not end:
            break
        first, _, fields = head.partition(b"\r\n")
        status = int(first.split()[1])
        headers = parse_headers(BytesIO(fields + b"\r\n\r\n"))
        size = 0 if is_head and not answers else int(headers.get("Content-Length", 0))
        if status != 100:
            answers.append((status, headers, rest[:size]))
            if len(rest) < size:
                break
        received = rest[size:]
    return Received(tuple(answers), received)


def answer(
    proxy: Proxy, method: str, path: str, body: bytes = b"", fields: dict[str, str] | None = None
) -> tuple[int, HTTPMessage, bytes]:
    """Ask over TLS and return the whole answer."""
    head = "".join(f"{name}: {value}\r\n" for name, value in (fields or {}).items())
    sent = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{head}\r\n"
    with proxy.connect() as client:
        client.sendall(sent.encode() + body)
        received = b"".join(iter(lambda: client.recv(65536), b""))
    return read_answers(received, False).answers[0]
