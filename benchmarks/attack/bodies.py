"""Large bodies without a key, and many good ones at once, with a small folder for temporary files."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from tempfile import TemporaryDirectory

from benchmarks.attack.row import Row
from benchmarks.attack.watched import MIB, Watched, bounded
from tests.support.machine import with_own_mounts
from tests.support.serving import ROOT

FOLDER = "256m"  # as compose.yaml gives it
UPLOADS = 12
KEYLESS = 4
EACH_MIB = 63
HEAD = (
    "POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n{key}"
    "Content-Length: {length}\r\n\r\n"
)


def run() -> list[Row]:
    """Send bodies that nobody may send, then those that one may."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        under = with_own_mounts(
            f"mount -t tmpfs -o size={FOLDER} none {folder}; export TMPDIR={folder}"
        )
        watched = stack.enter_context(bounded(keys=("own", "other"), more_under=under))
        return [_keyless(watched), _too_long(watched), _many_forms(watched)]


def _keyless(watched: Watched) -> Row:
    """Send most of large bodies without a key: they must be refused before they take room."""
    head = HEAD.format(kind="application/json", key="", length=EACH_MIB * MIB).encode()
    with ExitStack() as stack:
        peers = [stack.enter_context(_connected(watched)) for _ in range(KEYLESS)]
        taken = [_sent(peer, head, EACH_MIB) for peer in peers]
        held = watched.temporary_bytes()
        ready = watched.service.is_ready()
    ok = ready and held < MIB
    return Row(
        f"{KEYLESS} 个没有密钥的连接各送 {EACH_MIB} MiB",
        f"送出 {sum(taken)} MiB，存下的临时文件 {held / MIB:.1f} MiB，readyz {'200' if ready else '503'}",
        ok,
    )


def _too_long(watched: Watched) -> Row:
    """Announce more than may be sent, politely: the answer comes before the body."""
    found = Counter()
    for length in (10**11, 3 * MIB):
        head = HEAD.format(kind="application/json", key=_key(watched, "own"), length=length)
        with _connected(watched) as peer:
            peer.sendall(head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n").encode())
            found[peer.recv(1 << 16)[:12].decode("latin-1")] += 1
    return Row(
        "Expect: 100-continue 而长度超限", str(dict(found)), dict(found) == {"HTTP/1.1 413": 2}
    )


def _many_forms(watched: Watched) -> Row:
    """Send good forms of 60 MiB at once, and ask as somebody else meanwhile."""
    issue = (ROOT / "examples" / "jianbao.json").read_bytes()
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    pictures = b"".join(part % (b"%d.png" % n, os.urandom(10 * MIB - 100)) for n in range(6))
    body = part % (b"issue", issue) + pictures + b"--x--\r\n"
    statuses: Counter[int] = Counter()

    def send() -> None:
        headers = {**watched.headers("own"), "Content-Type": "multipart/form-data; boundary=x"}
        try:
            statuses[watched.service.ask("POST", "/v1/check", body, 120, headers).status] += 1
        except OSError:
            statuses[0] += 1

    threads = [threading.Thread(target=send) for _ in range(UPLOADS)]
    for thread in threads:
        thread.start()
    others = []
    while any(thread.is_alive() for thread in threads):
        asked = watched.service.ask("POST", "/v1/render", issue, 60, watched.headers("other"))
        others.append(asked)
        time.sleep(0.1)
    alive = watched.service.process.poll() is None
    bad = sum(one.status != 200 for one in others)
    slowest = max(one.seconds for one in others)
    ok = alive and not bad and statuses[200] > 0 and set(statuses) <= {200, 429, 503}
    return Row(
        f"{UPLOADS} 份 60 MiB 的合规表单同时送来",
        f"答复 {dict(sorted(statuses.items()))}，另一把密钥 {len(others)} 次中 {bad} 次未成，最慢 {slowest:.1f} 秒，"
        f"{watched.bound}",
        ok,
    )


def _connected(watched: Watched) -> socket.socket:
    return socket.create_connection(("127.0.0.1", watched.service.port), timeout=10)


def _key(watched: Watched, name: str) -> str:
    return f"Authorization: Bearer {watched.keys[name]}\r\n"


def _sent(peer: socket.socket, head: bytes, mebibytes: int) -> int:
    """Return how many mebibytes could be sent before the other end closed."""
    sent = 0
    with suppress(OSError):
        peer.sendall(head)
        while sent < mebibytes:
            peer.sendall(b" " * MIB)
            sent += 1
    return sent
