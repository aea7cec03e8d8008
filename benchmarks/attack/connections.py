"""A thousand connections each that do not read, that say nothing, and that send half a head.

All from one address; what is promised is that a request from another is answered soon meanwhile,
that they are all let go, and that none of them holds much before its key is known.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from benchmarks.attack.row import Row
from benchmarks.attack.watched import Watched, bounded
from benchmarks.service.processes import resident_bytes
from tests.support.serving import ROOT, Answer, metric

CROWD = 1000  # of each kind
HOSTILE = "127.0.0.2"
ASK_SECONDS = 0.2
MAX_SECONDS = 1.0  # that an answer to somebody else takes
DROPPED_SECONDS = 60.0
MAX_KEPT = 16 * 1024  # bytes for a connection
SMALL_WINDOW = 2048
HALF_A_HEAD = b"GET /v1/layouts HTTP/1.1\r\nHost: localhost\r\nX-Padding: "
NEVER_READ = b"GET /static/editor.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100

Say = Callable[[socket.socket], None]


def silent(peer: socket.socket) -> None:
    """Say nothing."""


def half_sent(peer: socket.socket) -> None:
    """Send as much of a head as is taken, and not its end."""
    peer.sendall(HALF_A_HEAD + b"x" * 11_000)


def unreading(peer: socket.socket) -> None:
    """Ask for a file again and again, and read none of the answers."""
    with suppress(OSError):
        peer.sendall(NEVER_READ)


KINDS: dict[str, Say] = {"不读": unreading, "不出声": silent, "只发一半": half_sent}


@dataclass
class Beside:
    """What somebody else was answered meanwhile."""

    answers: list[Answer] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """Return the seconds of the slowest answer."""
        return max(one.seconds for one in self.answers)

    @property
    def is_well(self) -> bool:
        """Tell whether all were answered, and soon."""
        return all(one.status == 200 for one in self.answers) and self.slowest < MAX_SECONDS


def run(crowd: int = CROWD) -> list[Row]:
    """Connect each crowd alone, to weigh it, and then all at once."""
    rows = []
    for name, say in KINDS.items():
        with bounded(keys=("own",)) as watched:
            rows.append(_weighed(watched, name, say, crowd))
    with bounded(keys=("own",)) as watched:
        return [*rows, _all_at_once(watched, crowd)]


def _weighed(watched: Watched, name: str, say: Say, crowd: int) -> Row:
    """Measure what one connection costs, while as many are held as may be."""
    before = resident_bytes(watched.service.process.pid)
    with connected(watched.service.port, crowd, say):
        time.sleep(1)
        held = int(metric_of(watched, "hongtou_connections "))
        kept = (resident_bytes(watched.service.process.pid) - before) / max(1, held)
    ok = kept <= MAX_KEPT and held > crowd * 0.9
    return Row(f"{crowd} 个连接{name}，不带密钥", f"收着 {held} 个，每个 {kept / 1024:.1f} KiB", ok)


def _all_at_once(watched: Watched, crowd: int) -> Row:
    beside = Beside()
    began = time.monotonic()
    with ExitStack() as stack:
        for say in KINDS.values():
            stack.enter_context(connected(watched.service.port, crowd, say))
            _ask(watched, beside, seconds=1)
        while held := int(metric_of(watched, "hongtou_connections ")) - 1:  # but the one that asks
            _ask(watched, beside, seconds=1)
            if time.monotonic() > began + DROPPED_SECONDS + 30:
                break
        dropped = time.monotonic() - began
    ok = beside.is_well and not held and dropped <= DROPPED_SECONDS
    return Row(
        f"三种各 {crowd} 个同时来，出自同一地址",
        f"另一地址的 {len(beside.answers)} 次请求最慢 {beside.slowest * 1000:.0f} ms，"
        f"{dropped:.0f} 秒后还剩 {held} 个，{watched.bound}",
        ok,
    )


def _ask(watched: Watched, beside: Beside, seconds: float) -> None:
    """Render as somebody else for a while."""
    document = (ROOT / "examples" / "jianbao.json").read_bytes()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        beside.answers.append(
            watched.service.ask("POST", "/v1/render", document, 60, watched.headers())
        )
        time.sleep(ASK_SECONDS)


def metric_of(watched: Watched, name: str) -> float:
    """Return a number of the metrics page, which asks for a key."""
    return metric(watched.service, name, watched.headers())


@contextmanager
def connected(port: int, count: int, say: Say) -> Iterator[list[socket.socket]]:
    """Hold so many connections from the hostile address."""
    with ExitStack() as stack:
        peers = []
        for _ in range(count):
            peer = stack.enter_context(socket.socket())
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_WINDOW)
            peer.settimeout(5)
            peer.bind((HOSTILE, 0))
            peer.connect(("127.0.0.1", port))
            with suppress(OSError):  # it gave way to a later one already
                say(peer)
            peers.append(peer)
        yield peers
