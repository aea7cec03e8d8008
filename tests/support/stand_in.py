"""A typesetter for worker processes that misbehaves as its document says.

Opened by import path, so that the service itself holds no way to make it fail. A worker can open
nothing: what it shares with others is made by the fork server, which opens the typesetter.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
import signal
import socket
import time
from collections.abc import Collection, Mapping, Sequence

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.inspection import Inspection

DIGEST = "ab" * 32
OPENER = "tests.support.stand_in:StandIn"
FAULT = Finding(code="x/y", severity=Severity.ERROR, pointer="/a", message="有错", hint="请改")


class StandIn:
    """Does what ``{"do": name, "with": argument}`` asks for; anything else gives an edition."""

    def __init__(self, config: Config) -> None:
        self.done = 0
        self.shared = mmap.mmap(-1, mmap.PAGESIZE)  # between all workers of this fork server

    def prepare(self, documents: Sequence[bytes]) -> None:
        """Load nothing."""

    def inspect(self, content: bytes, output: str, page_count: int) -> None:
        asked = json.loads(content)
        if isinstance(asked, dict) and "inspect" in asked:
            getattr(self, f"_{asked['inspect']}")(asked.get("with"))

    def make(
        self,
        document: bytes,
        order: Order,
        images: Mapping[str, bytes],
        known: Collection[str] = (),
    ) -> Edition | Unchanged:
        self.done += 1
        if DIGEST in known:
            return Unchanged(DIGEST)
        asked = json.loads(document)
        said = getattr(self, f"_{asked.get('do', 'tell')}")(asked.get("with"))
        return Edition(
            content=json.dumps(said).encode(),
            media_type="application/pdf",
            file_name="a.pdf",
            ascii_name="a.pdf",
            page_count=1,
            plan_digest=DIGEST,
            findings=(FAULT,),
            is_classified=False,
        )

    def draft(
        self, document: bytes, order: Order, images: Mapping[str, bytes]
    ) -> tuple[Inspection, bytes | None]:
        if json.loads(document).get("do") == "misplace":
            return Inspection((), 1, faults=(FAULT,)), None
        try:
            made = self.make(document, order, images)
        except ReviewFailed as refused:
            return Inspection(refused.findings, None), None
        assert isinstance(made, Edition)
        return made.inspection, made.content

    def check(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> Inspection:
        self.done += 1
        return Inspection((), 1)

    def _tell(self, _: object) -> object:
        return {
            "process": os.getpid(),
            "fork_server": os.getppid(),
            "done": self.done,
        }

    def _sleep(self, seconds: float) -> object:
        time.sleep(seconds)
        return self._tell(None)

    def _large(self, size: int) -> object:
        time.sleep(0.4)
        return "x" * size

    def _spin(self, _: object) -> object:
        while True:
            pass

    def _hang(self, _: object) -> object:
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while True:
            time.sleep(60)

    def _bomb(self, _: object) -> object:
        hoard = []
        while True:
            hoard.append(bytes(16 * 1024 * 1024))

    def _hoard(self, _: object) -> object:
        """Write to all memory it takes: the kernel counts no page before that."""
        hoard = []
        while True:
            hoard.append(b"x" * (16 * 1024 * 1024))

    def _bomb_inside(self, _: object) -> object:
        try:
            return self._bomb(None)
        except MemoryError as cause:
            raise EngineFault("engine") from cause

    def _crash(self, number: int) -> object:
        os.kill(os.getpid(), number)
        time.sleep(60)
        return None

    def _crash_once(self, place: int) -> object:
        if not self.shared[place]:
            self.shared[place] = 1
            self._crash(signal.SIGSEGV)
        return self._tell(None)

    def _inspected(self, asked: object) -> object:
        """Give a file that makes its inspector do something."""
        return asked

    def _refuse(self, _: object) -> object:
        raise ReviewFailed("有错误", hint="请改", findings=[FAULT])

    def _fault(self, _: object) -> object:
        raise EngineFault("引擎") from ValueError("the cause")

    def _spoilt(self, _: object) -> object:
        raise EngineFault("成品未通过出厂检查", findings=[FAULT])

    def _fatal(self, _: object) -> object:
        raise KeyboardInterrupt

    def _environment(self, _: object) -> object:
        return sorted(os.environ)

    def _connect(self, port: int) -> object:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError as refusal:
            return type(refusal).__name__
        return "connected"

    def _execute(self, _: object) -> object:
        try:
            os.execv("/bin/true", ["true"])
        except OSError as refusal:
            return type(refusal).__name__

    def _open(self, path: str) -> object:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT))
        except OSError as refusal:
            return type(refusal).__name__
        return "opened"

    def _descriptors(self, most: int) -> object:
        """Return those that are open, by reading nothing from each."""
        found = []
        for number in range(most):
            try:
                os.pread(number, 0, 0)
            except OSError as refusal:
                if refusal.errno == errno.EBADF:
                    continue
            found.append(number)
        return found
